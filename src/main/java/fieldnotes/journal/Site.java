package fieldnotes.journal;

import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import fieldnotes.draw.Figure;
import fieldnotes.evaluate.Better;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The journal as a folder of pages that need no server and nothing from elsewhere: an index with
 * search, a page a chapter, and for entries of several runs a page that puts them side by side.
 */
final class Site {
  private static final int SIDE_BY_SIDE = 6;
  private static final String WORK_LOG = "worklog.html";
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final String STYLE = resource("site.css");
  private static final String SCRIPT = resource("site.js");
  private static final String POLICY =
      "default-src 'none'; img-src 'self' file: data:; media-src 'self' file: data:; style-src"
          + " 'unsafe-inline'; script-src 'sha256-"
          + hash(SCRIPT)
          + "'";

  private final Path root;
  private final Path site;
  private final Book book;
  private final Set<String> written = new HashSet<>();
  private final ArrayNode index = RunJson.MAPPER.createArrayNode();

  private Site(Path root, Path site, Book book) {
    this.root = root;
    this.site = site;
    this.book = book;
  }

  /**
   * Writes the pages anew and removes what an earlier time left.
   *
   * @param root the journal's folder
   * @param site the folder to write, of which this is the only use
   * @return the index page
   */
  static Path write(Path root, Path site, Book book) {
    try {
      return new Site(root, site, book).write();
    } catch (IOException e) {
      throw new UncheckedIOException(site + ": cannot write the journal's pages", e);
    }
  }

  private Path write() throws IOException {
    copyAssets();
    for (Book.Chapter chapter : book.chapters()) {
      chapterPage(chapter);
      for (Book.Story story : chapter.stories()) {
        if (story.runs().size() > 1) {
          runsPage(story);
        }
      }
    }
    workLogPage();
    Path page = indexPage();
    removeOld();
    return page;
  }

  private void put(String name, byte[] bytes) throws IOException {
    WholeFile.writeDurably(site.resolve(name), bytes);
    written.add(name);
  }

  private void copyAssets() throws IOException {
    Set<String> files = new LinkedHashSet<>();
    for (Book.Story story : book.stories()) {
      for (Run run : story.runs()) {
        for (Block.Picture picture : run.pictures()) {
          files.add(picture.file());
          files.add(picture.sound());
        }
      }
    }
    files.remove("");
    for (String file : files) {
      if (Files.isRegularFile(root.resolve(file))) {
        put(file, Files.readAllBytes(root.resolve(file)));
      }
    }
  }

