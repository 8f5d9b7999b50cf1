package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Raster;
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
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Places of the picture, across and up, that a pointer tells as one. */
  private static final int POINTED = 8;

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
        Stream.concat(region.classes.stream(), rows.everyClass().stream())
            .distinct()
            .sorted(Split.ORDER)
            .toList();
    Groups groups =
        Groups.of(
            rows.classes().stream().map(c -> c.isEmpty() ? names.getFirst() : c).toList(), names);
    Raster raster = new Raster(image(region, names), across, up);
    List<String> legend =
        new ArrayList<>(
            names.stream()
                .filter(n -> region.classes.contains(n) || rows.classes().contains(n))
                .toList());
    List<Color> colours = new ArrayList<>(legend.stream().map(n -> color(names, n)).toList());
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
              raster.paint(g, axes);
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
            })
        .withInteractive(
            shown -> {
              LiveChart chart =
                  LiveChart.of(shown).regions(raster, places(region, across, up), "predicted");
              points(chart, first, second, groups, rows);
              return chart.done();
            });
  }

  /** What is predicted in the middle of each of fewer places, for a pointer. */
  private static List<LiveChart.Place> places(Region region, Axis x, Axis y) {
    double wide = (x.to() - x.from()) / ACROSS * POINTED;
    double high = (y.to() - y.from()) / UP * POINTED;
    List<LiveChart.Place> places = new ArrayList<>();
    for (int j = 0; j < UP / POINTED; j++) {
      for (int i = 0; i < ACROSS / POINTED; i++) {
        int at = (j * POINTED + POINTED / 2) * ACROSS + i * POINTED + POINTED / 2;
        double left = x.from() + i * wide;
        double bottom = y.from() + j * high;
        int code = region.codes[at];
        places.add(
            new LiveChart.Place(
                left,
                left + wide,
                bottom,
                bottom + high,
                code < 0 ? region.name : region.classes.get(code),
                code < 0 ? Double.NaN : region.probabilities[at]));
      }
    }
    return places;
  }

  /** The rows in the colours of their classes, and white where they have none. */
  private static void points(LiveChart chart, double[] x, double[] y, Groups groups, Samples rows) {
    int[] known =
        IntStream.range(0, x.length).filter(i -> !rows.classes().get(i).isEmpty()).toArray();
    int[] others =
        IntStream.range(0, x.length).filter(i -> rows.classes().get(i).isEmpty()).toArray();
    if (known.length > 0) {
      int[] codes = Arrays.stream(known).map(i -> groups.codes()[i]).toArray();
      chart.groups(
          at(x, known), at(y, known), new Groups(codes, groups.classes()), rows.rows(known));
    }
    if (others.length > 0) {
      chart.dots(
          Style.FAINT_INK,
          at(x, others),
          at(y, others),
          Arrays.stream(others).mapToObj(rows.names()::get).toList(),
          "row without a class",
          chart.yLabel());
    }
  }

  private static double[] at(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static Color color(List<String> names, String name) {
    return Style.color(names.indexOf(name));
  }

  /**
   * What is predicted of each place.
   *
   * @param codes the class, −1 where it is Unknown
   * @param probabilities of that class; NaN where the model has none
   * @param strengths of the colour, 0 to 1
   */
  private record Region(
      List<String> classes,
      int[] codes,
      double[] probabilities,
      double[] strengths,
      boolean rejects,
      String name) {}

  private static Region region(Object predicted) {
    return switch (predicted) {
      case Classified classified -> {
        yield new Region(
            classified.classes(),
            classified.codes(),
            probabilities(classified),
            strengths(classified),
            false,
            "");
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
            probabilities(classified),
            strengths(classified),
            rejected.unknownCount() > 0,
            rejected.name());
      }
      default ->
          throw new IllegalArgumentException(
              "the model predicts no classes, so there are no boundaries: give a classifier");
    };
  }

  /** The probability of the likeliest class; NaN if the model has none. */
  private static double[] probabilities(Classified classified) {
    int[] codes = classified.codes();
    double[][] scores = classified.scores();
    double[] probabilities = new double[codes.length];
    for (int i = 0; i < codes.length; i++) {
      probabilities[i] = classified.hasProbabilities() ? scores[i][codes[i]] : Double.NaN;
    }
    return probabilities;
  }

  /** From 0.15 where all classes are as probable, to 0.6 where one is certain. */
  private static double[] strengths(Classified classified) {
    double[] probabilities = probabilities(classified);
    double chance = 1.0 / classified.classes().size();
    double[] strengths = new double[probabilities.length];
    for (int i = 0; i < strengths.length; i++) {
      double share =
          classified.hasProbabilities() ? (probabilities[i] - chance) / (1 - chance) : 0.5;
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

  private static void dot(Graphics2D g, double x, double y, double r, Color fill, Color edge) {
    Shape circle = new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
    g.setColor(fill);
    g.fill(circle);
    g.setColor(edge);
    g.draw(circle);
  }
}
