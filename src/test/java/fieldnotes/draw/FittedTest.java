package fieldnotes.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.table.Matrix;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.series.Series;

/** Charts of values, names and titles that are hard to draw. */
class FittedTest {
  private static final String LONG =
      "A title that goes on and on about the classes of the data and their neighbours, district by"
          + " district and year by year, so that no figure can hold it";
  private static final double[] X = IntStream.range(0, 200).asDoubleStream().toArray();
  private static final double[] NAN = filled(Double.NaN);

  private static double[] filled(double value) {
    double[] all = new double[X.length];
    Arrays.fill(all, value);
    return all;
  }

  private static double[] near(double offset, double step) {
    return Arrays.stream(X).map(x -> offset + x * step).toArray();
  }

  private static void edgesAreWhite(Figure figure) {
    BufferedImage image = figure.image(1);
    for (int y = 0; y < image.getHeight(); y++) {
      assertThat(image.getRGB(0, y)).as("left edge").isEqualTo(Color.WHITE.getRGB());
      assertThat(image.getRGB(image.getWidth() - 1, y))
          .as("right edge")
          .isEqualTo(Color.WHITE.getRGB());
    }
    for (int x = 0; x < image.getWidth(); x++) {
      assertThat(image.getRGB(x, 0)).as("top").isEqualTo(Color.WHITE.getRGB());
      assertThat(image.getRGB(x, image.getHeight() - 1))
          .as("bottom")
          .isEqualTo(Color.WHITE.getRGB());
    }
  }

  @Test
  @DisplayName("a chart without finite values says so, in the figure and in its text")
  void nothing() {
    int[] labels = new int[X.length];
    Map<String, Figure> empty = new LinkedHashMap<>();
    empty.put("lines", Figure.of(Lines.of("", "x", "y", X, NAN)));
    empty.put("infinite", Figure.of(Lines.of("", "x", "y", X, filled(Double.NEGATIVE_INFINITY))));
    empty.put("cloud", PointCloud.of("", "x", "y", NAN, X));
    empty.put("scatter", Figure.of(Scatter.byLabel("", "x", "y", X, NAN, labels)));
    empty.put("bars", Bars.of("", "n", List.of("a", "b"), "v", new double[] {Double.NaN, 1 / 0.0}));
    empty.put("lying", Bars.lying("", "n", List.of("a"), "v", new double[] {Double.NaN}));
    empty.forEach(
        (name, figure) -> {
          assertThat(figure.alt()).as(name).contains("no finite values");
          BufferedImage image = figure.image(1);
          int middle = image.getWidth() / 2;
          int row = image.getHeight() / 2;
          int[] around = image.getRGB(middle - 90, row - 12, 180, 16, null, 0, 180);
          assertThat(Arrays.stream(around).filter(p -> new Color(p).getRed() < 150).count())
              .as(name)
              .isGreaterThan(50);
        });
    assertThat(Figure.of(Lines.of("", "x", "y", X, X)).alt()).doesNotContain("finite");
  }

  @Test
  @DisplayName("infinite values leave a gap; an infinite place on the axis is refused")
  void infinite() {
    double[] y = X.clone();
    y[3] = Double.POSITIVE_INFINITY;
    double[] gap = X.clone();
    gap[3] = Double.NaN;
    assertThat(Figure.of(Lines.of("t", "x", "y", X, y)).png())
        .isEqualTo(Figure.of(Lines.of("t", "x", "y", X, gap)).png());
    assertThatThrownBy(() -> Lines.of("t", "x", "y", y, X))
        .hasMessage("chart 't': x[3] is Infinity: must be finite");
  }

  @Test
  @DisplayName("a column without values has an empty place in a scatter matrix")
  void emptyColumn() {
    double[][] rows = {{1, Double.NaN, 1e12}, {2, Double.NaN, 1e12 + 1}, {4, Double.NaN, 1e12 + 3}};
    List<String> names = List.of("a", "b", "c");
    edgesAreWhite(ScatterMatrix.of("t", Matrix.of(names, rows), names, 1));
  }

  @Test
  @DisplayName("a legend of fifty classes is whole, or ends with the number of the others")
  void longLegend() {
    int[] labels = IntStream.range(0, X.length).map(i -> i % 50).toArray();
    XYChart chart = Scatter.byLabel("t", "x", "y", X, X, labels, k -> "a class named " + k);
    Figure figure = Figure.of(chart);
    assertThat(figure.height()).isBetween(1_000, 1_100);
    edgesAreWhite(figure);
    edgesAreWhite(figure.sized(720, 300));
    // the chart is afterwards as it was
    assertThat(chart.getSeriesCollection()).allMatch(Series::isShowInLegend);
    assertThat(chart.getSeriesCollection())
        .extracting(Series::getLabel)
        .contains("a class named 49");
    assertThat(Figure.of(Scatter.byLabel("t", "x", "y", X, X, new int[X.length])).height())
        .isEqualTo(Style.HEIGHT);
  }

  @Test
  @DisplayName("long titles, labels and names stay within the figure; the text has them whole")
  void longTexts() {
    int[] labels = IntStream.range(0, X.length).map(i -> i % 3).toArray();
    List<Figure> figures =
        List.of(
            Figure.of(Lines.of(LONG, LONG, LONG, X, X)),
            Figure.of(Lines.of(LONG, LONG, LONG, X, Map.of(LONG, X, "b", X))),
            Figure.of(Scatter.byLabel(LONG, LONG, LONG, X, X, labels, k -> k + LONG)),
            PointCloud.of(LONG, LONG, LONG, X, X)
                .withColours(LONG, X, ColorMap.VIRIDIS)
                .withAreas(LONG, X)
                .withMarks(LONG, new double[][] {{1, 1}}),
            Histogram.of(LONG, LONG, LONG, X, 9),
            Bars.of(LONG, LONG, List.of(LONG, "b"), LONG, new double[] {1, 2}),
            Sheet.of(LONG, 1, 500, 300, List.of(Histogram.of(LONG, LONG, "n", X, 9))));
    for (Figure figure : figures) {
      edgesAreWhite(figure);
      assertThat(figure.alt()).contains(LONG);
    }
  }

  @Test
  @DisplayName("large numbers that grow in small steps have different marks")
  void farFromZero() {
    for (double step : new double[] {1, 30, 1e6}) {
      for (double offset : new double[] {1e6, 1e12, -1e12, 3e15, 7e18}) {
        double[] values = near(offset, Math.max(step, Math.ulp(offset)));
        for (int most : new int[] {2, 5, 9}) {
          assertThat(Axis.around("", values).ticks(most))
              .extracting(Axis.Tick::text)
              .as(offset + " by " + step)
              .doesNotHaveDuplicates();
        }
      }
    }
    assertThat(Axis.around("", near(1e-7, 1e-12)).ticks(5))
        .extracting(Axis.Tick::text)
        .doesNotHaveDuplicates();
    edgesAreWhite(PointCloud.of("t", "x", "y", near(1e12, 10), near(1e12, 10)));
    edgesAreWhite(Histogram.of("t", "x", "n", near(1e12, 10), 20));
  }
}
