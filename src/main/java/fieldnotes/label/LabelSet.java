package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.common.FolderWalk;
import fieldnotes.common.Warnings;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** Labels of clips, one per clip, in the order of the clips. Immutable. */
public final class LabelSet {
  private static final List<String> ENDS = List.of("end_s", "duration_s");

  private final SortedMap<Segment, Label> labels;
  private SegmentIndex index;

  private LabelSet(SortedMap<Segment, Label> labels) {
    this.labels = labels;
  }

  /** No labels. */
  public static LabelSet empty() {
    return new LabelSet(new TreeMap<>());
  }

  /**
   * These labels.
   *
   * @throws IllegalArgumentException if a clip has two
   */
  public static LabelSet of(Collection<Label> labels) {
    SortedMap<Segment, Label> byClip = new TreeMap<>();
    for (Label label : labels) {
      Label before = byClip.put(label.clip(), label);
      Check.that(
          before == null,
          "%s has two labels, '%s' and '%s': settle them first",
          label.clip(),
          before == null ? "" : before.name(),
          label.name());
    }
    return new LabelSet(byClip);
  }

  /**
   * Labels by ear of rows whose class is known.
   *
   * @param rows with the columns of {@link #clips}
   * @param who the listener
   * @param when when they were heard
   */
  public static LabelSet of(Samples rows, String who, Instant when) {
    List<Segment> clips = clips(rows);
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      if (!rows.classes().get(i).isEmpty()) {
        labels.add(Label.byEar(clips.get(i), rows.classes().get(i), who, when));
      }
    }
    return of(labels);
  }

  /**
   * The clip of each row.
   *
   * @param rows with a column {@code file}; their parts of the files are from {@code start_s} to
   *     {@code end_s}, or for {@code duration_s}; without {@code start_s} they are whole files
   * @throws IllegalArgumentException if there is no column {@code file}
   */
  public static List<Segment> clips(Samples rows) {
    Table table = rows.table();
    Check.that(
        table.containsColumn("file"),
        "'%s' has no column 'file': labels are of sound files; its columns are %s",
        rows.id(),
        table.columnNames());
    List<String> files = List.of(table.column("file").asStringColumn().asObjectArray());
    if (!table.containsColumn("start_s")) {
      return files.stream().map(Segment::of).toList();
    }
    double[] start = Matrix.column(table, "start_s");
    Optional<String> ends = ENDS.stream().filter(table::containsColumn).findFirst();
    double[] end = ends.map(name -> Matrix.column(table, name)).orElse(null);
    List<Segment> clips = new ArrayList<>();
    for (int i = 0; i < start.length; i++) {
      double to =
          end == null ? Double.NaN : end[i] + (ends.get().equals("duration_s") ? start[i] : 0);
      clips.add(new Segment(files.get(i), start[i], to));
    }
    return List.copyOf(clips);
  }

  /** All labels, in the order of the clips. */
  public List<Label> labels() {
    return List.copyOf(labels.values());
  }

  /** The number of labels. */
  public int size() {
    return labels.size();
  }

  /** The label of a clip, if it has one. */
  public Optional<Label> of(Segment clip) {
    return Optional.ofNullable(labels.get(clip));
  }

  /**
   * The label that holds for a clip: its own, where start and end may differ by 10 ms; otherwise
   * that of the shortest labelled part around it, in the end of the whole file. Names of files that
   * differ in composed and decomposed accents are the same.
   */
  public Optional<Label> at(Segment clip) {
    return index().find(clip);
  }

  private synchronized SegmentIndex index() {
    if (index == null) {
      index = new SegmentIndex(labels.values());
    }
    return index;
  }

  /** The class of each of these clips by {@link #at}; empty text where it has none. */
  public List<String> classes(List<Segment> clips) {
    return clips.stream().map(clip -> at(clip).map(Label::name).orElse("")).toList();
  }

  /**
   * The rows with the classes that hold for their clips by {@link #at}; empty where there is none.
   * The label of a whole file is that of all its chunks. It is a warning if no label is about any
   * row.
   *
   * @param rows with the columns of {@link #clips}; files are named from the same folder as here
   */
  public Samples on(Samples rows) {
    List<Segment> clips = clips(rows);
    List<String> classes = classes(clips);
    if (!labels.isEmpty() && classes.stream().allMatch(String::isEmpty)) {
      Warnings.warn(
          "no label is about a row of '%s': labels are of files such as %s, rows of %s"
              .formatted(
                  rows.id(),
                  Sources.shown(labels.firstKey().file()),
                  clips.isEmpty() ? "none" : Sources.shown(clips.getFirst().file())));
    }
    return rows.withClasses(classes);
  }

  /** The number of labels of each class, by the name of the class. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    labels.values().forEach(label -> counts.merge(label.name(), 1, Integer::sum));
    return new LinkedHashMap<>(counts);
  }

  /** Only the labels for which this holds, such as {@code label -> label.how() == How.EAR}. */
  public LabelSet only(Predicate<Label> which) {
    return of(labels.values().stream().filter(which).toList());
  }

  /**
   * Random labels without repetition. Which are chosen depends on the clips and the seed only, and
   * a larger sample of the same seed contains the smaller ones.
   *
   * @param count at least 1; all if there are fewer
   * @param seed 0 to 4294967295
   */
  public LabelSet sample(int count, long seed) {
    List<Label> all = labels();
    return of(Arrays.stream(Playlists.sample(all.size(), count, seed)).mapToObj(all::get).toList());
  }

  /**
   * The labels with their files named from another folder, for rows or sets of that folder.
   *
   * @param from the folder from which they are named now, such as that of the labels file
   * @param to the folder from which they shall be named, such as {@code rows.folder()}
   */
  public LabelSet inFolder(Path from, Path to) {
    Path home = from.toAbsolutePath().normalize();
    Path other = to.toAbsolutePath().normalize();
    if (home.equals(other)) {
      return this;
    }
    return of(
        labels.values().stream()
            .map(label -> label.withClip(label.clip().withFile(named(label, home, other))))
            .toList());
  }

  private static String named(Label label, Path from, Path to) {
    Path file = Playlists.path(from, label.clip().file()).normalize();
    boolean same = file.getRoot() != null && file.getRoot().equals(to.getRoot());
    return FolderWalk.slashes(same ? to.relativize(file) : file);
  }

  /** The labels with other names for classes, such as dialogue for speech; others keep theirs. */
  public LabelSet renamed(Map<String, String> names) {
    return of(
        labels.values().stream()
            .map(label -> label.withName(names.getOrDefault(label.name(), label.name())))
            .toList());
  }

  /**
   * The labels with other names for classes, every class being named.
   *
   * @throws IllegalArgumentException listing the classes that are not
   */
  public LabelSet renamedAll(Map<String, String> names) {
    List<String> missing =
        counts().keySet().stream().filter(name -> !names.containsKey(name)).toList();
    Check.that(
        missing.isEmpty(),
        "no name is given for %s: name each class, to itself if it stays",
        missing);
    return renamed(names);
  }

  /** These labels, and the others for clips that have none here. */
  public LabelSet orElse(LabelSet others) {
    List<Label> both = new ArrayList<>(labels.values());
    others.labels.forEach(
        (clip, label) -> {
          if (!labels.containsKey(clip)) {
            both.add(label);
          }
        });
    return of(both);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSet set && labels.equals(set.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode();
  }

  @Override
  public String toString() {
    String classes =
        counts().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return labels.isEmpty()
        ? "no labels"
        : "%d %s: %s".formatted(size(), size() == 1 ? "label" : "labels", classes);
  }
}
