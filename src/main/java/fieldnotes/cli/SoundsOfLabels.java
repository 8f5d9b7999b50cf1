package fieldnotes.cli;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.ReadOptions;
import fieldnotes.label.Label;
import fieldnotes.label.LabelSet;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Whether the sound files that labels are about are there and can be read. */
final class SoundsOfLabels {
  private SoundsOfLabels() {}

  /**
   * Says which files are not there.
   *
   * @throws IllegalArgumentException if none is
   */
  static void requireSome(LabelSet labels, Path source, Path sounds, PrintWriter errors) {
    List<String> files =
        labels.labels().stream().map(label -> label.clip().file()).distinct().toList();
    List<String> missing = files.stream().filter(file -> !exists(sounds, file)).toList();
    if (!missing.isEmpty() && missing.size() == files.size()) {
      throw new IllegalArgumentException(
          Printed.of(
              "%s: none of its %d files is in %s, for example %s; give the folder that they are"
                  + " named from by --sounds",
              source, files.size(), sounds.toAbsolutePath().normalize(), files.getFirst()));
    }
    LeftOut.print(errors, "files that are not there, whose labels are added", missing);
  }

  private static boolean exists(Path sounds, String file) {
    try {
      return Files.exists(sounds.resolve(file))
          || Files.exists(sounds.resolve(Normalizer.normalize(file, Normalizer.Form.NFC)))
          || Files.exists(sounds.resolve(Normalizer.normalize(file, Normalizer.Form.NFD)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The labels without those that need the length of a file that is not there or cannot be read;
   * says which these are. All labels, if that is none: what is wrong is said when they are written.
   */
  static LabelSet measurable(LabelSet labels, Path sounds, PrintWriter errors) {
    List<Label> kept = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Label label : labels.labels()) {
      String reason =
          Double.isNaN(label.clip().endSeconds()) ? unread(sounds, label.clip().file()) : "";
      if (reason.isEmpty()) {
        kept.add(label);
      } else {
        leftOut.add("%s: its length cannot be read: %s".formatted(label.clip(), reason));
      }
    }
    if (kept.isEmpty()) {
      return labels;
    }
    LeftOut.print(errors, "left out", leftOut);
    return LabelSet.of(kept);
  }

  private static String unread(Path sounds, String name) {
    try {
      Path file = sounds.resolve(name);
      if (!Files.isRegularFile(file)) {
        return "there is no such file";
      }
      AudioFiles.probe(file, ReadOptions.all().withTolerateDamage(true));
      return "";
    } catch (AudioException e) {
      return e.reason();
    } catch (InvalidPathException e) {
      return "it is no path on this system";
    }
  }
}
