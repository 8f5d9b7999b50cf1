package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.Clip;
import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.Linkage;
import fieldnotes.draw.Axis;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.PointCloud;
import fieldnotes.draw.Scatter;
import fieldnotes.draw.Sheet;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Interactive charts say the same as the pictures. */
class InteractiveTest {
  private static JsonNode spec(Figure figure) {
    return JsonMapper.shared().readTree(figure.interactive().orElseThrow().json());
  }

  private static Figure scatter(double[] x, double[] y, Groups groups) {
    return Scatter.figure(
        Scatter.byLabel("Points", "a", "b", x, y, groups.codes(), groups::name),
        x,
        y,
        groups,
        true);
  }

  @Test
  @DisplayName("a scatter chart has each point with its class, the picture's colours and ranges")
  void scatter() {
    double[] x = {1, 2, 1.0 / 3, Double.NaN};
    double[] y = {10, 20, 30, 40};
    Figure figure = scatter(x, y, Groups.of(List.of("speech", "music", "speech", "music")));
    JsonNode layer = spec(figure).at("/layer/0");
    assertThat(layer.at("/data/values").toString())
        .isEqualTo(
            "[{\"g\":\"speech\",\"x\":1,\"y\":10},{\"g\":\"music\",\"x\":2,\"y\":20},"
                + "{\"g\":\"speech\",\"x\":0.333333,\"y\":30}]");
    assertThat(layer.at("/encoding/color/scale").toString())
        .isEqualTo("{\"domain\":[\"music\",\"speech\"],\"range\":[\"#1c6e91\",\"#b4581e\"]}");
    Axis across = figure.scales().orElseThrow().x();
    assertThat(layer.at("/encoding/x/scale/domain/0").asDouble())
        .isCloseTo(across.from(), within(1e-5));
    assertThat(layer.at("/encoding/x/scale/domain/1").asDouble())
        .isCloseTo(across.to(), within(1e-5));
    assertThat(spec(figure).at("/description").asString()).isEqualTo(figure.alt());
    assertThat(spec(figure.withAlt("Two heaps.")).at("/description").asString())
        .isEqualTo("Two heaps.");
    assertThat(spec(figure).toString()).isEqualTo(spec(figure).toString());
  }

  private static Samples rows(String... files) {
    Table table =
        Table.create(
            "rows",
            StringColumn.create("file", files),
            DoubleColumn.create(
                "start_s", IntStream.range(0, files.length).mapToDouble(i -> 10 * i).toArray()),
            DoubleColumn.create(
                "duration_s", IntStream.range(0, files.length).mapToDouble(i -> 2.5).toArray()),
            DoubleColumn.create(
                "rms", IntStream.range(0, files.length).mapToDouble(i -> i / 4.0).toArray()));
    return Samples.of(table)
        .withFeatures(List.of("rms"))
        .withNames(List.of(files))
        .withClasses(List.of(files).stream().map(f -> f.substring(0, 1)).toList())
        .withFolder(Path.of("").toAbsolutePath().getParent().resolve("sounds"));
  }

  @Test
  @DisplayName(
      "rows give points their name, class, values and the part of a file that a click plays")
  void rows() {
    Figure figure =
        scatter(new double[] {1, 2}, new double[] {3, 4}, Groups.of(new int[] {0, -1}))
            .withRows(rows("a 1.wav", "b.wav"));
    assertThat(spec(figure).at("/layer/0/data/values/1").toString())
        .isEqualTo(
            "{\"from\":10,\"g\":\"noise\",\"n\":\"b.wav\",\"sound\":\"../sounds/b.wav\","
                + "\"to\":12.5,\"v0\":\"b\",\"v1\":0.25,\"x\":2,\"y\":4}");
    assertThat(spec(figure).at("/layer/0/encoding/tooltip").findValuesAsString("title"))
        .containsExactly("row", "group", "class", "rms", "a", "b");
    assertThatThrownBy(() -> figure.withRows(rows("a.wav")))
        .hasMessageContaining("rows")
        .hasMessageContaining("1")
        .hasMessageContaining("2");
    assertThatThrownBy(
            () ->
                Curves.marked("Curve", "x", "y", new double[] {1}, new double[] {2}, -1, "")
                    .withRows(rows("a.wav")))
        .hasMessage("figure 'Curve' has no points that rows could explain");
  }

