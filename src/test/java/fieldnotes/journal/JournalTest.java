package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.common.Sha256;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Lines;
import fieldnotes.draw.Style;
import fieldnotes.evaluate.Better;
import fieldnotes.table.Matrix;
import fieldnotes.table.Provenance;
import fieldnotes.table.Samples;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

class JournalTest {
  private static final DecimalFormatSymbols ROOT = DecimalFormatSymbols.getInstance(Locale.ROOT);
  private static final Instant DAY = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;

  private Journal on(int day) {
    return Journal.at(folder)
        .withClock(Clock.fixed(DAY.plus(Duration.ofDays(day)), ZoneOffset.UTC));
  }

  private static Clip tone(int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) Math.sin(i * 0.2);
    }
    return Clip.of("tone", samples, 8_000);
  }

  private static Entry full(Journal journal, double silhouette) {
    return journal
        .newEntry("Sound", "Listen and measure")
        .seed(42)
        .data("studio", "ab".repeat(32))
        .option("chunk", "10 s")
        .text("Some *words* and $a_1 < b^2$.")
        .metric("silhouette", silhouette, "", Better.HIGHER)
        .metric("error", 0.5 - silhouette / 10, "dB", Better.LOWER)
        .table(
            "Two rows",
            Table.create(
                "t",
                StringColumn.create("who", "A|b", null),
                DoubleColumn.create("kg", 1 / 3.0, 2)))
        .figure(
            "Loudness",
            Lines.of("L", "s", "dB", new double[] {0, 1, 2}, new double[] {1, silhouette, 2}))
        .figure("A tone", tone(8_000))
        .conclusion("It *works*.")
        .next("Go on.");
  }

  private Map<String, String> bytes() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return all;
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("JOURNAL.md"));
  }

  @Test
  @DisplayName("an entry is on the page with its words, numbers, table, figure and sound")
  void page(@TempDir Path other) throws Exception {
    Saved saved = full(on(0), 0.41).save();
    assertThat(saved.isNew()).isTrue();
    assertThat(saved)
        .hasToString("In the journal under Sound: Listen and measure (2 metrics, 2 figures)");
    assertThat(page())
        .contains("## Sound\n", "### Listen and measure\n")
        .contains("*2026-03-01 · data studio (abababababab) · seed 42*")
        .contains("**Settings:** chunk = 10 s.")
        .contains("Some *words* and $a_1 \\lt b^2$.")
        .contains("| silhouette | 0.41 | higher |\n| error | 0.459 dB | lower |")
        .contains("| who | kg |\n| --- | ---: |\n| A\\|b | 0.33333 |\n| – | 2.00000 |")
        .contains("**What we found.** It *works*.", "**Next.** Go on.")
        .doesNotContain("Changed since", "<details>");
    for (Block.Picture picture : saved.run().pictures()) {
      assertThat(page()).contains("<img src=\"" + picture.file() + "\" width=\"");
      assertThat(folder.resolve(picture.file())).isNotEmptyFile();
    }
    Block.Picture clip = saved.run().pictures().get(1);
    assertThat(page()).contains("[listen](" + clip.sound() + "), 1 s");
    assertThat(folder.resolve(clip.sound())).isNotEmptyFile();
    assertThat(saved.run().made()).containsKeys("jdk", "smile", "seconds");
    assertThat(Journal.at(folder).runs()).containsExactly(saved.run());
  }

  @Test
  @DisplayName("the same results on another day change no byte")
  void again() throws Exception {
    full(on(0), 0.41).save();
    Map<String, String> before = bytes();
    Saved saved = full(on(5), 0.41).save();
    assertThat(saved.isNew()).isFalse();
    assertThat(saved.run().date()).hasToString("2026-03-01");
    assertThat(bytes()).isEqualTo(before);
    on(6).render();
    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  @DisplayName("other results are a dated run under the same entry that says what changed")
  void anotherRun() throws Exception {
    full(on(0), 0.41).save();
    Saved saved = full(on(5), 0.43).save();
    assertThat(saved.isNew()).isTrue();
    assertThat(saved.changes())
        .extracting(Change::toString)
        .containsExactly(
            "silhouette 0.41 ↑ 0.43 (better)",
            "error 0.459 dB ↓ 0.457 dB (better)",
            "figure Loudness changed");
    assertThat(page())
        .contains("*2026-03-06 · data")
        .contains("**Changed since run 1, 2026-03-01:**\n\n- silhouette 0.41 ↑ 0.43 (better)\n")
        .contains("<summary>All 2 runs</summary>")
        .contains("| 2 | 2026-03-06 | **0.43** | **0.457 dB** |")
        .contains("| 1 | 2026-03-01 | 0.41 | 0.459 dB |")
        .containsOnlyOnce("### Listen and measure");
    // The clip sounds the same, so that both runs share its files.
    assertThat(saved.run().pictures().get(1)).isEqualTo(on(0).runs().getFirst().pictures().get(1));
  }

  @Test
  @DisplayName("a notebook that tries two settings and runs again adds nothing")
  void twoSettings() throws Exception {
    for (int day = 0; day < 3; day++) {
      for (int k = 3; k < 5; k++) {
        on(day).newEntry("C", "k-means").option("k", k).metric("score", 1.0 / k).save();
      }
    }
    assertThat(on(0).runs()).hasSize(2);
    assertThat(page()).contains("| date | k | score | commit |");
  }

  @Test
  @DisplayName("a return to older results is a run of its own")
  void thereAndBack() {
    for (double value : new double[] {1, 2, 1}) {
      on(0).newEntry("C", "T").metric("m", value).save();
    }
    assertThat(on(0).runs())
        .extracting(r -> r.metric("m").orElseThrow().value())
        .containsExactly(1.0, 2.0, 1.0);
  }

  @Test
  @DisplayName("a figure with a grain of difference is the same figure; its file is left alone")
  void alikeFigures() throws Exception {
    for (int grey = 250; grey < 252; grey++) {
      Color grain = new Color(grey, grey, grey);
      Figure figure =
          Figure.drawn(
              "f",
              200,
              100,
              (g, w, h) -> {
                g.setColor(grain);
                g.fillRect(10, 10, 2, 2);
              });
      on(grey).newEntry("C", "T").figure("f", figure).save();
    }
    assertThat(on(0).runs()).hasSize(1);
    Figure other = Figure.drawn("f", 200, 100, (g, w, h) -> g.fillRect(10, 10, 20, 20));
    on(0).newEntry("C", "T").figure("f", other).save();
    assertThat(on(0).runs()).hasSize(2);
  }

  @Test
  @DisplayName("a figure's lost file is made again")
  void lostFile() throws Exception {
    Saved saved = full(on(0), 0.4).save();
    Map<String, String> before = bytes();
    for (Block.Picture picture : saved.run().pictures()) {
      Files.delete(folder.resolve(picture.file()));
    }
    full(on(1), 0.4).save();
    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  @DisplayName("chapters and entries stand in the order of their first run, however lines lie")
  void order() throws Exception {
    on(0).newEntry("First", "a").metric("m", 1).save();
    on(1).newEntry("Second", "b").metric("m", 1).save();
    on(2).newEntry("First", "c").metric("m", 1).save();
    on(3).newEntry("First", "a").metric("m", 2).save();
    String page = page();
    assertThat(page.indexOf("## First")).isLessThan(page.indexOf("### a"));
    assertThat(page.indexOf("### a")).isLessThan(page.indexOf("### c"));
    assertThat(page.indexOf("### c")).isLessThan(page.indexOf("## Second"));
    Path record = folder.resolve("data/journal.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(record));
    Collections.reverse(lines);
    lines.add(lines.getFirst());
    Files.write(record, lines);
    on(9).render();
    assertThat(page()).isEqualTo(page);
  }

  @Test
  @DisplayName("a damaged line is set aside and told, and the rest stays")
  void damage() throws Exception {
    on(0).newEntry("C", "a").metric("m", 1).save();
    Path record = folder.resolve("data/journal.jsonl");
    Files.writeString(
        record,
        "<<<<<<< ours\n{\"format\":99,\"new\":true}\n{\"format\":1,\"id\":\"x\",\"ti",
        StandardOpenOption.APPEND);
    assertThat(on(0).problems())
        .hasSize(3)
        .anySatisfy(p -> assertThat(p).startsWith("data/journal.jsonl, line 2: not JSON"))
        .anySatisfy(p -> assertThat(p).contains("newer Fieldnotes"));
    on(1).newEntry("C", "b").metric("m", 1).save();
    assertThat(on(0).runs()).extracting(Run::title).containsExactly("a", "b");
    assertThat(Files.readAllLines(record)).hasSize(3);
    assertThat(folder.resolve("data/journal.damaged.jsonl"))
        .hasContent("<<<<<<< ours\n{\"format\":1,\"id\":\"x\",\"ti\n");
    assertThat(on(0).problems()).hasSize(1).first().asString().contains("newer Fieldnotes");
  }

  @Test
  @DisplayName("a broken byte within a text is damage, and the line is kept byte by byte")
  void brokenByte() throws Exception {
    on(0).newEntry("C", "Müller \uFFFD").metric("m", 1).save();
    on(1).newEntry("C", "b").metric("m", 1).save();
    Path record = folder.resolve("data/journal.jsonl");
    assertThat(on(0).problems()).isEmpty();
    byte[] bytes = Files.readAllBytes(record);
    int second = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u00C3\u00BC");
    bytes[at] = (byte) 0xFF;
    Files.write(record, bytes);
    assertThat(on(0).problems()).containsExactly("data/journal.jsonl, line 1: not UTF-8 text");
    assertThat(on(0).runs()).extracting(Run::title).containsExactly("b");
    on(2).render();
    assertThat(folder.resolve("data/journal.damaged.jsonl"))
        .hasBinaryContent(java.util.Arrays.copyOf(bytes, second));
    assertThat(record).hasBinaryContent(java.util.Arrays.copyOfRange(bytes, second, bytes.length));
  }

  @Test
  @DisplayName("a record cannot point out of assets")
  void outside() throws Exception {
    on(0).newEntry("C", "a").figure("f", Figure.drawn("f", 9, 9, (g, w, h) -> {})).save();
    Path record = folder.resolve("data/journal.jsonl");
    String line = Files.readString(record);
    Files.writeString(record, line.replaceAll("assets/[^\"]*", "../../secret.png"));
    assertThat(on(0).problems().getFirst()).contains("which is not in assets/");
  }

  @Test
  @DisplayName("eight threads at once lose nothing and leave one page with all of it")
  void manyWriters() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int who = t;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 5; i++) {
                      Journal.at(folder).newEntry("C", who + " " + i).metric("m", i).save();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(on(0).runs()).hasSize(40);
    assertThat(page().split("\n### ")).hasSize(41);
  }

  @Test
  void notFiniteNumbersSurvive() {
    on(0)
        .newEntry("C", "T")
        .metric("nan", Double.NaN)
        .metric("inf", Double.NEGATIVE_INFINITY)
        .metric("digits", 0.1 + 0.2)
        .save();
    Run run = on(0).runs().getFirst();
    assertThat(run.metrics())
        .extracting(Metric::value)
        .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, 0.1 + 0.2);
    on(1)
        .newEntry("C", "T")
        .metric("nan", Double.NaN)
        .metric("inf", Double.NEGATIVE_INFINITY)
        .metric("digits", 0.1 + 0.2)
        .save();
    assertThat(on(0).runs()).hasSize(1);
  }

  record Settings(int clusters, double eps, long seed) {}

  @Test
  void optionsRecordsAreTakenApart() {
    on(0).newEntry("C", "T").options(new Settings(3, 0.5, 7)).save();
    Run run = on(0).runs().getFirst();
    assertThat(run.options()).containsExactly(Map.entry("clusters", "3"), Map.entry("eps", "0.5"));
    assertThat(run.seed()).isEqualTo("7");
  }

  record Arrays(double[] eps, int[][] pairs) {}

  @Test
  @DisplayName("an array is noted by what it holds, so that the same run again adds nothing")
  void arraysAreSettings() {
    for (int i = 0; i < 2; i++) {
      var settings = new Arrays(new double[] {0.5, 1}, new int[][] {{1}, {2, 3}});
      on(i).newEntry("C", "T").options(settings).option("none", null).save();
    }
    assertThat(on(2).runs()).hasSize(1);
    assertThat(on(2).runs().getFirst().options())
        .containsExactly(
            Map.entry("eps", "[0.5, 1]"),
            Map.entry("pairs", "[[1], [2, 3]]"),
            Map.entry("none", "null"));
  }

  @Test
  @DisplayName("NaN is neither better nor worse than a number, and neither is −0 than 0")
  void notComparable() {
    on(0)
        .newEntry("C", "T")
        .metric("accuracy", 0.9, "", Better.HIGHER)
        .metric("error", Double.NaN, "", Better.LOWER)
        .metric("zero", -0.0, "", Better.HIGHER)
        .save();
    on(1)
        .newEntry("C", "T")
        .metric("accuracy", Double.NaN, "", Better.HIGHER)
        .metric("error", 0.5, "", Better.LOWER)
        .metric("zero", 0.0, "", Better.HIGHER)
        .save();
    assertThat(on(1).changes("T"))
        .extracting(Change::toString)
        .containsExactly("accuracy 0.9 → NaN", "error NaN → 0.5");
    assertThat(on(1).comparison("T").toString()).doesNotContain("↑", "↓");
  }

  @Test
  @DisplayName("blank lines in code stay, and an address that runs a script is none")
  void wordsAndAddress() throws Exception {
    on(0)
        .newEntry("C", "T")
        .notebook("javascript:alert(1)")
        .text("```\na\n\n\n\nb\n```")
        .text("[only]: https://a.definition")
        .text("End.")
        .save();
    assertThat(page())
        .contains("```\na\n\n\n\nb\n```\n\nEnd.\n\n<sub>", "*2026-03-01 · javascript:alert(1)*");
  }

  @Test
  @DisplayName("two figures that show the same may share a file, in a run that goes on too")
  void twins() throws Exception {
    for (int shade = 0; shade < 3; shade++) {
      BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(9, 9, shade + 1);
      Entry entry = on(shade).newEntry("C", "T").figure("Error map", picture);
      entry.figure("error-map", picture);
      if (shade == 2) {
        entry.figure("ERROR MAP", picture);
      }
      Saved saved = entry.save();
      for (Block.Picture one : saved.run().pictures()) {
        assertThat(folder.resolve(one.file())).isNotEmptyFile();
      }
    }
    assertThat(on(3).runs()).extracting(run -> run.pictures().size()).containsExactly(2, 3);
  }

  @Test
  @DisplayName("half a sign of two is written as it will be read, so the same again adds nothing")
  void loneSurrogate() {
    assertThat(on(0).newEntry("C", "cut \ud83d").text("\ude00 too").save().isNew()).isTrue();
    assertThat(on(1).newEntry("C", "cut \ud83d").text("\ude00 too").save().isNew()).isFalse();
  }

  @Test
  @DisplayName("a run of a time that no calendar has is a damaged line, and the rest stays")
  void farOff() throws Exception {
    on(0).newEntry("C", "T").save();
    Path record = folder.resolve("data/journal.jsonl");
    String line = Files.readString(record);
    Files.writeString(
        record, line + line.replace("2026-03-01T10:00:00Z", "+1000000000-12-31T23:59:59Z"));
    assertThat(on(1).problems()).hasSize(1).allMatch(p -> p.contains("line 2: time='+1000"));
    on(1).newEntry("C", "U").save();
    assertThat(on(1).runs()).extracting(Run::title).containsExactly("T", "U");
  }

  @Test
  @DisplayName(
      "metrics within a relative 1e-9 are the same run: no byte changes, nothing is better")
  void rounding() throws Exception {
    full(on(0), 68687.89176590092).save();
    Map<String, String> before = bytes();
    assertThat(full(on(5), 68687.8917659009).save().isNew()).isFalse();
    assertThat(bytes()).isEqualTo(before);
    assertThat(full(on(6), 68687.8919).save().isNew()).isTrue();
    Metric old = new Metric("m", 1, "s", Better.LOWER);
    assertThat(new Metric("m", 1 + 0.9e-9, "s", Better.LOWER).sameAs(old)).isTrue();
    assertThat(new Metric("m", 1 + 1.1e-9, "s", Better.LOWER).sameAs(old)).isFalse();
    assertThat(new Metric("m", Double.NaN, "s", Better.LOWER).sameAs(old)).isFalse();
    assertThat(Metric.same(Double.NaN, Double.NaN)).isTrue();
    assertThat(Metric.same(Double.POSITIVE_INFINITY, 1)).isFalse();
    assertThat(Metric.same(0, 1e-300)).isFalse();
  }

  @Test
  @DisplayName(
      "where only other things changed, a metric that is the same has no arrow and no curve")
  void nothingMoved() throws Exception {
    on(0).newEntry("C", "T").option("k", 1).metric("m", 0.3, "", Better.HIGHER).save();
    on(1).newEntry("C", "T").option("k", 2).metric("m", 0.1 + 0.2, "", Better.HIGHER).save();
    assertThat(on(1).changes("T")).extracting(Change::toString).containsExactly("k 1 → 2");
    assertThat(on(1).comparison("T").toString()).contains("run 2, 2026-03-02", "run 1, 2026-03-01");
    assertThat(on(1).comparison("T").table().printAll()).doesNotContain("↑", "*");
    assertThat(on(1).story("T").moved("m")).isFalse();
    assertThat(page()).contains("| 2 | 2026-03-02 | 2 | 0.3 |").doesNotContain("**0.3");
    int[] flat = pixels(on(1).chart("m"));
    on(2).newEntry("C", "T").option("k", 3).metric("m", 0.30001, "", Better.HIGHER).save();
    int line = count(pixels(on(2).chart("m")), Style.color(0).getRGB());
    assertThat(count(flat, Style.color(0).getRGB())).isBetween(2 * 25, 2 * 60).isLessThan(line);
  }

  private static int[] pixels(Figure figure) {
    BufferedImage image = figure.image(1);
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static int count(int[] pixels, int colour) {
    return (int) IntStream.of(pixels).filter(p -> p == colour).count();
  }

  @Test
  @DisplayName("a metric in another unit is a change without direction; the newest unit counts")
  void anotherUnit() {
    on(0).newEntry("C", "T").metric("took", 900, "ms", Better.LOWER).save();
    on(1).newEntry("C", "T").metric("took", 1.5, "s", Better.LOWER).save();
    assertThat(on(1).changes("T"))
        .extracting(Change::toString)
        .containsExactly("took 900 ms → 1.5 s");
    on(2).newEntry("C", "T").metric("took", 1.2, "s", Better.LOWER).save();
    assertThat(on(2).best("T", "took").orElseThrow().date()).hasToString("2026-03-03");
    assertThat(on(2).chart("took").toString())
        .contains("took over the runs (1 in another unit not drawn)");
    assertThat(on(2).history("took").intColumn("run").asObjectArray()).containsExactly(1, 2, 3);
  }

  @Test
  @DisplayName("reduce leaves one run of those with the same numbers, with the first one's time")
  void reduced() throws Exception {
    for (int day = 0; day < 3; day++) {
      on(day)
          .newEntry("C", "Other words")
          .metric("m", 0.3 + day * 1e-12, "", Better.HIGHER)
          .conclusion("Take " + day)
          .save();
    }
    on(3).newEntry("C", "Other words").metric("m", 0.4, "", Better.HIGHER).save();
    on(4).newEntry("C", "There and back").metric("m", 1).save();
    on(5).newEntry("C", "There and back").metric("m", 2).save();
    on(6).newEntry("C", "There and back").metric("m", 1).save();
    Map<String, String> before = bytes();
    assertThat(on(7).reduce(true))
        .containsExactly("Other words, run 1, 2026-03-01", "Other words, run 2, 2026-03-02");
    assertThat(bytes()).isEqualTo(before);
    assertThat(on(7).reduce(false)).hasSize(2);
    assertThat(on(7).runs("other")).extracting(Run::conclusion).containsExactly("Take 2", "");
    assertThat(on(7).runs("other").getFirst().date()).hasToString("2026-03-01");
    assertThat(on(7).runs("back")).hasSize(3);
    assertThat(page()).isEqualTo(Page.of(on(7).book()));
    before = bytes();
    assertThat(on(7).reduce(false)).isEmpty();
    assertThat(bytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  @DisplayName("a byte-order mark before the record costs no run")
  void byteOrderMark(String charset) throws Exception {
    full(on(0), 0.41).save();
    Path record = folder.resolve("data/journal.jsonl");
    Files.writeString(record, "\uFEFF" + Files.readString(record), Charset.forName(charset));
    assertThat(on(1).problems()).isEmpty();
    assertThat(on(1).runs()).hasSize(1);
    assertThat(full(on(1), 0.43).save().isNew()).isTrue();
    assertThat(on(1).runs()).hasSize(2);
    assertThat(folder.resolve("data/journal.damaged.jsonl")).doesNotExist();
  }

  @Test
  @DisplayName("records joined by hand and line ends of any kind cost no run")
  void joinedRecords() throws Exception {
    full(on(0), 0.41).save();
    full(on(1), 0.43).save();
    Path record = folder.resolve("data/journal.jsonl");
    List<String> lines = Files.readAllLines(record);
    for (String joined :
        new String[] {
          "\uFEFF" + lines.get(0) + "\n\uFEFF" + lines.get(1) + "\n",
          "\uFEFF".repeat(100_000) + lines.get(0) + "\r\n" + lines.get(1),
          lines.get(0) + "\r" + lines.get(1) + "\r"
        }) {
      Files.writeString(record, joined);
      assertThat(on(2).problems()).isEmpty();
      assertThat(on(2).runs()).hasSize(2);
    }
    full(on(2), 0.44).save();
    assertThat(on(3).runs()).hasSize(3);
    Files.writeString(record, lines.get(0) + lines.get(1) + "\n");
    assertThat(on(3).problems())
        .containsExactly("data/journal.jsonl, line 1: not JSON: more follows the object");
  }

  @Test
  @DisplayName("numbers of a table have their points below each other")
  void aligned() throws Exception {
    on(0)
        .newEntry("C", "T")
        .table(
            "t",
            Table.create(
                "t",
                DoubleColumn.create("auc", 0.991004, 0.0279414, 0.5),
                DoubleColumn.create("n", 3, 12, 5),
                DoubleColumn.create("wide", 12345.678, 0.000123, 1)))
        .save();
    assertThat(page())
        .contains("| 0.991004 | 3 | 12345.7 |\n| 0.027941 | 12 | 0.000123 |\n| 0.500000 | 5 | 1 |");
  }

  @Test
  @DisplayName("rows without a source are named all the same")
  void everySourceIsNamed() {
    Samples rows = Samples.of(Table.create("typed in", DoubleColumn.create("a", 1, 2)));
    assertThat(on(0).newEntry("C", "T").data(rows).save().run().data())
        .containsExactly(Map.entry("typed in", ""));
  }

  @Test
  @DisplayName("entries of one title in two chapters are two lines of a course")
  void courseOfTwoChapters() {
    on(0).newEntry("One", "Baseline").metric("m", 1).save();
    on(1).newEntry("Two", "Baseline").metric("m", 9).save();
    on(2).newEntry("One", "Baseline").metric("m", 2).save();
    BufferedImage image = on(3).chart("m").image(1);
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    assertThat(pixels).contains(Style.color(0).getRGB(), Style.color(1).getRGB());
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> on(0).newEntry(" ", "T")).hasMessage("an entry needs a chapter");
    assertThatThrownBy(() -> on(0).newEntry("C", "T").metric("m", 1).metric("m", 2))
        .hasMessage("metric 'm': the entry already has one of this name; use another name");
    on(0).newEntry("C", "One thing").save();
    on(0).newEntry("C", "One more").save();
    assertThatThrownBy(() -> on(0).runs("two"))
        .hasMessage("no entry 'two'; available: [one-thing, one-more]");
    assertThatThrownBy(() -> on(0).runs("one"))
        .hasMessage("entry 'one' is ambiguous: [one-thing, one-more]; give more of the title");
    assertThat(on(0).runs("thing")).hasSize(1);
  }

  @Test
  @DisplayName("every source that went into the rows is noted, and how they were made")
  void dataOfSamples() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("studio", "ab".repeat(32));
    sources.put("housing", "cd".repeat(32));
    Provenance two = new Provenance(sources, List.of("38 features"));
    Samples rows = Samples.of(Matrix.of(new double[][] {{1}, {2}})).withProvenance(two);
    on(0).newEntry("C", "all").data(rows.rows(new int[] {1})).save();
    on(0).newEntry("C", "one").data("studio", "ab").save();
    on(0).newEntry("C", "none").save();
    assertThat(on(0).runs("all").getFirst().data())
        .containsExactly(
            Map.entry("studio", "ab".repeat(32)), Map.entry("housing", "cd".repeat(32)));
    assertThat(on(0).runs("all").getFirst().options()).containsEntry("rows", "38 features");
    assertThat(on(0).runs("one").getFirst().data()).containsExactly(Map.entry("studio", "ab"));
    assertThat(on(0).runs("none").getFirst().data()).isEmpty();
  }

  @Test
  @DisplayName("two sources of one id both stay, and each keeps how its rows were made")
  void sourcesOfOneName() {
    Provenance first = Provenance.of("t", "ab".repeat(32)).with("A");
    Provenance second = Provenance.of("t", "cd".repeat(32)).with("B");
    on(0).newEntry("C", "two").data(first).data(second).data(first).save();
    assertThat(on(0).runs("two").getFirst().data())
        .containsExactly(Map.entry("t", "ab".repeat(32)), Map.entry("t (2)", "cd".repeat(32)));
    assertThat(on(0).runs("two").getFirst().options()).containsEntry("rows", "t: A | t (2): B");
    Provenance third = Provenance.of("u", "ef".repeat(32)).with("A");
    on(0).newEntry("C", "same").data(first).data(third).save();
    assertThat(on(0).runs("same").getFirst().options()).containsEntry("rows", "A");
    on(0).newEntry("C", "three").data(first).data(second).data(third).save();
    assertThat(on(0).runs("three").getFirst().options())
        .containsEntry("rows", "t, u: A | t (2): B");
  }

  @Test
  @DisplayName("how long something took is kept, and is no part of the results")
  void tookTime() {
    on(0).newEntry("C", "T").metric("m", 1).took("the fit", 1.23456).save();
    assertThat(on(1).newEntry("C", "T").metric("m", 1).took("the fit", 9).save().isNew()).isFalse();
    assertThat(on(0).runs().getFirst().made()).containsEntry("took the fit", "1.235 s");
  }

  @Test
  @DisplayName("the notebook is named from the project's folder, the commit read without git")
  void whatIsKnown() throws Exception {
    Path notebook = folder.resolve("notebooks/audio/01 x.ipynb");
    Files.createDirectories(notebook.getParent());
    Files.writeString(notebook, "{}");
    for (String name :
        List.of(notebook.toString(), "notebooks/audio/01 x.ipynb", "audio/01 x.ipynb")) {
      assertThat(Home.relative(Path.of(name), folder)).isEqualTo("notebooks/audio/01 x.ipynb");
    }
    assertThat(Home.commit(folder)).isEmpty();
    Path git = Files.createDirectories(folder.resolve(".git/refs/heads"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    assertThat(Home.commit(folder)).isEmpty();
    String hash = "0123456789abcdef0123456789abcdef01234567";
    Files.writeString(folder.resolve(".git/packed-refs"), "# pack\n" + hash + " refs/heads/main\n");
    assertThat(Home.commit(folder)).contains(hash);
    Files.writeString(git.resolve("main"), hash.replace('0', 'f') + "\n");
    assertThat(Home.commit(folder)).contains(hash.replace('0', 'f'));
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Path own = Files.createDirectories(folder.resolve(".git/worktrees/tree"));
    Files.writeString(tree.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(own.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(own.resolve("commondir"), "../..\n");
    assertThat(Home.commit(tree)).contains(hash.replace('0', 'f'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG"})
  @DisplayName("a table's numbers are written alike in every country, and as their column wants")
  void tablesAnywhere(String country) throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(country));
      IntColumn own = IntColumn.create("share", new int[] {7});
      own.setPrintFormatter(new NumberColumnFormatter(new DecimalFormat("'n='0", ROOT)));
      on(0)
          .newEntry("C", "T")
          .table(
              "t",
              Table.create(
                  "t",
                  IntColumn.create("i", new int[] {1234567}),
                  LongColumn.create("l", new long[] {-12}),
                  DoubleColumn.create("d", 1234.5),
                  own))
          .save();
      assertThat(page()).contains("\n| 1234567 | -12 | 1234.5 | n=7 |\n");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  @DisplayName("the page is the same to the byte on every machine: UTF-8 and line feeds")
  void bytesOfThePage() throws Exception {
    on(0).newEntry("Töne", "Ein Maß").text("Zeile\r\nzwei").metric("größe", 2).save();
    byte[] bytes = Files.readAllBytes(folder.resolve("JOURNAL.md"));
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(text).contains("## Töne", "größe", "(#ein-ma").doesNotContain("\r");
  }
}
