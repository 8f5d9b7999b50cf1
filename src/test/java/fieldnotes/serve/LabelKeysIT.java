package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.label.Label;
import fieldnotes.label.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Where the keys of the page go: to the clip that is shown, whatever was used before. */
class LabelKeysIT extends InBrowser {
  private void label(int clip, String name) {
    bench.post("/api/label", "{\"clip\":%d,\"class\":\"%s\"}".formatted(clip, name));
  }

  private Label of(String name) {
    return bench.labeller.labels().of(Segment.of("sounds/" + name)).orElseThrow();
  }

  @Test
  @DisplayName("in the review a key is for the clip that is chosen, also if it cannot be read")
  void unreadable() throws IOException {
    open(3);
    Files.write(folder.resolve("sounds/tone-01.wav"), new byte[0]);
    label(0, "music");
    label(1, "music");
    Files.delete(folder.resolve("sounds/tone-02.wav"));
    label(2, "music");
    page.byId("to-review").click();
    page.until("the list", () -> page.text("found").equals("3 labels"));
    List<WebElement> rows = page.driver.findElements(By.cssSelector("#items button"));
    assertThat(rows.get(1).getText()).startsWith("tone-01.wav");
    rows.get(1).click();
    page.until("the second", () -> page.text("name").equals("tone-01.wav"));
    page.until("why it cannot be read", () -> page.text("error").contains("0 bytes"));
    page.byId("play").click();
    page.keys(" ");
    page.keys("u");
    page.until("another label", () -> page.text("said").equals("unknown: tone-01.wav"));
    assertThat(of("tone-01.wav").name()).isEqualTo("unknown");
    page.until(
        "the third, once the list was read again",
        () -> {
          page.keys(Keys.ARROW_DOWN);
          return page.text("name").equals("tone-02.wav");
        });
    page.keys("d");
    page.until("another label", () -> page.text("said").equals("dialogue: tone-02.wav"));
    assertThat(of("tone-02.wav").name()).isEqualTo("dialogue");
    assertThat(of("tone-00.wav").name()).isEqualTo("music");
  }

  @Test
  @DisplayName("what is wrong with a file is still said after it was to be played")
  void reason() throws IOException {
    open(2);
    String other = page.text("name").equals("tone-00.wav") ? "tone-01.wav" : "tone-00.wav";
    Files.write(folder.resolve("sounds/" + other), new byte[0]);
    page.driver.navigate().refresh(); // what was loaded before is forgotten
    page.until("a clip is shown", () -> page.text("length").startsWith("0:01"));
    next("m");
    page.until("why", () -> page.text("error").contains("0 bytes"));
    String why = page.text("error");
    page.keys(" ");
    page.until(
        "it failed",
        () -> Boolean.TRUE.equals(page.run("return !!document.querySelector('audio').error")));
    assertThat(page.text("error")).isEqualTo(why);
    assertThat(page.text("left")).startsWith("1 left");
  }

  @Test
  @DisplayName("the second pass goes by keys alone, and does not tell what the first was")
  void blindPass() throws IOException {
    open(4);
    for (int i = 0; i < 4; i++) {
      label(i, "music");
    }
    page.driver.navigate().refresh();
    page.until("all", () -> page.text("done").startsWith("4 of 4"));
    page.byId("to-pass").sendKeys(Keys.ENTER);
    page.byId("pass-count").sendKeys(Keys.ENTER);
    page.until("a clip of the sample", () -> page.text("pass-state").startsWith("0 of 4"));
    String counts = page.text("counts");
    for (int i = 1; i < 4; i++) {
      page.keys("d");
      String so = i + " of 4 heard again. How well";
      page.until(so, () -> page.text("pass-state").startsWith(so));
      assertThat(page.text("agreement")).isEmpty();
      assertThat(page.text("counts")).isEqualTo(counts);
    }
    page.picture("pass-blind");
    page.keys("m");
    page.until("the end", () -> page.text("pass-state").contains("1 of 4 agree (25.0 %)"));
    assertThat(page.text("counts")).isNotEqualTo(counts);
  }

  @Test
  @DisplayName("after speed, volume and a field, keys are for the clip; capital Z and S count")
  void fields() throws IOException {
    open(8);
    page.run("document.getElementById('auto').checked = false"); // space would pause the next clip
    page.byId("speed").sendKeys("2"); // by key, it keeps the focus
    next("m");
    page.byId("volume").click();
    next("d");
    page.run("document.getElementById('volume').focus()");
    page.keys(" ");
    page.until("it plays", () -> at() > 0.05);
    next("S");
    page.until("skipped", () -> page.text("said").startsWith("Skipped"));
    page.keys("Z");
    page.until("taken back", () -> page.text("said").startsWith("Taken back: skip"));
    page.byId("tail-seconds").sendKeys(Keys.chord(Keys.CONTROL, "a"), "-3", Keys.ESCAPE);
    page.until(
        "a length that can be",
        () -> "1".equals(page.run("return document.getElementById('tail-seconds').value")));
    next("b");
    page.until("the label", () -> bench.labeller.labels().size() == 3);
    page.until("a length", () -> page.text("length").startsWith("0:01"));
    page.run(
        "document.querySelector('audio').pause(); document.getElementById('pictures').focus()");
    page.keys(Keys.END);
    page.until("the end", () -> at() > 1.1);
    page.keys(Keys.PAGE_DOWN);
    page.until("back", () -> at() < 0.3);
    page.keys(Keys.PAGE_UP);
    page.until("forward", () -> at() > 1.1);
    page.run("localStorage.clear()");
  }

  @Test
  @DisplayName("when all of the last page of the review are removed, the page before is shown")
  void lastPage() throws IOException {
    open(52);
    for (int i = 0; i < 52; i++) {
      label(i, "music");
    }
    page.byId("to-review").click();
    page.until("the list", () -> page.text("found").equals("52 labels, 1 to 50"));
    page.byId("page-after").click();
    page.until("the last page", () -> page.text("found").equals("52 labels, 51 to 52"));
    page.keys(Keys.DELETE);
    page.until("one removed", () -> page.text("found").equals("51 labels, 51 to 51"));
    page.keys(Keys.DELETE);
    page.until("the page before", () -> page.text("found").equals("50 labels"));
    page.until("its last clip", () -> page.text("name").equals("tone-49.wav"));
  }

  @Test
  @DisplayName("a class of 100 letters, a ninth class, and a page of another run can be read")
  void looks() throws IOException {
    open(2);
    for (String name : List.of("a".repeat(100), "b1", "b2", "b3", "b4", "b5")) {
      bench.post("/api/class", "{\"name\":\"%s\"}".formatted(name));
    }
    label(0, "a".repeat(100));
    page.driver.navigate().refresh();
    page.until("a clip", () -> page.text("length").startsWith("0:01"));
    List<WebElement> classes = page.driver.findElements(By.cssSelector("#classes button"));
    assertThat(classes.get(8).getCssValue("border-left-style")).isEqualTo("double");
    assertThat(classes.get(0).getCssValue("border-left-style")).isEqualTo("solid");
    page.byId("to-review").click();
    page.until("the list", () -> page.text("found").equals("1 label"));
    page.picture("long-class");
    Object over =
        page.run(
            "return document.getElementById('by-class').getBoundingClientRect().right"
                + " - document.getElementById('review').getBoundingClientRect().right");
    assertThat(((Number) over).doubleValue()).isNegative();
    page.driver.get(bench.labeller.address().toString().replaceAll("token=.*", "token=old"));
    assertThat(page.driver.findElement(By.tagName("h1")).getText())
        .isEqualTo("This address is of another run");
    page.picture("closed");
  }
}
