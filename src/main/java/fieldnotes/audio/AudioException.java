package fieldnotes.audio;

import java.nio.file.Path;

/**
 * A sound file that cannot be used: missing, empty, cut short, damaged, or no sound at all. It says
 * which file and why. It is unchecked, so that reading can stand inside a lambda or a notebook
 * cell.
 */
public final class AudioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Path path;
  private final String reason;

  /**
   * @param path the file
   * @param reason what is wrong with it, in a few words, and what to try
   */
  public AudioException(Path path, String reason) {
    this(path, reason, null);
  }

  /** The same, with what led to it. */
  public AudioException(Path path, String reason, Throwable cause) {
    super(path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** What is wrong with it, without the path. */
  public String reason() {
    return reason;
  }
}
