package fieldnotes.draw;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A raster of tints on white, such as the regions of a model. On dark pages its colours are those
 * of the night, unlike those of a heat map, which stand for values.
 *
 * @param image opaque, drawn on white
 * @param x from its left to its right edge
 * @param y from its lower to its upper edge
 */
public record Raster(BufferedImage image, Axis x, Axis y) {
  /** Paints the raster at its place, without smoothing. */
  public void paint(Graphics2D g, Axes axes) {
    int left = (int) Math.round(axes.x(x.from()));
    int right = (int) Math.round(axes.x(x.to()));
    int top = (int) Math.round(axes.y(y.to()));
    int bottom = (int) Math.round(axes.y(y.from()));
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    boolean night = g instanceof Canvas canvas && canvas.isNight();
    g.drawImage(night ? atNight() : image, left, top, right - left, bottom - top, null);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }

  private BufferedImage atNight() {
    return changed(rgb -> Night.of(new Color(rgb)).getRGB());
  }

  /**
   * The same as an address that holds a PNG, with as little of each colour as gives it on white.
   */
  String address() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(changed(Raster::offWhite), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode the raster", e); // writes to memory only
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
  }

  /** The most transparent colour that looks the same on white. */
  private static int offWhite(int rgb) {
    int red = rgb >> 16 & 255;
    int green = rgb >> 8 & 255;
    int blue = rgb & 255;
    int alpha = 255 - Math.min(red, Math.min(green, blue));
    return alpha << 24 | pure(red, alpha) << 16 | pure(green, alpha) << 8 | pure(blue, alpha);
  }

  private static int pure(int channel, int alpha) {
    return alpha == 0 ? 0 : Math.clamp(Math.round(255 - 255.0 * (255 - channel) / alpha), 0, 255);
  }

  @FunctionalInterface
  private interface Change {
    int of(int rgb);
  }

  private BufferedImage changed(Change change) {
    BufferedImage other =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (int j = 0; j < image.getHeight(); j++) {
      for (int i = 0; i < image.getWidth(); i++) {
        other.setRGB(i, j, change.of(image.getRGB(i, j)));
      }
    }
    return other;
  }
}
