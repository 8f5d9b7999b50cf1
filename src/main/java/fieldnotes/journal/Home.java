package fieldnotes.journal;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Project;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Locates the journal and detects notebook, versions and commit of a run. */
final class Home {
  private static final Pattern JAR_VERSION = Pattern.compile("-(\\d[^/!]*)\\.jar!");

  private Home() {}

  /**
   * The folder of {@code JOURNAL.md}: property {@code fieldnotes.journal}, variable {@code
   * FIELDNOTES_JOURNAL}, or the project folder.
   */
  static Path journal() {
    String own = Project.setting("fieldnotes.journal", "FIELDNOTES_JOURNAL");
    if (own.isBlank()) {
      return project();
    }
    Path folder = Path.of(own).toAbsolutePath().normalize();
    Check.that(
        Files.isDirectory(folder) || !Files.exists(folder),
        "FIELDNOTES_JOURNAL=%s: is a file, must be a folder",
        folder);
    return folder;
  }

  static Path project() {
    return Project.home();
  }

  /** The running notebook, relative to the project with forward slashes; empty if unknown. */
  static String notebook() {
    for (String name :
        new String[] {
          System.getProperty("fieldnotes.notebook", ""),
          Optional.ofNullable(System.getenv("FIELDNOTES_NOTEBOOK")).orElse(""),
          Optional.ofNullable(System.getenv("JPY_SESSION_NAME")).orElse("")
        }) {
      if (!name.isBlank()) {
        return relative(Path.of(name.strip()), project());
      }
    }
    return "";
  }

  /**
   * Seconds spent on an entry: since kernel start if the notebook runs as a whole, since the entry
   * was begun if cells are run one by one.
   */
  static double seconds(long begun) {
    String whole = Optional.ofNullable(System.getenv("FIELDNOTES_NOTEBOOK")).orElse("");
    return whole.isBlank()
        ? (System.nanoTime() - begun) / 1e9
        : ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
  }

  static String relative(Path notebook, Path project) {
    if (notebook.isAbsolute()) {
      Path normal = notebook.normalize();
      return normal.startsWith(project)
          ? FolderWalk.slashes(project.relativize(normal))
          : String.valueOf(normal.getFileName());
    }
    for (Path from : new Path[] {project, project.resolve("notebooks")}) {
      Path file = from.resolve(notebook).normalize();
      if (file.startsWith(project) && Files.exists(file)) {
        return FolderWalk.slashes(project.relativize(file));
      }
    }
    return FolderWalk.slashes(notebook.normalize());
  }

  /** Versions of the JDK and the libraries behind the numbers, and the commit. */
  static Map<String, String> made() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("jdk", Runtime.version().toString());
    made.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    library(made, "smile", "smile/math/MathEx.class");
    library(made, "tablesaw", "tech/tablesaw/api/Table.class");
    library(made, "xchart", "org/knowm/xchart/XYChart.class");
    library(made, "ffmpeg", "org/bytedeco/ffmpeg/global/avcodec.class");
    String own = Home.class.getPackage().getImplementationVersion();
    if (own != null) {
      made.put("fieldnotes", own);
    }
    commit(project()).ifPresent(commit -> made.put("commit", commit));
    return made;
  }

  /** Records the version in the name of the jar that holds a class. */
  private static void library(Map<String, String> made, String name, String classFile) {
    URL place = Home.class.getClassLoader().getResource(classFile);
    if (place != null) {
      Matcher matcher = JAR_VERSION.matcher(place.toString());
      if (matcher.find()) {
        made.put(name, matcher.group(1));
      }
    }
  }

  /** The checked-out commit, read without git; empty if there is none. */
  static Optional<String> commit(Path project) {
    try {
      Path git = project.resolve(".git");
      if (Files.isRegularFile(git)) {
        String link = Files.readString(git).strip();
        if (!link.startsWith("gitdir:")) {
          return Optional.empty();
        }
        git = project.resolve(link.substring(7).strip()).normalize();
      }
      Path head = git.resolve("HEAD");
      if (!Files.isRegularFile(head)) {
        return Optional.empty();
      }
      String text = Files.readString(head).strip();
      if (!text.startsWith("ref:")) {
        return hash(text);
      }
      String ref = text.substring(4).strip();
      Path common = git;
      if (Files.isRegularFile(git.resolve("commondir"))) {
        common = git.resolve(Files.readString(git.resolve("commondir")).strip()).normalize();
      }
      for (Path place : new Path[] {git, common}) {
        if (Files.isRegularFile(place.resolve(ref))) {
          return hash(Files.readString(place.resolve(ref)).strip());
        }
      }
      Path packed = common.resolve("packed-refs");
      if (Files.isRegularFile(packed)) {
        try (Stream<String> lines = Files.lines(packed)) {
          return lines
              .filter(line -> line.endsWith(" " + ref))
              .findFirst()
              .flatMap(line -> hash(line.substring(0, line.indexOf(' '))));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> hash(String text) {
    return text.matches("[0-9a-f]{40,64}") ? Optional.of(text) : Optional.empty();
  }
}
