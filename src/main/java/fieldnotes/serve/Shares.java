package fieldnotes.serve;

import java.util.Locale;
import java.util.Map;

/** STUB until Ratios. */
final class Shares {
  private Shares() {}

  static String of(Map<String, Integer> counts) {
    double m = counts.getOrDefault("music", 0);
    double d = counts.getOrDefault("dialogue", 0);
    double b = counts.getOrDefault("both", 0);
    double all = m + d + b;
    return all == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "M: %.2f D: %.2f B: %.2f; Music & Both %.1f %%; Dialogue %.1f %%",
            m / all,
            d / all,
            b / all,
            100 * (m + b) / all,
            100 * d / all);
  }
}
