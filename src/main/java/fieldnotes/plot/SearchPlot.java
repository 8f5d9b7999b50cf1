package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.PointCloud;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.evaluate.Better;
import fieldnotes.model.Search;
import fieldnotes.table.Matrix;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a search has tried: the score over each option, or over two of them. Failures are left out.
 */
public final class SearchPlot {
  /** Values of an option beyond which they count as drawn from a range rather than from a list. */
  private static final int LISTED = 30;

  private SearchPlot() {}

  /** The score over every option that has more than one value, in a sheet. */
  public static Figure of(String title, Search search) {
    List<Search.Candidate> tried = tried(search);
    List<Figure> figures = new ArrayList<>();
    for (String option : search.best().values().keySet()) {
      if (tried.stream().map(c -> c.setting().values().get(option)).distinct().count() > 1) {
        figures.add(of(option, search, option));
      }
    }
    Check.that(!figures.isEmpty(), "the search has tried one value of every option only");
    return figures.size() == 1
        ? of(title, search, figures.getFirst().title())
        : Sheet.of(title, 2, 480, 310, figures);
  }

  /** The mean score over one option, a dot per setting with its range over folds; best marked. */
  public static Figure of(String title, Search search, String option) {
    List<Search.Candidate> tried = tried(search);
    Places places = Places.of(option, values(tried, option));
    double[] means = tried.stream().mapToDouble(Search.Candidate::mean).toArray();
    double[] every = tried.stream().flatMapToDouble(c -> Arrays.stream(c.folds())).toArray();
    int best = best(search, tried);
    String marked =
        String.format(
            Locale.ROOT,
            "best %s: %.3f",
            Places.text(values(tried, option).get(best)),
            means[best]);
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "chart of the %s of %s over %s, marked: %s"
                .formatted(
                    search.score().name(), Words.count(tried.size(), "setting"), option, marked),
            places.axis(),
            Axis.around(search.score().name(), every),
            (g, w, h, x, y) -> {
              Axes axes = Axes.layout(g, w, h, title, x, y, 8);
              axes.paint(g);
              g.setStroke(new BasicStroke(1f));
              for (int c = 0; c < means.length; c++) {
                double px = axes.x(places.at()[c]);
                double[] folds = tried.get(c).folds();
                double low = Arrays.stream(folds).min().orElse(means[c]);
                double high = Arrays.stream(folds).max().orElse(means[c]);
                g.setColor(Style.NOISE);
                g.draw(new Line2D.Double(px, axes.y(low), px, axes.y(high)));
              }
              g.setColor(Style.color(0));
              for (int c = 0; c < means.length; c++) {
                double r = means.length > 300 ? 2 : 3.5;
                g.fill(
                    new Ellipse2D.Double(
                        axes.x(places.at()[c]) - r, axes.y(means[c]) - r, 2 * r, 2 * r));
              }
              Curves.mark(
                  g, axes, places.at()[best], means[best], marked, true, places.at(), means);
            })
        .withInteractive(
            shown -> {
              LiveChart chart = LiveChart.of(shown);
              chart.dots(
                  Style.color(0),
                  places.at(),
                  means,
                  tried.stream().map(c -> c.setting().toString()).toList(),
                  "setting",
                  search.score().name());
              return chart.mark(places.at()[best], means[best], marked).done();
            });
  }

  /**
   * The mean score over two options. Where both come from lists it is a heat map of the best score
   * of each pair of values; otherwise a dot per setting, coloured by its score.
   *
   * @param across the option of the horizontal axis
   * @param up the option of the vertical axis
   */
  public static Figure map(String title, Search search, String across, String up) {
    List<Search.Candidate> tried = tried(search);
    List<?> first = values(tried, across);
    List<?> second = values(tried, up);
    double[] means = tried.stream().mapToDouble(Search.Candidate::mean).toArray();
    List<String> columns = Places.names(first);
    List<String> rows = Places.names(second).reversed();
    boolean numbers =
        first.stream().allMatch(v -> v instanceof Number)
            && second.stream().allMatch(v -> v instanceof Number);
    if (numbers && (columns.size() > LISTED || rows.size() > LISTED)) {
      Places x = Places.flat(across, first);
      Places y = Places.flat(up, second);
      return PointCloud.of(title, x.axis().label(), y.axis().label(), x.at(), y.at())
          .withDiameter(9)
          .withColours(search.score().name(), means, ColorMap.VIRIDIS);
    }
    double[][] cells = new double[rows.size()][columns.size()];
    for (double[] row : cells) {
      Arrays.fill(row, Double.NaN);
    }
    Better better = search.score().better();
    for (int c = 0; c < means.length; c++) {
      int row = rows.indexOf(Places.text(second.get(c)));
      int column = columns.indexOf(Places.text(first.get(c)));
      if (Double.isNaN(cells[row][column]) || better.compare(cells[row][column], means[c]) > 0) {
        cells[row][column] = means[c];
      }
    }
    return HeatMap.of(title, up, rows, across, Matrix.of(columns, cells))
        .withUnit(search.score().name())
        .withNumbers("%.3f");
  }

  private static List<Search.Candidate> tried(Search search) {
    List<Search.Candidate> tried =
        search.candidates().stream()
            .filter(c -> c.failure().isEmpty() && Double.isFinite(c.mean()))
            .toList();
    Check.that(!tried.isEmpty(), "%s: there is nothing to draw", search);
    return tried;
  }

  private static int best(Search search, List<Search.Candidate> tried) {
    int best = 0;
    for (int c = 1; c < tried.size(); c++) {
      if (search.score().better().compare(tried.get(best).mean(), tried.get(c).mean()) > 0) {
        best = c;
      }
    }
    return best;
  }

  private static List<?> values(List<Search.Candidate> tried, String option) {
    return tried.stream()
        .map(
            c -> {
              Object value = c.setting().values().get(option);
              Check.that(
                  value != null,
                  "no option '%s' in the setting %s; it has %s",
                  option,
                  c.setting(),
                  c.setting().values().keySet());
              return value;
            })
        .toList();
  }
}
