package fieldnotes.feature;

import fieldnotes.audio.Mutations;
import fieldnotes.audio.SoundFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures spoilt files in a process of its own, so that a test sees how that ends. */
final class Fuzz {
  private Fuzz() {}

  /** Arguments: a folder for the files, a seed, the first number and how many. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Mutations mutations = Mutations.of(folder, Long.parseLong(args[1]));
    int first = Integer.parseInt(args[2]);
    int count = Integer.parseInt(args[3]);
    for (int i = first; i < first + count; i++) {
      Mutations.Spoilt spoilt = mutations.get(i);
      Path file = folder.resolve(spoilt.name());
      Files.write(file, spoilt.bytes());
      System.out.println(line(file));
      Files.delete(file);
    }
    System.out.println("memory\t" + mostMemoryBytes());
  }

  /**
   * Name, milliseconds of processor time, rows, and the reason where there are none; parted by
   * tabulators.
   */
  static String line(Path file) {
    System.out.println("begin\t" + file.getFileName());
    long begun = processorNanos();
    FeatureTable made =
        FeatureTable.extract(
            SoundFiles.files(List.of(file)),
            FeatureSet.JOURNAL_38,
            FeatureOptions.of().withoutCache().withThreads(1).withRemainder(true));
    long millis = (processorNanos() - begun) / 1_000_000;
    String reason = made.failures().isEmpty() ? "" : made.failures().getFirst().reason();
    return "%s\t%d\t%d\t%s"
        .formatted(
            file.getFileName(),
            millis,
            made.table().rowCount(),
            reason.replace('\n', ' ').replace('\t', ' '));
  }

  /** What this process has taken of the processors: a busy machine does not lengthen it. */
  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  /** The most memory that this process had at once, native code included; 0 if not known. */
  static long mostMemoryBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }
}
