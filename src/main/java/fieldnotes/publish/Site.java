package fieldnotes.publish;

import fieldnotes.common.Reason;
import fieldnotes.journal.Book;
import fieldnotes.journal.Journal;
import fieldnotes.journal.WorkLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A journal as a folder of pages that need no server and load nothing from elsewhere: an index with
 * search, a page for each chapter, for each entry of several runs a page that puts them side by
 * side, and the work log. All that people wrote is shown as text; each page's
 * Content-Security-Policy allows the page's own script only.
 */
public final class Site {
  private static final String WORK_LOG = "worklog.html";

  private Site() {}

  /** See {@link #write(Journal, Path)}. */
  public static Path write(Journal journal, String folder) {
    return write(journal, Path.of(folder));
  }

  /**
   * Writes the pages anew and removes what an earlier time left in their folder. Where nothing
   * changed, no byte changes.
   *
   * @param folder for the pages alone: new, empty, or with the journal's pages of an earlier time,
   *     as other files in it and in its {@code assets} are deleted. The pages link to the
   *     notebooks' pages where those lie in the folder above.
   * @return the index page
   * @throws IllegalArgumentException if the folder has files but no index of the journal, or is the
   *     journal's own; nothing is changed then
   * @throws UncheckedIOException if the folder cannot be written
   */
  public static Path write(Journal journal, Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    try {
      SiteFolder site = new SiteFolder(place);
      site.refuseOthers(journal.root());
      Book book = journal.book();
      WorkLog log = WorkLog.at(journal.root());
      boolean logged = !log.lines().isEmpty();
      IndexPage index = IndexPage.of(book, logged ? WORK_LOG : "", log.totalHours());
      Path page = // first, so that the folder is known again if this is cut short
          site.put(SiteFolder.INDEX, Templates.page("index", index, "Journal", "", site.hasHome()));
      site.copyAssets(book, journal.root());
      for (Book.Chapter chapter : book.chapters()) {
        put(site, page(chapter), "chapter", ChapterPage.of(chapter, site), chapter.name());
        for (Book.Story story : chapter.stories()) {
          if (story.runs().size() > 1) {
            RunsPage runs = RunsPage.of(story, address(chapter, story), site);
            site.put(
                runsPage(story),
                Templates.page("runs", runs, story.title(), chapter.name(), site.hasHome()));
          }
        }
      }
      if (logged) {
        put(site, WORK_LOG, "worklog", WorkLogPage.of(log), "Work log");
      }
      site.removeOld();
      return page;
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the journal's pages in " + place, e);
    }
  }

  private static void put(SiteFolder site, String file, String template, Object data, String title)
      throws IOException {
    site.put(file, Templates.page(template, data, title, title, site.hasHome()));
  }

  static String page(Book.Chapter chapter) {
    return chapter.anchor() + ".html";
  }

  static String address(Book.Chapter chapter, Book.Story story) {
    return page(chapter) + "#" + story.anchor();
  }

  static String runsPage(Book.Story story) {
    return "runs-" + story.anchor() + ".html";
  }
}
