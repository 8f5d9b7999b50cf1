package fieldnotes.common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The project's folder, and its folder for results that can be recomputed. */
public final class Project {
  private Project() {}

  /**
   * The project's folder: the system property {@code fieldnotes.home} or the environment variable
   * {@code FIELDNOTES_HOME}; otherwise the nearest folder, from the working directory upward, that
   * has a {@code pom.xml} and either {@code workbench} or {@code notebooks}; otherwise the working
   * directory.
   *
   * @return absolute
   */
  public static Path home() {
    String set = setting("fieldnotes.home", "FIELDNOTES_HOME");
    if (!set.isBlank()) {
      return Path.of(set).toAbsolutePath().normalize();
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path up = here; up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("pom.xml"))
          && (Files.exists(up.resolve("workbench"))
              || Files.isDirectory(up.resolve("notebooks")))) {
        return up;
      }
    }
    return here;
  }

  /**
   * The folder for results that can be recomputed: the system property {@code fieldnotes.cache},
   * otherwise {@code data/cache} in {@link #home}.
   *
   * @return absolute; may not exist yet
   */
  public static Path cache() {
    String set = System.getProperty("fieldnotes.cache", "");
    return set.isBlank()
        ? home().resolve("data").resolve("cache")
        : Path.of(set).toAbsolutePath().normalize();
  }

  /**
   * Whether the notebooks that have two sizes use the full one: the environment variable {@code
   * FIELDNOTES_FULL} or the system property {@code fieldnotes.full} is set, and not to 0 or false.
   */
  public static boolean full() {
    return !List.of("", "0", "false")
        .contains(setting("fieldnotes.full", "FIELDNOTES_FULL").strip().toLowerCase(Locale.ROOT));
  }

  /** A system property; if not set, an environment variable; otherwise empty. */
  public static String setting(String property, String variable) {
    String value = System.getProperty(property, "");
    return value.isBlank() ? Optional.ofNullable(System.getenv(variable)).orElse("") : value;
  }
}
