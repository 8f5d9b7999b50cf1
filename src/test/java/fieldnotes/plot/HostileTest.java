package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.Linkage;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Bars;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.Histogram;
import fieldnotes.draw.Lines;
import fieldnotes.draw.PointCloud;
import fieldnotes.draw.Scatter;
import fieldnotes.draw.ScatterMatrix;
import fieldnotes.draw.Sheet;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever titles, classes, columns and files are called, interactive charts take it as a text. */
class HostileTest {
  /** In each name, to find it again. */
  private static final String MARK = "Zq7";

  /** What Vega evaluates. */
  private static final Set<String> EXPRESSIONS =
      Set.of("signal", "expr", "update", "init", "labelExpr", "calculate", "test", "events");

  /** What Vega looks up; all are ours. */
  private static final Set<String> NAMES = Set.of("field", "param", "as", "scale", "type", "from");

  /** A text in double quotes in an expression. */
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

  /** Everything at once, with a backslash at the end, and a long one. */
  static List<String> names() {
    return List.of(
        MARK
            + "\"'] + alert(1) + ['\" </script><img src=x onerror=alert(1)> datum.x datum['y']"
            + " datum.label back\\slash 100 % %s %d %n 🎻🥁 é ß 漢字 two\nlines\r\u2028and \u2029more"
            + " ${x} {{x}} `x` _y\u0001\u202e.[0] \\",
        "\\\"" + MARK + " long name".repeat(50) + "\"");
  }

  private static Samples rows(String name) {
    String[] files = {name + ".wav", name + "/b.wav", "c.wav", "d.wav"};
    double[] values = {1, 2, 3, 4};
    Table table =
        Table.create(
            "rows",
            StringColumn.create("file", files),
            DoubleColumn.create(name, values),
            DoubleColumn.create("other", 4, 3, 1, 2));
    return Samples.of(table)
        .withFeatures(List.of(name, "other"))
        .withNames(List.of(files))
        .withClasses(List.of(name, name, "b", "b"))
        .withFolder("sounds");
  }

  /** Figures with a name in every place where one can be. */
  static Map<String, Figure> figures(String name) {
    double[] x = {1, 2, 3, 4};
    double[] y = {4, 3, 1, 2};
    List<String> classes = List.of(name, name, "b", "b");
    Samples rows = rows(name);
    Clip clip = Clip.of(name, new float[] {0, 0.5f, -0.5f, 0.1f, 0.2f, 0, 0, 0}, 8);
    Map<String, Figure> all = new LinkedHashMap<>();
    all.put("bars", bars(name));
    all.put("lying", Bars.lying(name, name, List.of(name, "b"), name, new double[] {1, 2}));
    all.put("scatter", scatter(name));
    all.put(
        "cloud",
        PointCloud.of(name, name, name, x, y)
            .withAreas(name, y)
            .withColours(name, x, ColorMap.VIRIDIS)
            .withMarks(name, new double[][] {{2, 2}})
            .withRows(rows));
    all.put("lines", Figure.of(Lines.of(name, name, name, x, Map.of(name, y, "b", x))));
    all.put("marked", Curves.marked(name, name, name, x, y, 1, name));
    all.put("histogram", Histogram.of(name, name, name, x, 3).withCurve(name, name, x, y));
    all.put("spread", FeaturePlot.spread(name, x, classes, 3));
    all.put("over", FeaturePlot.over(clip, name, name, x, 0.2));
    all.put("waveform", WaveformPlot.of(clip));
    all.put("boundary", boundary(name, rows));
    all.put("balance", BalancePlot.of(name, rows.first(3), rows));
    all.put(
        "comparison",
        ComparisonPlot.of(
            name,
            name,
            List.of(name, "b"),
            new double[] {1, 2},
            new double[] {0, 1},
            new double[] {2, 3}));
    all.put(
        "columns",
        ColumnsPlot.of(name, Columns.of().with(name, List.of(name), Missing.median()), name));
    all.put(
        "few cells",
        HeatMap.of(name, name, List.of(name), name, Matrix.of(List.of(name), new double[][] {{1}}))
            .withUnit(name)
            .withTexts((i, j) -> name));
    all.put(
        "many cells",
        HeatMap.of(name, Axis.linear(name, 0, 9), Axis.names(name, many(name)), new double[40][60])
            .withUnit(name)
            .withSound(name));
    all.put(
        "tree",
        Dendrogram.of(name, Hierarchy.of(new double[][] {{0}, {1}, {5}, {9}}, Linkage.WARD))
            .named(classes)
            .cutInto(2));
    all.put("matrix", ScatterMatrix.of(name, rows.matrix(), List.of(name, "other"), 0.5));
    all.put("sheet", Sheet.of(name, 2, List.of(all.get("bars"), all.get("spread"))));
    return all;
  }

