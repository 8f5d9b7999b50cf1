package fieldnotes.data;

import fieldnotes.common.Progress;
import fieldnotes.common.Project;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.Warnings;
import fieldnotes.common.WholeFile;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The data folders and the catalogue.
 *
 * @param folders search path, in order
 * @param own where new sets are stored
 * @param studio options of the generated set {@code studio}
 */
record Shelf(List<Path> folders, Path own, Catalogue catalogue, StudioOptions studio) {
  private static final StudioOptions STUDIO = StudioOptions.of(42);
  private static final Map<Path, ReentrantLock> BUSY = new ConcurrentHashMap<>();

  static Shelf standard() {
    return of(System.getenv("FIELDNOTES_DATA"), Project.home(), Catalogue.standard(), STUDIO);
  }

  /** The search path from {@code $FIELDNOTES_DATA} (may be null) and the project folder. */
  static Shelf of(String variable, Path home, Catalogue catalogue, StudioOptions studio) {
    List<Path> folders = new ArrayList<>();
    if (variable != null && !variable.isBlank()) {
      folders.add(home.resolve(variable).normalize());
    }
    folders.add(home.resolve("data"));
    folders.add(home.resolve("../shared/data").normalize());
    return new Shelf(List.copyOf(folders), folders.get(0), catalogue, studio);
  }

  DataSet get(String name) {
    int slash = name.indexOf('/');
    if (slash >= 0) {
      return get(name.substring(0, slash)).part(name.substring(slash + 1));
    }
    Optional<DataSet> found = find(name);
    if (found.isPresent()) {
      tidy(name, found.get());
      return found.get();
    }
    CatalogueEntry entry = entry(name);
    if (!entry.automatic()) {
      throw new DataMissingException(
          entry.id(),
          "it is large (%s) and is downloaded only on request".formatted(Sizes.of(entry.bytes())),
          "./workbench data fetch " + entry.id(),
          null);
    }
    return bring(entry, false);
  }

  DataSet fetch(String id) {
    CatalogueEntry entry = entry(id);
    Optional<DataSet> found = find(id);
    if (found.isPresent()) {
      tidy(id, found.get());
      return checked(entry, found.get());
    }
    return bring(entry, false);
  }

