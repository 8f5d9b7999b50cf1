package fieldnotes.serve;

import io.javalin.http.HttpStatus;

/** A request that is not answered, with the status and the words that it gets instead. */
@SuppressWarnings("serial") // is never sent anywhere
final class Refusal extends RuntimeException {
  private final HttpStatus status;
  private long afterSeconds;

  Refusal(HttpStatus status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  /** Says when it may be tried again, in seconds. */
  Refusal after(long seconds) {
    afterSeconds = seconds;
    return this;
  }

  /** When it may be tried again, in seconds; 0 if that is not said. */
  long afterSeconds() {
    return afterSeconds;
  }

  static Refusal bad(String message) {
    return new Refusal(HttpStatus.BAD_REQUEST, message);
  }

  static Refusal missing(String message) {
    return new Refusal(HttpStatus.NOT_FOUND, message);
  }
}