  @Test
  @DisplayName(
      "names are inert: no control characters, no turned direction, literals in expressions")
  void hostile() {
    String name = "x'] + alert(1) + ['\u0001\u202e</script>\"\\";
    Figure figure = scatter(new double[] {1}, new double[] {2}, Groups.of(List.of(name)));
    assertThat(spec(figure).at("/layer/0/data/values/0/g").asString())
        .isEqualTo("x'] + alert(1) + ['\uFFFD\uFFFD</script>\"\\");
    HeatMap map =
        HeatMap.of("Map", "", List.of(name), "", Matrix.of(List.of(name), new double[][] {{1}}));
    String expression = spec(map).at("/layer/0/encoding/x/axis/labelExpr").asString();
    String literal = expression.substring(0, expression.lastIndexOf("[indexof("));
    // what precedes the index is one JSON list, so nothing of a name is evaluated
    assertThat(JsonMapper.shared().readTree(literal).get(0).asString()).startsWith("x'] + alert");
    assertThat(JsonMapper.shared().readTree(literal).size()).isEqualTo(1);
  }

  @Test
  @DisplayName("many points are thinned evenly to a bounded size, and the chart says so")
  void thinned() {
    Random random = new Random(1);
    double[] x = random.doubles(30_000).toArray();
    double[] y = random.doubles(30_000).toArray();
    PointCloud cloud =
        PointCloud.of("Cloud", "x", "y", x, y).withColours("value", y, ColorMap.VIRIDIS);
    Interactive form = cloud.interactive().orElseThrow();
    assertThat(form.bytes()).isBetween(90_000, Interactive.MOST_BYTES);
    JsonNode spec = spec(cloud);
    JsonNode values = spec.at("/layer/0/data/values");
    int stride = Math.ceilDiv(30_000, values.size());
    double drawn = values.get(7).get("x").asDouble();
    // one of each piece of as many rows
    assertThat(Arrays.stream(x, 7 * stride, 8 * stride).map(v -> Math.abs(v - drawn)).min())
        .hasValueCloseTo(0.0, within(1e-6));
    assertThat(spec.at("/title/subtitle/0").asString())
        .isEqualTo(
            "%,d of 30,000 points, evenly; a saved picture has all".formatted(values.size()));
  }

  @ParameterizedTest
  @EnumSource(names = {"WARD", "AVERAGE", "COMPLETE", "SINGLE"})
  @DisplayName("wherever the cut line is dragged, the clusters are those of cutInto")
  void dendrogram(Linkage linkage) {
    Random random = new Random(5);
    double[][] points = new double[25][2];
    for (double[] point : points) {
      Arrays.setAll(point, j -> random.nextGaussian() * 5);
    }
    Hierarchy tree = Hierarchy.of(Matrix.of(List.of("a", "b"), points), linkage);
    JsonNode spec = spec(Dendrogram.of("Tree", tree));
    List<String> order =
        JsonMapper.shared()
            .readTree(
                spec.at("/axes/0/encode/labels/update/text/signal")
                    .asString()
                    .replace("[datum.value]", ""))
            .valueStream()
            .map(JsonNode::asString)
            .toList();
    JsonNode heights = spec.at("/data/0/values");
    for (int k = 1; k <= 25; k++) {
      double cut = tree.heightFor(k);
      int[] labels = tree.cutInto(k);
      // as the transforms of the specification do: a running count of the gaps above the cut
      int cluster = 0;
      for (int e = 0; e < order.size(); e++) {
        cluster += spec.at("/data/1/values/" + e + "/gap").asDouble() > cut ? 1 : 0;
        assertThat(cluster).isEqualTo(labels[Integer.parseInt(order.get(e))]);
      }
      long above = heights.valueStream().filter(h -> h.get("h").asDouble() > cut).count();
      assertThat(1 + above).isEqualTo(Arrays.stream(labels).distinct().count());
    }
    assertThat(spec(Dendrogram.of("Tree", tree).cutInto(4)).at("/signals/1/value").asDouble())
        .isCloseTo(tree.heightFor(4), within(1e-4));
  }

