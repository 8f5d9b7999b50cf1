package fieldnotes.serve;

/** The lowest and highest sample of each column of a waveform, which is drawn as it is read. */
final class Waves {
  private final float[] low;
  private final float[] high;
  private final double each;
  private long at;

  Waves(long samples, int columns) {
    int n = (int) Math.min(samples, columns);
    low = new float[n];
    high = new float[n];
    each = (double) samples / n;
  }

  void add(float[] x, int n) {
    for (int i = 0; i < n; i++, at++) {
      put(x[i], (int) (at / each));
    }
  }

  /** Samples that stand for a share of the clip. */
  void add(float[] x, int n, double from, double to) {
    for (int c = (int) (from * low.length); c < to * low.length; c++) {
      for (int i = 0; i < n; i++) {
        put(x[i], c);
      }
    }
  }

  private void put(float value, int column) {
    int c = Math.min(column, low.length - 1);
    low[c] = Math.min(low[c], value);
    high[c] = Math.max(high[c], value);
  }

  int[] scaled() {
    int[] out = new int[2 * low.length];
    for (int i = 0; i < low.length; i++) {
      out[2 * i] = Math.clamp(Math.round(low[i] * 127), -127, 127);
      out[2 * i + 1] = Math.clamp(Math.round(high[i] * 127), -127, 127);
    }
    return out;
  }
}
