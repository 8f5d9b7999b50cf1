package fieldnotes.publish;

import fieldnotes.evaluate.Better;
import fieldnotes.journal.Book;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What {@code index.mustache} shows: all entries by chapter, and what the search looks through.
 *
 * @param counts how many entries, chapters and runs, in words
 * @param workLog the work log's page; empty where there is none
 * @param hours of the work log
 * @param search what the search looks through, as JSON that closes no script
 */
record IndexPage(
    String counts, String workLog, double hours, List<Chapter> chapters, String search) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A chapter with its address. */
  record Chapter(String name, String page, List<Entry> entries) {}

  /**
   * An entry.
   *
   * @param runCount how many runs the entry has; 0 for one, which has no page of runs
   * @param metric the first that has a better way, with its value; may be empty
   */
  record Entry(
      String title, String address, LocalDate date, int runCount, String runsPage, String metric) {}

  static IndexPage of(Book book, String workLog, double hours) {
    int runs = book.stories().stream().mapToInt(s -> s.runs().size()).sum();
    String counts =
        count(book.stories().size(), "entry", "entries")
            + " in "
            + count(book.chapters().size(), "chapter", "chapters")
            + ", "
            + count(runs, "run", "runs");
    List<Chapter> chapters =
        book.chapters().stream()
            .map(
                chapter ->
                    new Chapter(
                        chapter.name(),
                        Site.page(chapter),
                        chapter.stories().stream().map(story -> entry(chapter, story)).toList()))
            .toList();
    return new IndexPage(counts, workLog, hours, chapters, search(book));
  }

  private static Entry entry(Book.Chapter chapter, Book.Story story) {
    Run run = story.latest();
    boolean alone = story.runs().size() < 2;
    return new Entry(
        story.title(),
        Site.address(chapter, story),
        run.date(),
        alone ? 0 : story.runs().size(),
        alone ? "" : Site.runsPage(story),
        run.metrics().stream()
            .filter(m -> m.better() != Better.NEITHER)
            .findFirst()
            .map(Metric::toString)
            .orElse(""));
  }

  private static String search(Book book) {
    ArrayNode entries = JSON.createArrayNode();
    for (Book.Chapter chapter : book.chapters()) {
      for (Book.Story story : chapter.stories()) {
        entries
            .addObject()
            .put("title", story.title())
            .put("chapter", chapter.name())
            .put("href", Site.address(chapter, story))
            .put("text", ChapterPage.words(story.latest()));
      }
    }
    return JSON.writeValueAsString(entries)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }
}