  private static Figure bars(String name) {
    return Bars.of(name, name, List.of(name, "b"), name, new double[] {1, 2});
  }

  private static Figure scatter(String name) {
    double[] x = {1, 2, 3, 4};
    Groups groups = Groups.of(List.of(name, name, "b", "b"));
    return Scatter.figure(
            Scatter.byLabel(name, name, name, x, x, groups.codes(), groups::name),
            x,
            x,
            groups,
            true)
        .withRows(rows(name));
  }

  private static Figure boundary(String name, Samples rows) {
    return BoundaryPlot.of(name, Classifiers.tree(TreeOptions.of(1)).fit(rows), rows);
  }

  private static List<String> many(String name) {
    return IntStream.range(0, 40).mapToObj(i -> name + i).toList();
  }

  private static JsonNode spec(Figure figure) {
    return JsonMapper.shared().readTree(figure.interactive().orElseThrow().json());
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("names are data and titles, or texts in quotes that an expression cannot leave")
  void inert(String name) {
    figures(name).forEach((kind, figure) -> check(kind, "", spec(figure)));
  }

  private static void check(String path, String key, JsonNode node) {
    if (node.has("mark")) {
      described(path, node);
    }
    if (node.isObject()) {
      node.properties().forEach(e -> check(path + "/" + e.getKey(), e.getKey(), e.getValue()));
    } else if (node.isArray()) {
      node.valueStream().forEach(one -> check(path, key, one));
    } else if (node.isString() && !path.contains("/values/")) {
      String text = node.asString();
      if (path.contains("/tooltip/title")) {
        assertThat(parses(text)).as(path + ": " + text).isTrue();
      } else if (EXPRESSIONS.contains(key)) {
        assertThat(outside(path, text)).as(path + ": " + text).doesNotContain(MARK);
      } else if (NAMES.contains(key)) {
        assertThat(text).as(path).doesNotContain(MARK);
      }
    }
  }

  /** Vega-Lite describes a mark for screen readers by the titles of its channels. */
  private static void described(String path, JsonNode layer) {
    JsonNode mark = layer.get("mark");
    if (mark.has("description") || !mark.path("aria").asBoolean(true)) {
      return;
    }
    for (Map.Entry<String, JsonNode> channel : layer.get("encoding").properties()) {
      if (!channel.getKey().equals("tooltip")) {
        for (String where : List.of("/title", "/axis/title", "/legend/title")) {
          String title = channel.getValue().at(where).asString("");
          assertThat(parses(title)).as(path + "/" + channel.getKey() + ": " + title).isTrue();
        }
      }
    }
  }

  /** Whether a title is one text in an expression, of which Vega-Lite escapes the quotes. */
  private static boolean parses(String title) {
    String quoted = "\"" + title.replace("\"", "\\\"") + "\"";
    return QUOTED.matcher(quoted).matches()
        && !Pattern.compile("[\\n\\r\\u2028\\u2029]").matcher(quoted).find();
  }

  /** What is left of an expression without its texts in double quotes. */
  private static String outside(String path, String expression) {
    Matcher quoted = QUOTED.matcher(expression);
    while (quoted.find()) {
      assertThat(quoted.group()).as(path).doesNotContain("\n", "\r", "\u2028", "\u2029");
    }
    return quoted.replaceAll("");
  }

  @Test
  @DisplayName("and they arrive as they are")
  void arrive() {
    String name = names().get(1);
    JsonNode bars = spec(bars(name));
    assertThat(bars.at("/title/text").asString()).isEqualTo(name);
    assertThat(bars.at("/title/limit").asInt()).isEqualTo(720);
    assertThat(bars.at("/layer/0/data/values/0/n").asString()).isEqualTo(name);
    JsonNode points = spec(scatter(name));
    assertThat(points.at("/layer/0/encoding/tooltip/2/title").asString()).isEqualTo("\\" + name);
    assertThat(points.at("/layer/0/data/values/0/g").asString()).isEqualTo(name);
    assertThat(points.at("/layer/0/data/values/0/n").asString()).isEqualTo(name + ".wav");
  }
}
