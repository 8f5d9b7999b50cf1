package fieldnotes.journal;

import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes runs to the record, with their figures and the page, under the lock. */
final class Keeper {
  private final Path root;

  Keeper(Path root) {
    this.root = root;
  }

  /** Deletes temporary files of killed processes. Call it under the lock. */
  void sweep() throws IOException {
    for (Path folder : new Path[] {root, root.resolve("data"), root.resolve("assets")}) {
      WholeFile.sweep(folder);
    }
  }

  void writePage(List<Run> runs) throws IOException {
    WholeFile.writeDurably(
        root.resolve("JOURNAL.md"), Page.of(Book.of(runs)).getBytes(StandardCharsets.UTF_8));
  }

  /** See {@link Journal#reduce}. */
  List<String> reduce(boolean dry) throws IOException {
    Ledger ledger = new Ledger(root);
    return ledger.locked(
        () -> {
          Ledger.Found found = ledger.read();
          if (!found.problems().isEmpty()) {
            return List.of();
          }
          List<Run> kept = new ArrayList<>();
          List<String> gone = new ArrayList<>();
          for (Book.Story story : Book.of(found.runs()).stories()) {
            Run last = null;
            for (Run run : story.runs()) {
              boolean differs = last == null || run.differsFrom(last);
              if (!differs) {
                Run before = kept.removeLast();
                gone.add(story.title() + ", " + story.label(last));
                kept.add(run.at(run.id(), before.time()));
              } else {
                kept.add(run);
              }
              last = run;
            }
          }
          if (!dry && !gone.isEmpty()) {
            ledger.replace(kept);
            sweep();
            writePage(ledger.read().runs());
          }
          return gone;
        });
  }

  /** Saves a run, unless the same results are there already. */
  Saved save(Run written, Map<String, byte[]> files) throws IOException {
    Ledger ledger = new Ledger(root);
    Run wished = RunJson.asRead(written);
    return ledger.locked(
        () -> {
          Ledger.Found found = ledger.read();
          ledger.setAside(found.damaged());
          sweep();
          List<Run> runs = new ArrayList<>(found.runs());
          Optional<Run> same = lastTry(runs, wished);
          Optional<Run> latest =
              runs.stream()
                  .filter(r -> r.chapter().equals(wished.chapter()))
                  .filter(r -> r.title().equals(wished.title()))
                  .reduce((first, second) -> second);
          Map<String, byte[]> needed = new HashMap<>();
          Run run = same.isPresent() ? keepAlike(wished, same.get(), files, needed) : wished;
          for (Block.Picture picture : run.pictures()) {
            for (String name : List.of(picture.file(), picture.sound())) {
              if (files.containsKey(name)) {
                needed.putIfAbsent(name, files.get(name));
              }
            }
          }
          boolean isNew = same.isEmpty() || !run.hasResultsOf(same.get()) || moved(run, same.get());
          for (Map.Entry<String, byte[]> file : needed.entrySet()) {
            Path target = root.resolve(file.getKey());
            // Names contain a content hash, so an existing file is up to date.
            if (!WholeFile.isFile(target) || Files.size(target) == 0) {
              WholeFile.writeDurably(target, file.getValue());
            }
          }
          if (isNew) {
            run = identified(run, runs, latest);
            ledger.append(run);
            runs.add(run);
          } else {
            run = same.get();
          }
          writePage(runs);
          List<Change> changes =
              isNew && latest.isPresent() ? Change.between(latest.get(), run) : List.of();
          return new Saved(run, isNew, changes);
        });
  }

  /** The last run with the same settings and data. */
  private static Optional<Run> lastTry(List<Run> runs, Run wished) {
    return runs.stream().filter(wished::triesTheSameAs).reduce((first, second) -> second);
  }

  /** Whether a different notebook now writes the entry, so its link must change. */
  private static boolean moved(Run now, Run before) {
    return !now.notebook().isEmpty()
        && !before.notebook().isEmpty()
        && !now.notebook().equals(before.notebook());
  }

  /**
   * The new run with the stored pictures of the previous one where they look the same.
   *
   * @param files files of the new run's pictures
   * @param needed receives files of the previous run that were lost
   */
  private Run keepAlike(
      Run wished, Run before, Map<String, byte[]> files, Map<String, byte[]> needed)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Block block : wished.blocks()) {
      blocks.add(block instanceof Block.Picture p ? kept(p, before, files, needed) : block);
    }
    return wished.withBlocks(blocks);
  }

  private Block.Picture kept(
      Block.Picture wished, Run before, Map<String, byte[]> files, Map<String, byte[]> needed)
      throws IOException {
    Block.Picture old =
        before.pictures().stream()
            .filter(p -> p.name().equals(wished.name()))
            .filter(p -> p.sound().isEmpty() == wished.sound().isEmpty())
            .findFirst()
            .orElse(null);
    if (old == null) {
      return wished;
    }
    Path picture = root.resolve(old.file());
    boolean same = old.shows().equals(wished.shows());
    if (!same && old.sound().isEmpty() && Files.isRegularFile(picture)) {
      same = Alike.pictures(Files.readAllBytes(picture), files.get(wished.file()));
    }
    if (!same) {
      return wished;
    }
    if (!Files.isRegularFile(picture)) {
      needed.put(old.file(), files.get(wished.file()));
    }
    if (!wished.sound().isEmpty()) {
      boolean sameKind =
          old.sound()
              .substring(old.sound().lastIndexOf('.'))
              .equals(wished.sound().substring(wished.sound().lastIndexOf('.')));
      if (!Files.isRegularFile(root.resolve(old.sound())) && sameKind) {
        needed.put(old.sound(), files.get(wished.sound()));
      }
    }
    return old;
  }

  /** Gives the run an id and a unique time after all runs of its entry. */
  private static Run identified(Run run, List<Run> runs, Optional<Run> latest) {
    Set<Instant> taken = runs.stream().map(Run::time).collect(Collectors.toSet());
    Instant time = run.time();
    if (latest.isPresent() && !time.isAfter(latest.get().time())) {
      time = latest.get().time().plusMillis(1);
    }
    while (taken.contains(time)) {
      time = time.plusMillis(1);
    }
    Run timed = run.at("-", time);
    return timed.at(Sha256.of(RunJson.line(timed)).substring(0, 12), time);
  }
}
