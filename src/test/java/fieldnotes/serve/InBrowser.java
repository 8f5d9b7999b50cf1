package fieldnotes.serve;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page in a real browser, one for all tests of a class. */
abstract class InBrowser {
  static Chromium page;

  @TempDir Path folder;
  Bench bench;

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

  @AfterEach
  void close() {
    bench.close();
  }

  /** Opens a page of this number of tones. */
  final void open(int clips) throws IOException {
    bench = Bench.of(folder, clips, 1.2);
    page.size(1100, 1000);
    page.scheme("light");
    page.driver.get(bench.labeller.address().toString());
    page.until("a clip is shown", () -> page.text("length").startsWith("0:01"));
  }

  /** Presses a key for the clip that is shown, and waits for the next; returns its name. */
  final String next(String key) {
    String name = page.text("name");
    page.keys(key);
    page.until("the clip after " + name, () -> !page.text("name").equals(name));
    return name;
  }

  /** Where the sound is, in seconds; −1 without a sound. */
  final double at() {
    Object time =
        page.run("const a = document.querySelector('audio'); return a ? a.currentTime : -1");
    return ((Number) time).doubleValue();
  }
}
