package fieldnotes.audio;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Inner loop of the resampler. Each sum is accumulated in tap order, so the scalar and the vector
 * loop give the same bits on every machine.
 */
final class Convolution {
  /** Line lengths are a multiple of this. */
  static final int BLOCK = 64;

  /**
   * The vector loop is slow until it is compiled, so the scalar loop does the first products, about
   * ten seconds of sound.
   */
  private static final long PLAIN_FIRST = 60_000_000;

  private static final AtomicLong DONE = new AtomicLong();
  private static final boolean VECTOR = vectorIsFast();

  private Convolution() {}

  /** Sets {@code line[j]} to Σ h[row + k]·x[offsets[k] + j], in increasing order of k. */
  static void run(float[] x, int[] offsets, float[] h, int row, float[] line) {
    if (VECTOR && DONE.get() > PLAIN_FIRST) {
      VectorConvolution.run(x, offsets, h, row, line);
    } else {
      DONE.addAndGet((long) offsets.length * line.length);
      plain(x, offsets, h, row, line);
    }
  }

  static void plain(float[] x, int[] offsets, float[] h, int row, float[] line) {
    for (int j = 0; j < line.length; j += 8) {
      float a0 = 0;
      float a1 = 0;
      float a2 = 0;
      float a3 = 0;
      float a4 = 0;
      float a5 = 0;
      float a6 = 0;
      float a7 = 0;
      for (int k = 0; k < offsets.length; k++) {
        float c = h[row + k];
        int i = offsets[k] + j;
        a0 += c * x[i];
        a1 += c * x[i + 1];
        a2 += c * x[i + 2];
        a3 += c * x[i + 3];
        a4 += c * x[i + 4];
        a5 += c * x[i + 5];
        a6 += c * x[i + 6];
        a7 += c * x[i + 7];
      }
      line[j] = a0;
      line[j + 1] = a1;
      line[j + 2] = a2;
      line[j + 3] = a3;
      line[j + 4] = a4;
      line[j + 5] = a5;
      line[j + 6] = a6;
      line[j + 7] = a7;
    }
  }

  /**
   * The vector API is an incubator module: it may be missing, and is slow without the C2 compiler.
   */
  private static boolean vectorIsFast() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("emulated-client") || mode.contains("interpreted")) {
      return false;
    }
    try {
      // not asked of the boot layer, which lacks the modules that the kernel loads at its start
      Class.forName("jdk.incubator.vector.FloatVector", false, Convolution.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
