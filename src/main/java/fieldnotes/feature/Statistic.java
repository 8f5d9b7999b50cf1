package fieldnotes.feature;

import java.util.Locale;

/** Statistics over the frames of a clip. Frames without a value (NaN) are ignored. */
public enum Statistic {
  /** Arithmetic mean. */
  MEAN,
  /** Population standard deviation (divided by n). */
  STD,
  /** Minimum. */
  MIN,
  /** Maximum. */
  MAX,
  /** Median; for an even count, the mean of the middle two. */
  MEDIAN;

  /**
   * Suffix of column names: {@code mean}, {@code std}, {@code min}, {@code max}, {@code median}.
   */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The statistic with this suffix.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Statistic of(String name) {
    for (Statistic one : values()) {
      if (one.suffix().equals(name.trim().toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "statistic '%s': must be mean, std, min, max or median".formatted(name));
  }
}
