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
  private final String damage;

  /**
   * @param path the file
   * @param reason what is wrong and what to try
   */
  public AudioException(Path path, String reason) {
    this(path, reason, null);
  }

  /** With the cause. */
  public AudioException(Path path, String reason, Throwable cause) {
    this(path, reason, "", cause);
  }

  private AudioException(Path path, String reason, String damage, Throwable cause) {
    super(path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
    this.damage = damage;
  }

  /**
   * Damage that can be tolerated; the reason says how.
   *
   * @param damage what is wrong
   * @param remedy what tolerating it means, such as {@code to read what is there}
   */
  static AudioException damaged(Path path, String damage, String remedy) {
    String how = " (%s: --tolerate-damage, in Java withTolerateDamage(true))".formatted(remedy);
    return new AudioException(path, damage + how, damage, null);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The reason, without the path. */
  public String reason() {
    return reason;
  }

  /**
   * What is wrong with a file that {@link ReadOptions#withTolerateDamage} reads in spite of it;
   * empty if that does not help.
   */
  public String damage() {
    return damage;
  }
}
