package fieldnotes.serve;

import io.javalin.http.HttpStatus;

/** A request that is not answered, with the status and the words that it gets instead. */
@SuppressWarnings("serial") // is never sent anywhere
final class Refusal extends RuntimeException {
  private final HttpStatus status;

  Refusal(HttpStatus status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  static Refusal bad(String message) {
    return new Refusal(HttpStatus.BAD_REQUEST, message);
  }

  static Refusal missing(String message) {
    return new Refusal(HttpStatus.NOT_FOUND, message);
  }
}
