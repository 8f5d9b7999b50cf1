package fieldnotes.journal;

import fieldnotes.journal.Block.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Compares pictures by what they show: the same size, and each pixel that differs is explained by
 * the other picture's neighbourhood. Smoothed over 3 × 3 pixels, it lies within the range of the
 * smoothed pixels at most one pixel away, give or take 3 levels and 15 % of the contrast around it.
 * Another antialiasing, palette or compression passes; a line, a label, a colour or a point more,
 * less or elsewhere does not. {@code ./workbench run --check} has the same measure, in {@code
 * pictures.py}.
 */
final class Alike {
  private static final int LEVELS = 3;
  private static final double PART = 0.15;

  private Alike() {}

  /** Whether two figures show the same; both files are there, or the pixels are equal. */
  static boolean figures(Picture first, Path file, Picture second, Path other) {
    if (first.shows().equals(second.shows())) {
      return true;
    }
    try {
      return first.sound().isEmpty()
          && second.sound().isEmpty()
          && Files.isRegularFile(file)
          && Files.isRegularFile(other)
          && pictures(Files.readAllBytes(file), Files.readAllBytes(other));
    } catch (IOException e) {
      return false;
    }
  }

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
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      return false;
    }
    int[] p = pixels(a);
    int[] q = pixels(b);
    for (int shift = 0; shift < 32; shift += 8) {
      Plane first = Plane.of(p, a.getWidth(), shift);
      Plane second = Plane.of(q, b.getWidth(), shift);
      if (!first.explains(second)) {
        return false;
      }
    }
    return true;
  }

  /** Alpha, and the colours over white. */
  private static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      int alpha = pixels[i] >>> 24;
      if (alpha < 255) {
        int over = alpha << 24;
        for (int shift = 0; shift < 24; shift += 8) {
          int value = pixels[i] >> shift & 255;
          over |= ((value * alpha + 255 * (255 - alpha) + 127) / 255) << shift;
        }
        pixels[i] = over;
      }
    }
    return pixels;
  }

  /** One channel; beyond its edges they are repeated. */
  private record Plane(byte[] values, int width, int height) {
    static Plane of(int[] pixels, int width, int shift) {
      byte[] values = new byte[pixels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) (pixels[i] >> shift);
      }
      return new Plane(values, width, pixels.length / width);
    }

    int at(int x, int y) {
      int column = Math.clamp(x, 0, width - 1);
      return values[Math.clamp(y, 0, height - 1) * width + column] & 255;
    }

    double mean(int x, int y) {
      int sum = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          sum += at(x + dx, y + dy);
        }
      }
      return sum / 9.0;
    }

    /** Whether both explain each other at each pixel that differs. */
    boolean explains(Plane other) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != other.values[i]) {
          int x = i % width;
          int y = i / width;
          double allowed = LEVELS + PART * contrast(other, x, y);
          if (outside(other, x, y) > allowed || other.outside(this, x, y) > allowed) {
            return false;
          }
        }
      }
      return true;
    }

    /** The range of the values of both within 5 × 5 pixels. */
    private int contrast(Plane other, int x, int y) {
      int low = 255;
      int high = 0;
      for (int dy = -2; dy <= 2; dy++) {
        for (int dx = -2; dx <= 2; dx++) {
          int one = at(x + dx, y + dy);
          int two = other.at(x + dx, y + dy);
          low = Math.min(low, Math.min(one, two));
          high = Math.max(high, Math.max(one, two));
        }
      }
      return high - low;
    }

    /** How far the mean here is outside of the other's means at most one pixel away. */
    private double outside(Plane other, int x, int y) {
      double low = 255;
      double high = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          double mean = other.mean(x + dx, y + dy);
          low = Math.min(low, mean);
          high = Math.max(high, mean);
        }
      }
      double mean = mean(x, y);
      return Math.max(low - mean, mean - high);
    }
  }
}
