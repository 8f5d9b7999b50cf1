package fieldnotes.table;

import fieldnotes.common.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A dataset for learning: features, an optional target (numbers or classes), groups, weights, row
 * names and provenance. Selecting rows or replacing features keeps the rest aligned.
 *
 * <p>Immutable; do not change a table or matrix after passing it in.
 */
public final class Samples implements Rows {
  private final Supplier<Table> table;
  private final Supplier<Matrix> matrix;
  private final int rowCount;
  private final SampleParts parts;

  /** Whether built from a matrix, so that no table is needed. */
  private final boolean plain;

  private Samples(
      Supplier<Table> table,
      Supplier<Matrix> matrix,
      int rowCount,
      SampleParts parts,
      boolean plain) {
    this.table = table;
    this.matrix = matrix;
    this.rowCount = rowCount;
    this.parts = parts;
    this.plain = plain;
  }

  /** All columns of a table as features; no target, no source. */
  public static Samples of(Table table) {
    return of(
        () -> table,
        table.rowCount(),
        SampleParts.of(String.valueOf(table.name()), table.columnNames()));
  }

  /** All columns as features; no target, no source. */
  public static Samples of(Matrix x) {
    SampleParts parts = SampleParts.of("rows", x.names());
    return new Samples(once(() -> x.toTable("rows")), () -> x, x.rowCount(), parts, true);
  }

  /** Features with a numeric target, shape [rows]. */
  public static Samples of(Rows x, double[] target) {
    return of(x.matrix()).withTarget("target", target);
  }

  /** Features with class labels; empty text where unknown. */
  public static Samples of(Rows x, List<String> classes) {
    return of(x.matrix()).withClasses(classes);
  }

  private static Samples of(Supplier<Table> table, int rows, SampleParts parts) {
    return new Samples(
        table, once(() -> Matrix.from(table.get(), parts.features())), rows, parts, false);
  }

  private Samples with(SampleParts other) {
    return other.features().equals(parts.features())
        ? new Samples(table, matrix, rowCount, other, plain)
        : of(table, rowCount, other);
  }

  /** Returns a copy with this name, shown by tables and models. */
  public Samples withId(String id) {
    return with(parts.withId(id));
  }

  /**
   * Returns a copy with only these columns as features.
   *
   * @throws IllegalArgumentException if a column does not exist, listing the columns
   */
  public Samples withFeatures(List<String> columns) {
    if (plain && parts.features().containsAll(columns)) {
      Supplier<Matrix> some = once(() -> matrix.get().select(columns));
      return new Samples(table, some, rowCount, parts.withFeatures(columns), true);
    }
    columns.forEach(name -> Matrix.named(table.get(), name));
    return with(parts.withFeatures(columns));
  }

  /** Returns a copy with these numbers as features; the rest is kept. */
  public Samples withFeatures(Matrix x) {
    Check.sameLength("x", x.rowCount(), "rows", rowCount);
    Set<String> gone = new HashSet<>(parts.features());
    Supplier<Table> after =
        once(
            () -> {
              Table before = table.get();
              Table made = Table.create(before.name());
              for (Column<?> column : before.columns()) {
                if (!gone.contains(column.name()) && !x.names().contains(column.name())) {
                  made.addColumns(column);
                }
              }
              x.toTable(before.name()).columns().forEach(made::addColumns);
              return made;
            });
    return new Samples(after, () -> x, rowCount, parts.withFeatures(x.names()), true);
  }

  /** Returns a copy with another table of the same rows and these columns of it as features. */
  public Samples withTable(Table other, List<String> features) {
    Check.sameLength("table", other.rowCount(), "rows", rowCount);
    return of(() -> other, rowCount, parts.withFeatures(features));
  }

  /** Returns a copy with a numeric column as the target; it is removed from the features. */
  public Samples withTarget(String column) {
    return without(column).withTarget(column, Matrix.column(table.get(), column));
  }

