package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs something that writes files, and lets each of its file operations fail in turn, in every way
 * of {@link FaultyFiles.Fault}, once and from then on. After each: every file has its old or its
 * new content, none is lost, no half-written or temporary one is left, the error names file and
 * reason on one line; and the same work without a fault then gives what it should.
 */
public final class FaultSweep {
  /** Work on files, which may fail. */
  public interface Work {
    /** Does it in a folder. */
    void in(Path folder) throws Exception;
  }

  /** What a folder holds, by name, in words that can be compared. */
  public interface State {
    /** The state of a folder. */
    Map<String, String> of(Path folder) throws IOException;
  }

  /** What was tried. */
  public record Tried(String what, int operations, int faults, int unharmed) {
    @Override
    public String toString() {
      return "%s: %d operations, %d faults, %d of them harmless"
          .formatted(what, operations, faults, unharmed);
    }
  }

  private final String what;
  private final Path home;
  private final Work before;
  private final Work work;
  private State state = FaultSweep::contents;
  private boolean nothingHidden = true;
  private int number;

  private FaultSweep(String what, Path home, Work before, Work work) {
    this.what = what;
    this.home = home;
    this.before = before;
    this.work = work;
  }

  /**
   * A sweep.
   *
   * @param home an empty folder
   * @param before makes the state that the work starts from
   */
  public static FaultSweep of(String what, Path home, Work before, Work work) {
    return new FaultSweep(what, home, before, work);
  }

  /** With another view of the state: files of which the content may differ between good runs. */
  public FaultSweep with(State other) {
    state = other;
    return this;
  }

  /** Hidden files are part of the work, to go on from; temporary ones are still looked for. */
  public FaultSweep withHidden() {
    nothingHidden = false;
    return this;
  }

  /** Whether all faults are tried: {@code -Dfieldnotes.faults=all}. */
  public static boolean all() {
    return "all".equals(System.getProperty("fieldnotes.faults"));
  }

  /**
   * Runs all, or a part.
   *
   * @param step every so many operations, unless all are asked for
   */
  public Tried run(int step) throws Exception {
    Path start = fresh();
    Map<String, String> old = state.of(start);
    FaultyFiles none = new FaultyFiles();
    work.in(none.path(start));
    Map<String, String> wanted = state.of(start);
    assertThat(hidden(start)).as(what).isEmpty();
    List<String> operations = none.operations();
    int faults = 0;
    int unharmed = 0;
    for (int i = 0; i < operations.size(); i += all() ? 1 : step) {
      for (FaultyFiles.Fault fault : FaultyFiles.Fault.values()) {
        if (!none.writes(i) && !fault.alsoReading()) {
          continue;
        }
        for (boolean onwards : new boolean[] {false, true}) {
          Path folder = fresh();
          FaultyFiles faulty = new FaultyFiles(i, fault, onwards);
          String as =
              "%s: operation %d of %d, %s, %s%s"
                  .formatted(
                      what,
                      i,
                      operations.size(),
                      operations.get(i).replace(start.toString(), ""),
                      fault,
                      onwards ? " from there on" : "");
          boolean good = tried(faulty.path(folder), folder, fault, as);
          faults++;
          unharmed += good ? 1 : 0;
          compare(old, wanted, state.of(folder), good, as);
          boolean deletingFails = onwards || operations.get(i).startsWith("DELETE");
          if (!deletingFails && nothingHidden) {
            assertThat(hidden(folder)).as(as).isEmpty();
          }
          try {
            work.in(new FaultyFiles().path(folder));
          } catch (Exception | Error e) {
            fail(as + ": the good run after it fails", e);
          }
          assertThat(state.of(folder)).as(as + ": the good run after it").isEqualTo(wanted);
          assertThat(hidden(folder)).as(as + ": left over").isEmpty();
          delete(folder);
        }
      }
    }
    delete(start);
    Tried tried = new Tried(what, operations.size(), faults, unharmed);
    if (all()) {
      System.out.println(tried);
    }
    return tried;
  }

  /** Whether it went well in spite of the fault. */
  private boolean tried(Path faulty, Path folder, FaultyFiles.Fault fault, String as) {
    try (Warned _ = new Warned()) {
      work.in(faulty);
      return true;
    } catch (Exception e) {
      String message = e instanceof IOException ? Reason.of(e) : String.valueOf(e.getMessage());
      if (!message.contains(folder.toString())
          || !message.contains(fault.words)
          || message.contains("\n")
          || message.contains("Exception")
          || message.contains(".unfinished")) {
        fail(as + ": the message must have file and reason in one line: " + message, e);
      }
      return false;
    }
  }

  private static void compare(
      Map<String, String> old,
      Map<String, String> wanted,
      Map<String, String> now,
      boolean good,
      String as) {
    if (good) {
      assertThat(now).as(as + ": said to be done").isEqualTo(wanted);
      return;
    }
    now.forEach(
        (name, content) ->
            assertThat(content)
                .as(as + ": " + name)
                .isIn(String.valueOf(old.get(name)), String.valueOf(wanted.get(name))));
    old.forEach(
        (name, content) -> {
          if (wanted.containsKey(name)) {
            assertThat(now).as(as + ": lost").containsKey(name);
          }
        });
  }

  private Path fresh() throws Exception {
    Path folder = home.resolve("run" + number++);
    Files.createDirectories(folder);
    before.in(new FaultyFiles().path(folder));
    return folder;
  }

  /** The files of a folder that are not hidden, by name, with their SHA-256. */
  public static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!("/" + name).contains("/.") && !name.endsWith(".lock")) {
          all.put(name, Sha256.of(file));
        }
      }
    }
    return all;
  }

  private static List<String> hidden(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> "/" + folder.relativize(file))
          .filter(name -> name.contains("/.") && !name.endsWith(".lock"))
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
