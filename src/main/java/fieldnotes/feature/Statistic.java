package fieldnotes.feature;

import java.util.Locale;

/** How the frames of a clip become one number. Frames without a value (NaN) are left out. */
public enum Statistic {
  /** The sum over the count. */
  MEAN,
  /** The population standard deviation: the root of the mean squared distance from the mean. */
  STD,
  /** The smallest. */
  MIN,
  /** The largest. */
  MAX,
  /** The middle one, or the mean of the middle two. */
  MEDIAN;

  /**
   * Its name in a column name: {@code mean}, {@code std}, {@code min}, {@code max}, {@code median}.
   */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The statistic with this name.
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
        "statistic '%s': there are mean, std, min, max and median".formatted(name));
  }
}
