package fieldnotes.plot;

import fieldnotes.audio.Clip;

/**
 * The parts of a clip by their extremes.
 *
 * @param from where each part begins, in seconds
 * @param to where each part ends, in seconds
 * @param low the least sample of each part
 * @param high the greatest sample of each part
 */
record Waves(double[] from, double[] to, double[] low, double[] high) {
  /** At most {@code most} parts of equal length. */
  static Waves of(Clip clip, int most) {
    float[] samples = clip.samples();
    int columns = Math.clamp(samples.length, 1, most);
    double[] from = new double[columns];
    double[] to = new double[columns];
    double[] low = new double[columns];
    double[] high = new double[columns];
    for (int c = 0; c < columns; c++) {
      int first = (int) ((long) c * samples.length / columns);
      int last = (int) ((c + 1L) * samples.length / columns);
      from[c] = (double) first / clip.sampleRateHz();
      to[c] = (double) last / clip.sampleRateHz();
      low[c] = Double.POSITIVE_INFINITY;
      high[c] = Double.NEGATIVE_INFINITY;
      for (int i = first; i < last; i++) {
        low[c] = Math.min(low[c], samples[i]);
        high[c] = Math.max(high[c], samples[i]);
      }
    }
    return new Waves(from, to, low, high);
  }
}
