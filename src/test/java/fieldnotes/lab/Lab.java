package fieldnotes.lab;

import fieldnotes.common.JupyterPython;
import fieldnotes.serve.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * JupyterLab from {@code ./workbench lab} in a browser without a window, used as a person does: by
 * its menus, keys and mouse. Its settings and kernels are its own. Where Chromium or Jupyter is
 * missing, the test is skipped, and says so.
 */
public final class Lab implements AutoCloseable {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Pattern LINK = Pattern.compile("(http://[^/]+)/\\S*[?&]token=(\\w+)");

  /** All cells in the page, not only those in sight, so that a test finds them. */
  private static final String SETTINGS =
      """
      {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
       "@jupyterlab/docmanager-extension:plugin": {"autosave": false}}
      """;

  /** What is wrong with the pictures of the outputs; each is drawn, and of more than one colour. */
  private static final String PICTURES =
      """
      const wrong = [];
      for (const img of document.querySelectorAll('.jp-Notebook .jp-OutputArea img')) {
        const name = (img.alt || img.src).slice(0, 60);
        if (!img.complete || !img.naturalWidth) { wrong.push('not drawn: ' + name); continue; }
        const c = document.createElement('canvas');
        c.width = 64; c.height = 64;
        const g = c.getContext('2d');
        g.drawImage(img, 0, 0, 64, 64);
        const d = g.getImageData(0, 0, 64, 64).data;
        const seen = new Set();
        for (let i = 0; i < d.length; i += 4) seen.add(d[i] + ',' + d[i + 1] + ',' + d[i + 2] + ',' + d[i + 3]);
        if (seen.size < 2) wrong.push('of one colour: ' + name);
      }
      for (const night of document.querySelectorAll('.jp-Notebook .fieldnotes-night')) {
        const day = night.previousElementSibling;
        const seen = [day, night].filter(one => getComputedStyle(one).display !== 'none').length;
        if (seen !== 1) wrong.push('seen in ' + seen + ' of two forms: ' + night.alt.slice(0, 60));
      }
      for (const chart of document.querySelectorAll('.jp-Notebook .jp-OutputArea .vega-embed')) {
        const svg = chart.querySelector('svg.marks');
        const marks = svg ? svg.querySelectorAll('path[d], line, text, image').length : 0;
        if (marks < 3 || !svg.getBoundingClientRect().width) wrong.push('chart of ' + marks + ' marks');
      }
      return wrong;
      """;

  private final Chromium browser;
  private final Process server;
  private final String address;
  private final String token;
  private final List<String> said;
  private int cells;

  private Lab(Chromium browser, Process server, String address, String token, List<String> said) {
    this.browser = browser;
    this.server = server;
    this.address = address;
    this.token = token;
    this.said = said;
  }

