package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a model of two columns draws the lines between classes: each place has the colour of its
 * predicted class, the stronger the more probable it is, and rows lie over it in the colours of
 * their true classes. What a model calls Unknown is hatched in grey.
 */
public final class BoundaryPlot {
  private static final int ACROSS = 240;
  private static final int UP = 160;
  private static final int HATCH = 5;
  private static final int UNKNOWN = 0xf0f0f0;
  private static final int UNKNOWN_LINE = 0xc4c4c4;

  private BoundaryPlot() {}

  /**
   * The regions of a model with rows of known or unknown classes.
   *
   * @param model predicts classes from two columns of numbers
   * @param rows rows to show, such as test rows; their ranges are those of the axes
   */
  public static Figure of(String title, Model<?> model, Samples rows) {
    List<String> columns = model.made().columns();
    Check.that(
        columns.size() == 2,
        "the model has the columns %s: boundaries are drawn for models of two, so fit it to"
            + " rows.withFeatures(List.of(…)) of two columns",
        columns);
    double[] first = rows.matrix().column(columns.get(0));
    double[] second = rows.matrix().column(columns.get(1));
    Axis across = Axis.around(columns.get(0), first);
    Axis up = Axis.around(columns.get(1), second);
    double[][] places = new double[ACROSS * UP][];
    for (int j = 0; j < UP; j++) {
      for (int i = 0; i < ACROSS; i++) {
        places[j * ACROSS + i] =
            new double[] {
              across.from() + (i + 0.5) / ACROSS * (across.to() - across.from()),
              up.from() + (j + 0.5) / UP * (up.to() - up.from())
            };
      }
    }
    Region region = region(model.predict(Matrix.of(columns, places)));
    List<String> names =
        Stream.concat(region.classes.stream(), rows.classes().stream().filter(c -> !c.isEmpty()))
            .distinct()
            .sorted(Split.ORDER)
            .toList();
    Groups groups =
        Groups.of(
            rows.classes().stream().map(c -> c.isEmpty() ? names.getFirst() : c).toList(), names);
    BufferedImage image = image(region, names);
    List<String> legend = new ArrayList<>(names);
    List<Color> colours = new ArrayList<>(names.stream().map(n -> color(names, n)).toList());
    if (region.rejects) {
      legend.add(region.name + " (hatched)");
      colours.add(new Color(UNKNOWN_LINE));
    }
    return Figure.drawn(
        title,
        Style.WIDTH,
        Style.HEIGHT + 40,
        "regions of %s with %s"
                .formatted(
                    Words.list(region.classes.size(), "class", "classes", region.classes),
                    Words.count(first.length, "row"))
            + (region.rejects ? ", some of the plane " + region.name : ""),
        across,
        up,
        (g, w, h, x, y) -> {
          Axes axes = Axes.layout(g, w, h, title, x, y, Axes.legendWidth(g, legend));
          paint(g, axes, image, across, up);
          axes.paintFrame(g);
          Shape clip = g.getClip();
          g.clip(axes.area());
          double r = first.length > 2_000 ? 2 : first.length > 300 ? 3 : 4;
          for (int i = 0; i < first.length; i++) {
            if (rows.classes().get(i).isEmpty()) {
              dot(g, axes.x(first[i]), axes.y(second[i]), r, Color.WHITE, Style.INK);
            } else {
              dot(
                  g,
                  axes.x(first[i]),
                  axes.y(second[i]),
                  r,
                  Style.color(groups.codes()[i]),
                  Color.WHITE);
            }
          }
          g.setClip(clip);
          axes.paintLegend(g, legend, colours);
        });
  }

  private static Color color(List<String> names, String name) {
    return Style.color(names.indexOf(name));
  }

  /**
   * What is predicted of each place.
   *
   * @param codes the class, −1 where it is Unknown
   * @param strengths of the colour, 0 to 1
   */
  private record Region(
      List<String> classes, int[] codes, double[] strengths, boolean rejects, String name) {}

  private static Region region(Object predicted) {
    return switch (predicted) {
      case Classified classified -> {
        double[] strengths = strengths(classified);
        yield new Region(classified.classes(), classified.codes(), strengths, false, "");
      }
      case Rejected rejected -> {
        Classified classified = rejected.classified();
        int[] codes = classified.codes();
        for (int i = 0; i < codes.length; i++) {
          codes[i] = rejected.isUnknown(i) ? -1 : codes[i];
        }
        yield new Region(
            classified.classes(),
            codes,
            strengths(classified),
            rejected.unknownCount() > 0,
            rejected.name());
      }
      default ->
          throw new IllegalArgumentException(
              "the model predicts no classes, so there are no boundaries: give a classifier");
    };
  }

  /** From 0.15 where all classes are as probable, to 0.6 where one is certain. */
  private static double[] strengths(Classified classified) {
    int[] codes = classified.codes();
    double[][] scores = classified.scores();
    double chance = 1.0 / classified.classes().size();
    double[] strengths = new double[codes.length];
    for (int i = 0; i < codes.length; i++) {
      double share =
          classified.hasProbabilities() ? (scores[i][codes[i]] - chance) / (1 - chance) : 0.5;
      strengths[i] = 0.15 + 0.45 * Math.clamp(share, 0, 1);
    }
    return strengths;
  }

  private static BufferedImage image(Region region, List<String> names) {
    int[] colour = region.classes.stream().mapToInt(names::indexOf).toArray();
    BufferedImage image = new BufferedImage(ACROSS, UP, BufferedImage.TYPE_INT_RGB);
    for (int j = 0; j < UP; j++) {
      for (int i = 0; i < ACROSS; i++) {
        int at = j * ACROSS + i;
        int rgb =
            region.codes[at] >= 0
                ? Style.color(colour[region.codes[at]], region.strengths[at]).getRGB()
                : (i + j) % HATCH == 0 ? UNKNOWN_LINE : UNKNOWN;
        image.setRGB(i, UP - 1 - j, rgb);
      }
    }
    return image;
  }

  private static void paint(Graphics2D g, Axes axes, BufferedImage image, Axis x, Axis y) {
    int left = (int) Math.round(axes.x(x.from()));
    int right = (int) Math.round(axes.x(x.to()));
    int top = (int) Math.round(axes.y(y.to()));
    int bottom = (int) Math.round(axes.y(y.from()));
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(image, left, top, right - left, bottom - top, null);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }

  private static void dot(Graphics2D g, double x, double y, double r, Color fill, Color edge) {
    Shape circle = new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
    g.setColor(fill);
    g.fill(circle);
    g.setColor(edge);
    g.draw(circle);
  }
}
