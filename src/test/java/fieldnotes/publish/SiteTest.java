package fieldnotes.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.Clip;
import fieldnotes.common.Faults;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import fieldnotes.draw.Figure;
import fieldnotes.evaluate.Better;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Saved;
import fieldnotes.journal.WorkLog;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SiteTest {
  private static final Pattern TAG =
      Pattern.compile("<([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[^\\s=>\"]+(?:=\"[^\"]*\")?)*)\\s*/?>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([^\\s=>\"]+)=\"([^\"]*)\"");
  private static final Pattern OWN_SCRIPTS =
      Pattern.compile(
          "<script( type=\"application/json\" id=\"index\")?>.*?</script>", Pattern.DOTALL);

  /** Texts that would do harm if a page took them for its own. */
  private static final String[] HOSTILE = {
    "<script>harm()</script>",
    "\"><img src=x onerror=harm()>",
    "'-harm()-'",
    "</script><script>harm()</script>",
    "<!-- ",
    "</article></main></body>",
    "{{harm()}} ${harm()} &lt;script&gt;",
    "[a](javascript:harm()) ![b](http://elsewhere.example/x.png)",
    "\u202Eturned and \0 nothing",
    "$\\href{javascript:harm()}{x}$ $<img src=x onerror=harm()>$",
  };

  @TempDir Path folder;

  private Journal on(int day) {
    return Journal.at(folder)
        .withClock(
            Clock.fixed(
                Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofDays(day)), ZoneOffset.UTC));
  }

  private static Figure figure(int shade) {
    return Figure.drawn(
        "f",
        60,
        40,
        (g, w, h) -> {
          g.setColor(new Color(shade, 0, 0));
          g.fillRect(0, 0, w, h);
        });
  }

  private Path site() {
    return folder.resolve("target/site/journal");
  }

  /** The pages by name after a look at every link, every source and every tag in them. */
  private static Map<String, String> crawl(Path site) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(site)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
        pages.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    Set<String> linked = new HashSet<>(Set.of("index.html"));
    for (Map.Entry<String, String> page : pages.entrySet()) {
      String body = OWN_SCRIPTS.matcher(page.getValue()).replaceAll("");
      List<String> ids = new ArrayList<>();
      Matcher tags = TAG.matcher(body);
      while (tags.find()) {
        String tag = tags.group(1);
        assertThat(tag).as(page.getKey()).isNotIn("script", "iframe", "object", "link", "base");
        Matcher attributes = ATTRIBUTE.matcher(tags.group(2));
        while (attributes.find()) {
          String name = attributes.group(1);
          String value = attributes.group(2).replace("&amp;", "&");
          assertThat(name).as(tags.group()).doesNotStartWith("on");
          if (name.equals("id")) {
            ids.add(value);
          }
          if (name.equals("src")) {
            assertThat(site.resolve(value)).as(page.getKey()).isRegularFile();
          }
          if (name.equals("href") && !value.matches("(https?|mailto):.*")) {
            String path = URLDecoder.decode(value.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
            String to = path.isEmpty() ? page.getKey() : path;
            assertThat(site.resolve(to)).as(page.getKey()).isRegularFile();
            linked.add(to);
            if (value.contains("#")) {
              assertThat(pages.get(to))
                  .contains("id=\"" + value.substring(value.indexOf('#') + 1) + "\"");
            }
          }
        }
      }
      assertThat(ids).as(page.getKey()).doesNotHaveDuplicates();
    }
    assertThat(linked).as("every page is linked").containsAll(pages.keySet());
    return pages;
  }

  private Map<String, String> crawled() throws IOException {
    return crawl(site());
  }

  @Test
  @DisplayName("index, chapters and runs hold together, and every link leads somewhere")
  void wholeSite() throws Exception {
    Files.createDirectories(folder.resolve("target/site/audio"));
    Files.writeString(folder.resolve("target/site/audio/01 x.html"), "a page");
    Files.writeString(folder.resolve("target/site/index.html"), "the notebooks");
    for (int run = 0; run < 3; run++) {
      on(run)
          .newEntry("Sound & sense", "Listen")
          .notebook("notebooks/audio/01 x.ipynb")
          .option("k", run)
          .text(
              "# A head\n\nSee [that](notebooks/audio/01%20x.ipynb) and [none](nowhere.md), $a^2$.")
          .metric("score", run / 3.0, "dB", Better.HIGHER)
          .figure("A figure", figure(80 * run))
          .figure("A tone", Clip.of("t", new float[800], 8_000))
          .table("T", Table.create("t", StringColumn.create("who", "a", null)))
          .conclusion("Good.")
          .save();
    }
    on(5).newEntry("Other", "Alone").metric("m", 1).save();
    assertThat(Site.write(Journal.at(folder), site())).isEqualTo(site().resolve("index.html"));
    Map<String, String> pages = crawled();
    assertThat(pages)
        .containsOnlyKeys(
            "index.html", "chapter-sound-sense.html", "chapter-other.html", "runs-listen.html");
    assertThat(pages.get("index.html"))
        .contains("2 entries in 2 chapters, 4 runs.", "Sound &amp; sense", "3 runs</a>")
        .contains("<a href=\"../index.html\">Fieldnotes</a>")
        .contains(", a^2. A figure A tone T who a score Good.\"");
    assertThat(pages.get("chapter-sound-sense.html"))
        .contains("<a href=\"../audio/01%20x.html\">01 x</a>")
        .contains("See <a rel=\"nofollow\" href=\"../audio/01%20x.html\">that</a> and none, <math>")
        .contains("<h4>A head</h4>", "↑ better", "<audio controls", "class=\"enlarge\"");
    assertThat(pages.get("runs-listen.html"))
        .contains("<b>0.666667 dB</b> ↑", "score over the runs", "run 2, 2026-03-02, k = 1");
  }

  @Test
  @DisplayName("the same journal gives the same bytes, and what is gone leaves no page")
  void again() throws Exception {
    on(0).newEntry("C", "a").figure("f", figure(9)).save();
    Site.write(Journal.at(folder), site());
    byte[] before = Files.readAllBytes(site().resolve("chapter-c.html"));
    Files.writeString(site().resolve("chapter-gone.html"), "old");
    Files.writeString(site().resolve("assets/old.png"), "old");
    Site.write(Journal.at(folder), site());
    assertThat(site().resolve("chapter-c.html")).hasBinaryContent(before);
    assertThat(site().resolve("chapter-gone.html")).doesNotExist();
    assertThat(site().resolve("assets/old.png")).doesNotExist();
  }

  @Test
  @DisplayName("an empty journal and a lost picture have their page, too")
  void little() throws Exception {
    Site.write(Journal.at(folder), site());
    assertThat(crawled().get("index.html")).contains("0 entries in 0 chapters, 0 runs.");
    Saved saved = on(0).newEntry("C", "a").figure("f", figure(9)).save();
    Files.delete(folder.resolve(saved.run().pictures().getFirst().file()));
    Site.write(Journal.at(folder), site());
    assertThat(crawled().get("chapter-c.html")).contains("The picture's file is missing");
  }

  @Test
  @DisplayName("the journal's own folder and folders with other files are refused, and left alone")
  void otherFolders() throws Exception {
    Journal journal = on(0);
    journal.newEntry("C", "a").figure("f", figure(9)).save();
    Map<Path, String> cases = new LinkedHashMap<>();
    cases.put(folder, "is the journal's own folder; give one for the pages alone");
    cases.put(folder.resolve("data"), "has journal.jsonl, which is not a page of the journal");
    cases.put(folder.resolve("assets"), "which is not a page of the journal");
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("index.html"), "<title>My page</title>");
    cases.put(home, "has index.html, which is not a page of the journal; give a new folder");
    Path pictures = Files.createDirectories(folder.resolve("p/assets"));
    Files.writeString(pictures.resolve("me.png"), "x");
    cases.put(pictures.getParent(), "has assets/me.png, which is not a page of the journal");
    Map<Path, String> before = all();
    cases.forEach(
        (place, message) ->
            assertThatThrownBy(() -> Site.write(journal, place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("folder=" + place + ": ")
                .hasMessageContaining(message));
    assertThat(all()).isEqualTo(before);
    Files.createDirectories(site());
    Files.writeString(site().resolve(".nojekyll"), "");
    Site.write(journal, site());
    assertThat(site().resolve(".nojekyll")).exists();
  }

  private Map<Path, String> all() throws IOException {
    Map<Path, String> all = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(file, Sha256.of(file));
      }
    }
    return all;
  }

  @Test
  @DisplayName("a site that was cut short is written on: the index comes first")
  void cutShort() throws Exception {
    on(0).newEntry("C", "a").figure("f", figure(9)).save();
    List<String> steps;
    try (Faults none = Faults.none()) {
      Site.write(Journal.at(folder), folder.resolve("whole"));
      steps = none.steps();
    }
    for (int i = 0; i < steps.size(); i++) {
      Path place = folder.resolve("site" + i);
      try (Faults _ = Faults.at(i)) {
        assertThatThrownBy(() -> Site.write(Journal.at(folder), place))
            .isInstanceOf(UncheckedIOException.class);
      }
      Site.write(Journal.at(folder), place);
      assertThat(place.resolve("chapter-c.html"))
          .hasSameBinaryContentAs(folder.resolve("whole/chapter-c.html"));
    }
    assertThat(steps).hasSizeGreaterThan(8);
  }

  @Test
  @DisplayName("what another writes just now is left alone; what a killed one left long ago goes")
  void twoWriters() throws Exception {
    on(0).newEntry("C", "a").figure("f", figure(9)).save();
    Site.write(Journal.at(folder), site());
    Path old = Files.createFile(site().resolve("assets/.a.png-1-2" + ".unfinished"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    try (WholeFile now = WholeFile.begin(site().resolve("other.html"))) {
      now.stream().write(1);
      Site.write(Journal.at(folder), site());
      assertThat(now.part()).exists();
    }
    assertThat(old).doesNotExist();
  }

  @Test
  @DisplayName("each metric's course has a file of its own, and numbers past all bounds one too")
  void courses() throws Exception {
    for (int i = 0; i < 2; i++) {
      on(2 * i)
          .newEntry("C", "housing")
          .metric("linear rmse", i)
          .metric("R²", i)
          .metric("r2", 5 - i)
          .metric("diverged", i == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE)
          .save();
      on(2 * i + 1).newEntry("C", "housing linear").metric("rmse", 10 - i).save();
    }
    Site.write(Journal.at(folder), site());
    Set<String> files = new TreeSet<>();
    for (String page : List.of("runs-housing.html", "runs-housing-linear.html")) {
      Matcher image = Pattern.compile("<img src=\"([^\"]+)\"").matcher(crawled().get(page));
      while (image.find()) {
        assertThat(files.add(image.group(1))).as(image.group(1)).isTrue();
      }
    }
    assertThat(files).hasSize(5);
  }

  @Tag("long")
  @Test
  @DisplayName("hostile text shows as text wherever it stands, on the pages and in JOURNAL.md")
  void hostile() throws Exception {
    for (int i = 0; i < HOSTILE.length; i++) {
      String text = HOSTILE[i];
      for (int run = 0; run < 2; run++) {
        on(i)
            .newEntry("Chapter " + text, "Title " + text)
            .notebook("notebooks/" + text + ".ipynb")
            .data("d " + text, text)
            .option("o " + text, text + run)
            .text(text + "\n\n    " + text + "\n\n- " + text + "\n\n```\n" + text)
            .metric("m " + text, run, text, Better.LOWER)
            .table(text, Table.create("t", StringColumn.create(text, text, text)))
            .figure("figure " + text, figure(50 * run))
            .conclusion(text)
            .next(text)
            .save();
      }
    }
    WorkLog.at(folder).add(LocalDate.EPOCH, 1.5, HOSTILE[0]);
    Site.write(Journal.at(folder), site());
    Map<String, String> pages = crawled();
    assertThat(pages).hasSize(2 + 2 * HOSTILE.length);
    assertThat(pages.get("index.html")).contains("<a href=\"worklog.html\">The work log</a>: 1.5");
    assertThat(pages.get("worklog.html")).contains("&lt;script&gt;harm()&lt;/script&gt;</td>");
    for (String page : pages.values()) {
      String own = OWN_SCRIPTS.matcher(page).replaceAll("");
      assertThat(own).doesNotContain("<script", "<img src=x", "<!--", "javascript:harm()\"");
      assertThat(own.split("</main>")).hasSize(2);
      assertThat(page.split("<script", -1).length - 1)
          .isEqualTo(page.split("</script>", -1).length - 1);
    }
    String journal = Files.readString(folder.resolve("JOURNAL.md"));
    String shown = HtmlRenderer.builder().build().render(Parser.builder().build().parse(journal));
    Matcher tags = TAG.matcher(shown);
    while (tags.find()) {
      assertThat(tags.group(1)).isNotIn("script", "iframe", "object", "link", "base", "main");
      Matcher attributes = ATTRIBUTE.matcher(tags.group(2));
      while (attributes.find()) {
        assertThat(attributes.group(1)).as(tags.group()).doesNotStartWith("on");
        if (attributes.group(1).equals("src")) {
          assertThat(attributes.group(2)).startsWith("assets/");
        }
        if (attributes.group(1).equals("href")) {
          assertThat(attributes.group(2)).doesNotStartWith("javascript:");
        }
      }
    }
  }

  @Tag("long")
  @Test
  @DisplayName("the pages of this project's own journal have no broken link")
  void own() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    Assumptions.assumeTrue(
        Files.exists(root.resolve("data/journal.jsonl")), "this project has no journal yet");
    Site.write(Journal.at(root), site().toString());
    assertThat(crawled()).containsKey("index.html");
  }
}
