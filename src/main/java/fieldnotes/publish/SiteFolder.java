package fieldnotes.publish;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.WholeFile;
import fieldnotes.journal.Block;
import fieldnotes.journal.Book;
import fieldnotes.journal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of the pages: what was written into it this time, and what lies next to it. */
final class SiteFolder {
  static final String INDEX = "index.html";

  /** What the index of the journal has in its first lines, and no other page. */
  private static final String MARK = "<a href=\"index.html\">Journal</a></nav>";

  private final Path folder;
  private final Set<String> written = new HashSet<>();

  SiteFolder(Path folder) {
    this.folder = folder;
  }

  Path put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    WholeFile.writeDurably(file, bytes);
    written.add(name);
    return file;
  }

  /** Whether this site has the file. */
  boolean has(String name) {
    return written.contains(name);
  }

  /** Copies the figures and sounds that the journal in another folder shows. */
  void copyAssets(Book book, Path root) throws IOException {
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
      if (WholeFile.isFile(root.resolve(file))) {
        put(file, Files.readAllBytes(root.resolve(file)));
      }
    }
  }

  /** Whether the pages of the notebooks have an index next to this folder. */
  boolean hasHome() {
    return Files.isRegularFile(folder.resolveSibling(INDEX));
  }

  /** The address of an executed notebook's page next to this folder, where there is one. */
  Optional<String> notebookPage(String notebook) {
    if (!notebook.startsWith("notebooks/") || notebook.contains("..")) {
      return Optional.empty();
    }
    String page = notebook.substring("notebooks/".length()).replaceFirst("\\.ipynb$", ".html");
    try {
      Path beside = folder.resolve("..").resolve(page).normalize();
      return Files.isRegularFile(beside)
          ? Optional.of("../" + Html.address(page))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses a folder with files but without the journal's index: they are not of a site, and {@link
   * #removeOld} would delete them.
   */
  void refuseOthers(Path root) throws IOException {
    Check.that(
        !Files.exists(folder) || !Files.exists(root) || !Files.isSameFile(folder, root),
        "folder=%s: is the journal's own folder; give one for the pages alone, for example %s",
        folder,
        folder.resolve("target/site/journal"));
    Path index = folder.resolve(INDEX);
    if (WholeFile.isFile(index) && Files.readString(index).contains(MARK)) {
      return;
    }
    List<Path> others = files();
    Check.that(
        others.isEmpty(),
        "folder=%s: has %s, which is not a page of the journal; give a new folder, or an empty one",
        folder,
        others.isEmpty() ? "" : folder.relativize(others.getFirst()));
  }

  /** The files in the folder and its {@code assets}, hidden ones left out, sorted. */
  private List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path place : new Path[] {folder, folder.resolve("assets")}) {
      try (Stream<Path> files = Files.list(place)) {
        for (Path file : files.sorted().toList()) {
          if (!file.getFileName().toString().startsWith(".") && WholeFile.isFile(file)) {
            found.add(file);
          }
        }
      } catch (NoSuchFileException e) {
        // no pages, or no figures, yet
      }
    }
    return found;
  }

  /** Removes pages and figures of earlier times, and what killed processes left. */
  void removeOld() throws IOException {
    for (Path file : files()) {
      if (!has(FolderWalk.slashes(folder.relativize(file)))) {
        Files.deleteIfExists(file);
      }
    }
    WholeFile.sweep(folder);
    WholeFile.sweep(folder.resolve("assets"));
  }
}