  private void removeOld() throws IOException {
    for (Path folder : new Path[] {site, site.resolve("assets")}) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      List<Path> old = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(Files::isRegularFile)
            .filter(f -> !written.contains(site.relativize(f).toString().replace('\\', '/')))
            .forEach(old::add);
      }
      for (Path file : old) {
        if (!WholeFile.isBeingWritten(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  // ---------------------------------------------------------------- pages

  private Path indexPage() throws IOException {
    StringBuilder body = new StringBuilder("<h1>Journal</h1>\n");
    int runs = book.stories().stream().mapToInt(s -> s.runs().size()).sum();
    body.append("<p class=\"soft\">").append(count(book.stories().size(), "entry", "entries"));
    body.append(" in ").append(count(book.chapters().size(), "chapter", "chapters"));
    body.append(", ").append(count(runs, "run", "runs")).append('.');
    if (written.contains(WORK_LOG)) {
      body.append(" <a href=\"").append(WORK_LOG).append("\">The work log</a>: ");
      body.append(Numbers.text(WorkLog.at(root).totalHours())).append(" hours.");
    }
    body.append("</p>\n");
    body.append(
        "<p id=\"search\" hidden><input type=\"search\" placeholder=\"Search all entries\""
            + " aria-label=\"Search all entries\"></p>\n<ol id=\"found\" hidden></ol>\n"
            + "<div id=\"contents\">\n");
    for (Book.Chapter chapter : book.chapters()) {
      body.append("<h2><a href=\"").append(page(chapter)).append("\">");
      body.append(escape(chapter.name())).append("</a></h2>\n<ul class=\"entries\">\n");
      for (Book.Story story : chapter.stories()) {
        Run run = story.latest();
        body.append("<li><a href=\"").append(page(chapter)).append('#').append(story.anchor());
        body.append("\">").append(escape(story.title())).append("</a> <span class=\"soft\">");
        body.append(run.date());
        if (story.runs().size() > 1) {
          body.append(" · <a href=\"").append(runsName(story)).append("\">");
          body.append(story.runs().size()).append(" runs</a>");
        }
        run.metrics().stream()
            .filter(m -> m.better() != Better.NEITHER)
            .findFirst()
            .ifPresent(m -> body.append(" · ").append(escape(m.toString())));
        body.append("</span></li>\n");
      }
      body.append("</ul>\n");
    }
    body.append("</div>\n<script type=\"application/json\" id=\"index\">");
    body.append(
        RunJson.MAPPER
            .writeValueAsString(index)
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026"));
    body.append("</script>\n");
    put("index.html", html("Journal", "", body).getBytes(StandardCharsets.UTF_8));
    return site.resolve("index.html");
  }

  /** A line a day and the hours of each month, where there is a work log. */
  private void workLogPage() throws IOException {
    WorkLog log = WorkLog.at(root);
    List<WorkLog.Line> lines = log.lines();
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder body = new StringBuilder("<h1>Work log</h1>\n<p class=\"soft\">");
    body.append(count(lines.size(), "line", "lines")).append(", ");
    body.append(Numbers.text(log.totalHours())).append(" hours.</p>\n");
    body.append("<div class=\"wide\"><table>\n<thead><tr><th>month</th><th class=\"n\">hours</th>");
    body.append("</tr></thead>\n<tbody>\n");
    log.hoursByMonth()
        .forEach(
            (month, hours) -> {
              body.append("<tr><td>").append(month).append("</td><td class=\"n\">");
              body.append(Numbers.text(hours)).append("</td></tr>\n");
            });
    body.append("</tbody></table></div>\n<div class=\"wide\"><table>\n<thead><tr><th>date</th>");
    body.append("<th class=\"n\">hours</th><th>what</th></tr></thead>\n<tbody>\n");
    for (WorkLog.Line line : lines.reversed()) {
      body.append("<tr><td>").append(line.date()).append("</td><td class=\"n\">");
      body.append(Numbers.text(line.hours())).append("</td><td>");
      body.append(escape(line.what())).append("</td></tr>\n");
    }
    body.append("</tbody></table></div>\n");
    put(WORK_LOG, html("Work log", "Work log", body).getBytes(StandardCharsets.UTF_8));
  }

  private static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  private static String page(Book.Chapter chapter) {
    return chapter.anchor() + ".html";
  }

  private static String runsName(Book.Story story) {
    return "runs-" + story.anchor() + ".html";
  }

  private void chapterPage(Book.Chapter chapter) throws IOException {
    StringBuilder body = new StringBuilder();
    body.append("<h1>").append(escape(chapter.name())).append("</h1>\n");
    if (chapter.stories().size() > 1) {
      body.append("<ul class=\"contents\">\n");
      for (Book.Story story : chapter.stories()) {
        body.append("<li><a href=\"#").append(story.anchor()).append("\">");
        body.append(escape(story.title())).append("</a></li>\n");
      }
      body.append("</ul>\n");
    }
    for (Book.Story story : chapter.stories()) {
      StringBuilder words = new StringBuilder();
      body.append("<article id=\"").append(story.anchor()).append("\">\n<h2>");
      body.append(escape(story.title())).append("</h2>\n");
      entry(body, words, story);
      body.append("</article>\n");
      ObjectNode one = index.addObject();
      one.put("title", story.title()).put("chapter", chapter.name());
      one.put("href", page(chapter) + "#" + story.anchor());
      one.put("text", words.toString().replaceAll("\\s+", " ").strip());
    }
    put(page(chapter), html(chapter.name(), chapter.name(), body).getBytes(StandardCharsets.UTF_8));
  }

  private void entry(StringBuilder out, StringBuilder words, Book.Story story) {
    Run run = story.latest();
    out.append("<p class=\"soft\">").append(origin(run));
    if (story.runs().size() > 1) {
      out.append(" · <a href=\"").append(runsName(story)).append("\">all ");
      out.append(story.runs().size()).append(" runs side by side</a>");
    }
    out.append("</p>\n");
    run.data().keySet().forEach(id -> words.append(' ').append(id));
    if (!run.options().isEmpty()) {
      out.append("<p class=\"settings\"><b>Settings</b> ");
      run.options()
          .forEach(
              (name, value) -> {
                out.append("<span>").append(escape(name)).append(" = ");
                out.append(escape(value)).append("</span> ");
                words.append(' ').append(name).append(' ').append(value);
              });
      out.append("</p>\n");
    }
    boolean placed = false;
    for (Block block : run.blocks()) {
      switch (block) {
        case Block.Text text -> {
          out.append(markdown(text.markdown()));
          words.append(' ').append(plain(text.markdown()));
        }
        case Block.Metrics place -> {
          metrics(out, story);
          placed = true;
        }
        case Block.Grid grid -> {
          grid(out, grid);
          words.append(' ').append(grid.name()).append(' ');
          words.append(String.join(" ", grid.columns()));
          for (List<String> row : grid.rows()) {
            for (int c = 0; c < row.size(); c++) {
              words.append(row.get(c) == null || grid.numeric().get(c) ? "" : " " + row.get(c));
            }
          }
        }
        case Block.Picture picture -> {
          picture(out, picture, "");
          words.append(' ').append(picture.name());
        }
      }
    }
    if (!placed) {
      metrics(out, story);
    }
    run.metrics().forEach(m -> words.append(' ').append(m.name()));
    changes(out, story);
    section(out, words, "What we found", run.conclusion());
    section(out, words, "Next", run.next());
    out.append("<p class=\"made\">").append(made(run)).append("</p>\n");
  }

  private String origin(Run run) {
    List<String> parts = new ArrayList<>();
    parts.add("<time datetime=\"" + run.time() + "\">" + run.date() + "</time>");
    if (!run.notebook().isEmpty()) {
      String name = run.notebook().substring(run.notebook().lastIndexOf('/') + 1);
      String shown = escape(name.replaceFirst("\\.ipynb$", ""));
      parts.add(
          notebookPage(run.notebook())
              .map(page -> "<a href=\"" + escape(page) + "\">" + shown + "</a>")
              .orElse(shown));
    }
    run.data()
        .forEach(
            (id, hash) ->
                parts.add(
                    "data "
                        + escape(id)
                        + (hash.isEmpty()
                            ? ""
                            : " <code>" + escape(Page.brief(hash)) + "</code>")));
    if (!run.seed().isEmpty()) {
      parts.add("seed " + escape(run.seed()));
    }
    return String.join(" · ", parts);
  }

  /** The executed notebook's page beside the journal's folder, where there is one. */
  private Optional<String> notebookPage(String notebook) {
    if (!notebook.startsWith("notebooks/") || notebook.contains("..")) {
      return Optional.empty();
    }
    String page = notebook.substring("notebooks/".length()).replaceFirst("\\.ipynb$", ".html");
    try {
      Path beside = site.resolve("..").resolve(page).normalize();
      return Files.isRegularFile(beside) ? Optional.of("../" + address(page)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String address(String path) {
    StringBuilder out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 255);
      if (c < 128 && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(String.format(java.util.Locale.ROOT, "%02X", b & 255));
      }
    }
    return out.toString();
  }

  private void metrics(StringBuilder out, Book.Story story) {
    Run run = story.latest();
    if (run.metrics().isEmpty()) {
      return;
    }
    Run before = story.before().orElse(null);
    out.append("<div class=\"wide\"><table>\n<thead><tr><th>metric</th><th class=\"n\">value</th>");
    out.append(before == null ? "" : "<th class=\"n\">before</th><th></th>");
    out.append("<th>better is</th></tr></thead>\n<tbody>\n");
    for (Metric metric : run.metrics()) {
      out.append("<tr><td>").append(escape(metric.name())).append("</td><td class=\"n\">");
      out.append(escape(metric.text())).append("</td>");
      if (before != null) {
        Optional<Metric> old = before.metric(metric.name());
        out.append("<td class=\"n\">").append(escape(old.map(Metric::text).orElse("")));
        out.append("</td><td>").append(old.map(o -> arrow(o, metric)).orElse(""));
        out.append("</td>");
      }
      out.append("<td>");
      out.append(
          metric.better() == Better.NEITHER
              ? ""
              : metric.better() == Better.HIGHER ? "higher" : "lower");
      out.append("</td></tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private static String arrow(Metric before, Metric after) {
    int direction = Better.direction(before.value(), after.value());
    int better = after.better().compare(before.value(), after.value());
    boolean same = before.value() == after.value() || before.text().equals(after.text());
    String sign = direction > 0 ? "↑" : direction < 0 ? "↓" : same ? "=" : "→";
    return better == 0
        ? sign
        : "<span class=\""
            + (better > 0 ? "good" : "bad")
            + "\">"
            + sign
            + (better > 0 ? " better" : " worse")
            + "</span>";
  }

  private static void grid(StringBuilder out, Block.Grid grid) {
    out.append("<div class=\"wide\"><table>\n<caption>").append(escape(grid.name()));
    out.append("</caption>\n<thead><tr>");
    for (int c = 0; c < grid.columns().size(); c++) {
      out.append(grid.numeric().get(c) ? "<th class=\"n\">" : "<th>");
      out.append(escape(grid.columns().get(c))).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : grid.rows()) {
      out.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        out.append(grid.numeric().get(c) ? "<td class=\"n\">" : "<td>");
        String cell = row.get(c);
        out.append(cell == null ? "<span class=\"soft\">–</span>" : escape(cell)).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
    if (grid.leftOut() > 0) {
      out.append("<p class=\"soft\">… and ").append(grid.leftOut()).append(" more rows</p>\n");
    }
  }

  private void picture(StringBuilder out, Block.Picture picture, String caption) {
    String name = escape(picture.name());
    out.append("<figure>");
    if (written.contains(picture.file())) {
      out.append("<a class=\"enlarge\" href=\"").append(picture.file()).append("\"><img src=\"");
      out.append(picture.file()).append("\" width=\"").append(picture.width());
      out.append("\" height=\"").append(picture.height()).append("\" alt=\"").append(name);
      out.append("\" loading=\"lazy\"></a>");
    } else {
      out.append("<p class=\"soft\">The picture's file is missing; run the notebook again.</p>");
    }
    if (written.contains(picture.sound())) {
      out.append("<audio controls preload=\"none\" src=\"").append(picture.sound());
      out.append("\"></audio>");
    }
    out.append("<figcaption>").append(caption.isEmpty() ? name : caption);
    out.append("</figcaption></figure>\n");
  }

  private static void changes(StringBuilder out, Book.Story story) {
    if (story.before().isEmpty()) {
      return;
    }
    List<Change> changes = Change.between(story.before().get(), story.latest());
    if (changes.isEmpty()) {
      return;
    }
    out.append("<h3>Changed since ").append(story.before().get().date()).append("</h3>\n<ul>\n");
    changes.forEach(c -> out.append("<li>").append(escape(c.toString())).append("</li>\n"));
    out.append("</ul>\n");
  }

  private void section(StringBuilder out, StringBuilder words, String head, String markdown) {
    if (!markdown.isBlank()) {
      out.append("<h3>").append(head).append("</h3>\n").append(markdown(markdown));
      words.append(' ').append(plain(markdown));
    }
  }

  private static String made(Run run) {
    List<String> parts = new ArrayList<>();
    run.made()
        .forEach(
            (name, value) ->
                parts.add(
                    name.equals("seconds")
                        ? escape(value) + " s"
                        : escape(name)
                            + " "
                            + escape(
                                name.equals("commit") && value.length() > 7
                                    ? value.substring(0, 7)
                                    : value)));
    return String.join(" · ", parts);
  }

  /** The runs of an entry side by side: settings that differ, metrics, their course, figures. */
  private void runsPage(Book.Story story) throws IOException {
    List<Run> runs = story.runs().reversed();
    StringBuilder body = new StringBuilder();
    body.append("<h1>").append(escape(story.title())).append("</h1>\n<p class=\"soft\">");
    body.append(runs.size()).append(" runs of this entry, newest first, of <a href=\"");
    Book.Chapter chapter =
        book.chapters().stream().filter(c -> c.stories().contains(story)).findFirst().orElseThrow();
    body.append(page(chapter)).append('#').append(story.anchor()).append("\">");
    body.append(escape(story.chapter())).append("</a>. The best of each metric is bold.</p>\n");
    Comparison comparison = Comparison.of(story);
    body.append("<div class=\"wide\"><table>\n<thead><tr><th></th>");
    runs.forEach(r -> body.append("<th class=\"n\">").append(r.date()).append("</th>"));
    body.append("</tr></thead>\n<tbody>\n");
    for (Comparison.Line line : comparison.lines()) {
      body.append("<tr><td>").append(escape(line.name())).append("</td>");
      for (int i = 0; i < runs.size(); i++) {
        boolean best = line.best().get(i);
        body.append("<td class=\"n\">").append(best ? "<b>" : "");
        body.append(escape(line.values().get(i))).append(best ? "</b>" : "");
        body.append(escape(line.arrows().get(i))).append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    body.append("<div class=\"beside\">\n");
    for (String metric : comparison.metrics()) {
      long values =
          runs.stream()
              .flatMap(r -> r.metric(metric).stream())
              .map(Metric::value)
              .distinct()
              .count();
      if (values > 1) {
        String wish = "assets/course-" + story.anchor() + "-" + Slug.of(metric);
        String file = wish + ".png";
        for (int i = 2; written.contains(file); i++) { // names as unlike as "R²" and "r2"
          file = wish + "-" + i + ".png";
        }
        Figure figure = Course.of(metric, story.runs());
        String name = metric + " over the runs";
        put(file, figure.png());
        picture(
            body,
            new Block.Picture(name, file, figure.width(), figure.height(), "", "", 0),
            escape(name));
      }
    }
    body.append("</div>\n");
    Map<String, String> figures = new LinkedHashMap<>();
    runs.forEach(r -> r.pictures().forEach(p -> figures.putIfAbsent(p.name(), "")));
    for (String name : figures.keySet()) {
      body.append("<h2>").append(escape(name)).append("</h2>\n<div class=\"beside\">\n");
      int shown = 0;
      for (Run run : runs) {
        for (Block.Picture picture : run.pictures()) {
          if (picture.name().equals(name) && shown++ < SIDE_BY_SIDE) {
            picture(body, picture, escape(run.date() + difference(story, run)));
          }
        }
      }
      body.append("</div>\n");
    }
    put(
        runsName(story),
        html(story.title(), story.chapter(), body).getBytes(StandardCharsets.UTF_8));
  }

  private static String difference(Book.Story story, Run run) {
    StringBuilder out = new StringBuilder();
    for (String option : story.differingOptions()) {
      out.append(", ").append(option).append(" = ").append(run.options().getOrDefault(option, "–"));
    }
    return out.toString();
  }

  // ---------------------------------------------------------------- fragments

  private String html(String title, String crumb, CharSequence body) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\""
        + POLICY
        + "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + escape(title)
        + (crumb.isEmpty() ? "" : " · Journal")
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n<nav>"
        + (Files.isRegularFile(site.resolve("../index.html"))
            ? "<a href=\"../index.html\">Fieldnotes</a> › "
            : "")
        + "<a href=\"index.html\">Journal</a>"
        + (crumb.isEmpty() ? "" : " › " + escape(crumb))
        + "</nav>\n<main>\n"
        + body
        + "</main>\n<dialog id=\"large\"></dialog>\n<script>"
        + SCRIPT
        + "</script>\n</body>\n</html>\n";
  }

  /** The words of a text without Markdown's signs. */
  private static String plain(String markdown) {
    return TextContentRenderer.builder()
        .extensions(EXTENSIONS)
        .nodeRendererFactory(
            context ->
                new NodeRenderer() {
                  @Override
                  public Set<Class<? extends Node>> getNodeTypes() {
                    return Set.of(Markdown.Formula.class);
                  }

                  @Override
                  public void render(Node node) {
                    context.getWriter().write(((Markdown.Formula) node).tex());
                  }
                })
        .build()
        .render(Markdown.parse(markdown));
  }

  private String markdown(String text) {
    Node document = Markdown.parse(text);
    document.accept(new Inward());
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .escapeHtml(true)
        .sanitizeUrls(true)
        .nodeRendererFactory(
            context ->
                new NodeRenderer() {
                  @Override
                  public Set<Class<? extends Node>> getNodeTypes() {
                    return Set.of(Markdown.Formula.class);
                  }

                  @Override
                  public void render(Node node) {
                    Markdown.Formula formula = (Markdown.Formula) node;
                    context
                        .getWriter()
                        .raw(
                            Tex.mathml(formula.tex(), formula.display())
                                .orElse("<code>" + escape(formula.tex()) + "</code>"));
                  }
                })
        .build()
        .render(document);
  }

  /** Links to files beside the journal: those that the site has stay, the others become text. */
  private final class Inward extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      visitChildren(link);
      String to = link.getDestination();
      if (to.contains(":")) {
        return;
      }
      String file = to.replaceFirst("[?#].*", "");
      Optional<String> page =
          written.contains(file)
              ? Optional.of(file)
              : notebookPage(file.replace("%20", " ").replaceFirst("^\\./", ""));
      if (page.isPresent()) {
        link.setDestination(page.get());
      } else {
        lift(link);
      }
    }

    @Override
    public void visit(Image image) {
      if (!written.contains(image.getDestination())) {
        lift(image);
      }
    }

    private void lift(Node node) {
      Node child = node.getFirstChild();
      while (child != null) {
        Node following = child.getNext();
        node.insertBefore(child);
        child = following;
      }
      node.unlink();
    }
  }

  /** Text as HTML that shows just that text. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "\uFFFD");
  }

  private static String resource(String name) {
    try (var in = Site.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.of(script)));
  }
}
