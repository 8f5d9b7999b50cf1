package fieldnotes.notebook;

import fieldnotes.data.CatalogueEntry;
import fieldnotes.data.DataSet;
import fieldnotes.data.DataSets;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import tech.tablesaw.api.Table;

/**
 * What may stand in a text in a cell: the names of data sets, the columns of the table at hand, the
 * classes of rows, the parts of a data set. Only this project's kernel asks.
 */
final class TextHints {
  /** Parameters that are names of columns. */
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?i).*(?:column|feature|target|group|field).*|names?|by|on|[xy]|color|colour|label");

  private TextHints() {}

  /** Offers the hints to a kernel that can ask for them. */
  static void register(BaseKernel kernel) {
    Function<Map<String, Object>, Collection<String>> hints = TextHints::of;
    try { // packages that a kernel shows are not to depend on it
      kernel.getClass().getMethod("addTextHints", Function.class).invoke(kernel, hints);
    } catch (ReflectiveOperationException e) {
      // JJava's own kernel completes without them.
    }
  }

  /**
   * What may stand at a place, the likeliest first.
   *
   * @param place what the kernel knows of it: the call that the text is an argument of, and values
   */
  static Collection<String> of(Map<String, Object> place) {
    Set<String> found = new LinkedHashSet<>();
    String method = String.valueOf(place.get("method"));
    if (DataSets.class.getName().equals(place.get("owner"))
        && Objects.equals(place.get("argument"), 0)) {
      DataSets.catalogue().stream().map(CatalogueEntry::id).forEach(found::add);
    }
    Object receiver = place.get("receiver") == null ? place.get("root") : place.get("receiver");
    if (receiver instanceof Samples samples && method.equals("only")) {
      return samples.hasClasses() ? samples.classNames() : List.of();
    }
    if (receiver instanceof DataSet set && method.equals("part")) {
      return parts(set.folder());
    }
    found.addAll(columns(receiver));
    if (place.get("arguments") instanceof List<?> arguments) {
      arguments.forEach(one -> found.addAll(columns(one)));
    }
    if (found.isEmpty() && isColumn(place) && place.get("variables") instanceof Map<?, ?> all) {
      all.values().forEach(one -> found.addAll(columns(one)));
    }
    return found;
  }

  private static boolean isColumn(Map<String, Object> place) {
    return place.get("parameters") instanceof List<?> names
        && names.stream().anyMatch(one -> COLUMN.matcher(String.valueOf(one)).matches());
  }

  private static List<String> columns(Object value) {
    return switch (value) {
      case Table table -> table.columnNames();
      case Samples samples ->
          Stream.of(
                  samples.features().stream(),
                  Stream.of(samples.target()),
                  samples.groupNames().stream())
              .flatMap(names -> names)
              .filter(name -> name != null && !name.isEmpty())
              .distinct()
              .toList();
      case Table[] tables ->
          Arrays.stream(tables).filter(Objects::nonNull).flatMap(t -> columns(t).stream()).toList();
      case null, default -> List.of();
    };
  }

  private static List<String> parts(Path folder) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isDirectory)) {
      all.forEach(one -> found.add(one.getFileName().toString()));
    } catch (IOException | DirectoryIteratorException e) {
      // A set that is not there has no parts.
    }
    return found.stream().sorted().toList();
  }
}
