package fieldnotes.feature;

import java.util.Arrays;

/** The bins of each spectral contrast band and the number of peak bins in each. */
final class ContrastBands {
  final ContrastOptions options;

  /** Band b covers bins from[b] … to[b] − 1. */
  final int[] from;

  final int[] to;

  /** Number of peak bins and of valley bins; 0 if the band is empty. */
  final int[] count;

  private ContrastBands(ContrastOptions options) {
    this.options = options;
    from = new int[options.bands() + 1];
    to = new int[options.bands() + 1];
    count = new int[options.bands() + 1];
  }

  static ContrastBands of(ContrastOptions options, int sampleRateHz, double[] frequencyHz) {
    ContrastBands made = new ContrastBands(options);
    made.fill(options.bandsWithin(sampleRateHz), frequencyHz);
    return made;
  }

  /** Fills octaves 1…last; the lower edge of the last must be below half the sample rate. */
  private void fill(int last, double[] frequencyHz) {
    for (int b = 0; last > 0 && b <= last; b++) {
      int first = first(frequencyHz, options.edgeHz(b), false);
      int end = first(frequencyHz, options.edgeHz(b + 1), true);
      if (first == end) {
        continue;
      }
      if (b > 0) {
        first--;
      }
      if (b == last) {
        end = frequencyHz.length;
      }
      int all = end - first;
      if (b < last) {
        end--;
      }
      from[b] = first;
      to[b] = end;
      count[b] = Math.min(end - first, Math.max(1, (int) Math.rint(options.quantile() * all)));
    }
  }

  /** The first bin at or above (or strictly above) this frequency. */
  private static int first(double[] frequencyHz, double hz, boolean above) {
    int k = 0;
    while (k < frequencyHz.length && (above ? frequencyHz[k] <= hz : frequencyHz[k] < hz)) {
      k++;
    }
    return k;
  }

  int bands() {
    return count.length;
  }

  /** The largest number of peak bins of a band. */
  int most() {
    return Arrays.stream(count).max().orElse(0);
  }
}
