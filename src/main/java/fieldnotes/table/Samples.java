package fieldnotes.table;

import fieldnotes.common.Check;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * A dataset for learning: features, an optional target (numbers or classes), groups, weights, row
 * names and provenance. Selecting rows or replacing features keeps the rest aligned.
 *
 * <p>Immutable; do not change a table or matrix after passing it in.
 */
public final class Samples implements Rows {
  private final SampleColumns columns;
  private final SampleParts parts;
  private final Supplier<List<String>> classNames =
      SampleColumns.once(() -> ClassRows.names(classes()));

  private Samples(SampleColumns columns, SampleParts parts) {
    this.columns = columns;
    this.parts = parts;
  }

  /** All columns of a table as features; no target, no source. */
  public static Samples of(Table table) {
    return new Samples(
        SampleColumns.of(table, table.columnNames()), SampleParts.of(String.valueOf(table.name())));
  }

  /** All columns as features; no target, no source. */
  public static Samples of(Matrix x) {
    return new Samples(SampleColumns.of(x), SampleParts.of("rows"));
  }

  /** Features with a numeric target, shape [rows]. */
  public static Samples of(Rows x, double[] target) {
    return of(x).withTarget("target", target);
  }

  /** Features with class labels; empty text where unknown. */
  public static Samples of(Rows x, List<String> classes) {
    return of(x).withClasses(classes);
  }

  /** Samples keep their groups, weights and provenance. */
  private static Samples of(Rows x) {
    return x instanceof Samples samples ? samples : of(x.matrix());
  }

  private Samples with(SampleColumns other) {
    return new Samples(other, parts);
  }

  private Samples with(SampleParts other) {
    return new Samples(columns, other);
  }

  /** Returns a copy with this name, shown by tables and models. */
  public Samples withId(String id) {
    return with(parts.withId(id));
  }

  /**
   * Returns a copy with only these columns as features.
   *
   * @throws IllegalArgumentException if a column does not exist, listing the columns, or is named
   *     twice
   */
  public Samples withFeatures(List<String> names) {
    return with(columns.select(names));
  }

  /** Returns a copy with these numbers as features; the rest is kept. */
  public Samples withFeatures(Matrix x) {
    Check.sameLength("x", x.rowCount(), "rows", rowCount());
    return with(columns.replace(x));
  }

  /** Returns a copy with another table of the same rows and these columns of it as features. */
  public Samples withTable(Table other, List<String> features) {
    Check.sameLength("table", other.rowCount(), "rows", rowCount());
    return with(SampleColumns.of(other, features));
  }

  /** Returns a copy with a numeric column as the target; it is removed from the features. */
  public Samples withTarget(String column) {
    double[] numbers = Matrix.column(table(), column);
    return with(columns.without(column)).withTarget(column, numbers);
  }

  /**
   * Returns a copy with a numeric target, shape [rows]; finite.
   *
   * @throws IllegalArgumentException if a feature has this name
   */
  public Samples withTarget(String name, double[] numbers) {
    requireNoFeature(name);
    Check.sameLength("target", numbers.length, "rows", rowCount());
    return with(parts.withTarget(SampleParts.Target.of(name, numbers.clone())));
  }

  private void requireNoFeature(String target) {
    Check.that(
        !features().contains(target),
        "'%s' is a feature, so a model would see what it must predict; choose the column as the"
            + " target by its name alone, or rename or drop it",
        target);
  }

  /** Returns a copy with this unit for the target, such as {@code $}. */
  public Samples withUnit(String unit) {
    Check.that(parts.target() != null, "'%s' has nothing to predict: choose a target first", id());
    return with(parts.withTarget(parts.target().withUnit(unit)));
  }

  /** Returns a copy with a column as the class labels; it is removed from the features. */
  public Samples withClasses(String column) {
    return with(columns.without(column)).withClasses(column, columns.texts(column));
  }

  /** Returns a copy with class labels; empty text where unknown. */
  public Samples withClasses(List<String> classes) {
    return withClasses("class", classes);
  }

  private Samples withClasses(String name, List<String> classes) {
    requireNoFeature(name);
    return with(
        parts.withTarget(
            SampleParts.Target.of(name, SampleParts.texts("classes", classes, rowCount()))));
  }

  /**
   * Returns a copy with groups: rows of one group stay together in grouped splits.
   *
   * @param name the kind of group, such as {@code recording} or {@code speaker}
   * @param groups the group of each row
   */
  public Samples withGroups(String name, List<String> groups) {
    return with(parts.withGroups(name, SampleParts.texts("groups", groups, rowCount())));
  }

  /** Returns a copy with row weights: finite, at least 0, not all 0, shape [rows]. */
  public Samples withWeights(double[] weights) {
    Check.sameLength("weights", weights.length, "rows", rowCount());
    Check.weights("weights", weights);
    return with(parts.withWeights(weights.clone()));
  }

  /** Returns a copy whose rows all count the same. */
  public Samples withoutWeights() {
    return with(parts.withWeights(null));
  }

  /** Returns a copy with row names for display, such as file and position. */
  public Samples withNames(List<String> names) {
    return with(parts.withNames(SampleParts.texts("names", names, rowCount())));
  }

  /** Returns a copy with the base folder of the paths in column {@code file}. */
  public Samples withFolder(Path folder) {
    return with(parts.withFolder(folder));
  }

  /** See {@link #withFolder(Path)}. */
  public Samples withFolder(String folder) {
    return withFolder(Path.of(folder));
  }

  /** Returns a copy that lists inputs that gave no row, such as broken files, with the reason. */
  public Samples withLeftOut(List<String> reasons) {
    return with(parts.withLeftOut(reasons));
  }

