package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import fieldnotes.table.Samples;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A chart, heat map, image or sheet of figures. It has a preferred size in CSS pixels and paints at
 * any size. Equal data give the same pixels and the same bytes.
 *
 * <p>Implement it for custom drawings; {@link Axes} paints axes, {@link Style} has the colours and
 * fonts.
 */
public interface Figure {
  /** PNG pixels per CSS pixel, for sharp images on high-density screens. */
  int PNG_SCALE = 2;

  /** A short title. */
  String title();

  /**
   * Says in words what the figure shows, for readers who cannot see it: title, kind, what is in it,
   * axes with units and ranges. Default: the title.
   */
  default String alt() {
    return title();
  }

  /** Returns the figure with another text alternative, for example what to see in it. */
  default Figure withAlt(String alt) {
    return new Described(this, alt);
  }

  /** Axes and colour range that it can share with others; empty if it has none. */
  default Optional<Scales> scales() {
    return Optional.empty();
  }

  /** Returns the figure with other axes and another colour range, if it has {@link #scales}. */
  default Figure withScales(Scales scales) {
    return this;
  }

  /**
   * The same result to be explored by pointer, zoom and selection, where it has such a form; made
   * anew at each call.
   */
  default Optional<Interactive> interactive() {
    return Optional.empty();
  }

  /**
   * Returns the figure with an interactive form.
   *
   * @param form makes it from the figure as it is shown: its title, size, scales and text
   *     alternative
   */
  default Figure withInteractive(Function<Figure, Interactive> form) {
    return new Lively(this, -1, PointRows.NONE, (shown, rows) -> form.apply(shown));
  }

  /**
   * Returns a scatter chart whose points tell of their rows when it is interactive: name, class and
   * first features under the pointer; a click plays the sound, where rows are of sound files.
   *
   * @param rows one for each point, in the order of the points
   * @throws IllegalArgumentException if the figure has no such points, or another number of them
   */
  default Figure withRows(Samples rows) {
    throw new IllegalArgumentException(
        "figure '%s' has no points that rows could explain; a scatter chart has, such as"
                .formatted(title())
            + " PcaPlot.scores, EmbeddingPlot.of or PointCloud.of");
  }

  /** Preferred width in CSS pixels. */
  int width();

  /** Preferred height in CSS pixels. */
  int height();

  /**
   * Paints the figure from (0, 0) to (width, height). The background is already filled and
   * antialiasing is on. Must paint the same each time.
   */
  void paint(Graphics2D g, int width, int height);

  /** Returns the figure with another preferred size. */
  default Figure sized(int width, int height) {
    Figure inner = this;
    return new Picture(title(), width, height, alt(), inner::paint);
  }

  /** Renders on white at {@code scale} pixels per CSS pixel. */
  default BufferedImage image(double scale) {
    Check.positive("scale", scale);
    return Canvas.image(this, scale, false);
  }

  /**
   * Encodes the figure as PNG at {@value #PNG_SCALE} pixels per CSS pixel. More than 256 colours,
   * for example of translucent points, are reduced to a palette, which more than halves the file
   * size.
   */
  default byte[] png() {
    return Png.encode(image(PNG_SCALE), PNG_SCALE, Png.Effort.BEST);
  }

  /**
   * Encodes the figure as {@link #png()} does, with the same pixels, for somebody who waits for it:
   * sooner, in some more bytes.
   */
  default byte[] pngAtOnce() {
    return Png.encode(image(PNG_SCALE), PNG_SCALE, Png.Effort.QUICK);
  }

  /**
   * Encodes the figure as PNG for dark pages: light text and lines on a transparent background,
   * colours of the same hues, those of heat maps unchanged; as quickly as {@link #pngAtOnce()}.
   */
  default byte[] pngAtNight() {
    return Png.encode(
        Canvas.image(this, PNG_SCALE, true), PNG_SCALE, Png.Effort.QUICK, Night.PAPER);
  }

  /**
   * Saves as PNG or SVG, depending on the file extension; see {@link #save(Path)}.
   *
   * @param file for example {@code figures/sizes.png}
   * @return the file
   */
  default Path save(String file) {
    return save(Path.of(file));
  }

  /**
   * Saves as PNG or SVG, depending on the file extension. Missing folders are created and an
   * existing file is replaced, atomically. Equal figures give equal files.
   *
   * <p>For PNG see {@link #png()}. In SVG, lines remain vector graphics, text is written as
   * outlines of its letters, so that it looks the same everywhere, and heat maps are embedded
   * images. The file has no external references; its description has what the figure shows.
   *
   * @param file path that ends in {@code .png} or {@code .svg}, in lower or upper case
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
      throw Reason.unchecked("cannot write the figure " + file, e);
    }
    return file;
  }

  /** Wraps an XChart chart; the size is the chart's. */
  static Figure of(Chart<?, ?> chart) {
    return Charts.of(chart);
  }

  /** Wraps an image at one image pixel per CSS pixel; the aspect ratio is kept. */
  static Figure of(String title, BufferedImage picture) {
    return new Picture(
        title,
        picture.getWidth(),
        picture.getHeight(),
        Described.text(
            title,
            "picture of %d by %d pixels".formatted(picture.getWidth(), picture.getHeight()),
            null),
        (g, width, height) -> {
          double scale =
              Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
          int w = (int) Math.round(picture.getWidth() * scale);
          int h = (int) Math.round(picture.getHeight() * scale);
          g.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h, null);
        });
  }

  /** A figure drawn by a custom painter; say what it shows by {@link #withAlt}. */
  static Figure drawn(String title, int width, int height, Painter painter) {
    return new Picture(title, width, height, title, painter);
  }

  /**
   * A figure with two axes, which it can share with others in {@link Sheet#compared}.
   *
   * @param what kind of figure and what is in it, such as {@code bar chart of 5 bars}; the text
   *     alternative is the title, this, and the axes
   * @param x the horizontal axis, unless another is shared
   * @param y the vertical axis, unless another is shared
   * @param painter paints with the axes given to it
   */
  static Figure drawn(
      String title, int width, int height, String what, Axis x, Axis y, AxesPainter painter) {
    return new Drawing(title, width, height, what, x, y, painter);
  }

  /** Paints a figure at any size; see {@link Figure#paint}. */
  @FunctionalInterface
  interface Painter {
    /** Paints from (0, 0) to (width, height). */
    void paint(Graphics2D g, int width, int height);
  }

  /** Paints a figure with the given axes at any size. */
  @FunctionalInterface
  interface AxesPainter {
    /** Paints from (0, 0) to (width, height) with these axes. */
    void paint(Graphics2D g, int width, int height, Axis x, Axis y);
  }
}
