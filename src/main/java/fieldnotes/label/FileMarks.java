package fieldnotes.label;

import fieldnotes.common.HashedRead;
import fieldnotes.common.Reason;
import fieldnotes.common.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hashes labelled files, in a thread of its own, and finds them again under other names. */
final class FileMarks implements AutoCloseable {
  /** Hashes are kept after this many files, or when none is waiting. */
  private static final int BATCH = 200;

  private final Path folder;
  private final Consumer<Map<String, FileMark>> keep;
  private final Set<String> asked = new HashSet<>();
  private final Set<String> waiting = new HashSet<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("hashes of labelled files").daemon().factory());

  FileMarks(Path folder, Consumer<Map<String, FileMark>> keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** These files are hashed already. */
  synchronized void known(Set<String> files) {
    asked.addAll(files);
  }

  /** Hashes the files of these clips that are not known. */
  synchronized void wanted(List<Segment> clips) {
    boolean none = waiting.isEmpty();
    for (Segment clip : clips) {
      if (asked.add(clip.file())) {
        waiting.add(clip.file());
      }
    }
    if (none && !waiting.isEmpty() && !thread.isShutdown()) {
      thread.execute(() -> hash(taken()));
    }
  }

  /** All files that wait, so that those labelled in quick succession share one write. */
  private synchronized Set<String> taken() {
    Set<String> files = new TreeSet<>(waiting);
    waiting.clear();
    return files;
  }

  private void hash(Set<String> files) {
    Map<String, FileMark> marks = new HashMap<>();
    for (String name : files) {
      Path file = folder.resolve(name);
      try {
        if (Files.isRegularFile(file)) {
          marks.put(name, FileMark.of(file));
        }
      } catch (IOException e) {
        Warnings.warn("%s cannot be followed when it is moved: %s".formatted(name, Reason.of(e)));
      }
      if (marks.size() == BATCH) {
        keep.accept(marks);
        marks = new HashMap<>();
      }
    }
    if (!marks.isEmpty()) {
      keep.accept(marks);
    }
  }

  /** See {@link LabelStore#follow}. */
  Map<String, String> moved(
      Set<String> labelled, Map<String, FileMark> marks, Collection<String> present) {
    Map<String, String> lost = new TreeMap<>();
    Map<String, FileMark> touched = new HashMap<>();
    Set<String> inPlace = new HashSet<>();
    for (String name : labelled) {
      FileMark mark = marks.get(name);
      Optional<FileMark> now = mark == null ? Optional.empty() : now(name, mark);
      if (mark == null || now.isPresent()) {
        inPlace.add(name);
        now.filter(one -> !one.equals(mark)).ifPresent(one -> touched.put(name, one));
      } else {
        lost.put(name, mark.sha256());
      }
    }
    if (!touched.isEmpty()) {
      keep.accept(touched);
    }
    if (lost.isEmpty()) {
      return Map.of();
    }
    Map<Long, List<String>> bySize = new HashMap<>();
    Map<String, String> byHash = new HashMap<>();
    lost.keySet().forEach(name -> bySize.put(marks.get(name).bytes(), new ArrayList<>()));
    for (String name : new TreeSet<>(present)) {
      if (!inPlace.contains(name)) {
        List<String> same = bySize.get(size(name));
        if (same != null) {
          same.add(name);
        }
      }
    }
    for (String name : bySize.values().stream().flatMap(List::stream).toList()) {
      mark(name).ifPresent(mark -> byHash.putIfAbsent(mark.sha256(), name));
    }
    Map<String, String> moved = new TreeMap<>();
    Set<String> taken = new HashSet<>();
    lost.forEach(
        (name, hash) -> {
          String now = byHash.get(hash);
          if (now != null && taken.add(now)) {
            moved.put(name, now);
          } else if (Files.exists(folder.resolve(name))) {
            Warnings.warn(
                name + " is not what was labelled, its content has changed: listen again");
          }
        });
    return moved;
  }

  /** The mark of a file as it is now; empty if it is gone or has another content. */
  private Optional<FileMark> now(String name, FileMark mark) {
    Path file = folder.resolve(name);
    try {
      HashedRead.Stat now = HashedRead.Stat.of(file);
      if (now.bytes() != mark.bytes() || now.modifiedNanos() == mark.modifiedNanos()) {
        return now.bytes() == mark.bytes() ? Optional.of(mark) : Optional.empty();
      }
      return Optional.of(FileMark.of(file)).filter(one -> one.sha256().equals(mark.sha256()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The mark of a file; empty if it cannot be read, and so not be recognised. */
  private Optional<FileMark> mark(String name) {
    try {
      return Optional.of(FileMark.of(folder.resolve(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private long size(String name) {
    try {
      return Files.size(folder.resolve(name));
    } catch (IOException e) {
      return -1;
    }
  }

  /** Waits until all are hashed, at most a minute. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
