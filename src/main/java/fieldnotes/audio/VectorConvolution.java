package fieldnotes.audio;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Convolution#plain} with vectors; the same sums in the same order. */
final class VectorConvolution {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorConvolution() {}

  static void run(float[] x, int[] offsets, float[] h, int row, float[] line) {
    if (LANES * 4 > Convolution.BLOCK) {
      Convolution.plain(x, offsets, h, row, line);
      return;
    }
    for (int j = 0; j < line.length; j += 4 * LANES) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int k = 0; k < offsets.length; k++) {
        FloatVector tap = FloatVector.broadcast(SPECIES, h[row + k]);
        int i = offsets[k] + j;
        a = a.add(tap.mul(FloatVector.fromArray(SPECIES, x, i)));
        b = b.add(tap.mul(FloatVector.fromArray(SPECIES, x, i + LANES)));
        c = c.add(tap.mul(FloatVector.fromArray(SPECIES, x, i + 2 * LANES)));
        d = d.add(tap.mul(FloatVector.fromArray(SPECIES, x, i + 3 * LANES)));
      }
      a.intoArray(line, j);
      b.intoArray(line, j + LANES);
      c.intoArray(line, j + 2 * LANES);
      d.intoArray(line, j + 3 * LANES);
    }
  }
}
