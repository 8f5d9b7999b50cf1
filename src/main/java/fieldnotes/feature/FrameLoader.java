package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.math.Lanes;
import jdk.incubator.vector.DoubleVector;

/**
 * Loads {@link Lanes#COUNT} neighbouring frames into lanes. Samples are stored as [hop][frame], so
 * samples shared by frames are read once and row i of all frames is one unaligned load.
 */
final class FrameLoader {
  private final int size;
  private final int hop;
  private final int columns;
  private final double[] hops;

  FrameLoader(int size, int hop) {
    this.size = size;
    this.hop = hop;
    this.columns = COUNT + (size - 1) / hop;
    this.hops = new double[Math.min(hop, size) * columns];
  }

  /** Loads frames from sample {@code start} of the clip; samples outside the clip are 0. */
  void load(float[] y, int offset, int length, long start) {
    int rows = hops.length / columns;
    for (int column = 0; column < columns; column++) {
      long at = start + (long) column * hop;
      int from = Math.clamp(-at, 0, rows);
      int to = Math.clamp(length - at, from, rows);
      for (int r = 0; r < from; r++) {
        hops[r * columns + column] = 0;
      }
      int source = (int) (offset + at);
      for (int r = from; r < to; r++) {
        hops[r * columns + column] = y[source + r];
      }
      for (int r = to; r < rows; r++) {
        hops[r * columns + column] = 0;
      }
    }
  }

  /** Sample i of each of the frames. */
  DoubleVector row(int i) {
    return Lanes.load(hops, i % hop * columns + i / hop);
  }

  /** Writes all samples to {@code out}, sample i at {@code i·COUNT}. */
  void copy(double[] out) {
    for (int i = 0, column = 0; i < size; i += hop, column++) {
      int rows = Math.min(hop, size - i);
      for (int r = 0; r < rows; r++) {
        Lanes.load(hops, r * columns + column).intoArray(out, (i + r) * COUNT);
      }
    }
  }

  /** Writes all samples, multiplied by the window, to {@code out}, sample i at {@code i·stride}. */
  void windowed(double[] window, double[] out, int stride) {
    for (int i = 0, column = 0; i < size; i += hop, column++) {
      int rows = Math.min(hop, size - i);
      for (int r = 0; r < rows; r++) {
        Lanes.load(hops, r * columns + column)
            .mul(Lanes.all(window[i + r]))
            .intoArray(out, (i + r) * stride);
      }
    }
  }
}
