package fieldnotes.audio;

import java.nio.file.Path;

/**
 * A file that cannot be read as sound: missing, empty, truncated, damaged or not sound. The message
 * names the file and the reason. Unchecked, for use in lambdas and notebook cells.
 */
public final class AudioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Path path;
  private final String reason;

  /**
   * @param path the file
   * @param reason what is wrong and what to try
   */
  public AudioException(Path path, String reason) {
    this(path, reason, null);
  }

  /** With the cause. */
  public AudioException(Path path, String reason, Throwable cause) {
    super(path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The reason, without the path. */
  public String reason() {
    return reason;
  }
}