  /** Deletes what an earlier fetch of this complete set could not, unless one is running. */
  private void tidy(String id, DataSet found) {
    Path place = own.resolve(id).toAbsolutePath().normalize();
    Path part = Fetcher.part(place);
    if (!found.folder().equals(place) || !Files.exists(part)) {
      return;
    }
    ReentrantLock here = BUSY.computeIfAbsent(place, p -> new ReentrantLock());
    if (!here.tryLock()) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                own.resolve("." + id + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Moves.delete(part);
      }
    } catch (IOException | UncheckedIOException e) {
      Progress.stopIfInterrupted(); // the set is complete; the next call tries again
    } finally {
      here.unlock();
    }
  }

  private CatalogueEntry entry(String id) {
    return catalogue
        .find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("no data set '%s': the catalogue has %s, and %s has no folder of that name;"
                            + " for a folder elsewhere use DataSets.of(\"...\")")
                        .formatted(id, catalogue.ids(), own)));
  }

  /** The set if it is complete, or an uncatalogued folder of that name. */
  Optional<DataSet> find(String id) {
    Optional<CatalogueEntry> entry = catalogue.find(id);
    boolean plain = !id.isEmpty() && Path.of(id).getNameCount() == 1 && !id.startsWith(".");
    for (Path root : folders) {
      Path folder = root.resolve(id);
      if (plain && Files.isDirectory(folder)) {
        if (entry.isEmpty()) {
          return Optional.of(DataSet.ofFolder(folder));
        }
        if (isWhole(entry.get(), folder)) {
          return Optional.of(DataSet.of(entry.get(), folder));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether all files exist; compares sizes, and checksums only where that is fast. */
  private boolean isWhole(CatalogueEntry entry, Path folder) {
    try {
      if (entry.how().equals("generate")) {
        return StudioSet.isWhole(folder, studio);
      }
      Path manifest = folder.resolve(Manifest.NAME);
      Optional<List<Manifest.Entry>> entries = Manifest.read(manifest, least(entry));
      if (entries.isPresent()) {
        return Manifest.isWhole(manifest, entries.get());
      }
      for (CatalogueEntry.Content content : entry.contents()) {
        Path file = folder.resolve(content.file());
        if (!Files.isRegularFile(file)) {
          return false;
        }
        refuseWrong(entry, content, file);
      }
      return DataSet.of(entry, folder).files().size() >= entry.files();
    } catch (IOException e) {
      throw Reason.unchecked("cannot read " + folder, e);
    }
  }

  /** The least number of files in a manifest; packages of other versions may have fewer. */
  private int least(CatalogueEntry entry) {
    if (entry.how().equals("generate")) {
      return Studio.files(studio);
    }
    return entry.how().equals("debian") ? 1 : entry.files();
  }

  /** Throws if the file has the wrong content. */
  static void refuseWrong(CatalogueEntry entry, CatalogueEntry.Content content, Path file)
      throws IOException {
    String found = Sha256.of(file);
    if (!found.equals(content.sha256())) {
      String why =
          entry.refused().stream()
              .filter(one -> one.sha256().equals(found))
              .map(one -> ": " + one.why())
              .findFirst()
              .orElse("");
      throw new DataMissingException(
          entry.id(),
          "%s has the wrong content%s (SHA-256 is %s, must be %s)"
              .formatted(file, why, found, content.sha256()),
          "move that file away, then ./workbench data fetch " + entry.id(),
          null);
    }
  }

  /** Verifies every checksum; changed sets are fetched or generated again. */
  private DataSet checked(CatalogueEntry entry, DataSet found) {
    Path manifest = found.folder().resolve(Manifest.NAME);
    try {
      boolean mine = found.folder().startsWith(own.toAbsolutePath().normalize());
      Optional<List<Manifest.Entry>> entries = Manifest.read(manifest, least(entry));
      if (entries.isEmpty()) {
        if (mine && WholeFile.isFile(manifest)) {
          Manifest.write(found.folder());
          Warnings.warn(
              "%s was damaged or cut short and has been made anew from the files of data set '%s'"
                  .formatted(manifest, entry.id()));
        }
        return found;
      }
      List<String> changed = Manifest.changed(manifest, entries.get());
      if (changed.isEmpty()) {
        return found;
      }
      if (!mine) {
        throw new DataMissingException(
            entry.id(),
            "in %s the content of %s has changed".formatted(found.folder(), changed),
            "repair or remove that folder, then run ./workbench data fetch " + entry.id(),
            null);
      }
      return bring(entry, true);
    } catch (IOException e) {
      throw Reason.unchecked("cannot check " + found.folder(), e);
    }
  }

  /**
   * Fetches or generates the set, unless another process or thread did meanwhile.
   *
   * @param anew even if it looks complete
   */
  private DataSet bring(CatalogueEntry entry, boolean anew) {
    Path place = own.resolve(entry.id()).toAbsolutePath().normalize();
    ReentrantLock here = BUSY.computeIfAbsent(place, p -> new ReentrantLock());
    here.lock();
    try {
      WholeFile.makeFolder(own);
      Path lockFile = own.resolve("." + entry.id() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = locked(channel, entry)) {
        Moves.recover(place);
        if (anew || !lock.isValid() || !Files.isDirectory(place) || !isWhole(entry, place)) {
          bringHere(entry, place, anew);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      Progress.stopIfInterrupted();
      throw new DataMissingException(
          entry.id(),
          "the folder %s cannot be written (%s)".formatted(own, Reason.of(e)),
          "free disk space there, or set FIELDNOTES_DATA to a folder that can be written",
          e);
    } finally {
      here.unlock();
    }
    return DataSet.of(entry, place);
  }

  /** Locks the set; reports if another process holds the lock. */
  private static FileLock locked(FileChannel channel, CatalogueEntry entry) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      try (Progress progress =
          Progress.start("waiting for another process to fetch " + entry.id(), 0)) {
        progress.advance(0);
        lock = channel.lock();
      }
    }
    return lock;
  }

  private void bringHere(CatalogueEntry entry, Path place, boolean anew) throws IOException {
    if (entry.how().equals("generate")) {
      StudioSet.make(place, studio, anew);
    } else {
      String path = System.getenv("PATH");
      new Fetcher(entry, Download.standard(), path == null ? "" : path).bring(place);
    }
  }
}
