package fieldnotes.draw;

import java.awt.Color;

/**
 * Perceptual colour maps: all change steadily in lightness, so they stay readable in greyscale and
 * for colour-blind readers. Each has {@value #STEPS} steps.
 */
public enum ColorMap {
  /** Dark violet through green to yellow: a sequential default. */
  VIRIDIS(0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725),
  /** Black through red to pale yellow, for spectrograms. */
  MAGMA(
      0x000004, 0x180f3d, 0x440f76, 0x721f81, 0x9e2f7f, 0xcd4071, 0xf1605d, 0xfd9668, 0xfeca8d,
      0xfcfdbf),
  /** White to dark blue, for counts. */
  BLUES(0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b),
  /** Blue through white to red, for values around a centre, such as correlations. */
  DIVERGING(
      0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
      0xb2182b, 0x67001f);

  static final int STEPS = 160;

  /** Pixels from one line to the next of the pattern of missing cells. */
  static final int HATCH = 6;

  static final int HATCH_LINE = 0x8c8c8c;

  @SuppressWarnings("ImmutableEnumChecker") // written in the constructor only, never handed out
  private final int[] colours = new int[STEPS];

  ColorMap(int... anchors) {
    for (int i = 0; i < STEPS; i++) {
      double at = (double) i / (STEPS - 1) * (anchors.length - 1);
      int below = Math.min((int) at, anchors.length - 2);
      double part = at - below;
      int colour = 0;
      for (int shift = 16; shift >= 0; shift -= 8) {
        int a = anchors[below] >> shift & 255;
        int b = anchors[below + 1] >> shift & 255;
        colour |= (int) Math.round(a + (b - a) * part) << shift;
      }
      colours[i] = colour;
    }
  }

  /** The colour of a share in 0…1 as 0xRRGGBB; values outside are clipped, NaN is light grey. */
  int rgb(double share) {
    if (Double.isNaN(share)) {
      return 0xd9d9d9;
    }
    return colours[(int) Math.clamp(Math.round(share * (STEPS - 1)), 0L, STEPS - 1L)];
  }

  /** The colour of a share in 0…1; values outside are clipped, NaN is light grey. */
  public Color color(double share) {
    return new Night.Kept(rgb(share));
  }
}
