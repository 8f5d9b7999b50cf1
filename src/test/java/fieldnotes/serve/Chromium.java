package fieldnotes.serve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** The browser of this machine, without a window. Nothing is downloaded. */
public final class Chromium implements AutoCloseable {
  /** What drives it. */
  public final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it; where there is none, the test is skipped, and says so. */
  public static Chromium start(int width, int height) {
    Optional<Path> browser = found("chromium", "chromium-browser", "google-chrome");
    Optional<Path> programme = found("chromedriver");
    if (browser.isEmpty() || programme.isEmpty()) {
      System.err.println("SKIPPED: no chromium and chromedriver on the PATH, so no page was tried");
      Assumptions.abort("no chromium and chromedriver on the PATH");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get().toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
    // as a person's browser: sound plays only after a key or a click
    options.addArguments("--autoplay-policy=document-user-activation-required");
    // a microphone that beeps
    options.addArguments("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(programme.get().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(4));
    Chromium page = new Chromium(driver);
    page.size(width, height);
    return page;
  }

  private static Optional<Path> found(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The size of the page itself. */
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Light or dark, as the system says. */
  public void scheme(String name) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  /** Presses keys once the page has done what it was asked before: until then it takes none. */
  void keys(CharSequence keys) {
    rests();
    new Actions(driver).sendKeys(keys).perform();
  }

  /** An element to be used, once the page has done what it was asked before. */
  WebElement byId(String id) {
    rests();
    return driver.findElement(By.id(id));
  }

  private void rests() {
    until("it rests", () -> Boolean.TRUE.equals(run("return typeof busy != 'boolean' || !busy")));
  }

  String text(String id) {
    return Objects.toString(run("return document.getElementById(arguments[0]).textContent", id));
  }

  public Object run(String script, Object... values) {
    return driver.executeScript(script, values);
  }

  /** Waits until something holds, at most ten seconds. */
  void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "after ten seconds not: "
                + what
                + "; said: "
                + text("said")
                + "; error: "
                + text("error"));
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Keeps a picture of the whole page under {@code target/pages}, to be looked at. */
  public void picture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
