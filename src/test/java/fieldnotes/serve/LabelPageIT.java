package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.label.Label;
import fieldnotes.label.LabelStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, as a person uses it. */
class LabelPageIT {
  private static Chromium page;

  @TempDir Path folder;
  private Bench bench;

  @BeforeAll
  static void browser() {
    page = Chromium.start(1100, 1000);
  }

  @AfterAll
  static void leave() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    bench = Bench.of(folder, 30, 1.2);
    page.size(1100, 1000);
    page.scheme("light");
    page.driver.get(bench.labeller.address().toString());
    page.until("a clip is shown", () -> page.text("length").startsWith("0:01"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Presses a key for the clip that is shown, and waits for the next. */
  private String label(String key) {
    String name = page.text("name");
    page.keys(key);
    page.until("the clip after " + name, () -> !page.text("name").equals(name));
    return name;
  }

  private double at() {
    Object time =
        page.run("const a = document.querySelector('audio'); return a ? a.currentTime : -1");
    return ((Number) time).doubleValue();
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
      String clip = label(keys[i * 7 % 4]);
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
    label("m");
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

  @Test
  @DisplayName("no serious accessibility finding: light, dark, narrow, large, and in every view")
  void accessible() throws IOException {
    for (int i = 0; i < 5; i++) {
      label("mdbu".substring(i % 4, i % 4 + 1));
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
