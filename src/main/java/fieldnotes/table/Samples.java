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
 * Rows to learn from: the columns that a model may see, what is to be predicted (a number or a
 * class), which rows belong together, how much each counts, and where they come from. All of it
 * stays together when rows are chosen or columns prepared.
 *
 * <p>Immutable; the table and the matrix given to it must not be changed afterwards.
 */
public final class Samples implements Rows {
  private final Supplier<Table> table;
  private final Supplier<Matrix> matrix;
  private final int rowCount;
  private final SampleParts parts;

  /** Whether it was made of numbers, so that the table need not be asked. */
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

  /** Every column of a table as a feature, nothing to be predicted, no source. */
  public static Samples of(Table table) {
    return of(
        () -> table,
        table.rowCount(),
        SampleParts.of(String.valueOf(table.name()), table.columnNames()));
  }

  /** Every column as a feature, nothing to be predicted, no source. */
  public static Samples of(Matrix x) {
    SampleParts parts = SampleParts.of("rows", x.names());
    return new Samples(once(() -> x.toTable("rows")), () -> x, x.rowCount(), parts, true);
  }

  /** Rows of numbers with a number to be predicted for each. */
  public static Samples of(Rows x, double[] target) {
    return of(x.matrix()).withTarget("target", target);
  }

  /** Rows of numbers with the class of each; empty text where none is known. */
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

  /** Returns a copy with this name, as tables and models call their data. */
  public Samples withId(String id) {
    return with(parts.withId(id));
  }

  /**
   * Returns a copy with only these columns as features.
   *
   * @throws IllegalArgumentException naming the columns that exist, if one is not there
   */
  public Samples withFeatures(List<String> columns) {
    if (plain && parts.features().containsAll(columns)) {
      Supplier<Matrix> some = once(() -> matrix.get().select(columns));
      return new Samples(table, some, rowCount, parts.withFeatures(columns), true);
    }
    columns.forEach(name -> Matrix.named(table.get(), name));
    return with(parts.withFeatures(columns));
  }

  /** Returns a copy with these numbers as features; everything else stays. */
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

  /** Returns a copy with another table of the same rows, and these of its columns as features. */
  public Samples withTable(Table other, List<String> features) {
    Check.sameLength("table", other.rowCount(), "rows", rowCount);
    return of(() -> other, rowCount, parts.withFeatures(features));
  }

  /** Returns a copy with a numeric column to be predicted, no feature any more. */
  public Samples withTarget(String column) {
    return without(column).withTarget(column, Matrix.column(table.get(), column));
  }

  /** Returns a copy with a number to be predicted for each row, shape [rows]; finite. */
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

  /** Returns a copy whose target has this unit, such as {@code $}. */
  public Samples withUnit(String unit) {
    SampleParts.Target target = required();
    return with(
        parts.withTarget(
            new SampleParts.Target(target.name(), unit, target.numbers(), target.classes())));
  }