  /** Returns a copy with this provenance. */
  public Samples withProvenance(Provenance provenance) {
    return with(parts.withProvenance(provenance));
  }

  /** These rows, in this order, from 0; repeats are allowed. */
  public Samples rows(int[] rows) {
    int[] chosen = rows.clone();
    return new Samples(columns.rows(chosen), parts.rows(chosen));
  }

  /** The first {@code count} rows, or all if there are fewer. */
  public Samples first(int count) {
    Check.atLeast("count", count, 1);
    return rows(IntStream.range(0, Math.min(count, rowCount())).toArray());
  }

  /** The rows with a known class. */
  public Samples labelled() {
    return rows(ClassRows.known(classes()));
  }

  /**
   * The rows of these classes, in the order of the rows.
   *
   * @throws IllegalArgumentException if none is given, or one is in no row, listing those that are
   */
  public Samples only(List<String> classes) {
    return rows(ClassRows.of(this, classes));
  }

  /** See {@link #only(List)}. */
  public Samples only(String... classes) {
    return only(List.of(classes));
  }

  /** The name of the data set or table. */
  public String id() {
    return parts.id();
  }

  /** The number of rows. */
  public int rowCount() {
    return columns.rowCount();
  }

  /** All columns of the rows, including the features. */
  public Table table() {
    return columns.table();
  }

  /** The names of the feature columns. */
  public List<String> features() {
    return columns.features();
  }

  /**
   * The features as numbers, shape [rows][features]; NaN where missing.
   *
   * @throws IllegalArgumentException if a feature is text
   */
  @Override
  public Matrix matrix() {
    return columns.matrix();
  }

  /** Whether every feature is numeric. */
  public boolean isNumeric() {
    return columns.isNumeric();
  }

  /**
   * The numeric features only, shape [rows][features]; NaN where missing.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Matrix numeric() {
    return columns.numeric(id());
  }

  /** Whether the target is numeric. */
  public boolean hasNumbers() {
    return parts.target() != null && parts.target().numbers() != null;
  }

  /** Whether any row has a class. */
  public boolean hasClasses() {
    return !classNames().isEmpty();
  }

  /**
   * The numeric target, shape [rows].
   *
   * @throws IllegalArgumentException if there is none
   */
  public double[] numbers() {
    Check.that(
        hasNumbers(), "'%s' has no number to predict: choose one with withTarget(column)", id());
    return parts.target().numbers().clone();
  }

  /** The class of each row, shape [rows]; empty text where unknown. */
  public List<String> classes() {
    return parts.target() == null || parts.target().classes() == null
        ? Collections.nCopies(rowCount(), "")
        : parts.target().classes();
  }

  /** The distinct known classes, sorted by code point. */
  public List<String> classNames() {
    return classNames.get();
  }

  /**
   * The distinct known classes of the rows that these were chosen from, which may have more than
   * {@link #classNames()}; sorted by code point. Charts colour classes by it, so that a class keeps
   * its colour where others are absent.
   */
  public List<String> everyClass() {
    return parts.target() == null ? List.of() : parts.target().every().get();
  }

  /** The name of the target; empty without one. */
  public String target() {
    return parts.target() == null ? "" : parts.target().name();
  }

  /** The unit of a numeric target; may be empty. */
  public String unit() {
    return parts.target() == null ? "" : parts.target().unit();
  }

  /** The names of the groupings, such as {@code recording}. */
  public List<String> groupNames() {
    return List.copyOf(parts.groups().keySet());
  }

  /**
   * The group of each row.
   *
   * @param name the kind of group, such as {@code recording}
   * @throws IllegalArgumentException if it does not exist, listing those that do
   */
  public List<String> groups(String name) {
    Check.that(
        parts.groups().containsKey(name),
        "'%s' has no groups '%s'; it has %s",
        id(),
        name,
        groupNames());
    return parts.groups().get(name);
  }

  /** The row weights, shape [rows]; empty if all are equal. */
  public Optional<double[]> weights() {
    return Optional.ofNullable(parts.weights()).map(double[]::clone);
  }

  /** The name of each row; its number if none was given. */
  public List<String> names() {
    return parts.names() != null
        ? parts.names()
        : IntStream.range(0, rowCount()).mapToObj(Integer::toString).toList();
  }

  /** The base folder of the paths in column {@code file}; empty for rows without files. */
  public Optional<Path> folder() {
    return Optional.ofNullable(parts.folder());
  }

  /** Inputs that gave no row, with the reason; usually empty. */
  public List<String> leftOut() {
    return parts.leftOut();
  }

  /** Where the rows come from. */
  public Provenance provenance() {
    return parts.provenance();
  }

  /**
   * A number of clusters: the number of known classes, or {@code otherwise} if there are fewer than
   * two; below the number of rows.
   */
  public int clusters(int otherwise) {
    int known = classNames().size();
    return Math.max(1, Math.min(known > 1 ? known : otherwise, rowCount() - 1));
  }

  /**
   * Row numbers of a few examples: the first rows of each known class, in the order of {@link
   * #classNames()}; without classes, evenly spaced rows.
   *
   * @param each maximum rows per class, at least 1
   * @param most maximum rows in total, at least 1
   */
  public int[] some(int each, int most) {
    return ClassRows.some(this, each, most);
  }

  @Override
  public String toString() {
    int kinds = classNames().size();
    String predicts =
        hasNumbers()
            ? ", to predict " + target()
            : kinds == 0
                ? ", no known classes"
                : ", " + kinds + (kinds == 1 ? " known class" : " known classes");
    String without = leftOut().isEmpty() ? "" : "; %d left out".formatted(leftOut().size());
    return "%s: %d rows by %d features%s%s"
        .formatted(id(), rowCount(), features().size(), predicts, without);
  }
}
