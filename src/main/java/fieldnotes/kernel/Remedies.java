package fieldnotes.kernel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What to try after an exception of a library whose message does not say it. */
final class Remedies {
  private static final int MOST_NAMES = 30;
  private static final int MOST_FILES = 2_000;

  /** Tablesaw names the missing column, but not those that there are. */
  private static final Pattern COLUMN =
      Pattern.compile(
          "Column (?<column>.+) (?:does not exist|is not present) in table (?<table>.+)");

  /** What the JDK says of a file, with the reason in brackets. */
  private static final Pattern REASON = Pattern.compile("(?<file>.+) \\([^()]*\\)", Pattern.DOTALL);

  private Remedies() {}

  /**
   * @param values gives the values of the notebook's variables
   * @return one line, or the empty string
   */
  static String of(Throwable thrown, String message, Supplier<List<Object>> values) {
    if (message == null) {
      return "";
    }
    try {
      return switch (thrown) {
        case NoSuchFileException e when e.getFile() != null -> file(e.getFile());
        case FileNotFoundException e -> {
          Matcher reason = REASON.matcher(message);
          yield file(reason.matches() ? reason.group("file") : message);
        }
        default -> {
          Matcher column = COLUMN.matcher(message);
          yield column.matches()
              ? column(column.group("column"), column.group("table"), values.get())
              : "";
        }
      };
    } catch (IOException | InvalidPathException | ReflectiveOperationException e) {
      return "";
    }
  }

  private static String file(String name) throws IOException {
    Path path = Path.of(name).toAbsolutePath().normalize();
    Path folder = path.getParent();
    if (path.getFileName() == null || Files.exists(path)) {
      return "";
    }
    if (!Files.isDirectory(folder)) {
      return "there is no folder %s; relative paths start at %s"
          .formatted(folder, Path.of("").toAbsolutePath());
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.limit(MOST_FILES).map(one -> one.getFileName().toString()).sorted().toList();
      return "no such file in %s%s"
          .formatted(folder, didYouMean(path.getFileName().toString(), names));
    }
  }

  private static String didYouMean(String name, List<String> known) {
    Optional<String> near = Advice.nearest(name, known);
    return near.map(one -> "; did you mean %s?".formatted(one)).orElse("");
  }

  /** The columns of a table among the variables, which is any object with these two methods. */
  private static String column(String column, String table, List<Object> values)
      throws ReflectiveOperationException {
    for (Object value : values) {
      if (value != null
          && List.of(value.getClass().getMethods()).stream()
              .anyMatch(method -> method.getName().equals("columnNames"))
          && table.equals(value.getClass().getMethod("name").invoke(value))
          && value.getClass().getMethod("columnNames").invoke(value) instanceof List<?> all) {
        List<String> names = all.stream().map(String::valueOf).toList();
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return "the table has %s%s%s"
            .formatted(shown, names.size() > MOST_NAMES ? ", …" : "", didYouMean(column, names));
      }
    }
    return "columnNames() of the table lists its columns";
  }
}
