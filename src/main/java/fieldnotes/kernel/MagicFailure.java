package fieldnotes.kernel;

/** A failed magic. The message says why; the stack trace is not shown. */
final class MagicFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  MagicFailure(String message) {
    super(message);
  }

  MagicFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