  /** Returns a copy with a numeric target, shape [rows]; finite. */
  public Samples withTarget(String name, double[] numbers) {
    Check.sameLength("target", numbers.length, "rows", rowCount);
    for (int i = 0; i < numbers.length; i++) {
      Check.that(
          Double.isFinite(numbers[i]),
          "target '%s' has %s at row %d: drop such rows first",
          name,
          numbers[i],
          i);
    }
    return with(parts.withTarget(new SampleParts.Target(name, "", numbers.clone(), null)));
  }

  /** Returns a copy with this unit for the target, such as {@code $}. */
  public Samples withUnit(String unit) {
    SampleParts.Target target = required();
    return with(
        parts.withTarget(
            new SampleParts.Target(target.name(), unit, target.numbers(), target.classes())));
  }

  /** Returns a copy with a column as the class labels; it is removed from the features. */
  public Samples withClasses(String column) {
    Column<?> cells = Matrix.named(table.get(), column);
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < rowCount; i++) {
      classes.add(cells.isMissing(i) ? "" : text(cells, i));
    }
    return without(column).withClasses(column, classes);
  }

  /** The cell as text: integers without decimals, text trimmed. */
  private static String text(Column<?> cells, int row) {
    return cells instanceof NumericColumn<?> numbers
        ? Numbers.text(numbers.getDouble(row))
        : cells.getString(row).strip();
  }

  /** Returns a copy with class labels; empty text where unknown. */
  public Samples withClasses(List<String> classes) {
    return withClasses("class", classes);
  }

  private Samples withClasses(String name, List<String> classes) {
    Check.sameLength("classes", classes.size(), "rows", rowCount);
    return with(parts.withTarget(new SampleParts.Target(name, "", null, List.copyOf(classes))));
  }

  private Samples without(String feature) {
    List<String> left = new ArrayList<>(parts.features());
    left.remove(feature);
    return with(parts.withFeatures(left));
  }

  /**
   * Returns a copy with groups: rows of one group stay together in grouped splits.
   *
   * @param name the kind of group, such as {@code recording} or {@code speaker}
   * @param groups the group of each row
   */
  public Samples withGroups(String name, List<String> groups) {
    Check.sameLength("groups", groups.size(), "rows", rowCount);
    return with(parts.withGroups(name, groups));
  }

  /** Returns a copy with row weights: finite, at least 0, not all 0, shape [rows]. */
  public Samples withWeights(double[] weights) {
    Check.sameLength("weights", weights.length, "rows", rowCount);
    double sum = 0;
    for (double w : weights) {
      sum += Check.within("weight", w, 0, Double.MAX_VALUE);
    }
    Check.positive("the sum of weights", sum);
    return with(parts.withWeights(weights.clone()));
  }

  /** Returns a copy with row names for display, such as file and position. */
  public Samples withNames(List<String> names) {
    Check.sameLength("names", names.size(), "rows", rowCount);
    return with(parts.withNames(names));
  }

  /** Returns a copy with the base folder of the paths in column {@code file}. */
  public Samples withFolder(Path folder) {
    return with(parts.withFolder(folder));
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
    for (int row : chosen) {
      Check.that(row >= 0 && row < rowCount, "row=%d: there are %d rows", row, rowCount);
    }
    Supplier<Table> some =
        once(
            () -> {
              Table whole = table.get();
              Table made = Table.create(whole.name());
              whole.columns().forEach(c -> made.addColumns(c.subset(chosen)));
              return made;
            });
    return new Samples(
        some, once(() -> matrix.get().rows(chosen)), chosen.length, parts.rows(chosen), plain);
  }

  /** The first {@code count} rows, or all if there are fewer. */
  public Samples first(int count) {
    Check.atLeast("count", count, 1);
    return rows(IntStream.range(0, Math.min(count, rowCount)).toArray());
  }

  /** The rows with a known class. */
  public Samples labelled() {
    List<String> classes = classes();
    return rows(IntStream.range(0, rowCount).filter(i -> !classes.get(i).isEmpty()).toArray());
  }

  /** The name of the data set or table. */
  public String id() {
    return parts.id();
  }

  /** The number of rows. */
  public int rowCount() {
    return rowCount;
  }

  /** All columns of the rows, including the features. */
  public Table table() {
    return table.get();
  }

  /** The names of the feature columns. */
  public List<String> features() {
    return parts.features();
  }

  /**
   * The features as numbers, shape [rows][features]; NaN where missing.
   *
   * @throws IllegalArgumentException if a feature is text
   */
  @Override
  public Matrix matrix() {
    return matrix.get();
  }

  /** Whether every feature is numeric. */
  public boolean isNumeric() {
    return plain
        || parts.features().stream()
            .allMatch(name -> Matrix.named(table.get(), name) instanceof NumericColumn<?>);
  }

  /**
   * The numeric features only, shape [rows][features]; NaN where missing.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Matrix numeric() {
    if (isNumeric()) {
      return matrix();
    }
    List<String> names =
        parts.features().stream()
            .filter(name -> Matrix.named(table.get(), name) instanceof NumericColumn<?>)
            .toList();
    Check.that(!names.isEmpty(), "'%s' has no numeric feature: it has %s", id(), features());
    return Matrix.from(table.get(), names);
  }

  /** Whether the target is numeric. */
  public boolean hasNumbers() {
    return parts.target() != null && parts.target().numbers() != null;
  }

  /** Whether any row has a class. */
  public boolean hasClasses() {
    return parts.target() != null
        && parts.target().classes() != null
        && parts.target().classes().stream().anyMatch(c -> !c.isEmpty());
  }

  /**
   * The numeric target, shape [rows].
   *
   * @throws IllegalStateException if there is none
   */
  public double[] numbers() {
    if (!hasNumbers()) {
      throw new IllegalStateException(
          "'%s' has no number to predict: choose one with withTarget(column)".formatted(id()));
    }
    return parts.target().numbers().clone();
  }

  /** The class of each row, shape [rows]; empty text where unknown. */
  public List<String> classes() {
    return parts.target() == null || parts.target().classes() == null
        ? Collections.nCopies(rowCount, "")
        : parts.target().classes();
  }

  /** The distinct known classes, sorted by code point. */
  public List<String> classNames() {
    return classes().stream().filter(c -> !c.isEmpty()).distinct().sorted(Split.ORDER).toList();
  }

  /** The name of the target; empty without one. */
  public String target() {
    return parts.target() == null ? "" : parts.target().name();
  }

  /** The unit of a numeric target; may be empty. */
  public String unit() {
    return parts.target() == null ? "" : parts.target().unit();
  }

  private SampleParts.Target required() {
    Check.that(parts.target() != null, "'%s' has nothing to predict: choose a target first", id());
    return parts.target();
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
        : IntStream.range(0, rowCount).mapToObj(Integer::toString).toList();
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
    return Math.max(1, Math.min(known > 1 ? known : otherwise, rowCount - 1));
  }

  /**
   * Row numbers of a few examples: the first rows of each class, in class order; without classes,
   * evenly spaced rows.
   *
   * @param each maximum rows per class
   * @param most maximum rows in total
   */
  public int[] some(int each, int most) {
    if (!hasClasses()) {
      int count = Math.min(most, rowCount);
      return IntStream.range(0, count).map(i -> (int) ((long) i * rowCount / count)).toArray();
    }
    List<String> classes = classes();
    return classes.stream()
        .distinct()
        .sorted()
        .flatMap(
            c ->
                IntStream.range(0, rowCount)
                    .filter(i -> classes.get(i).equals(c))
                    .limit(each)
                    .boxed())
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Computes a value on first use and caches it. Thread-safe. */
  private static <T> Supplier<T> once(Supplier<T> work) {
    return new Supplier<>() {
      private T value;

      @Override
      public synchronized T get() {
        if (value == null) {
          value = work.get();
        }
        return value;
      }
    };
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
        .formatted(id(), rowCount, features().size(), predicts, without);
  }
}
