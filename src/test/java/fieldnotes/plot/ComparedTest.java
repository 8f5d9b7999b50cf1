package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.Linkage;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Bars;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Histogram;
import fieldnotes.draw.Lines;
import fieldnotes.draw.PointCloud;
import fieldnotes.draw.Scatter;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
import fieldnotes.table.Matrix;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

/** Shared axes and colours, colours of classes, and texts that say what a figure shows. */
final class ComparedTest {
  private static final double[] ONE = {0, 1};
  private static final double[] WIDE = {0, 4};

  private static Clip clip(String name, double peak, int samples) {
    float[] wave = new float[samples];
    for (int i = 0; i < samples; i++) {
      wave[i] = (float) (i % 2 == 0 ? peak : -peak);
    }
    return Clip.of(name, wave, 1_000);
  }

  @Test
  @DisplayName("two waveforms share the longer time and the larger amplitude")
  void waveforms() {
    Figure both =
        Sheet.compared(
            "Both",
            2,
            300,
            200,
            List.of(
                WaveformPlot.of(clip("quiet", 0.08, 500)),
                WaveformPlot.of(clip("loud", 0.4, 2_000))));
    assertThat(both.alt())
        .isEqualTo(
            "Both: 2 figures."
                + " (1) quiet: waveform of 500 samples at 1,000 Hz."
                + " x: seconds, 0 to 2; y: amplitude, −0.5 to 0.5."
                + " (2) loud: waveform of 2,000 samples at 1,000 Hz."
                + " x: seconds, 0 to 2; y: amplitude, −0.5 to 0.5.");
    // The quiet clip ends at a quarter of the shared axis: nothing blue is right of it.
    assertThat(blue(both.image(1), 0, 130)).isPositive();
    assertThat(blue(both.image(1), 150, 300)).isZero();
    assertThat(blue(both.image(1), 450, 590)).isPositive();
  }

  private static long blue(BufferedImage image, int from, int to) {
    return IntStream.range(from, to)
        .flatMap(x -> IntStream.range(50, image.getHeight()).map(y -> image.getRGB(x, y)))
        .filter(rgb -> (rgb & 255) > (rgb >> 16 & 255) + 60)
        .count();
  }

  @Test
  @DisplayName("lines over time share their vertical range; NaN does not widen it")
  void featureLines() {
    Clip clip = clip("c", 0.1, 1_000);
    Figure left = FeaturePlot.over(clip, "a", "Hz", new double[] {0, 10, Double.NaN}, 0.1);
    Figure right = FeaturePlot.over(clip, "b", "Hz", new double[] {-20, 40}, 0.1);
    // −20 − 5 % of 60, 40 + 5 % of 60
    assertThat(Sheet.compared("", 2, 300, 200, List.of(left, right)).alt())
        .startsWith("2 figures. (1) a: line over the waveform of c, 3 frames.")
        .contains("x: seconds, 0 to 1; y: Hz, −23 to 43. (2) b:")
        .endsWith("y: Hz, −23 to 43.");
    Figure other = FeaturePlot.over(clip, "b", "dB", new double[] {-20, 40}, 0.1);
    assertThat(Sheet.compared("", 2, 300, 200, List.of(left, other)).alt())
        .contains("y: Hz, −0.5 to 10.5", "y: dB, −23 to 43");
  }

  private static HeatMap map(String title, double... values) {
    return HeatMap.of(
        title, Axis.linear("s", 0, 1), Axis.linear("Hz", 0, 8), new double[][] {values});
  }

  @Test
  @DisplayName(
      "heat maps share their colour range, have one bar, and missing cells do not shift it")
  void heatMaps() {
    Sheet both = Sheet.compared("", 2, 300, 200, List.of(map("a", 0, 2), map("b", -6, Double.NaN)));
    assertThat(both.alt())
        .isEqualTo(
            "2 figures."
                + " (1) a: heat map of 2 by 1 cells. x: s, 0 to 1; y: Hz, 0 to 8; colours: −6 to 2."
                + " (2) b: heat map of 2 by 1 cells, 1 of them missing."
                + " x: s, 0 to 1; y: Hz, 0 to 8; colours: −6 to 2.");
    assertThat(both.width()).isEqualTo(684);
    Sheet different =
        Sheet.compared(
            "", 2, 300, 200, List.of(map("a", 0, 2), map("b", 0, 3).withColours(ColorMap.BLUES)));
    assertThat(different.width()).isEqualTo(600);
  }