  /**
   * Starts both.
   *
   * @param own an empty folder for settings and sockets
   */
  public static Lab start(Path own) throws Exception {
    String python = JupyterPython.find();
    boolean built = Files.exists(PROJECT.resolve("target/fieldnotes.jar"));
    if (python == null || !built || !hasWidgets(python)) {
      System.err.println(
          "SKIPPED: JupyterLab was not tried: needs jupyterlab, jupyterlab_widgets and a build");
      Assumptions.abort("no Python with jupyterlab and jupyterlab_widgets, or no build");
    }
    Chromium browser = Chromium.start(1200, 1000);
    Path config = Files.createDirectories(own.resolve("config/labconfig"));
    Files.writeString(config.resolve("default_setting_overrides.json"), SETTINGS);
    Path errors = own.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "./workbench", "lab", "--no-browser", "--port=0", "--expose-app-in-browser")
            .directory(PROJECT.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("FIELDNOTES_BUILT", "1");
    builder.environment().put("FIELDNOTES_PYTHON", python);
    builder.environment().put("JUPYTER_CONFIG_PATH", own.resolve("config").toString());
    builder.environment().put("JUPYTER_CONFIG_DIR", own.resolve("settings").toString());
    builder.environment().put("JUPYTER_RUNTIME_DIR", own.resolve("runtime").toString());
    builder.environment().put("JUPYTER_DATA_DIR", own.resolve("data").toString());
    builder.environment().put("IPYTHONDIR", own.resolve("ipython").toString());
    builder.environment().put("FIELDNOTES_JOURNAL", own.resolve("journal").toString());
    builder.environment().remove("FIELDNOTES_NOTEBOOK");
    Process server = builder.start();
    List<String> said = new ArrayList<>();
    var lines = server.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      Matcher link = LINK.matcher(line);
      if (link.find()) {
        return new Lab(browser, server, link.group(1), link.group(2), said);
      }
    }
    browser.close();
    throw new AssertionError("./workbench lab ended: " + Files.readString(errors));
  }

  private static boolean hasWidgets(String python) throws IOException, InterruptedException {
    return new ProcessBuilder(
                python,
                "-c",
                "from importlib.metadata import version; version('jupyterlab_widgets')")
            .redirectErrorStream(true)
            .start()
            .waitFor()
        == 0;
  }

  /** What the command has printed up to its link. */
  public List<String> said() {
    return List.copyOf(said);
  }

  /** The browser. */
  public Chromium browser() {
    return browser;
  }

  /** Opens a notebook of the checkout, by its path in it, and waits for its kernel. */
  public void open(String notebook) throws IOException {
    String text = Files.readString(PROJECT.resolve(notebook));
    cells = text.split("\"cell_type\": *\"code\"", -1).length - 1;
    browser.driver.get(
        "%s/lab/workspaces/auto-t/tree/%s?token=%s&reset".formatted(address, notebook, token));
    until("the notebook is there", 120, () -> count(".jp-Notebook .jp-Cell") > 0);
    rests();
  }

  /** Loads the page again, as F5 does. */
  public void reload() {
    browser.driver.navigate().refresh();
    until("the notebook is there", 120, () -> count(".jp-Notebook .jp-Cell") > 0);
    rests();
  }

  /** Waits until the kernel has started and the page has all cells of the file. */
  private void rests() {
    until("its kernel rests", 120, () -> kernel().equals("idle"));
    until("all cells are there", 60, () -> count(".jp-Notebook .jp-CodeCell") >= cells);
  }

  /** What the kernel does, by the mark in the toolbar: idle, busy, … */
  public String kernel() {
    return Objects.toString(
        browser.run(
            "const e = document.querySelector('.jp-Notebook-ExecutionIndicator');"
                + "return e ? e.dataset.status : 'none'"));
  }

  /** Chooses an entry of a menu. */
  public void menu(String name, String entry) {
    WebElement bar =
        browser.driver.findElement(
            By.xpath("//li[contains(@class,'lm-MenuBar-item')][.//div[text()='" + name + "']]"));
    bar.click();
    By by =
        By.xpath(
            "//div[contains(@class,'lm-Menu')]//li[contains(@class,'lm-Menu-item')]"
                + "[.//div[contains(@class,'lm-Menu-itemLabel')][starts-with(normalize-space(.),'"
                + entry
                + "')]]");
    until("the menu " + name, 30, () -> !browser.driver.findElements(by).isEmpty());
    browser.driver.findElement(by).click();
  }

  /** Answers a question of the page with a button. */
  public void answer(String button) {
    By by =
        By.xpath(
            "//div[contains(@class,'jp-Dialog')]//button[normalize-space(.)='" + button + "']");
    until("the button " + button, 30, () -> !browser.driver.findElements(by).isEmpty());
    browser.driver.findElement(by).click();
  }

  /** Runs all cells by the menu, without waiting. */
  public void runAll() {
    menu("Run", "Run All Cells");
  }

  /** Waits until no cell runs or waits. */
  public void idle(int seconds) {
    until(
        "all cells have run",
        seconds,
        () -> {
          closeErrors();
          return waiting() == 0 && kernel().equals("idle");
        });
  }

  /** A dialog about the error of a cell, if the front end shows one, is not the test's matter. */
  private void closeErrors() {
    browser.run(
        "document.querySelectorAll('.jp-Dialog button.jp-mod-accept').forEach(b => b.click())");
  }

  /** The number of cells that run or wait. */
  public int waiting() {
    return ((Number)
            browser.run(
                "return [...document.querySelectorAll('.jp-Notebook .jp-InputPrompt')]"
                    + ".filter(p => p.textContent.includes('*')).length"))
        .intValue();
  }

  /** How many elements there are. */
  public int count(String selector) {
    return ((Number) browser.run("return document.querySelectorAll(arguments[0]).length", selector))
        .intValue();
  }

  /** A code cell, counted from 0. */
  public WebElement cell(int number) {
    return browser.driver.findElements(By.cssSelector(".jp-Notebook .jp-CodeCell")).get(number);
  }

  /** The text of the output of a code cell. */
  public String output(int number) {
    return Objects.toString(
        browser.run(
            "const a = arguments[0].querySelector('.jp-Cell-outputArea');"
                + "return a ? a.innerText : ''",
            cell(number)));
  }

  /** The numbers of the code cells that show an error. */
  @SuppressWarnings("unchecked")
  public List<Long> errors() {
    return (List<Long>)
        browser.run(
            "return [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map((c, i) =>"
                + " c.querySelector('[data-mime-type=\"application/vnd.jupyter.stderr\"],"
                + "[data-mime-type=\"application/vnd.jupyter.error\"]') ? i : -1)"
                + ".filter(i => i >= 0)");
  }

  /** What is wrong with the pictures. */
  @SuppressWarnings("unchecked")
  public List<String> wrongPictures() {
    until(
        "the pictures are loaded",
        20,
        () ->
            Boolean.TRUE.equals(
                browser.run(
                    "return [...document.querySelectorAll('.jp-Notebook img')].every(i => i.complete)")));
    return (List<String>) browser.run(PICTURES);
  }

  /** Plays every player for a moment; returns those whose time does not go on. */
  @SuppressWarnings("unchecked")
  public List<String> silentPlayers() {
    return (List<String>)
        browser.driver.executeAsyncScript(
            """
            const done = arguments[0];
            (async () => {
              const silent = [];
              for (const a of document.querySelectorAll('.jp-Notebook audio')) {
                try {
                  a.muted = true;
                  await a.play();
                  for (let i = 0; i < 40 && !(a.currentTime > 0.02); i++) {
                    await new Promise(r => setTimeout(r, 50));
                  }
                  if (!(a.currentTime > 0.02)) silent.push(a.getAttribute('aria-label') + ' at ' + a.currentTime);
                  a.pause();
                } catch (e) { silent.push(a.getAttribute('aria-label') + ': ' + e); }
              }
              done(silent);
            })();
            """);
  }

  /** The picture or the chart in the output of a code cell, as text that changes with it. */
  public String picture(int number) {
    return Objects.toString(
        browser.run(
            """
            const img = arguments[0].querySelector('.jp-OutputArea img');
            const svg = arguments[0].querySelector('.jp-OutputArea .vega-embed svg.marks');
            return img ? img.src : svg ? svg.outerHTML : '';
            """,
            cell(number)));
  }

  /** The texts of the chart of a code cell while the pointer is in its middle. */
  public String hovered(int number) {
    WebElement chart = cell(number).findElement(By.cssSelector(".vega-embed svg.marks"));
    browser.run("arguments[0].scrollIntoView({block: 'center'})", chart);
    String before = chart.getText();
    new Actions(browser.driver).moveToElement(chart).moveByOffset(3, 3).perform();
    until("the chart says something", 30, () -> !chart.getText().equals(before));
    return chart.getText();
  }

  /** Moves the slider in a cell by arrow keys. */
  public void slide(int number, Keys key) {
    WebElement handle = cell(number).findElement(By.cssSelector(".noUi-handle"));
    browser.run("arguments[0].scrollIntoView({block: 'center'});arguments[0].focus()", handle);
    press(key);
  }

  /** Selects a cell and types into it. */
  public void type(int number, CharSequence keys) {
    WebElement editor = cell(number).findElement(By.cssSelector(".cm-content"));
    browser.run("arguments[0].scrollIntoView({block: 'center'})", editor);
    editor.click();
    new Actions(browser.driver)
        .keyDown(Keys.CONTROL)
        .sendKeys(Keys.END)
        .keyUp(Keys.CONTROL)
        .sendKeys(keys)
        .perform();
  }

  /** Replaces the code of a cell; the cursor is at its end. */
  public void write(int number, String code) {
    WebElement editor = cell(number).findElement(By.cssSelector(".cm-content"));
    browser.run("arguments[0].scrollIntoView({block: 'center'})", editor);
    editor.click();
    Actions keys = new Actions(browser.driver);
    keys.keyDown(Keys.CONTROL).sendKeys("a").keyUp(Keys.CONTROL).sendKeys(Keys.DELETE).perform();
    String first = code.lines().findFirst().orElseThrow();
    browser.driver.switchTo().activeElement().sendKeys(code);
    until("the code is typed", 10, () -> editor.getText().startsWith(first));
  }

  /** Presses a key where the focus is. */
  public void press(Keys key) {
    new Actions(browser.driver).sendKeys(key).perform();
  }

  /** What Tab brings into a cell, and after how many milliseconds, as the page counts them. */
  public Help complete(int number) {
    return help(
        number,
        false,
        "const list = [...document.querySelectorAll('.jp-Completer:not(.lm-mod-hidden) .jp-Completer-match')];"
            + "return list.length ? list.map(m => m.textContent)"
            + " : cell.innerText !== before ? [cell.innerText] : null;");
  }

  /** What Shift+Tab says about the place of the cursor in a cell. */
  public Help inspect(int number) {
    return help(
        number,
        true,
        "const tip = document.querySelector('.jp-Tooltip');"
            + "return tip && tip.innerText.trim() ? [tip.innerText] : null;");
  }

  /** Help of the kernel: its entries, and the milliseconds from the key to the eye. */
  public record Help(List<String> entries, double millis) {}

  /** Presses Tab or Shift+Tab; the page itself notes when the answer is painted. */
  @SuppressWarnings("unchecked")
  private Help help(int number, boolean shift, String answer) {
    browser.run(
        """
        const cell = arguments[0].querySelector('.cm-content');
        const before = cell.innerText;
        const look = () => { %s };
        window.helped = null;
        cell.addEventListener('keydown', () => {
          const begin = performance.now();
          const wait = () => {
            const found = look();
            if (found) window.helped = [performance.now() - begin, found];
            else if (performance.now() - begin < 20000) requestAnimationFrame(wait);
          };
          requestAnimationFrame(wait);
        }, {once: true, capture: true});
        """
            .formatted(answer),
        cell(number));
    Actions keys = new Actions(browser.driver);
    if (shift) {
      // the first key event is that of Shift itself, a moment before that of Tab
      keys.keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
    } else {
      keys.sendKeys(Keys.TAB).perform();
    }
    until(
        "help for " + cell(number).getText(),
        25,
        () -> browser.run("return window.helped") != null);
    List<Object> found = (List<Object>) browser.run("return window.helped");
    press(Keys.ESCAPE);
    return new Help((List<String>) found.get(1), ((Number) found.get(0)).doubleValue());
  }

  /** Changes the theme. */
  public void dark(boolean dark) {
    String theme = dark ? "JupyterLab Dark" : "JupyterLab Light";
    browser.driver.executeAsyncScript(
        "const done = arguments[1]; window.jupyterapp.commands"
            + ".execute('apputils:change-theme', {theme: arguments[0]}).then(done, done)",
        theme);
    until(
        theme,
        20,
        () ->
            Boolean.TRUE.equals(
                browser.run(
                    "return document.body.dataset.jpThemeLight === arguments[0]",
                    dark ? "false" : "true")));
  }

  /** Keeps a picture of the whole notebook under {@code target/lab}, to be looked at. */
  public void screenshot(String name, int width) {
    browser.size(width, 1000);
    if (width < 800) {
      browser.run(
          "const a = window.jupyterapp; if (!document.querySelector('#jp-left-stack.lm-mod-hidden'))"
              + " a.shell.collapseLeft()");
    }
    Object height =
        browser.run(
            "return Math.min(16000, 160 + Math.max(840, ...[...document.querySelectorAll("
                + "'.jp-NotebookPanel *')].filter(e => e.scrollHeight > e.clientHeight + 20 &&"
                + " /auto|scroll/.test(getComputedStyle(e).overflowY)).map(e => e.scrollHeight)))");
    browser.size(width, ((Number) height).intValue());
    browser.run(
        "document.querySelectorAll('.jp-NotebookPanel *').forEach(e => { e.scrollTop = 0; })");
    pause(700);
    keep(name);
    browser.size(1200, 1000);
  }

  private void keep(String name) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "lab"));
      Files.write(folder.resolve(name + ".png"), browser.driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The serious findings of axe-core inside the notebook's outputs. The handle of a slider of
   * {@code @jupyter-widgets/controls} has no name of its own, which no model can give it.
   */
  @SuppressWarnings("unchecked")
  public List<String> findings() {
    try (InputStream in = Lab.class.getResourceAsStream("/axe.min.js")) {
      browser.run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (List<String>)
        browser.driver.executeAsyncScript(
            "const done = arguments[0]; axe.run({include: [['.jp-Notebook .jp-OutputArea-output']],"
                + " exclude: [['.noUi-handle']]})"
                + ".then(r => done(r.violations.filter(v => v.impact === 'serious' || v.impact ==="
                + " 'critical').flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)))),"
                + " e => done(['axe: ' + e]))");
  }

  /** What the page complains of in its console, apart from what it does without any notebook. */
  public List<String> complaints() {
    return browser.driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  /** Waits until something holds. */
  public void until(String what, int seconds, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        keep("failed");
        throw new AssertionError(
            "after %d seconds not: %s; kernel %s, %d cells wait; dialog: %s; console: %s"
                .formatted(
                    seconds,
                    what,
                    kernel(),
                    waiting(),
                    browser.run(
                        "const d = document.querySelector('.jp-Dialog'); return d && d.innerText"),
                    complaints()));
      }
      pause(50);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    server.destroy();
    try {
      server.onExit().get(15, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      server.destroyForcibly();
    }
  }

  /** A copy of a notebook where JupyterLab finds it; returns its path in the checkout. */
  public static String copy(Path notebook, String name) throws IOException {
    Path copy = Path.of(path(name));
    Files.createDirectories(copy.getParent());
    Files.write(copy, Files.readAllBytes(notebook));
    return copy.toString();
  }

  /** Where {@link #copy} puts a notebook. */
  public static String path(String name) {
    return Path.of("target", "lab", "notebooks", name + ".ipynb").toString();
  }

  /** The text of a file that may be replaced just now. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
