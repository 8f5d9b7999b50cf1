package fieldnotes.kernel;

/** A magic that cannot do what was asked; the message says why, no stack trace is needed. */
final class MagicFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  MagicFailure(String message) {
    super(message);
  }

  MagicFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