  @Test
  @DisplayName("a missing cell is hatched, and the legend names it")
  void missing() {
    BufferedImage with = map("", 1, Double.NaN, 3).image(1);
    BufferedImage without = map("", 1, 2, 3).image(1);
    assertThat(colours(with)).contains(0x8c8c8c, 0xd9d9d9);
    assertThat(hatched(with)).isGreaterThan(5_000);
    assertThat(hatched(without)).isLessThan(100);
    BufferedImage none = map("", Double.NaN, Double.NaN).image(1);
    assertThat(colours(none)).contains(0x8c8c8c);
    assertThat(map("m", Double.NaN, Double.NaN).alt())
        .isEqualTo(
            "m: heat map of 2 by 1 cells, 2 of them missing."
                + " x: s, 0 to 1; y: Hz, 0 to 8; colours: 0 to 1.");
  }

  private static long hatched(BufferedImage image) {
    return IntStream.range(0, image.getWidth())
        .flatMap(x -> IntStream.range(0, image.getHeight()).map(y -> image.getRGB(x, y)))
        .filter(rgb -> (rgb & 0xffffff) == 0x8c8c8c)
        .count();
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }

  @Test
  @DisplayName("charts, histograms, clouds and bars share axes; the chart itself stays as it was")
  void others() {
    XYChart narrow = Lines.of("a", "x", "y", ONE, ONE);
    XYChart wide = Lines.of("b", "x", "y", WIDE, WIDE);
    Figure alone = Figure.of(narrow);
    byte[] before = alone.png();
    Sheet lines = Sheet.compared("", 1, 300, 200, List.of(Figure.of(narrow), Figure.of(wide)));
    assertThat(lines.alt()).contains("(1) a: line chart of 1 line (y), 2 points. x: x, 0 to 4; y:");
    lines.png();
    assertThat(alone.png()).isEqualTo(before);
    assertThat(narrow.getStyler().getXAxisMax()).isNull();
    assertThat(
            Sheet.compared(
                    "",
                    2,
                    300,
                    200,
                    List.of(
                        Histogram.of("a", "kg", "n", ONE, 2),
                        Histogram.of("b", "kg", "n", WIDE, 1)))
                .alt())
        .contains("(1) a: histogram of 2 values in 2 bins. x: kg, −0.2 to 4.2; y: n, 0 to 2.1.");
    assertThat(
            Sheet.compared(
                    "",
                    2,
                    300,
                    200,
                    List.of(
                        PointCloud.of("a", "x", "y", ONE, ONE)
                            .withColours("m", ONE, ColorMap.VIRIDIS),
                        PointCloud.of("b", "x", "y", WIDE, ONE)
                            .withColours("m", WIDE, ColorMap.VIRIDIS)))
                .alt())
        .contains("(1) a: scatter chart of 2 points, coloured by m. x: x, −0.2 to 4.2; y: y,")
        .contains("colours: m, 0 to 4.");
    List<String> names = List.of("p", "q");
    assertThat(
            Sheet.compared(
                    "",
                    2,
                    300,
                    200,
                    List.of(Bars.of("a", "", names, "n", ONE), Bars.of("b", "", names, "n", WIDE)))
                .alt())
        .contains("(1) a: bar chart of 2 bars. x: p, q; y: n, 0 to 4.2.");
  }

  @Test
  @DisplayName("figures that have nothing in common, or no axes, are refused with the way out")
  void refused() {
    Figure bars = Bars.of("a", "", List.of("p"), "n", new double[] {1});
    Figure lines = Figure.of(Lines.of("b", "x", "y", ONE, ONE));
    assertThatThrownBy(() -> Sheet.compared("", 2, 300, 200, List.of(bars, lines)))
        .hasMessage(
            "the figures have no axis in common: horizontal ['', 'x'], vertical ['n', 'y'];"
                + " compare figures of one quantity, or use Sheet.of");
    Figure plain = Figure.drawn("plain", 10, 10, (g, w, h) -> {});
    assertThatThrownBy(() -> Sheet.compared("", 2, 300, 200, List.of(bars, plain)))
        .hasMessage("figure 'plain' has no axes to share; draw it in a sheet by Sheet.of");
    assertThatThrownBy(() -> plain.withAlt(" "))
        .hasMessage("alt is blank: say in a sentence what the figure shows");
  }

