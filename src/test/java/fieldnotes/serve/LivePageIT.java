package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The pages of the service in a real browser. */
class LivePageIT {
  @TempDir static Path folder;
  static Chromium page;
  static Service service;

  @BeforeAll
  static void start() throws IOException {
    page = Chromium.start(1100, 900);
    service = Service.of(folder, ServeLimits.of());
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
      service.close();
    }
  }

  private static void open(String path, int width, String scheme) {
    page.size(width, 900);
    page.scheme(scheme);
    page.driver.get(service.server.address().resolve(path).toString());
  }

  /** The page is no wider than the window, and the browser has nothing to complain of. */
  private static void fits() {
    assertThat(page.run("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat(page.driver.manage().logs().get("browser").getAll())
        .filteredOn(entry -> !entry.getMessage().contains("AudioContext"))
        .isEmpty();
  }

  private static Path sound() {
    float[] samples = new float[4 * Service.RATE];
    System.arraycopy(Service.clip("hiss", 1, 3).samples(), 0, samples, 0, Service.RATE);
    System.arraycopy(
        Service.clip("low", 2, 4).samples(), 0, samples, Service.RATE, 2 * Service.RATE);
    System.arraycopy(
        Service.clip("hiss", 1, 5).samples(), 0, samples, 3 * Service.RATE, Service.RATE);
    Path file = folder.resolve("street.wav");
    AudioFiles.writeWav(Clip.of("street", samples, Service.RATE), file);
    return file;
  }

  @Test
  @DisplayName("a file is streamed: level, spectrogram and events are shown; in the dark, narrow")
  void file() throws Exception {
    open("live", 1100, "light");
    page.until("the model is there", () -> page.text("model").contains("tones"));
    page.byId("file").sendKeys(sound().toString());
    page.until("low was heard", () -> page.text("events").contains("low"));
    page.picture("live");
    page.until("all was heard", () -> page.text("said").startsWith("4.0 s heard"));
    assertThat(page.text("error")).isEmpty();
    assertThat(
            (Boolean)
                page.run(
                    "const c = document.getElementById('spectrogram');"
                        + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                        + "return d.some((x, i) => i % 4 === 0 && x > 128)"))
        .isTrue();
    fits();
    page.size(400, 900);
    page.scheme("dark");
    page.picture("live-narrow-dark");
    fits();
    for (int i = 0; i < 500 && service.metric("fieldnotes_streams_open") > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(service.metric("fieldnotes_streams_open")).isZero();
  }

  @Test
  @DisplayName("the microphone is listened to by keyboard, and stopped")
  void microphone() throws Exception {
    open("live", 1100, "light");
    page.until("the model is there", () -> page.text("model").contains("tones"));
    page.run("document.getElementById('microphone').focus()");
    page.keys(Keys.ENTER);
    page.until("it listens", () -> page.text("said").startsWith("listening"));
    page.until("a window was heard", () -> !page.text("now").isEmpty());
    page.run("document.getElementById('stop').focus()");
    page.keys(Keys.ENTER);
    page.until("it has ended", () -> page.text("said").contains("s heard"));
  }

  @Test
  @DisplayName("where keys are needed the pages ask for one, say that a wrong one is, and work")
  void keys() throws Exception {
    Path file = folder.resolve("keys.json");
    String key = ApiKeys.add(file, "ann", false, 0);
    try (ModelServer locked =
        ModelServer.start(
            ServeOptions.of(folder.resolve("tones.model"))
                .withWork(folder.resolve("locked"))
                .withKeys(file)
                .withLimits(ServeLimits.of().withWarmUp(0)))) {
      page.size(1100, 900);
      page.driver.get(locked.address().resolve("live").toString());
      page.until("it asks for a key", () -> page.byId("key").isDisplayed());
      page.byId("key").sendKeys("fn_wrong", Keys.TAB);
      page.until("it is refused", () -> page.text("error").contains("unknown or revoked"));
      assertThat(page.text("model")).isEmpty();
      page.byId("key").clear();
      page.byId("key").sendKeys(key, Keys.TAB);
      page.until("the model is there", () -> page.text("model").contains("tones"));
      assertThat(page.text("error")).isEmpty();
      page.picture("live-key");
      page.byId("file").sendKeys(sound().toString()); // by a ticket
      page.until("low was heard", () -> page.text("events").contains("low"));
      page.until("all was heard", () -> page.text("said").startsWith("4.0 s heard"));
      assertThat(page.driver.getCurrentUrl()).doesNotContain(key);

      page.driver.get(locked.address().resolve("docs").toString());
      page.until("it asks for a key", () -> page.byId("key").isDisplayed());
      WebElement models =
          page.driver.findElements(By.tagName("details")).stream()
              .filter(one -> one.getText().endsWith("/v1/models"))
              .findFirst()
              .orElseThrow();
      models.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
      WebElement answer = models.findElement(By.tagName("pre"));
      models.findElement(By.tagName("button")).sendKeys(Keys.ENTER);
      page.until("it is refused", () -> answer.getText().startsWith("401"));
      page.byId("key").sendKeys(key);
      models.findElement(By.tagName("button")).sendKeys(Keys.ENTER);
      page.until("it is answered", () -> answer.getText().startsWith("200"));
      assertThat(answer.getText()).contains("tones");
    } finally {
      page.driver.manage().logs().get("browser").getAll(); // which notes each refusal
    }
  }

  @Test
  @DisplayName("each address can be tried; rows by the example of the model")
  void docs() throws Exception {
    open("docs", 400, "light");
    page.until("all are there", () -> page.driver.findElements(By.tagName("details")).size() > 10);
    fits();
    List<WebElement> all = page.driver.findElements(By.tagName("details"));
    WebElement classify =
        all.stream()
            .filter(one -> one.getText().contains("/v1/classify"))
            .findFirst()
            .orElseThrow();
    classify.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
    new Select(classify.findElement(By.tagName("select"))).selectByVisibleText("prices");
    assertThat(classify.findElement(By.tagName("textarea")).getAttribute("value"))
        .contains("\"a\": 0");
    classify.findElement(By.tagName("button")).sendKeys(Keys.ENTER);
    page.until(
        "it is answered",
        () -> classify.findElement(By.tagName("pre")).getText().contains("value"));
    page.picture("docs-narrow");
    fits();
    page.size(1100, 900);
    page.scheme("dark");
    page.picture("docs-dark");
    fits();
  }
}
