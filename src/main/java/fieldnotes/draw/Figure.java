package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.common.WholeFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Something to look at: a chart, a heat map, a picture, or a sheet of them. It has a size of its
 * own in CSS pixels and paints itself at any other. Equal data give equal pixels and equal bytes.
 *
 * <p>Implement it for a drawing of your own; {@link Axes} paints the axes of one, {@link Style} has
 * the colours and fonts.
 */
public interface Figure {
  /** Pixels of the PNG to a CSS pixel, so that it is crisp on a dense screen. */
  int PNG_SCALE = 2;

  /** What it shows, in a few words: the heading, and the text for those who cannot see it. */
  String title();

  /** Its own width in CSS pixels. */
  int width();

  /** Its own height in CSS pixels. */
  int height();

  /**
   * Paints itself from (0, 0) to (width, height). The background is already filled; hints for
   * smooth lines and text are set. It must paint the same each time.
   */
  void paint(Graphics2D g, int width, int height);

  /** The same figure with another size of its own. */
  default Figure sized(int width, int height) {
    Figure inner = this;
    return new Picture(title(), width, height, inner::paint);
  }

  /** Painted on white, at so many pixels to a CSS pixel. */
  default BufferedImage image(double scale) {
    Check.positive("scale", scale);
    BufferedImage image =
        new BufferedImage(
            Math.max(1, (int) Math.round(width() * scale)),
            Math.max(1, (int) Math.round(height() * scale)),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.setColor(Style.INK);
      Style.smooth(g);
      g.scale(scale, scale);
      paint(g, width(), height());
    } finally {
      g.dispose();
    }
    return image;
  }

  /**
   * The PNG file of it, at {@value #PNG_SCALE} pixels to a CSS pixel. Where there are more than 256
   * colours, as where translucent points lie over each other, like ones are merged: the file is
   * less than half as large for it.
   */
  default byte[] png() {
    return Png.encode(image(PNG_SCALE), PNG_SCALE);
  }

  /**
   * Saves it as a PNG or an SVG file, by the ending of the name; {@link #save(Path)} says how.
   *
   * @param file such as {@code figures/sizes.png}
   * @return the file
   */
  default Path save(String file) {
    return save(Path.of(file));
  }

  /**
   * Saves it as a PNG or an SVG file, by the ending of the name. Folders that are missing are made,
   * and an older file of that name is replaced. The file appears whole or not at all; equal figures
   * give equal files.
   *
   * <p>A PNG is {@link #png()}. In an SVG lines and text stay lines and text, except that XChart
   * draws its letters as outlines; the cells of a heat map are an embedded picture. It needs no
   * other file; where the font DejaVu Sans is missing, Verdana or the viewer's sans-serif stands
   * in.
   *
   * @param file a name that ends in {@code .png} or {@code .svg}, in small or capital letters
   * @return the file
   * @throws IllegalArgumentException if the name ends in anything else
   * @throws UncheckedIOException if the file cannot be written
   */
  default Path save(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean svg = name.endsWith(".svg");
    Check.that(
        svg || name.endsWith(".png"),
        "file '%s': a figure is saved as PNG or SVG; end the name in .png or .svg",
        file);
    byte[] bytes = svg ? Svg.encode(this) : png();
    try {
      WholeFile.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write %s: choose a folder that can be written to (%s)".formatted(file, e), e);
    }
    return file;
  }

  /** An XChart chart as a figure; its size is the chart's. */
  static Figure of(Chart<?, ?> chart) {
    String title = chart.getTitle();
    return new Picture(
        title == null || title.isBlank() ? "chart" : title,
        chart.getWidth(),
        chart.getHeight(),
        chart::paint);
  }

  /** A finished picture as a figure; a pixel of it is a CSS pixel, and its shape is kept. */
  static Figure of(String title, BufferedImage picture) {
    return new Picture(
        title,
        picture.getWidth(),
        picture.getHeight(),
        (g, width, height) -> {
          double scale =
              Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
          int w = (int) Math.round(picture.getWidth() * scale);
          int h = (int) Math.round(picture.getHeight() * scale);
          g.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h, null);
        });
  }

  /** A drawing by this painter as a figure. */
  static Figure drawn(String title, int width, int height, Painter painter) {
    return new Picture(title, width, height, painter);
  }

  /** Paints a figure at any size; see {@link Figure#paint}. */
  @FunctionalInterface
  interface Painter {
    /** Paints from (0, 0) to (width, height). */
    void paint(Graphics2D g, int width, int height);
  }
}
