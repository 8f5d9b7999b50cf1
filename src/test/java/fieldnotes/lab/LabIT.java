package fieldnotes.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Hours in JupyterLab, in short: one small notebook in a real browser. {@code -Dfieldnotes.lab=all}
 * runs every notebook and keeps pictures of each, light, dark and narrow, under {@code target/lab}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabIT {
  private static final Path SMALL = Path.of("src/test/resources/lab/small.ipynb");
  private static final Path HELP = Path.of("src/test/resources/lab/help.ipynb");
  private static final int TRY = 1;

  /** What is typed before Tab, and what must come among the first, as the list shows eight. */
  private static final Map<String, String> PLACES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("import fieldnotes.", "audio"),
              Map.entry("import fieldnotes.audio.Cl", "Clip"),
              Map.entry("\"a\".", "charAt("),
              Map.entry("table.", "column("),
              Map.entry("table.column(\"", "centroid"),
              Map.entry("table.stringColumn(\"", "kind"),
              Map.entry("clip.", "durationSeconds()"),
              Map.entry("Features.", "centroidHz("),
              Map.entry("Features.mfcc(", "clip"),
              Map.entry("DataSets.get(\"", "studio"),
              Map.entry("AudioFiles.read(Path.of(\"hel", "help.ipynb"),
              Map.entry("int under = 3;\nund", "under"),
              Map.entry("new Ran", "Random("),
              Map.entry("BufferedIm", "java.awt.image.BufferedImage"),
              Map.entry("names.stream().map(n -> n.", "charAt("),
              Map.entry("List.of(1, 2).stream().fil", "filter("),
              Map.entry("Math.max(names.size(), ", "count"),
              Map.entry("SpectrogramPlot.", "mel("),
              Map.entry("var short1 = names;\nshort1.get", "get("),
              Map.entry("%ti", "%timeit")));

  /** What is typed before Shift+Tab, and what must be told. */
  private static final Map<String, String> WORDS =
      new TreeMap<>(
          Map.of(
              "Math.max(", "int a, int b",
              "AudioFiles.read", "Clip AudioFiles.read(Path path)",
              "%timeit", "%timeit [-n LOOPS]",
              "names", "List<String> names",
              "clip.samples", "float[] Clip.samples()",
              "Features.mfcc(clip, ", "double[][] Features.mfcc(Clip clip, int count)",
              "Table.create(\"a\", ", "Column",
              "SpectrogramPlot", "fieldnotes.plot.SpectrogramPlot",
              "table.summary", "Table Relation.summary()",
              "count", "int count"));

  private static final int TABLE = 1;
  private static final int TONE = 2;
  private static final int FIGURE = 3;
  private static final int SLIDER = 4;
  private static final int PROGRESS = 5;
  private static final int ERROR = 6;

  @TempDir static Path own;
  static Lab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = Lab.start(own);
  }

  @AfterAll
  static void stop() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  @DisplayName("Run All: a table, a player, pictures, widgets, progress; the error is where it is")
  void runsAll() throws Exception {
    lab.open(Lab.copy(SMALL, "small"));
    assertThat(lab.said()).hasSize(1);
    assertThat(lab.count(".jp-toast, .Toastify__toast")).as("no news, no warnings").isZero();
    lab.runAll();
    lab.until("progress is seen", 200, () -> lab.count("progress") > 0);
    assertThat(lab.output(PROGRESS)).contains("counting", "of 30");
    lab.idle(120);
    assertThat(lab.errors()).containsExactly((long) ERROR);
    assertThat(lab.output(TABLE)).contains("low", "880.5");
    lab.until("the chart is drawn", 60, () -> !lab.picture(FIGURE).isEmpty());
    assertThat(lab.hovered(FIGURE)).containsPattern("seconds \\d.* kHz \\d.* dB");
    lab.until("the widgets are drawn", 60, () -> !lab.picture(SLIDER).isEmpty());
    assertThat(lab.wrongPictures()).isEmpty();
    assertThat(lab.count(".jp-Notebook audio")).isEqualTo(1);
    assertThat(lab.silentPlayers()).isEmpty();
    assertThat(lab.output(TONE)).contains("tone of 220");
    lab.screenshot("small-light", 1200);
  }

  @Test
  @Order(2)
  @DisplayName("a slider moved by the keyboard changes the picture; an error stays in its place")
  void slides() {
    String before = lab.picture(SLIDER);
    lab.slide(SLIDER, Keys.ARROW_RIGHT);
    lab.until("the picture is another", 60, () -> changed(before));
    lab.until("its text, too", 5, () -> lab.output(SLIDER).contains("drawn for 3"));
    lab.slide(SLIDER, Keys.END);
    lab.until("the error", 60, () -> lab.output(SLIDER).contains("tone=8: must be less than 8"));
    lab.slide(SLIDER, Keys.ARROW_LEFT);
    lab.until("the picture again", 60, () -> changed(""));
    assertThat(lab.output(SLIDER)).contains("drawn for 7").doesNotContain("must be less");
    assertThat(lab.findings()).isEmpty();
  }

  private static boolean changed(String before) {
    String now = lab.picture(SLIDER);
    return !now.isEmpty() && !now.equals(before);
  }

  @Test
  @Order(3)
  @DisplayName("after the page was loaded again the slider is where it was, and moves the picture")
  void reloads() throws Exception {
    lab.menu("File", "Save Notebook");
    Path saved = Path.of(Lab.path("small"));
    lab.until("it is saved", 30, () -> Lab.text(saved).contains("widget-view+json"));
    lab.reload();
    lab.until("the picture is there", 90, () -> !lab.picture(SLIDER).isEmpty());
    assertThat(lab.output(SLIDER)).contains("drawn for 7");
    String before = lab.picture(SLIDER);
    lab.slide(SLIDER, Keys.ARROW_LEFT);
    lab.until("the picture is another", 60, () -> changed(before));
    lab.dark(true);
    lab.screenshot("small-dark", 1200);
    lab.screenshot("small-narrow", 600);
    assertThat(lab.findings()).isEmpty();
    lab.dark(false);
  }

  @Test
  @Order(4)
  @DisplayName("a cell is interrupted from the menu, and the kernel restarted")
  void interruptsAndRestarts() {
    lab.type(PROGRESS, "\nwhile (true) { Thread.sleep(10); }");
    lab.menu("Run", "Run Selected Cell");
    lab.until("it runs", 60, () -> lab.kernel().equals("busy"));
    lab.menu("Kernel", "Interrupt Kernel");
    lab.idle(60);
    assertThat(lab.output(PROGRESS)).contains("Stopped.");
    lab.menu("Kernel", "Restart Kernel and Clear");
    lab.answer("Restart");
    lab.until("it is restarted", 90, () -> lab.kernel().equals("idle") && lab.errors().isEmpty());
    assertThat(lab.count(".jp-Notebook .jp-OutputArea-output")).isZero();
    lab.runAll();
    lab.until("a first result", 90, () -> lab.output(TABLE).contains("low"));
  }

  @Test
  @Order(5)
  @EnabledIfSystemProperty(named = "fieldnotes.lab", matches = "all|help")
  @DisplayName("completion and inspection answer")
  void helps() throws Exception {
    lab.open(Lab.copy(HELP, "help"));
    lab.runAll();
    lab.idle(120);
    assertThat(lab.errors()).isEmpty();
    List<Double> millis = new ArrayList<>();
    StringBuilder wrong = new StringBuilder();
    PLACES.forEach((code, wanted) -> ask(code, wanted, lab::complete, millis, wrong));
    WORDS.forEach((code, wanted) -> ask(code, wanted, lab::inspect, millis, wrong));
    Collections.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%d places: %.0f ms in the middle, %.0f ms at most%n",
        millis.size(),
        millis.get(millis.size() / 2),
        millis.getLast());
    assertThat(wrong.toString()).isEmpty();
    assertThat(millis.get(millis.size() / 2)).isLessThan(400);
  }

  private static void ask(
      String code,
      String wanted,
      IntFunction<Lab.Help> how,
      List<Double> millis,
      StringBuilder wrong) {
    lab.write(TRY, code);
    try {
      Lab.Help help = how.apply(TRY);
      millis.add(help.millis());
      System.out.printf(Locale.ROOT, "%6.0f ms %s%n", help.millis(), code);
      if (help.entries().stream().noneMatch(entry -> entry.contains(wanted))) {
        check(wrong, code, "without " + wanted, help.entries().stream().limit(8).toList());
      }
    } catch (AssertionError e) {
      check(wrong, code, "nothing came", List.of(wanted));
    }
  }

  @Test
  @Order(6)
  @EnabledIfSystemProperty(named = "fieldnotes.lab", matches = "all")
  @DisplayName("every notebook: Run All, no error, pictures drawn, players play; pictures of each")
  void everyNotebook() throws Exception {
    List<Path> notebooks;
    try (Stream<Path> files = Files.walk(Path.of("notebooks"))) {
      notebooks =
          files
              .filter(f -> f.toString().endsWith(".ipynb") && !f.toString().contains(".ipynb_ch"))
              .filter(f -> f.toString().contains(System.getProperty("fieldnotes.lab.only", "")))
              .sorted()
              .toList();
    }
    StringBuilder wrong = new StringBuilder();
    for (Path one : notebooks) {
      String name = one.toString().replace('/', '-').replace(".ipynb", "");
      // beside the original, for its links and paths; saved, so that a dark page draws it anew
      Path copy = one.resolveSibling("lab-" + one.getFileName());
      try {
        Files.copy(one, copy, StandardCopyOption.REPLACE_EXISTING);
        tryOne(copy, name, wrong);
      } catch (RuntimeException | AssertionError e) {
        check(wrong, name, "broke off", List.of(e.getMessage().lines().findFirst().orElse("")));
      } finally {
        Files.deleteIfExists(copy);
      }
    }
    assertThat(wrong.toString()).isEmpty();
  }

  private static void tryOne(Path notebook, String name, StringBuilder wrong) throws Exception {
    lab.open(notebook.toString());
    // a restart within half a second of the page's start leaves JupyterLab waiting at times, with
    // Python's kernel, too: the answers go to a connection that the page has given up
    Thread.sleep(1000);
    lab.menu("Kernel", "Restart Kernel and Clear");
    lab.answer("Restart");
    lab.until("restarted", 60, () -> lab.kernel().equals("idle"));
    lab.runAll();
    lab.idle(900);
    check(wrong, name, "errors in code cells", lab.errors());
    check(wrong, name, "pictures", lab.wrongPictures());
    check(wrong, name, "players", lab.silentPlayers());
    check(wrong, name, "axe-core", lab.findings());
    lab.screenshot(name + "-light", 1200);
    lab.screenshot(name + "-narrow", 600);
    long before = notebook.toFile().lastModified();
    lab.menu("File", "Save Notebook");
    lab.until("it is saved", 60, () -> notebook.toFile().lastModified() != before);
    lab.dark(true);
    lab.reload();
    lab.wrongPictures();
    lab.screenshot(name + "-dark", 1200);
    check(wrong, name, "axe-core, dark", lab.findings());
    lab.dark(false);
    lab.menu("Kernel", "Shut Down Kernel");
  }

  private static void check(StringBuilder wrong, String name, String what, List<?> found) {
    if (!found.isEmpty()) {
      wrong.append("%s: %s: %s%n".formatted(name, what, found));
    }
  }
}
