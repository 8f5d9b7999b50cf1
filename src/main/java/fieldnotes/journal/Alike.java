package fieldnotes.journal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Compares pictures despite different font engines or PNG encoders: the same size, and no 16 × 16
 * pixel patch whose mean colour differs by more than 1 % of the range.
 */
final class Alike {
  private static final int PATCH = 16;
  private static final double LIMIT = 2.55;

  private Alike() {}

  static boolean pictures(byte[] first, byte[] second) {
    try {
      BufferedImage a = ImageIO.read(new ByteArrayInputStream(first));
      BufferedImage b = ImageIO.read(new ByteArrayInputStream(second));
      return a != null && b != null && images(a, b);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean images(BufferedImage a, BufferedImage b) {
    int width = a.getWidth();
    int height = a.getHeight();
    if (width != b.getWidth() || height != b.getHeight()) {
      return false;
    }
    int across = (width + PATCH - 1) / PATCH;
    long[] difference = new long[across * 3];
    for (int top = 0; top < height; top += PATCH) {
      java.util.Arrays.fill(difference, 0);
      int bottom = Math.min(height, top + PATCH);
      for (int y = top; y < bottom; y++) {
        for (int x = 0; x < width; x++) {
          int p = a.getRGB(x, y);
          int q = b.getRGB(x, y);
          if (p != q) {
            int patch = x / PATCH * 3;
            difference[patch] += (p >> 16 & 255) - (q >> 16 & 255);
            difference[patch + 1] += (p >> 8 & 255) - (q >> 8 & 255);
            difference[patch + 2] += (p & 255) - (q & 255);
          }
        }
      }
      for (int i = 0; i < difference.length; i++) {
        int patchWidth = Math.min(PATCH, width - i / 3 * PATCH);
        if (Math.abs(difference[i]) > LIMIT * patchWidth * (bottom - top)) {
          return false;
        }
      }
    }
    return true;
  }
}
