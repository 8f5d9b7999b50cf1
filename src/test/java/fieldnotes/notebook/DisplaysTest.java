package fieldnotes.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.SoundFiles;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.Lines;
import fieldnotes.evaluate.ClassReport;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import fieldnotes.label.ClipList;
import fieldnotes.model.Search;
import fieldnotes.model.Setting;
import fieldnotes.plot.WaveformPlot;
import fieldnotes.serve.LabelOptions;
import fieldnotes.serve.Labeller;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMETypeParseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DisplaysTest {
  private static final String UNATTENDED = "fieldnotes.notebook";

  private final Renderer renderer = new Renderer();

  private String watched;

  DisplaysTest() {
    Displays.register(renderer);
  }

  @BeforeEach
  void unattended() {
    watched = System.setProperty("fieldnotes.notebook", "test");
  }

  @AfterEach
  void watchedAsBefore() {
    if (watched == null) {
      System.clearProperty("fieldnotes.notebook");
    } else {
      System.setProperty("fieldnotes.notebook", watched);
    }
  }

  @Test
  @DisplayName("where somebody watches a figure has a light form and a hidden dark one")
  void lightAndDark() {
    System.clearProperty("fieldnotes.notebook");
    Figure figure = Figure.drawn("t", 20, 10, (g, width, height) -> g.fillRect(0, 0, 5, 5));
    String html = html(figure);
    assertThat(html.split("<img ", -1)).hasSize(3);
    assertThat(html)
        .contains("<img class=\"fieldnotes-day\" alt=\"t\"")
        .contains("<img class=\"fieldnotes-night\" hidden alt=\"t\"")
        .contains(Base64.getEncoder().encodeToString(figure.pngAtOnce()))
        .contains(Base64.getEncoder().encodeToString(figure.pngAtNight()));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  @DisplayName("the dark form is light on a transparent background, the light one dark on white")
  void pixels() throws Exception {
    Figure figure = Figure.drawn("t", 20, 10, (g, width, height) -> g.fillRect(0, 0, 5, 5));
    var day = ImageIO.read(new ByteArrayInputStream(figure.png()));
    var night = ImageIO.read(new ByteArrayInputStream(figure.pngAtNight()));
    assertThat(pixels(ImageIO.read(new ByteArrayInputStream(figure.pngAtOnce()))))
        .isEqualTo(pixels(day));
    assertThat(Integer.toHexString(day.getRGB(2, 2))).isEqualTo("ff333333");
    assertThat(Integer.toHexString(day.getRGB(30, 15))).isEqualTo("ffffffff");
    assertThat(night.getRGB(2, 2) & 255).isGreaterThan(200);
    assertThat(night.getRGB(30, 15) >>> 24).isZero();
  }

  @Test
  @DisplayName("Markdown and formulas go to the notebook as such, with the source as plain text")
  void markup() {
    DisplayData formula = renderer.render(Show.formula("\\frac{a}{b}\n\n+ 1"));
    assertThat(formula.getData(MIMEType.TEXT_LATEX)).isEqualTo("$$\\frac{a}{b}\n+ 1$$");
    assertThat(formula.getData(MIMEType.TEXT_PLAIN)).isEqualTo("\\frac{a}{b}\n\n+ 1");
    DisplayData text = renderer.render(Show.markdown("**k** = 3"));
    assertThat(text.getData(MIMEType.TEXT_MARKDOWN)).isEqualTo("**k** = 3");
    assertThat(text.getData(MIMEType.TEXT_PLAIN)).isEqualTo("**k** = 3");
    assertThatThrownBy(() -> Show.formula("$x$"))
        .hasMessage("tex '$x$': must be without dollar signs; leave them out");
    assertThatThrownBy(() -> Show.markdown(" ")).hasMessageStartingWith("markdown is empty: give");
  }

  @Test
  @DisplayName("a grid holds each figure by itself, so that they can stand below each other")
  void grid() {
    Figure figure = Figure.drawn("t", 20, 10, (g, width, height) -> {});
    Html grid = Show.grid(2, figure, figure.sized(30, 10), figure);
    assertThat(grid.html().split("<img ", -1)).hasSize(4);
    assertThat(grid.html()).startsWith("<div style=\"max-width:76px\">");
    assertThat(grid.text()).isEqualTo("t\nt\nt");
    assertThatThrownBy(() -> Show.grid(0, figure)).hasMessage("columns=0: must be at least 1");
    assertThatThrownBy(() -> Show.grid(2)).hasMessageStartingWith("charts is empty");
  }

  private String html(Object value) {
    return (String) renderer.render(value).getData(MIMEType.TEXT_HTML);
  }

  private String text(Object value) {
    return (String) renderer.render(value).getData(MIMEType.TEXT_PLAIN);
  }

  private static Clip noise(int rate, double seconds) {
    float[] samples = new float[(int) (rate * seconds)];
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.2 * random.nextGaussian());
    }
    return Clip.of("noise <1>", samples, rate);
  }

  @Test
  @DisplayName("the labelling page is a frame in a cell; in an unattended run, a line of text")
  void labellingPage(@TempDir Path folder) throws Exception {
    Path sounds = Files.createDirectories(folder.resolve("sounds"));
    AudioFiles.writeWav(noise(8000, 0.2), sounds.resolve("a.wav"));
    LabelOptions options = LabelOptions.of(folder.resolve("labels.json"));
    ClipList clips = ClipList.of(SoundFiles.folder(sounds));
    String before = System.getProperty("fieldnotes.notebook");
    try (Labeller page = Labeller.open(clips, options)) {
      System.clearProperty("fieldnotes.notebook");
      assertThat(html(page))
          .contains("<iframe title=\"Label by ear\" src=\"http://127.0.0.1:")
          .contains("&amp;cell=1\"");
      assertThat(text(page)).endsWith("labels in labels.json; open " + page.address());
      System.setProperty("fieldnotes.notebook", "03");
      assertThat(html(page)).isEqualTo("<p>" + page + "</p>");
      assertThat(text(page)).isEqualTo(sounds + ": 1 clip to label; labels in labels.json");
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.notebook");
      } else {
        System.setProperty("fieldnotes.notebook", before);
      }
    }
  }

  @Test
  void kernelsFindItByItsServiceFile() {
    assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(Displays.class);
  }

  @Test
  @DisplayName("a table shows types, right-aligned numbers, missing values and its counts")
  void smallTable() {
    Table table =
        Table.create(
            "pets",
            StringColumn.create("name", "Ada", "<script>alert(1)</script>", null),
            IntColumn.create("legs", new Integer[] {4, null, 2}),
            DoubleColumn.create("kg", 4.25, 1 / 3.0, 12_345_678.9));
    String html = html(table);
    assertThat(html)
        .contains(">name<br><small", ">string</small>", ">integer</small>", ">double</small>")
        .contains("tabular-nums\">4.25\u2007\u2007\u2007\u2007</td>")
        .contains("tabular-nums\">0.333333</td>")
        .contains("tabular-nums\">12345679\u2008" + "\u2007".repeat(6) + "</td>")
        .contains("title=\"missing\"")
        .contains("pets: 3 rows × 3 columns, 2 values missing")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script");
    assertThat(text(table))
        .isEqualTo(
            """
            name                          legs               kg
            string                     integer           double
            Ada                              4         4.25
            <script>alert(1)</script>  missing         0.333333
            missing                          2  12345679
            pets: 3 rows × 3 columns, 2 values missing\
            """);
  }

  @Test
  @DisplayName("a long and wide table is cut in the middle, and says by how much")
  void longTable() {
    Table table = Table.create("long");
    for (int c = 0; c < 40; c++) {
      table.addColumns(IntColumn.indexColumn("c" + c, 1_000, 0));
    }
    String html = html(table);
    assertThat(html)
        .contains("… 975 more rows …")
        .contains("1,000 rows × 40 columns; 16 more columns not shown")
        .contains(
            ">c18<",
            ">c39<",
            "<td style=\"white-space:nowrap;text-align:right;font-variant-numeric:tabular-nums\">999</td>")
        .doesNotContain(">c19<", ">c34<");
    assertThat(html.length()).isLessThan(60_000);
    assertThat(html(Table.create("empty"))).contains("empty: 0 rows × 0 columns");
  }

  @Test
  @DisplayName(
      "a confusion matrix and a search are a line over their table, a report its own lines")
  void results() {
    Classified guessed =
        new Classified(List.of("<a>", "b"), new double[][] {{1, 0}, {1, 0}, {0, 1}});
    Outcome.Classes outcome = new Outcome.Classes(List.of("<a>", "b", "b"), guessed);
    ConfusionMatrix matrix = ConfusionMatrix.of(outcome);
    assertThat(text(matrix))
        .startsWith(matrix + "\ntrue class   <a>     b\n")
        .contains("\n<a>            1     0\n");
    assertThat(html(matrix)).startsWith("<p>3 rows in 2 classes, 66.7 % right; most often b taken");
    assertThat(html(matrix)).contains("&lt;a&gt;").doesNotContain("<a>");
    Search search =
        new Search(
            Scores.accuracy(),
            List.of(
                new Search.Candidate(new Setting(Map.of("k", 5)), new double[] {0.5}, ""),
                new Search.Candidate(new Setting(Map.of("k", 7)), new double[] {0.75}, "")));
    assertThat(text(search)).startsWith(search + "\n").contains("0.75", "0.5");
    ClassReport report = ClassReport.of(outcome);
    assertThat(renderer.render(report).getData(MIMEType.TEXT_PLAIN)).isEqualTo(report.toString());
  }

  @Test
  @DisplayName("a watched chart is Vega with a PNG beside it and no HTML, which would hide it")
  void interactive() {
    var chart = Lines.of("Growth", "x", "y", new double[] {1, 2}, new double[] {3, 4});
    String before = System.getProperty(UNATTENDED);
    try {
      System.clearProperty(UNATTENDED);
      DisplayData data = renderer.render(chart);
      JsonObject spec = (JsonObject) data.getData(MIMEType.parse(Interactive.LITE));
      assertThat(spec.getAsJsonObject("title").get("text").getAsString()).isEqualTo("Growth");
      assertThat(spec.get("description").getAsString()).isEqualTo(Figure.of(chart).alt());
      assertThat(data.getData(MIMEType.TEXT_HTML)).isNull();
      assertThat(Base64.getDecoder().decode((String) data.getData(MIMEType.IMAGE_PNG)))
          .isEqualTo(Figure.of(chart).pngAtOnce());
      assertThat(data.getData(MIMEType.TEXT_PLAIN)).isEqualTo(Figure.of(chart).alt());
      System.setProperty(UNATTENDED, "03");
      assertThat(html(chart)).startsWith("<img");
    } catch (MIMETypeParseException e) {
      throw new AssertionError(e);
    } finally {
      restore(before);
    }
  }

  private static void restore(String before) {
    if (before == null) {
      System.clearProperty(UNATTENDED);
    } else {
      System.setProperty(UNATTENDED, before);
    }
  }

  @Test
  @DisplayName("a click on a chart is answered with the part of the file, or with why not")
  void sounds(@TempDir Path folder) {
    Path file = folder.resolve("a b.wav");
    AudioFiles.writeWav(noise(8_000, 3), file);
    JsonObject asked = new JsonObject();
    asked.addProperty("sound", file.toString());
    asked.addProperty("from", 1.0);
    asked.addProperty("to", 1.5);
    JsonObject answer = ChartSounds.answer(asked);
    assertThat(answer.get("type").getAsString()).startsWith("audio/");
    byte[] sound = Base64.getDecoder().decode(answer.get("sound").getAsString());
    Path heard = folder.resolve("heard." + (sound[0] == 'R' ? "wav" : "mp3"));
    assertThatCode(() -> Files.write(heard, sound)).doesNotThrowAnyException();
    assertThat(AudioFiles.read(heard).durationSeconds()).isBetween(0.49, 0.65);
    asked.addProperty("sound", folder.resolve("none.wav").toString());
    assertThat(ChartSounds.answer(asked).get("error").getAsString()).contains("none.wav");
    asked.addProperty("sound", "clip:0-1");
    assertThat(ChartSounds.answer(asked).get("error").getAsString())
        .isEqualTo("the clip is no longer in the kernel; run the cell again");
  }

  @Test
  @DisplayName("unattended, a chart is an image at twice its size that says what it shows")
  void charts() throws Exception {
    String before = System.getProperty(UNATTENDED);
    System.setProperty(UNATTENDED, "03");
    try {
      images();
    } finally {
      restore(before);
    }
  }

  private void images() throws Exception {
    var chart = Lines.of("Growth", "x", "y", new double[] {1, 2}, new double[] {3, 4});
    for (Object value : new Object[] {chart, Figure.of(chart), WaveformPlot.of(noise(8_000, 1))}) {
      DisplayData data = renderer.render(value);
      Figure figure = value instanceof Figure f ? f : Figure.of(chart);
      String html = (String) data.getData(MIMEType.TEXT_HTML);
      String start =
          "<img alt=\"%s\" width=\"%d\" height=\"%d\" style=\"max-width:100%%;height:auto\" src=\"data:image/png;base64,"
              .formatted(Html.escape(figure.alt()), figure.width(), figure.height());
      assertThat(html).startsWith(start).endsWith("\">");
      byte[] png = Base64.getDecoder().decode(html.substring(start.length(), html.length() - 2));
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
          .isEqualTo(2 * figure.width());
      assertThat(data.getData(MIMEType.TEXT_PLAIN)).isEqualTo(figure.alt());
      DisplayData asked = renderer.renderAs(value, "image/png");
      assertThat(Base64.getDecoder().decode((String) asked.getData(MIMEType.IMAGE_PNG)))
          .isEqualTo(png);
    }
    assertThat(text(chart))
        .isEqualTo("Growth: line chart of 1 line (y), 2 points. x: x, 1 to 2; y: y, 3 to 4.");
    Figure told = Figure.of(chart).withAlt("It grows by \"1\" & <more>.");
    assertThat(html(told)).startsWith("<img alt=\"It grows by &quot;1&quot; &amp; &lt;more&gt;.\"");
  }

  @Test
  @DisplayName("a clip is a player small enough for a notebook; a long one is cut and says so")
  void clips() {
    String html = html(noise(22_050, 12));
    assertThat(html)
        .contains("<audio controls", "data:audio/mpeg;base64,", "noise &lt;1&gt;: 12.00 s")
        .contains(
            "<img alt=\"noise &lt;1&gt;: waveform of 264,600 samples at 22,050 Hz. x: seconds,")
        .contains("aria-label=\"noise &lt;1&gt;: 12.00 s at 22050 Hz\"")
        .doesNotContain("the first");
    assertThat(html.length()).isLessThan(130_000);
    String longer = html(noise(44_100, 70));
    assertThat(longer).contains("the first 30 of 70.0 s");
    assertThat(longer.length()).isLessThan(400_000);
    assertThat(html(noise(7_001, 40))).contains("data:audio/wav;base64,", "the first 30 of 40.0 s");
    assertThat(html(noise(96_000, 5))).contains("data:audio/wav;base64,", "the first 2.5 of 5.0 s");
    assertThat(html(Clip.of("none", new float[0], 8_000))).contains("none: 0.00 s");
    assertThat(text(noise(8_000, 1))).isEqualTo("noise <1>: 1.00 s at 8000 Hz");
  }

  @Test
  @DisplayName("an array shows its shape and first values")
  void arrays() {
    assertThat(text(new double[] {1, 0.5, Double.NaN})).isEqualTo("double[3] {1, 0.5, NaN}");
    assertThat(text(new double[][] {{1, 2}, {3, 4}})).isEqualTo("double[2][2]\n  {1, 2}\n  {3, 4}");
    assertThat(text(new int[][] {{1}, {3, 4}})).isEqualTo("int[2][]\n  {1}\n  {3, 4}");
    assertThat(text(new String[] {"a", null})).isEqualTo("String[2] {\"a\", null}");
    assertThat(text(new int[20])).endsWith("0, 0, … 8 more}");
    assertThat(text(new Object[] {new double[3], "a"})).isEqualTo("Object[2] {double[3], \"a\"}");
    assertThat(text(List.of(1, "a"))).isEqualTo("[1, a]");
    assertThat(text(List.of(new double[2], new double[5])))
        .isEqualTo("list of 2 {double[2], double[5]}");
    assertThat(text(new float[9][3][2])).startsWith("float[9][3][2]\n  float[3][2]\n");
  }
}