  @Test
  @DisplayName("a few cells are rectangles with their names and values, first row on top")
  void cells() {
    HeatMap map =
        HeatMap.of(
                "Map",
                "row",
                List.of("r1", "r2"),
                "column",
                Matrix.of(List.of("c1", "c2"), new double[][] {{1, 2}, {3, Double.NaN}}))
            .withNumbers("%.1f");
    JsonNode values = spec(map).at("/layer/0/data/values");
    assertThat(values.get(1).toString())
        .isEqualTo(
            "{\"c\":2,\"k\":\"c2\",\"l\":\"white\",\"r\":\"r1\",\"t\":\"2.0\",\"x\":0.5,"
                + "\"x2\":1.5,\"y\":0.5,\"y2\":1.5}");
    assertThat(values.get(3).has("c")).isFalse();
  }

  @Test
  @DisplayName("many cells keep, to half a step, the level of the loudest that fall together")
  void image() {
    double[][] db = new double[64][100];
    Random random = new Random(3);
    for (double[] row : db) {
      Arrays.setAll(row, i -> -80 * random.nextDouble());
    }
    db[10][20] = 0;
    db[0][0] = -80;
    HeatMap map =
        HeatMap.of("Levels", Axis.linear("seconds", 0, 10), Axis.linear("Hz", 0, 6_400), db);
    JsonNode grid = spec(map).at("/data/0/values/0/grid");
    assertThat(grid.get("width").asInt()).isEqualTo(100);
    assertThat(grid.get("height").asInt()).isEqualTo(64);
    double step = 80.0 / 250;
    for (int j = 0; j < 64; j++) {
      for (int i = 0; i < 100; i++) {
        int code = grid.get("values").get((63 - j) * 100 + i).asInt();
        assertThat(-80 + code * step).isCloseTo(db[j][i], within(step / 2 + 1e-9));
      }
    }
  }

  @Test
  @DisplayName(
      "a waveform has the least and greatest samples, and a click plays its clip from there")
  void waveform() {
    float[] samples = new float[1_600];
    samples[3] = 0.5f;
    samples[4] = -0.25f;
    Clip clip = Clip.of("click", samples, 800);
    JsonNode spec = spec(WaveformPlot.of(clip));
    JsonNode values = spec.at("/layer/0/data/values");
    assertThat(values.size()).isEqualTo(800);
    assertThat(values.get(1).toString())
        .isEqualTo("{\"x\":0.0025,\"x2\":0.005,\"y\":0,\"y2\":0.5}");
    assertThat(values.get(2).toString())
        .isEqualTo("{\"x\":0.005,\"x2\":0.0075,\"y\":-0.25,\"y2\":0}");
    String key = spec.at("/layer/1/transform/0/calculate").asString().replace("\"", "");
    assertThat(LiveClips.get(key)).containsSame(clip);
    assertThat(spec(SpectrogramPlot.of(clip)).at("/data/1/values/0/sound").asString())
        .isEqualTo(key);
  }

  @Test
  @DisplayName("a sheet of charts is a grid whose parameters have names of their own")
  void sheet() {
    Figure curve =
        Curves.marked("Elbow", "k", "inertia", new double[] {2, 3}, new double[] {9, 4}, 1, "3");
    JsonNode spec = spec(Sheet.of("Two", 2, List.of(curve, curve)));
    assertThat(spec.at("/concat").size()).isEqualTo(2);
    assertThat(spec.at("/concat/0/layer/0/params/0/name").asString()).isEqualTo("c0_view");
    assertThat(spec.at("/concat/1/layer/0/params/0/name").asString()).isEqualTo("c1_view");
    assertThat(spec.at("/concat/1/layer/1/encoding/opacity/condition/param").asString())
        .isEqualTo(spec.at("/concat/1/layer/1/params/0/name").asString());
    assertThat(spec.at("/concat/0/layer/0/data/values").toString())
        .isEqualTo("[{\"g\":\"inertia\",\"x\":2,\"y\":9},{\"g\":\"inertia\",\"x\":3,\"y\":4}]");
  }
}