  @Test
  @DisplayName("a class has its colour by name, whichever classes a chart has")
  void classColours() {
    List<String> all = List.of("music", "speech", "both");
    Groups studio = Groups.of(List.of("speech", "both", "music"), all);
    Groups telephone = Groups.of(List.of("speech", "speech"), all);
    assertThat(studio.names()).containsExactly("music", "speech", "both");
    assertThat(studio.colours()).containsExactly(Style.color(0), Style.color(1), Style.color(2));
    assertThat(telephone.names()).containsExactly("speech");
    assertThat(telephone.colours()).containsExactly(Style.color(1));
    assertThatThrownBy(() -> Groups.of(List.of("noise"), all))
        .hasMessage("classes has 'noise', which is not in names [music, speech, both]");
    assertThatThrownBy(() -> Groups.of(List.of("a"), List.of("a", "a")))
        .hasMessage("names has 'a' twice: give each once");
    Matrix rows =
        Matrix.of(
            List.of("mfcc_1", "mfcc_2"), new double[][] {{1, 2}, {2, Double.NaN}, {3, 4}, {9, 4}});
    Figure sheet =
        FeaturePlot.spreads(
            "Telephone", rows, Groups.of(List.of("music", "speech", "music", "speech"), all), 4, 4);
    // bins of mfcc_1: music 1, 3 in bins 0 and 1, speech 2 and 9: 0.5 each; mfcc_2: speech 4 alone
    assertThat(sheet.alt())
        .isEqualTo(
            "Telephone: 2 figures, 2 classes (music, speech)."
                + " (1) mfcc_1: overlaid histograms of 2 classes (music, speech)."
                + " x: 1 to 9; y: 0 to 1.05."
                + " (2) mfcc_2: overlaid histograms of 2 classes (music, speech)."
                + " x: 2 to 4; y: 0 to 1.05.");
  }

  @Test
  @DisplayName("up to sixty groups have a pair of colour and shape of their own")
  void shapes() {
    double[] x = IntStream.range(0, 60).asDoubleStream().toArray();
    XYChart chart = Scatter.byLabel("t", "x", "y", x, x, IntStream.range(0, 60).toArray());
    Set<List<Object>> pairs = new HashSet<>();
    Set<Color> colours = new HashSet<>();
    List<Object> first = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      var series = chart.getSeries("cluster " + i);
      pairs.add(List.of(series.getMarkerColor(), series.getMarker()));
      colours.add(series.getMarkerColor());
      first.add(series.getMarkerColor());
    }
    assertThat(pairs).hasSize(60);
    assertThat(colours).hasSize(12);
    assertThat(new HashSet<>(first.subList(0, 12))).hasSize(12);
  }

  @Test
  @DisplayName("centroid and median linkage mark no height of the cut, ward does")
  void dendrograms() {
    double[][] rows = {{0, 0}, {0, 1}, {4, 0}, {4, 1.5}, {9, 9}};
    Hierarchy ward = Hierarchy.of(rows, Linkage.WARD);
    assertThat(Dendrogram.of("w", ward).cutInto(2).alt())
        .startsWith("w: dendrogram of 5 rows by ward linkage, 5 ends drawn, coloured by 2 clusters")
        .contains(" cut at ");
    int note = Style.FAINT_INK.getRGB();
    for (Linkage linkage : List.of(Linkage.CENTROID, Linkage.MEDIAN)) {
      Dendrogram drawn = Dendrogram.of("c", Hierarchy.of(rows, linkage)).cutInto(2);
      assertThat(drawn.alt()).contains("coloured by 2 clusters. x: rows").doesNotContain("cut at");
      BufferedImage image = drawn.image(1);
      for (int y = 40; y < 400; y++) {
        int at = y;
        long dark = IntStream.range(80, 690).filter(x -> image.getRGB(x, at) == note).count();
        assertThat(dark).as("row %d of %s", y, linkage).isLessThan(400);
      }
    }
  }

  @Test
  @DisplayName("an SVG file has the text, and a picture and a custom drawing say what they can")
  void texts() {
    assertThat(Figure.of("photo", new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB)).alt())
        .isEqualTo("photo: picture of 3 by 2 pixels.");
    assertThat(Figure.drawn("sketch", 9, 9, (g, w, h) -> {}).alt()).isEqualTo("sketch");
    assertThat(Figure.drawn("sketch", 9, 9, (g, w, h) -> {}).withAlt("A dot.").sized(5, 5).alt())
        .isEqualTo("A dot.");
    assertThat(Figure.of(Lines.of("two", "x", "y", ONE, Map.of("b", WIDE))).alt())
        .isEqualTo("two: line chart of 1 line (b), 2 points. x: x, 0 to 1; y: y, 0 to 4.");
    assertThat(VariancePlot.of("PCA", new double[] {0.7, 0.2, 0.1}).alt())
        .isEqualTo(
            "PCA: bars of the share of the variance of 3 components and their running total,"
                + " 80 % with 2, 90 % with 2. x: component, 1, 2, 3;"
                + " y: share of the variance in %, 0 to 100.");
  }
}
