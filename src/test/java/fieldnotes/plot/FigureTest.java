package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.cluster.DbscanGrid;
import fieldnotes.cluster.Hdbscan;
import fieldnotes.cluster.HdbscanOptions;
import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.KDistances;
import fieldnotes.cluster.KMeansSweep;
import fieldnotes.cluster.Linkage;
import fieldnotes.cluster.MixtureSweep;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Bars;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Figure;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Histogram;
import fieldnotes.draw.Lines;
import fieldnotes.draw.PointCloud;
import fieldnotes.draw.Scatter;
import fieldnotes.draw.ScatterMatrix;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
import fieldnotes.embed.Embedding;
import fieldnotes.embed.Pca;
import fieldnotes.embed.Tsne;
import fieldnotes.embed.TsneOptions;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class FigureTest {
  private static final double[] RATIOS = {0.5, 0.3, 0.1, 0.06, 0.04};

  private static Clip clip() {
    Random random = new Random(1);
    float[] samples = new float[8_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.3 * random.nextGaussian());
    }
    return Clip.of("noise", samples, 8_000);
  }

  private static float[][] db() {
    float[][] db = new float[50][65];
    for (int f = 0; f < 50; f++) {
      for (int b = 0; b < 65; b++) {
        db[f][b] = -Math.abs(f - b);
      }
    }
    return db;
  }

  private static Matrix matrix(double[] a, double[] b) {
    double[][] rows = new double[a.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {a[i], b[i]};
    }
    return Matrix.of(List.of("a", "b"), rows);
  }

  static Map<String, Supplier<Figure>> every() {
    Map<String, Supplier<Figure>> all = new LinkedHashMap<>();
    double[] x = {1, 2, 3, 4, 5, 6};
    double[] y = {1, 4, 9, 16, 25, 36};
    int[] labels = {-1, 0, 0, 1, 1, 2};
    all.put("waveform", () -> WaveformPlot.of(clip()));
    all.put("strip", () -> WaveformPlot.strip(clip()));
    all.put("spectrogram", () -> SpectrogramPlot.of("s", db(), 0.01, 62.5));
    all.put("log", () -> SpectrogramPlot.of("s", db(), 0.01, 62.5, Axis.Spacing.LOG));
    all.put("mel", () -> SpectrogramPlot.of("s", db(), 0.01, 62.5, Axis.Spacing.MEL));
    all.put("variance", () -> VariancePlot.of("PCA", RATIOS));
    all.put("scatter", () -> Figure.of(Scatter.byLabel("t", "a", "b", x, y, labels)));
    all.put(
        "cloud",
        () ->
            PointCloud.of("t", "a", "b", x, y)
                .withOpacity(0.3)
                .withAreas("people", y)
                .withColours("price", x, ColorMap.VIRIDIS)
                .withLine("border", new double[][] {{0, 0}, {7, 40}})
                .withMarks("centres", new double[][] {{2, 2}}));
    all.put("histogram", () -> Histogram.of("t", "a", "n", y, 5).withCurve("c", "s", x, x));
    all.put("matrix", () -> ScatterMatrix.of("t", matrix(x, y), List.of("a", "b"), 0.5));
    all.put("lines", () -> Figure.of(Lines.of("t", "a", "b", x, y)));
    all.put("bars", () -> Bars.of("t", "n", List.of("a", "b"), "v", new double[] {1, -2}));
    all.put("lying", () -> Bars.lying("t", "n", List.of("a", "b"), "v", new double[] {1, 2}));
    all.put(
        "heat map",
        () ->
            HeatMap.of(
                    "t",
                    "r",
                    List.of("a", "b"),
                    "c",
                    Matrix.of(List.of("x", "y"), new double[][] {{1, 2}, {3, Double.NaN}}))
                .withNumbers("%.1f"));
    all.put(
        "sheet",
        () ->
            Sheet.of("t", 2, 300, 200, List.of(WaveformPlot.of(clip()), WaveformPlot.of(clip()))));
    return all;
  }

  private static Map<String, Supplier<Figure>> clustering;

  /** What they show is fitted once, as most of the time would go there. */
  static synchronized Map<String, Supplier<Figure>> clustering() {
    if (clustering == null) {
      clustering = fitted();
    }
    return clustering;
  }

  private static Map<String, Supplier<Figure>> fitted() {
    Map<String, Supplier<Figure>> all = new LinkedHashMap<>();
    Random random = new Random(5);
    double[][] rows = new double[80][3];
    int[] labels = new int[80];
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      labels[i] = i % 4 - 1;
      classes.add("a long name of class " + i % 3);
      for (int j = 0; j < 3; j++) {
        rows[i][j] = random.nextGaussian() + 4 * (i % 3) * (j % 2);
      }
    }
    Pca pca = Pca.fit(rows);
    KMeansSweep sweep = KMeansSweep.of(rows, 2, 5, 1);
    Embedding tsne = Tsne.fit(rows, TsneOptions.of(1).withPerplexity(9).withRounds(300));
    all.put("loadings", () -> PcaPlot.loadings("t", pca, 2));
    all.put(
        "density",
        () -> Lines.fromZero("t", "x", "y", new double[] {0, 1, 3}, new double[] {2, 2, 0}));
    all.put(
        "preparation",
        () ->
            ColumnsPlot.of(
                "t",
                Columns.of()
                    .with("near", List.of("x", "a column of a long name"), new OwnStep())
                    .withCategories("kind", "k")
                    .withRemainder(Missing.median(), Scaler.minMax(-1, 1)),
                "a forest of one hundred trees"));
    all.put("scores", () -> PcaPlot.scores("t", pca, classes));
    all.put("biplot", () -> PcaPlot.biplot("t", pca, labels));
    all.put("sweep", () -> SweepPlot.all("t", sweep));
    all.put("silhouettes", () -> SilhouettePlot.of("t", sweep.silhouette(4)));
    all.put("mixtures", () -> SweepPlot.mixtures("t", MixtureSweep.of(rows, 1, 3, 1)));
    all.put(
        "grid",
        () ->
            DensityPlot.grid(
                "t", DbscanGrid.of(rows, DbscanGrid.steps(0.1, 3, 30), new int[] {3, 4, 5})));
    all.put("k-distances", () -> DensityPlot.kDistances("t", KDistances.of(rows, 4)));
    all.put(
        "condensed tree",
        () -> DensityPlot.condensedTree("t", Hdbscan.fit(rows, HdbscanOptions.of(5))));
    all.put(
        "dendrogram",
        () -> Dendrogram.of("t", Hierarchy.of(rows, Linkage.CENTROID)).cutInto(3).named(classes));
    all.put(
        "whole dendrogram",
        () -> Dendrogram.of("t", Hierarchy.of(rows, Linkage.WARD)).withEnds(80).named(classes));
    all.put("embedding", () -> EmbeddingPlot.of("t", tsne, labels));
    all.put("divergence", () -> EmbeddingPlot.divergence("t", tsne));
    return all;
  }

  static List<String> names() {
    return List.copyOf(every().keySet());
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("the same data give the same bytes, at twice the size, in any country")
  void sameBytes(String name) throws Exception {
    Supplier<Figure> figure = every().get(name);
    byte[] first = figure.get().png();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(figure.get().png()).isEqualTo(first);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(first));
    assertThat(image.getWidth()).isEqualTo(2 * figure.get().width());
    assertThat(image.getHeight()).isEqualTo(2 * figure.get().height());
    int[] saved = pixels(image);
    int[] painted = pixels(figure.get().image(2));
    assertThat(saved).hasSameSizeAs(painted);
    int most = 0;
    for (int i = 0; i < saved.length; i++) {
      most = Math.max(most, apart(saved[i], painted[i]));
    }
    assertThat(most).isLessThan(colours(painted) <= 256 ? 1 : 30);
  }

  private static int colours(int[] pixels) {
    int[] sorted = pixels.clone();
    Arrays.sort(sorted);
    int count = 1;
    for (int i = 1; i < sorted.length; i++) {
      count += sorted[i] == sorted[i - 1] ? 0 : 1;
    }
    return count;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** The largest difference of two colours in red, green or blue. */
  private static int apart(int one, int other) {
    int most = 0;
    for (int shift : new int[] {0, 8, 16}) {
      most = Math.max(most, Math.abs(((one >> shift) & 255) - ((other >> shift) & 255)));
    }
    return most;
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("nothing is painted up against the right or lower edge, where it would be cut off")
  void nothingIsCutOff(String name) {
    if (name.equals("strip")) {
      return;
    }
    BufferedImage image = every().get(name).get().image(1);
    for (int y = 0; y < image.getHeight(); y++) {
      assertThat(image.getRGB(image.getWidth() - 1, y)).isEqualTo(Color.WHITE.getRGB());
      assertThat(image.getRGB(0, y)).isEqualTo(Color.WHITE.getRGB());
    }
    for (int x = 0; x < image.getWidth(); x++) {
      assertThat(image.getRGB(x, image.getHeight() - 1)).isEqualTo(Color.WHITE.getRGB());
    }
  }

  @Test
  @DisplayName("a cell of a heat map has the colour of its number, and lies where its row says")
  void heatMapByHand() {
    HeatMap map =
        HeatMap.of(
            "t", Axis.linear("x", 0, 2), Axis.linear("y", 0, 2), new double[][] {{0, 1}, {2, 3}});
    BufferedImage image = map.image(1);
    int[] bottomLeft = {200, 300};
    int[] topRight = {500, 100};
    assertThat(image.getRGB(bottomLeft[0], bottomLeft[1]))
        .isEqualTo(ColorMap.VIRIDIS.color(0).getRGB());
    assertThat(image.getRGB(topRight[0], topRight[1]))
        .isEqualTo(ColorMap.VIRIDIS.color(1).getRGB());
    assertThat(image.getRGB(bottomLeft[0], topRight[1]))
        .isEqualTo(ColorMap.VIRIDIS.color(2 / 3.0).getRGB());
  }

  @Test
  @DisplayName("a table's text names the rows of its heat map; without it they are numbered")
  void heatMapOfATable() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("a", 1, 2),
            StringColumn.create("column", "a", "b"),
            DoubleColumn.create("b", 3, 4));
    Matrix cells = Matrix.of(List.of("a", "b"), new double[][] {{1, 3}, {2, 4}});
    assertThat(HeatMap.of("t", table).png())
        .isEqualTo(HeatMap.of("t", "", List.of("a", "b"), "", cells).png());
    assertThat(HeatMap.of("t", table.rejectColumns("column")).png())
        .isEqualTo(HeatMap.of("t", "", List.of("0", "1"), "", cells).png());
  }

  @Test
  @DisplayName("a table and its matrix give the same scatter matrix and the same histograms")
  void tablesAndRows() {
    Table table =
        Table.create("t", DoubleColumn.create("a", 1, 2, 4), DoubleColumn.create("b", 3, 1, 2));
    List<String> names = List.of("b", "a");
    Rows rows = () -> Matrix.ofNumeric(table);
    assertThat(ScatterMatrix.of("t", rows, names, 1).png())
        .isEqualTo(ScatterMatrix.of("t", table, names, 1).png());
    assertThat(Histogram.sheet("t", rows, 2, 2).png())
        .isEqualTo(Histogram.sheet("t", table, 2, 2).png());
  }

  @Test
  @DisplayName("0.5 + 0.3 reaches 80 % with two components, and 90 % takes three")
  void componentsByHand() {
    assertThat(VariancePlot.componentsFor(0.8, RATIOS)).isEqualTo(2);
    assertThat(VariancePlot.componentsFor(0.9, RATIOS)).isEqualTo(3);
    assertThat(VariancePlot.componentsFor(0.9, new double[] {0.5, 0.3})).isEqualTo(-1);
    assertThat(VariancePlot.componentsFor(1, new double[] {0.1, 0.2, 0.7})).isEqualTo(3);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> VariancePlot.of("PCA", new double[] {50, 30}))
        .hasMessageStartingWith("explainedVarianceRatio=50.0: must lie within");
    assertThatThrownBy(() -> Bars.of("b", "n", List.of("a"), "v", new double[2]))
        .hasMessage("names has 1 entries and values has 2: they must be equally long");
    Matrix one = matrix(new double[] {1}, new double[] {2});
    assertThatThrownBy(() -> ScatterMatrix.of("s", one, List.of("a"), 1))
        .hasMessage("a scatter matrix needs at least two columns; names are [a]");
    assertThatThrownBy(() -> ScatterMatrix.of("s", one, List.of("a", "c"), 1))
        .hasMessage("no column 'c'; there are [a, b]");
    assertThatThrownBy(() -> HeatMap.of("h", "", List.of("x", "y"), "", one))
        .hasMessage("rows has 2 entries and values has 1: they must be equally long");
    assertThatThrownBy(() -> HeatMap.of("h", "", List.of(), "", Matrix.of(new double[0][])))
        .hasMessage("heat map 'h' has no rows");
    assertThatThrownBy(() -> Sheet.of("s", 2, List.of()))
        .hasMessage("a sheet needs at least one figure");
    assertThatThrownBy(() -> Figure.drawn("huge", 100_000, 100_000, (g, w, h) -> {}))
        .hasMessageStartingWith("figure 'huge' is 100000 by 100000 pixels");
  }

  @Test
  @DisplayName("charts of clusterings look the same in any country and stay within their edges")
  void clusteringFigures() {
    Locale locale = Locale.getDefault();
    clustering()
        .forEach(
            (name, figure) -> {
              BufferedImage image = figure.get().image(1);
              int[] first = pixels(image);
              try {
                Locale.setDefault(Locale.forLanguageTag("ar-EG"));
                assertThat(pixels(figure.get().image(1))).as(name).isEqualTo(first);
              } finally {
                Locale.setDefault(locale);
              }
              int width = image.getWidth();
              int height = image.getHeight();
              int white = Color.WHITE.getRGB();
              for (int y = 0; y < height; y++) {
                assertThat(first[y * width]).as(name).isEqualTo(white);
                assertThat(first[(y + 1) * width - 1]).as(name).isEqualTo(white);
              }
              for (int x = 0; x < width; x++) {
                assertThat(first[(height - 1) * width + x]).as(name).isEqualTo(white);
              }
            });
  }

  @Test
  @DisplayName(
      "rows at 0, 1 and 10: a bracket at 1 in its cluster's colour, one at 9 above the cut")
  void dendrogramByHand() {
    Hierarchy hierarchy = Hierarchy.of(new double[][] {{0}, {1}, {10}}, Linkage.SINGLE);
    BufferedImage image = Dendrogram.of("", hierarchy).cutInto(2).image(4);
    int[] labels = hierarchy.cutInto(2);
    List<Integer> pair = new ArrayList<>();
    List<Integer> alone = new ArrayList<>();
    List<Integer> above = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y++) {
      int same = 0;
      int top = 0;
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y) & 0xffffff;
        same += rgb == (Style.color(labels[0]).getRGB() & 0xffffff) ? 1 : 0;
        top += rgb == (Style.FAINT_INK.getRGB() & 0xffffff) ? 1 : 0;
        if (rgb == (Style.color(labels[2]).getRGB() & 0xffffff)) {
          alone.add(y);
        }
      }
      if (same > 400) {
        pair.add(y);
      }
      if (top > 1_000) {
        above.add(y);
      }
    }
    // Heights are linear from 0 at the feet: 1, 9 and the axis' end at 9.45.
    int bottom = alone.getLast();
    double unit = (bottom - above.getFirst()) / 9.0;
    assertThat((bottom - pair.getFirst()) / unit).isBetween(0.85, 1.15);
    assertThat((bottom - alone.getFirst()) / unit).isBetween(8.85, 9.15);
  }

  @Test
  @DisplayName("a preparation of one part keeps its long title and what follows inside its edges")
  void longTextInANarrowPreparation() {
    Columns columns = Columns.of().with("numbers", List.of("income"), Missing.median());
    BufferedImage image =
        ColumnsPlot.of("The preparation of the districts' table", columns, "ridge ".repeat(12))
            .image(2);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x : new int[] {0, 1, image.getWidth() - 2, image.getWidth() - 1}) {
        assertThat(image.getRGB(x, y) & 0xffffff).as("x=%d y=%d", x, y).isEqualTo(0xffffff);
      }
    }
  }

  @Test
  @DisplayName("numbers that are missing or past all bounds give a chart or a reason")
  void missingAndFarOff() {
    double[] two = {1, 2};
    double[] none = {Double.NaN, Double.NaN};
    assertThat(PointCloud.of("t", "x", "y", two, two).withAreas("people", none).png()).isNotEmpty();
    assertThat(Axis.around("", -Double.MAX_VALUE, 2, 4, Double.MAX_VALUE))
        .isEqualTo(Axis.around("", 2, 4));
    assertThatThrownBy(() -> FeaturePlot.spread("Loudness", two, List.of("", ""), 5))
        .hasMessage("'Loudness': no finite value has a kind; all are named \"\"");
    assertThatThrownBy(() -> Lines.fromZero("Density", "x", "y", two, new double[] {1, Double.NaN}))
        .hasMessage("chart 'Density': y[1] is NaN: must be a finite number, at least 0");
  }

  /** A step that does not say what it is. */
  private static final class OwnStep implements fieldnotes.prepare.Step<fieldnotes.prepare.Scaler> {
    @Override
    public fieldnotes.prepare.Scaler fit(fieldnotes.table.Samples rows) {
      return Scaler.standard().fit(rows);
    }
  }
}