  /** Returns a copy with the classes that a column names, no feature any more. */
  public Samples withClasses(String column) {
    Column<?> cells = Matrix.named(table.get(), column);
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < rowCount; i++) {
      classes.add(cells.isMissing(i) ? "" : text(cells, i));
    }
    return without(column).withClasses(column, classes);
  }

  /** Whole numbers as such; text without blanks around it. */
  private static String text(Column<?> cells, int row) {
    return cells instanceof NumericColumn<?> numbers
        ? Numbers.text(numbers.getDouble(row))
        : cells.getString(row).strip();
  }

  /** Returns a copy with the class of each row, empty text where none is known. */
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
   * Returns a copy that knows which rows belong together.
   *
   * @param name what a group is, such as {@code recording} or {@code speaker}
   * @param groups the group of each row
   */
  public Samples withGroups(String name, List<String> groups) {
    Check.sameLength("groups", groups.size(), "rows", rowCount);
    return with(parts.withGroups(name, groups));
  }

  /** Returns a copy in which some rows count more: finite, at least 0, not all 0, shape [rows]. */
  public Samples withWeights(double[] weights) {
    Check.sameLength("weights", weights.length, "rows", rowCount);
    double sum = 0;
    for (double w : weights) {
      sum += Check.within("weight", w, 0, Double.MAX_VALUE);
    }
    Check.positive("the sum of weights", sum);
    return with(parts.withWeights(weights.clone()));
  }

  /** Returns a copy whose rows have names for people, such as a file and where in it. */
  public Samples withNames(List<String> names) {
    Check.sameLength("names", names.size(), "rows", rowCount);
    return with(parts.withNames(names));
  }

  /** Returns a copy whose column {@code file} names files below this folder. */
  public Samples withFolder(Path folder) {
    return with(parts.withFolder(folder));
  }

  /** Returns a copy that says what gave no row, with the reason, such as a broken file. */
  public Samples withLeftOut(List<String> reasons) {
    return with(parts.withLeftOut(reasons));
  }

  /** Returns a copy that comes from there; worked out when first asked for. */
  public Samples withProvenance(Supplier<Provenance> provenance) {
    return with(parts.withProvenance(once(provenance)));
  }

  /** These rows in this order, counted from 0; a row may come more than once. */
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

  /** The first rows, or all if there are no more. */
  public Samples first(int count) {
    Check.atLeast("count", count, 1);
    return rows(IntStream.range(0, Math.min(count, rowCount)).toArray());
  }

  /** The rows whose class is known. */
  public Samples labelled() {
    List<String> classes = classes();
    return rows(IntStream.range(0, rowCount).filter(i -> !classes.get(i).isEmpty()).toArray());
  }

  /** What the rows are called: the name of a data set or a table. */
  public String id() {
    return parts.id();
  }

  /** The number of rows. */
  public int rowCount() {
    return rowCount;
  }

  /** Everything known of each row, features among it. */
  public Table table() {
    return table.get();
  }

  /** The names of the columns that a model may see. */
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

  /** Whether every feature is a number. */
  public boolean isNumeric() {
    return plain
        || parts.features().stream()
            .allMatch(name -> Matrix.named(table.get(), name) instanceof NumericColumn<?>);
  }

  /**
   * The features that are numbers, text left out, shape [rows][features]; NaN where missing.
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

  /** Whether numbers are to be predicted. */
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
   * The numbers to be predicted, shape [rows].
   *
   * @throws IllegalStateException if there are none
   */
  public double[] numbers() {
    if (!hasNumbers()) {
      throw new IllegalStateException(
          "'%s' has no number to predict: choose one with withTarget(column)".formatted(id()));
    }
    return parts.target().numbers().clone();
  }

  /**
   * The class of each row, empty text where none is known; all empty where classes are not known.
   */
  public List<String> classes() {
    return parts.target() == null || parts.target().classes() == null
        ? Collections.nCopies(rowCount, "")
        : parts.target().classes();
  }

  /** The known classes, each once, sorted by code point. */
  public List<String> classNames() {
    return classes().stream().filter(c -> !c.isEmpty()).distinct().sorted(Split.ORDER).toList();
  }

  /** What is to be predicted, by name; empty where nothing is. */
  public String target() {
    return parts.target() == null ? "" : parts.target().name();
  }

  /** The unit of the numbers to be predicted, or empty. */
  public String unit() {
    return parts.target() == null ? "" : parts.target().unit();
  }

  private SampleParts.Target required() {
    Check.that(parts.target() != null, "'%s' has nothing to predict: choose a target first", id());
    return parts.target();
  }

  /** The names of the ways in which rows belong together. */
  public List<String> groupNames() {
    return List.copyOf(parts.groups().keySet());
  }

  /**
   * The group of each row.
   *
   * @param name such as {@code recording}
   * @throws IllegalArgumentException naming those there are, if it is not there
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

  /** How much each row counts, shape [rows]; empty where all count the same. */
  public Optional<double[]> weights() {
    return Optional.ofNullable(parts.weights()).map(double[]::clone);
  }

  /** A name for each row: as given, or its number. */
  public List<String> names() {
    return parts.names() != null
        ? parts.names()
        : IntStream.range(0, rowCount).mapToObj(Integer::toString).toList();
  }

  /** Where the files lie that the column {@code file} names; empty for rows of numbers only. */
  public Optional<Path> folder() {
    return Optional.ofNullable(parts.folder());
  }

  /** What gave no row, with the reason; mostly nothing. */
  public List<String> leftOut() {
    return parts.leftOut();
  }

  /** Where the rows come from. The first call may read every source to find its hash. */
  public Provenance provenance() {
    return parts.provenance().get();
  }

  /**
   * How many clusters to look for: as many as there are known classes, or {@code otherwise} where
   * there are not two, but fewer than there are rows.
   */
  public int clusters(int otherwise) {
    int known = classNames().size();
    return Math.max(1, Math.min(known > 1 ? known : otherwise, rowCount - 1));
  }

  /**
   * The first rows of every class, classes in the order of their names; where no class is known,
   * rows at equal steps.
   *
   * @param each rows of a class at most
   * @param most rows in all at most
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

  /** Works a value out when it is first asked for, and keeps it. For any thread. */
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
