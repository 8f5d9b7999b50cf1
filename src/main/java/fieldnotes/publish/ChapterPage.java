package fieldnotes.publish;

import fieldnotes.journal.Block;
import fieldnotes.journal.Book;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@code chapter.mustache} shows: the latest run of each entry of a chapter.
 *
 * @param name of the chapter
 * @param several whether there is more than one article
 */
record ChapterPage(String name, boolean several, List<Article> articles) {
  /**
   * An entry.
   *
   * @param notebook that wrote it; null where not known
   * @param runCount how many runs the entry has; 0 for one, which has no page of runs
   * @param made what the run was made with
   */
  record Article(
      String anchor,
      String title,
      Instant time,
      LocalDate date,
      Notebook notebook,
      List<Pair> data,
      String seed,
      int runCount,
      String runsPage,
      List<Pair> settings,
      List<Part> parts,
      String since,
      List<String> changes,
      String conclusion,
      String next,
      String made) {}

  /**
   * A notebook's name.
   *
   * @param page its page's address; empty where there is none
   */
  record Notebook(String shown, String page) {}

  /** A name and what belongs to it, which may be empty. */
  record Pair(String name, String value) {}

  /** A part of an entry; of its components all but one are null. */
  record Part(String prose, Metrics metrics, Grid grid, Shown figure) {}

  /**
   * The metrics.
   *
   * @param compared whether there is a run before to compare with
   */
  record Metrics(boolean compared, List<MetricLine> lines) {}

  /**
   * One metric.
   *
   * @param arrow which way it went since the run before; may be empty
   * @param kind {@code good} or {@code bad}; empty where neither can be said
   * @param verdict {@code better} or {@code worse}; empty where neither can be said
   * @param better which way is better; may be empty
   */
  record MetricLine(
      String name,
      String value,
      String before,
      String arrow,
      String kind,
      String verdict,
      String better) {}

  /** A table; the head is a row of cells, too. */
  record Grid(String name, List<Cell> head, List<Row> rows, int leftOut) {}

  /** A row of a table. */
  record Row(List<Cell> cells) {}

  /** A cell of a table. */
  record Cell(String text, boolean missing, boolean number) {}

  static ChapterPage of(Book.Chapter chapter, SiteFolder folder) {
    Prose prose = new Prose(folder);
    return new ChapterPage(
        chapter.name(),
        chapter.stories().size() > 1,
        chapter.stories().stream().map(story -> article(story, folder, prose)).toList());
  }

  private static Article article(Book.Story story, SiteFolder folder, Prose prose) {
    Run run = story.latest();
    List<Part> parts = new ArrayList<>();
    Part metrics = new Part(null, metrics(story), null, null);
    for (Block block : run.blocks()) {
      parts.add(
          switch (block) {
            case Block.Text text -> new Part(prose.html(text.markdown()), null, null, null);
            case Block.Metrics place -> metrics;
            case Block.Grid grid -> new Part(null, null, grid(grid), null);
            case Block.Picture picture ->
                new Part(null, null, null, Shown.of(picture, picture.name(), folder));
          });
    }
    if (!parts.contains(metrics)) {
      parts.add(metrics);
    }
    boolean alone = story.runs().size() < 2;
    return new Article(
        story.anchor(),
        story.title(),
        run.time(),
        run.date(),
        notebook(run, folder),
        run.data().keySet().stream().map(id -> new Pair(id, run.shortHash(id))).toList(),
        run.seed(),
        alone ? 0 : story.runs().size(),
        alone ? "" : Site.runsPage(story),
        run.options().entrySet().stream().map(o -> new Pair(o.getKey(), o.getValue())).toList(),
        parts,
        story.before().map(story::label).orElse(null),
        story.changes().stream().map(Object::toString).toList(),
        prose.html(run.conclusion()),
        prose.html(run.next()),
        made(run));
  }

  private static Notebook notebook(Run run, SiteFolder folder) {
    if (run.notebook().isEmpty()) {
      return null;
    }
    String name = run.notebook().substring(run.notebook().lastIndexOf('/') + 1);
    return new Notebook(
        name.replaceFirst("\\.ipynb$", ""), folder.notebookPage(run.notebook()).orElse(""));
  }

  private static Metrics metrics(Book.Story story) {
    List<MetricLine> lines = new ArrayList<>();
    for (Metric metric : story.latest().metrics()) {
      Optional<Metric> before = story.before().flatMap(run -> run.metric(metric.name()));
      int better = before.map(metric::betterSince).orElse(0);
      lines.add(
          new MetricLine(
              metric.name(),
              metric.text(),
              before.map(Metric::text).orElse(""),
              before.map(old -> arrow(old, metric)).orElse(""),
              better > 0 ? "good" : better < 0 ? "bad" : "",
              better > 0 ? "better" : better < 0 ? "worse" : "",
              switch (metric.better()) {
                case HIGHER -> "higher";
                case LOWER -> "lower";
                case NEITHER -> "";
              }));
    }
    return lines.isEmpty() ? null : new Metrics(story.before().isPresent(), lines);
  }

  private static String arrow(Metric before, Metric after) {
    int direction = after.directionSince(before);
    return direction > 0 ? "↑" : direction < 0 ? "↓" : after.sameAs(before) ? "=" : "→";
  }

  private static Grid grid(Block.Grid grid) {
    return new Grid(
        grid.name(),
        cells(grid.columns(), grid.numeric()),
        grid.aligned().stream().map(row -> new Row(cells(row, grid.numeric()))).toList(),
        grid.leftOut());
  }

  private static List<Cell> cells(List<String> texts, List<Boolean> numeric) {
    return IntStream.range(0, texts.size())
        .mapToObj(
            c -> {
              String text = texts.get(c);
              return new Cell(text == null ? "" : text, text == null, numeric.get(c));
            })
        .toList();
  }

  private static String made(Run run) {
    List<String> parts = new ArrayList<>();
    run.made()
        .forEach(
            (name, value) ->
                parts.add(
                    switch (name) {
                      case "seconds" -> value + " s";
                      case "commit" -> "commit " + value.substring(0, Math.min(7, value.length()));
                      default -> name + " " + value;
                    }));
    return String.join(" · ", parts);
  }

  /** All words of an entry, in the order of its page, for the search. */
  static String words(Run run) {
    List<String> words = new ArrayList<>(run.data().keySet());
    run.options().forEach((name, value) -> words.addAll(List.of(name, value)));
    for (Block block : run.blocks()) {
      switch (block) {
        case Block.Text text -> words.add(Prose.plain(text.markdown()));
        case Block.Metrics place -> {}
        case Block.Grid grid -> {
          words.add(grid.name());
          words.addAll(grid.columns());
          for (List<String> row : grid.rows()) {
            for (int c = 0; c < row.size(); c++) {
              if (row.get(c) != null && !grid.numeric().get(c)) {
                words.add(row.get(c));
              }
            }
          }
        }
        case Block.Picture picture -> words.add(picture.name());
      }
    }
    run.metrics().forEach(metric -> words.add(metric.name()));
    words.add(Prose.plain(run.conclusion()));
    words.add(Prose.plain(run.next()));
    return String.join(" ", words).replaceAll("\\s+", " ").strip();
  }
}
