package fieldnotes.journal;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.TextBytes;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The record, {@code data/journal.jsonl}: one line per run, append-only. Writers hold the lock
 * file; readers need no lock, as a partly written last line does not parse and is skipped.
 */
final class Ledger {
  /**
   * Of lines as they stand in the file: a letter is a byte, so that damaged ones are kept as is.
   */
  private static final Charset RAW = StandardCharsets.ISO_8859_1;

  /** A byte-order mark, which an editor may put before the first line. */
  private static final String MARK = "\u00EF\u00BB\u00BF";

  private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

  private final Path file;
  private final Path damagedFile;
  private final Path lockFile;

  Ledger(Path root) {
    Path data = root.resolve("data");
    file = data.resolve("journal.jsonl");
    damagedFile = data.resolve("journal.damaged.jsonl");
    lockFile = data.resolve("journal.lock");
  }

  /**
   * The content of the record.
   *
   * @param runs in order of time
   * @param damaged lines that cannot be read, a letter per byte
   * @param problems one message per skipped line
   */
  record Found(List<Run> runs, List<String> damaged, List<String> problems) {}

  /** Work to do under the lock. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Runs the work under the lock, waiting for other threads and processes. */
  <T> T locked(Work<T> work) throws IOException {
    ReentrantLock mine =
        IN_THIS_PROCESS.computeIfAbsent(
            lockFile.toAbsolutePath().normalize(), path -> new ReentrantLock());
    mine.lock();
    try {
      if (mine.getHoldCount() > 1) {
        return work.run();
      }
      WholeFile.makeFolder(lockFile.getParent());
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return work.run();
      }
    } finally {
      mine.unlock();
    }
  }

  /** Reads the record. Unreadable lines are skipped and reported. */
  Found read() throws IOException {
    List<Run> runs = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    if (WholeFile.isFile(file)) {
      Map<String, Run> byId = new LinkedHashMap<>();
      int number = 0;
      for (String line : lines(Files.readAllBytes(file))) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          Run run = run(line);
          byId.putIfAbsent(run.id(), run);
        } catch (RunJson.Unreadable e) {
          problems.add("data/journal.jsonl, line %d: %s".formatted(number, e.getMessage()));
          if (!e.newer()) {
            damaged.add(line);
          }
        }
      }
      runs.addAll(byId.values());
      runs.sort(Comparator.comparing(Run::time).thenComparing(Run::id));
    }
    return new Found(runs, damaged, problems);
  }

  private static Run run(String line) throws RunJson.Unreadable {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(RAW));
      return RunJson.run(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new RunJson.Unreadable("not UTF-8 text", false);
    }
  }

  private static List<String> lines(byte[] bytes) {
    String text = new String(isUtf16(bytes) ? inUtf8(bytes) : bytes, RAW);
    // a mark before a later line is of a record that was appended to this one
    return Stream.of(text.split("\r\n|\r|\n", -1)).map(Ledger::withoutMarks).toList();
  }

  private static String withoutMarks(String line) {
    int at = 0;
    while (line.startsWith(MARK, at)) {
      at += MARK.length();
    }
    return line.substring(at);
  }

  /** Whether an editor has saved the record as UTF-16. */
  private static boolean isUtf16(byte[] start) {
    int mark = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
    return mark == 0xfeff || mark == 0xfffe;
  }

  /** Writes a record in UTF-16 anew, as UTF-8. */
  private void toUtf8() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!isUtf16(in.readNBytes(2))) {
        return;
      }
    }
    WholeFile.writeDurably(file, inUtf8(Files.readAllBytes(file)));
  }

  private static byte[] inUtf8(byte[] bytes) {
    return TextBytes.of(bytes).text().getBytes(StandardCharsets.UTF_8);
  }

  /** Appends a run and syncs it to disk. Call it under the lock. */
  void append(Run run) throws IOException {
    if (WholeFile.isFile(file)) {
      toUtf8();
    }
    try (AppendedFile appended = AppendedFile.open(file)) {
      long end = appended.size();
      boolean whole = end == 0 || appended.bytes(end - 1)[0] == '\n';
      String line = (whole ? "" : "\n") + RunJson.line(run) + "\n";
      appended.replaceEnd(end, line.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes the record anew with these runs. Call it under the lock. */
  void replace(List<Run> runs) throws IOException {
    StringBuilder lines = new StringBuilder();
    runs.stream()
        .sorted(Comparator.comparing(Run::time).thenComparing(Run::id))
        .forEach(run -> lines.append(RunJson.line(run)).append('\n'));
    WholeFile.writeDurably(file, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Moves damaged lines to {@code data/journal.damaged.jsonl}. Call it under the lock. */
  void setAside(List<String> damaged) throws IOException {
    if (damaged.isEmpty()) {
      return;
    }
    Set<String> aside = new LinkedHashSet<>();
    if (WholeFile.isFile(damagedFile)) {
      aside.addAll(lines(Files.readAllBytes(damagedFile)));
      aside.remove("");
    }
    aside.addAll(damaged);
    WholeFile.writeDurably(damagedFile, (String.join("\n", aside) + "\n").getBytes(RAW));
    Set<String> bad = Set.copyOf(damaged);
    StringBuilder kept = new StringBuilder();
    for (String line : lines(Files.readAllBytes(file))) {
      if (!line.isBlank() && !bad.contains(line)) {
        kept.append(line).append('\n');
      }
    }
    WholeFile.writeDurably(file, kept.toString().getBytes(RAW));
  }
}
