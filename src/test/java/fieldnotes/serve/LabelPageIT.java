package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.SoundFiles;
import fieldnotes.label.ClipList;
import fieldnotes.label.How;
import fieldnotes.label.Label;
import fieldnotes.label.LabelStore;
import fieldnotes.label.Segment;
import fieldnotes.label.Strategies;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The page in a real browser, as a person uses it. */
class LabelPageIT extends InBrowser {
  @BeforeEach
  void open() throws IOException {
    open(30);
  }

  @Test
  @DisplayName("20 clips by keyboard, 3 taken back, a reload in the middle: the file has the rest")
  void twenty() {
    Map<String, String> keyed = new LinkedHashMap<>();
    String[] keys = {"m", "d", "b", "u"};
    String[] names = {"music", "dialogue", "both", "unknown"};
    List<String> clips = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      if (i == 9) {
        String shown = page.text("name");
        page.driver.navigate().refresh();
        page.until("the clip again", () -> page.text("length").startsWith("0:01"));
        assertThat(page.text("name")).isEqualTo(shown);
        assertThat(page.text("done")).isEqualTo("9 of 30 clips labelled");
      }
      String clip = next(keys[i * 7 % 4]);
      clips.add(clip);
      keyed.put("sounds/" + clip, names[i * 7 % 4]);
    }
    assertThat(keyed).hasSize(20);
    for (int i = 0; i < 3; i++) {
      String last = clips.get(19 - i);
      page.keys("z");
      page.until(last + " again", () -> page.text("name").equals(last));
      keyed.remove("sounds/" + last);
    }
    page.until("the count", () -> page.text("done").equals("17 of 30 clips labelled"));
    assertThat(page.text("said")).startsWith("Taken back: label");
    assertThat(page.text("ratios")).startsWith("M: 0.");
    bench.labeller.close();
    Map<String, String> kept =
        LabelStore.read(folder.resolve("labels.json")).labels().stream()
            .collect(Collectors.toMap(l -> l.clip().file(), Label::name));
    assertThat(kept).isEqualTo(keyed);
  }

  @Test
  @DisplayName("sound plays: its time goes on, after a label the next plays by itself")
  void plays() {
    page.keys(" ");
    page.until("the time goes on", () -> at() > 0.2);
    next("m");
    page.until("the next plays by itself", () -> at() > 0.1);
    page.keys(" ");
    page.until(
        "it pauses",
        () -> Boolean.TRUE.equals(page.run("return document.querySelector('audio').paused")));
    page.keys(Keys.HOME);
    page.until("the beginning", () -> at() == 0);
    page.keys(Keys.ARROW_RIGHT);
    page.until("a second on", () -> at() >= 0.99);
  }

  private void seconds(String script, double wanted) {
    page.until(script, () -> Math.abs(((Number) page.run(script)).doubleValue() - wanted) < 0.02);
  }

  private void seek(double to) {
    page.run("document.querySelector('audio').currentTime = arguments[0]", to);
    seconds("return document.querySelector('audio').currentTime", to);
  }

  private List<String> kept() {
    return bench.labeller.labels().labels().stream().map(Label::toString).toList();
  }

  @Test
  @DisplayName("a span by keys or by dragging gets a label of its own, and the clip has none yet")
  void spans() {
    String clip = page.text("name");
    seek(0.3);
    page.keys("[");
    seek(0.8);
    page.keys("]");
    assertThat(page.text("span-text")).startsWith("Span 0:00.3 to 0:00.8");
    page.keys("d");
    page.until("the span is labelled", () -> page.text("said").startsWith("dialogue: 0:00.3"));
    assertThat(kept()).containsExactly("sounds/" + clip + " at 0.30 to 0.80 s: dialogue (heard)");
    assertThat(page.text("name")).isEqualTo(clip);
    assertThat(page.text("done")).startsWith("0 of 30");
    WebElement pictures = page.byId("pictures");
    int width = pictures.getSize().getWidth();
    new Actions(page.driver)
        .moveToElement(pictures, -width / 4, 0)
        .clickAndHold()
        .moveToElement(pictures, width / 4, 0)
        .release()
        .perform();
    page.until("a span", () -> page.text("span-text").startsWith("Span 0:00.3 to 0:00.9"));
    page.keys(Keys.ESCAPE);
    page.until("no span", () -> !page.byId("span-line").isDisplayed());
    next("m");
    assertThat(kept()).hasSize(2);
    page.keys("zz");
    page.until("both taken back", () -> kept().isEmpty());
  }

  @Test
  @DisplayName("the review filters, plays, gives other labels and removes them, by keys alone")
  void reviews() {
    for (String key : List.of("m", "m", "d", "b")) {
      next(key);
    }
    page.keys("s");
    page.until("skipped", () -> page.text("left").startsWith("25 left, 1 skipped"));
    page.byId("to-review").sendKeys(Keys.ENTER);
    page.until("the list", () -> page.text("found").equals("4 labels"));
    new Select(page.byId("by-class")).selectByVisibleText("music");
    page.until("filtered", () -> page.text("found").equals("2 labels"));
    page.run("document.activeElement.blur()");
    String first = page.text("name");
    page.keys(Keys.ARROW_DOWN);
    page.until("the second", () -> !page.text("name").equals(first));
    String second = page.text("name");
    page.keys("d");
    page.until("no longer music", () -> page.text("found").equals("1 label"));
    assertThat(kept()).contains("sounds/" + second + ": dialogue (heard)");
    page.until("the first", () -> page.text("name").equals(first));
    page.keys(Keys.DELETE);
    page.until("removed", () -> page.text("found").equals("No label matches."));
    assertThat(kept()).hasSize(3);
    new Select(page.byId("by-class")).selectByVisibleText("all");
    new Select(page.byId("by-how")).selectByVisibleText("skipped");
    page.until("the skipped one", () -> page.text("found").equals("1 skipped clip"));
    page.byId("to-listen").click();
    page.until("a clip", () -> page.text("left").startsWith("26 left"));
  }

  @Test
  @DisplayName("the second pass hides the label, and says how well the two hearings agree")
  void secondPass() {
    for (String key : List.of("m", "d", "m", "d")) {
      next(key);
    }
    page.byId("to-pass").click();
    page.byId("pass-count").clear();
    page.byId("pass-count").sendKeys("4", Keys.ENTER);
    page.until("a clip of the sample", () -> page.text("pass-state").startsWith("0 of 4"));
    page.run("document.activeElement.blur()");
    for (int i = 0; i < 4; i++) {
      String name = page.text("name");
      page.until("a length", () -> page.text("about").contains("long"));
      assertThat(page.text("about")).doesNotContain("labelled");
      assertThat(
              page.run("return document.querySelectorAll('#classes [aria-pressed=true]').length"))
          .isEqualTo(0L);
      String had = bench.labeller.labels().of(Segment.of("sounds/" + name)).orElseThrow().name();
      page.keys(i == 2 ? "u" : had.substring(0, 1));
      String so = (i + 1) + " of 4";
      page.until(so, () -> page.text("pass-state").startsWith(so));
    }
    assertThat(page.text("agreement")).startsWith("Heard twice: 3 of 4 agree (75.0 %); kappa 0.6");
    assertThat(page.text("end")).startsWith("The second pass is done.");
    page.keys("z");
    page.until("one to hear again", () -> page.text("pass-state").startsWith("3 of 4"));
  }

  @Test
  @DisplayName("names with script tags are shown as text, and a class can be added with its key")
  void names() throws IOException {
    page.byId("add").click();
    page.byId("new-name").sendKeys("<img src=x onerror=document.title='bad'>");
    page.byId("new-key").sendKeys("z", Keys.ENTER);
    page.until("refused", () -> page.text("new-error").contains("not z (undo)"));
    page.byId("new-key").clear();
    page.byId("new-key").sendKeys("x", Keys.ENTER);
    page.until("closed", () -> !page.byId("new").isDisplayed());
    page.run("document.activeElement.blur()");
    next("x");
    assertThat(kept().getFirst()).contains("<img src=x onerror=document.title='bad'>");
    assertThat(page.text("counts")).contains("<img src=x onerror=document.title='bad'>1");
    assertThat(page.driver.getTitle()).startsWith("Label by ear");
    assertThat(page.run("return document.querySelectorAll('img').length")).isEqualTo(1L);
    page.picture("long-name");
  }

  @Test
  @DisplayName("the guess of a group is shown when asked for, and its labels can be taken over")
  void guided() throws IOException {
    bench.close();
    String[] files = new String[30];
    double[] pitch = new double[30];
    for (int i = 0; i < 30; i++) {
      files[i] = "tone-%02d.wav".formatted(i);
      pitch[i] = i < 15 ? i * 0.01 : 9 + i * 0.01;
    }
    Samples rows =
        Samples.of(
                Table.create(
                    "tones",
                    StringColumn.create("file", files),
                    DoubleColumn.create("pitch", pitch)))
            .withFeatures(List.of("pitch"))
            .withFolder(folder.resolve("sounds"));
    bench =
        new Bench(
            Labeller.open(
                ClipList.ofWholeFiles(rows),
                LabelOptions.of(folder.resolve("labels.json")).withGuide(Strategies.growingCut())));
    page.driver.get(bench.labeller.address().toString());
    page.until("a clip is shown", () -> page.text("length").startsWith("0:01"));
    page.byId("show-guess").click();
    page.byId("hide-name").click();
    assertThat(page.text("name")).matches("Clip \\d+");
    page.byId("hide-name").click();
    for (int i = 0; i < 6; i++) {
      int number = Integer.parseInt(page.text("name").substring(5, 7));
      next(number < 15 ? "m" : "d");
    }
    page.until("a guess", () -> page.text("guess").contains("heard clips of its group"));
    page.until("labels to take over", () -> page.byId("group").isDisplayed());
    page.picture("guided");
    String guess = page.run("return document.querySelector('#guess strong').textContent") + "";
    String clip = page.text("name");
    page.keys("g");
    page.until("the guess is accepted", () -> page.text("said").startsWith(guess + ": " + clip));
    assertThat(bench.labeller.labels().of(Segment.of("sounds/" + clip)).orElseThrow().how())
        .isEqualTo(How.EAR);
    page.byId("group").click();
    page.until("what would be taken over", () -> page.byId("groups").isDisplayed());
    page.picture("groups");
    page.run(
        "const a = document.getElementById('agree'); a.value = 30; a.dispatchEvent(new"
            + " Event('input'))");
    assertThat(page.text("group-all")).startsWith("No label is agreed on");
    assertThat(page.byId("group-take").isEnabled()).isFalse();
    page.run(
        "const a = document.getElementById('agree'); a.value = 1; a.dispatchEvent(new"
            + " Event('input'))");
    int more = Integer.parseInt(page.text("group-all").replaceAll("\\D", ""));
    assertThat(
            page.run(
                "return [...document.querySelectorAll('#offer tr')].map(r =>"
                    + " r.children[3].textContent).reduce((a, b) => a + Number(b), 0)"))
        .isEqualTo((long) more);
    page.byId("group-take").click();
    page.until("taken over", () -> page.text("said").equals(more + " labels taken over."));
    assertThat(bench.labeller.labels().only(l -> l.how() == How.CLUSTER).size()).isEqualTo(more);
    assertThat(page.text("done")).isEqualTo(7 + more + " of 30 clips labelled");
    page.run("document.getElementById('show-guess').click()");
  }

  @Test
  @DisplayName("with 30,000 clips, the first paint takes less than a second")
  void firstPaint() throws IOException {
    bench.close();
    List<SoundFiles.Item> items = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      Path file = folder.resolve("sounds/tone-%02d.wav".formatted(i % 30));
      items.add(new SoundFiles.Item(file, "clip " + i, ""));
    }
    bench =
        new Bench(
            Labeller.open(
                ClipList.of(SoundFiles.listed("many", items)),
                LabelOptions.of(folder.resolve("labels.json"))));
    page.driver.get(bench.labeller.address().toString());
    page.until("a clip is shown", () -> page.text("length").startsWith("0:01"));
    page.until(
        "the picture",
        () ->
            Boolean.TRUE.equals(
                page.run(
                    "const i = document.getElementById('spectrogram'); return i.complete &&"
                        + " i.naturalWidth > 0")));
    Object paint =
        page.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime");
    Object shown =
        page.run(
            "return Math.max(...performance.getEntriesByType('resource')"
                + ".filter(e => e.name.includes('/peaks')).map(e => e.responseEnd))");
    System.out.printf(
        Locale.ROOT,
        "first paint after %.0f ms, the first waveform after %.0f ms%n",
        ((Number) paint).doubleValue(),
        ((Number) shown).doubleValue());
    assertThat(((Number) paint).doubleValue()).isLessThan(1000);
  }

  @Test
  @DisplayName("no serious accessibility finding: light, dark, narrow, large, and in every view")
  void accessible() throws IOException {
    for (int i = 0; i < 5; i++) {
      next("mdbu".substring(i % 4, i % 4 + 1));
    }
    for (String scheme : List.of("light", "dark")) {
      page.scheme(scheme);
      for (int width : new int[] {1100, 400}) {
        page.size(width, 1000);
        String name = scheme + "-" + width;
        look(name + "-listen");
        page.keys("?");
        look(name + "-keys");
        page.keys(Keys.ESCAPE);
        page.run("document.getElementById('add').click()");
        look(name + "-add");
        page.keys(Keys.ESCAPE);
        page.run("document.getElementById('to-review').click()");
        page.until("the review", () -> page.text("found").startsWith("5 labels"));
        look(name + "-review");
        page.run("document.getElementById('to-pass').click()");
        look(name + "-pass");
        page.run("document.getElementById('to-listen').click()");
        page.until("a clip", () -> page.text("length").startsWith("0:01"));
      }
    }
    page.size(550, 500); // 1100 wide at 200 %
    look("zoomed");
  }

  /** Runs the checks, keeps a picture, and sees to it that nothing is wider than the page. */
  private void look(String name) throws IOException {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    page.picture(name);
    assertThat(page.run("return document.documentElement.scrollWidth - innerWidth"))
        .as(name + " is wider than the page")
        .isEqualTo(0L);
    try (InputStream in = LabelPageIT.class.getResourceAsStream("/axe.min.js")) {
      page.run(new String(in.readAllBytes(), UTF_8));
    }
    Object found =
        page.driver.executeAsyncScript(
            "const done = arguments[0]; axe.run().then(r => done(r.violations.filter(v => v.impact"
                + " === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes.map(n"
                + " => n.html + ' ' + n.failureSummary).join('; '))), e => done([String(e)]))");
    assertThat((List<?>) found).as(name).isEmpty();
  }
}
