package fieldnotes.cli;

import fieldnotes.audio.SoundFiles;
import fieldnotes.audio.SoundTable;
import fieldnotes.common.FolderWalk;
import fieldnotes.data.CatalogueEntry;
import fieldnotes.data.DataSets;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the word SOURCE of a command stands for. */
final class SourceWords {
  private SourceWords() {}

  /**
   * The sound files of all sources; one that cannot be read is a failure beside the others.
   *
   * @throws IllegalArgumentException if none can be read
   */
  static SoundFiles sounds(List<String> sources, ListForm form, CommandSpec spec) {
    if (sources.contains("")) {
      throw new ParameterException(
          spec.commandLine(),
          "the SOURCE is empty (an unset variable?); the current folder is '.'");
    }
    form.options();
    List<SoundFiles> all = new ArrayList<>();
    List<RuntimeException> bad = new ArrayList<>();
    for (String word : sources) {
      try {
        SoundFiles found = sounds(word, form);
        all.add(found);
        if (found.items().isEmpty() && found.failures().isEmpty() && sources.size() > 1) {
          all.add(SoundFiles.unread(word, "contains no sound file"));
        }
      } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
        bad.add(e);
        String why = Main.message(e);
        boolean named = why.startsWith(word + ":") || why.startsWith(word + " ");
        all.add(SoundFiles.unread(word, named ? why.substring(word.length() + 1).strip() : why));
      }
    }
    if (bad.size() < sources.size()) {
      return SoundFiles.all(all);
    }
    throw bad.size() == 1
        ? bad.getFirst()
        : new IllegalArgumentException(
            bad.stream().map(Main::message).distinct().collect(Collectors.joining("\n")),
            bad.getFirst());
  }

  /** A path or pattern if it exists, otherwise the data set of that name. */
  private static SoundFiles sounds(String word, ListForm form) {
    return isDataSet(word) ? DataSets.get(word).sounds() : SoundFiles.of(word, form.options());
  }

  /** Whether it is a table of features, not a list of files. */
  static boolean isTable(String source, ListForm form) {
    try {
      Path path = Path.of(source);
      return Files.isRegularFile(path)
          && switch (FolderWalk.ending(path)) {
            case "parquet" -> true;
            case "csv" -> !SoundTable.lists(path, form.options());
            default -> false;
          };
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether it is the name of a data set, or of a part of one, and no file. */
  static boolean isDataSet(String source) {
    try {
      if (Files.exists(Path.of(source))) {
        return false;
      }
    } catch (InvalidPathException e) {
      return false;
    }
    String set = source.split("/", 2)[0]; // studio/tracks is a part of one
    return DataSets.find(set).isPresent() || dataSets().contains(set);
  }

  /** The data sets of the catalogue. */
  static List<String> dataSets() {
    return DataSets.catalogue().stream().map(CatalogueEntry::id).toList();
  }

  /** Whether it is a file or folder that exists, a pattern, or a data set. */
  static boolean isThere(String source) {
    try {
      return Files.exists(Path.of(source))
          || source.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)
          || isDataSet(source);
    } catch (InvalidPathException e) {
      return true; // what is wrong with it is said where it is read
    }
  }
}
