package fieldnotes.data;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * A data set in a folder: its files, in a fixed order, and their labels.
 *
 * <p>In tables, files are named by their path relative to {@link #folder()}, with forward slashes.
 * File list, labels and hash are cached; create a new instance after the folder changes.
 */
public final class DataSet {
  private final String id;
  private final Path folder;
  private final CatalogueEntry entry;
  private final Truth truth;
  private SoundFiles files;
  private String hash;

  private DataSet(
      String id, Path folder, CatalogueEntry entry, String partTable, String partLabel) {
    this.id = id;
    this.folder = folder.toAbsolutePath().normalize();
    this.entry = entry;
    this.truth = new Truth(this, partTable, partLabel);
  }

  static DataSet of(CatalogueEntry entry, Path folder) {
    return new DataSet(entry.id(), folder, entry, null, null);
  }

  static DataSet ofFolder(Path folder) {
    Check.that(
        Files.isDirectory(folder),
        "folder=%s: not a folder%s; give the folder that has the sound files",
        folder,
        Files.exists(folder) ? " but a file" : ", it does not exist");
    Path whole = folder.toAbsolutePath().normalize();
    Path name = whole.getFileName();
    return new DataSet(name == null ? "/" : name.toString(), whole, null, null, null);
  }

  /** The name in the catalogue, or the folder's name. */
  public String id() {
    return id;
  }

  /** The absolute path of the folder. */
  public Path folder() {
    return folder;
  }

  /** The catalogue entry; empty for a folder outside the catalogue. */
  public Optional<CatalogueEntry> entry() {
    return Optional.ofNullable(entry);
  }

  /**
   * A part of the set: one of its folders. The parts of {@code studio} are {@code episodes}, {@code
   * tracks} and {@code sounds}, each with its own labels.
   *
   * @throws IllegalArgumentException if there is no such folder, listing those that exist
   */
  public DataSet part(String name) {
    Path inside = folder.resolve(name).normalize();
    if (!inside.startsWith(folder) || !Files.isDirectory(inside)) {
      throw new IllegalArgumentException(
          "no part '%s' in data set '%s'; it has %s".formatted(name, id, subfolders()));
    }
    if (truth.hasParts() && Truth.PARTS.containsKey(name)) {
      return new DataSet(id + "/" + name, inside, entry, name + ".csv", Truth.PARTS.get(name));
    }
    return new DataSet(id + "/" + name, inside, null, null, null);
  }

  private List<String> subfolders() {
    try (var all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .filter(f -> !f.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Reason.unchecked("cannot read " + folder, e);
    }
  }

  /**
   * The sound files, or the CSV files of a table set, sorted by path, the same on every machine.
   * Hidden files and folders are skipped.
   */
  public List<Path> files() {
    return found().items().stream().map(SoundFiles.Item::path).toList();
  }

  /**
   * The sound files with their labels and groups, for {@code FeatureTable}; named by {@link #name}.
   * Unreadable entries are listed as failures.
   */
  public SoundFiles sounds() {
    return hasTruth()
        ? found()
            .withItems(
                item ->
                    new SoundFiles.Item(
                        item.path(), item.name(), label(item.path()), truth.groups(item.name())))
        : found();
  }

  private synchronized SoundFiles found() {
    if (files == null) {
      files =
          hasTables()
              ? SoundFiles.listed(
                  id, csvFiles().map(f -> new SoundFiles.Item(f, name(f), "")).toList())
              : SoundFiles.folder(folder).withName(id);
    }
    return files;
  }

  /** Whether its files are tables, not sound. */
  boolean hasTables() {
    return entry != null && entry.kind().equals("table");
  }

  private Stream<Path> csvFiles() {
    return FolderWalk.of(folder).files().stream()
        .filter(file -> FolderWalk.ending(file).equals("csv"));
  }

  /** The path of a file relative to the folder, with forward slashes, as used in tables. */
  public String name(Path file) {
    Path whole = file.isAbsolute() ? file.normalize() : folder.resolve(file).normalize();
    Check.that(
        whole.startsWith(folder), "file=%s: does not lie in data set '%s', %s", file, id, folder);
    return Manifest.relative(folder, whole);
  }

  /**
   * The file of this name.
   *
   * @param name path relative to the folder
   * @throws IllegalArgumentException if it does not exist
   */
  public Path file(String name) {
    Path file = folder.resolve(name).normalize();
    Check.that(
        file.startsWith(folder) && Files.isRegularFile(file),
        "no file '%s' in data set '%s', %s",
        name,
        id,
        folder);
    return file;
  }

  /** Whether labels are known. */
  boolean hasTruth() {
    return truth.known();
  }

  /**
   * The labels as a table: one row per segment for the episodes of {@code studio}, otherwise one
   * row per file.
   *
   * <ul>
   *   <li>{@code studio/episodes}: file, start_s, end_s, what, then speaker and music where they
   *       apply
   *   <li>{@code studio/tracks}: file, style, tempo_bpm, key, instruments, seconds
   *   <li>{@code studio/sounds}: file, class, seconds
   *   <li>all others: file, label
   * </ul>
   *
   * @throws IllegalStateException if there are no labels; the message says how to add them
   */
  public Table truth() {
    return truth.table();
  }

  /**
   * The label of a file; for an episode, the kind that lasts longest. Empty if unknown.
   *
   * @param file absolute, or relative to the folder
   */
  public String label(Path file) {
    return truth.label(name(file));
  }

  /** See {@link #label(Path)}. */
  public String label(String file) {
    return label(Path.of(file));
  }

  /**
   * The label of a segment: in an episode the kind that lasts longest (on a tie the first of
   * speech, music, both, silence); in other sets the label of the file.
   *
   * @param fromSeconds start, from the start of the file
   * @param toSeconds end, above {@code fromSeconds}
   */
  public String label(Path file, double fromSeconds, double toSeconds) {
    Check.that(
        toSeconds > fromSeconds,
        "fromSeconds=%s, toSeconds=%s: toSeconds must be above fromSeconds",
        fromSeconds,
        toSeconds);
    return truth.label(name(file), fromSeconds, toSeconds);
  }

  /** See {@link #label(Path, double, double)}. */
  public String label(String file, double fromSeconds, double toSeconds) {
    return label(Path.of(file), fromSeconds, toSeconds);
  }

  /**
   * One example clip per label: the first segment of at least this length, otherwise the longest.
   * Without labels, the start of the first and of the last file.
   *
   * @param seconds maximum clip length, above 0
   * @return clips named by label and file; speech, music, both, silence first, then alphabetically
   */
  public List<Clip> examples(double seconds) {
    Check.that(seconds > 0, "seconds=%s: must be above 0", seconds);
    Map<String, Truth.Stretch> best = new TreeMap<>(Comparator.comparing(DataSet::rank));
    for (Path file : files()) {
      for (Truth.Stretch stretch : truth.stretches(file, seconds)) {
        best.merge(
            stretch.label(), stretch, (old, next) -> next.seconds() > old.seconds() ? next : old);
      }
    }
    if (best.isEmpty()) {
      Check.that(
          !files().isEmpty(),
          "data set '%s' has no sound file in %s, so there is nothing to hear",
          id,
          folder);
      Set<Path> ends = new LinkedHashSet<>(List.of(files().getFirst(), files().getLast()));
      return ends.stream().map(file -> clip(file, name(file), 0, seconds)).toList();
    }
    return best.values().stream()
        .map(s -> clip(s.file(), s.label() + " · " + name(s.file()), s.from(), s.seconds()))
        .toList();
  }

  private static String rank(String label) {
    int usual = List.of("speech", "music", "both", "silence").indexOf(label);
    return (usual < 0 ? "9" : String.valueOf(usual)) + label;
  }

  private static Clip clip(Path file, String name, double from, double seconds) {
    ReadOptions all = ReadOptions.all().withTolerateDamage(true); // to listen to what is there
    double length = AudioFiles.probe(file, all).durationSeconds();
    double start = Math.max(0, Math.min(from, length - seconds));
    return AudioFiles.read(file, all.withPart(start, Math.min(seconds, length))).withName(name);
  }

  /**
   * SHA-256 over the names and contents of its sound files and CSV tables: the same folder has the
   * same hash on every machine. The first call reads every file.
   *
   * @return 64 hexadecimal digits
   * @throws UncheckedIOException naming a file that cannot be read
   */
  public synchronized String hash() {
    if (hash == null) {
      Set<Path> all = new TreeSet<>(Comparator.comparing(this::name));
      all.addAll(files());
      csvFiles().forEach(all::add);
      all.removeIf(file -> file.getFileName().toString().equals(Manifest.NAME));
      SortedMap<String, String> hashes = new TreeMap<>();
      for (Manifest.Entry one : Manifest.entries(folder, List.copyOf(all))) {
        hashes.put(one.file(), one.sha256());
      }
      hash = Manifest.hash(hashes);
    }
    return hash;
  }

  /**
   * SHA-256 of each CSV table of the folder, by name.
   *
   * @param unreadable receives the tables that cannot be read, with the reason
   */
  SortedMap<String, String> tables(List<String> unreadable) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path file : csvFiles().toList()) {
      if (!file.getFileName().toString().equals(Manifest.NAME)) {
        try {
          hashes.put(name(file), Sha256.of(file));
        } catch (IOException e) {
          unreadable.add(name(file) + ": cannot be read: " + Reason.words(e));
        }
      }
    }
    return hashes;
  }

  @Override
  public String toString() {
    boolean tables = hasTables();
    StringBuilder text = new StringBuilder("data set '" + id + "': ");
    text.append(String.format(Locale.ROOT, "%,d ", files().size()));
    text.append(tables ? "table" : "sound file").append(files().size() == 1 ? "" : "s");
    if (!tables && hasTruth()) {
      Set<String> kinds = new TreeSet<>(truth.labels().values());
      text.append(", ").append(kinds.size()).append(kinds.size() == 1 ? " label" : " labels");
      if (kinds.size() <= 6) {
        text.append(" (").append(String.join(", ", kinds)).append(")");
      }
    }
    if (entry != null) {
      text.append(", ").append(entry.licence());
    }
    int unread = found().failures().size();
    if (unread > 0) {
      text.append(", ").append(unread).append(unread == 1 ? " entry" : " entries");
      text.append(" that cannot be read");
    }
    return text.toString();
  }
}
