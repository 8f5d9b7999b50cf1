package fieldnotes.table;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The columns of samples, as a table and as a matrix of the features. The one that was not given is
 * made on first use.
 */
final class SampleColumns {
  private final Supplier<Table> table;
  private final Supplier<Matrix> matrix;

  /** The columns of numbers, which do not depend on the rows, so that no table is made to see. */
  private final Supplier<Set<String>> numbers;

  private final int rowCount;
  private final List<String> features;

  /** Whether the features were given as a matrix, so that no table is needed. */
  private final boolean plain;

  private SampleColumns(
      Supplier<Table> table,
      Supplier<Matrix> matrix,
      Supplier<Set<String>> numbers,
      int rowCount,
      List<String> features,
      boolean plain) {
    this.table = table;
    this.matrix = matrix;
    this.numbers = numbers;
    this.rowCount = rowCount;
    this.features = List.copyOf(features);
    this.plain = plain;
  }

  /** All columns of a table, and some of them as features. */
  static SampleColumns of(Table table, List<String> features) {
    Supplier<Set<String>> numbers = numbers(() -> table);
    return of(() -> table, numbers, table.rowCount(), distinct(existing(table, features)));
  }

  static SampleColumns of(Matrix x) {
    return plain(once(() -> x.toTable("rows")), () -> x, x.rowCount(), x.names());
  }

  private static SampleColumns plain(
      Supplier<Table> table, Supplier<Matrix> matrix, int rows, List<String> features) {
    return new SampleColumns(table, matrix, numbers(table), rows, features, true);
  }

  private static SampleColumns of(
      Supplier<Table> table, Supplier<Set<String>> numbers, int rows, List<String> features) {
    Supplier<Matrix> matrix = once(() -> Matrix.from(table.get(), features));
    return new SampleColumns(table, matrix, numbers, rows, features, false);
  }

  private static Supplier<Set<String>> numbers(Supplier<Table> table) {
    return once(
        () ->
            table.get().columns().stream()
                .filter(NumericColumn.class::isInstance)
                .map(Column::name)
                .collect(Collectors.toSet()));
  }

  private static List<String> existing(Table table, List<String> names) {
    Set<String> there = new HashSet<>(table.columnNames());
    names.stream().filter(n -> !there.contains(n)).forEach(n -> Matrix.named(table, n));
    return names;
  }

  private static List<String> distinct(List<String> names) {
    Set<String> seen = new HashSet<>();
    names.forEach(
        name -> Check.that(seen.add(name), "features has '%s' twice: name each column once", name));
    return names;
  }

  /** The same with only these columns as features. */
  SampleColumns select(List<String> columns) {
    if (columns.equals(features)) {
      return this;
    }
    if (plain && features.containsAll(columns)) {
      List<String> names = distinct(columns);
      Supplier<Matrix> some = once(() -> matrix.get().select(names));
      return new SampleColumns(table, some, numbers, rowCount, names, true);
    }
    return of(table, numbers, rowCount, distinct(existing(table.get(), columns)));
  }

  /** The same without a feature; its column stays in the table. */
  SampleColumns without(String feature) {
    return select(features.stream().filter(name -> !name.equals(feature)).toList());
  }

  /** The same with these numbers as features; a column of the same name is replaced. */
  SampleColumns replace(Matrix x) {
    Set<String> gone = new HashSet<>(features);
    Set<String> taken =
        x.names().stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Supplier<Table> after =
        once(
            () -> {
              Table before = table.get();
              Table made = Table.create(before.name());
              for (Column<?> column : before.columns()) {
                if (!gone.contains(column.name())
                    && !taken.contains(column.name().toLowerCase(Locale.ROOT))) {
                  made.addColumns(column);
                }
              }
              x.toTable(before.name()).columns().forEach(made::addColumns);
              return made;
            });
    return plain(after, () -> x, rowCount, x.names());
  }

  /** These rows, in this order, from 0. */
  SampleColumns rows(int[] chosen) {
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
    Supplier<Matrix> ofThem = once(() -> matrix.get().rows(chosen));
    return new SampleColumns(some, ofThem, numbers, chosen.length, features, plain);
  }

  /** The cells of a column as text: numbers exact, text trimmed, empty where missing. */
  List<String> texts(String column) {
    Column<?> cells = Matrix.named(table.get(), column);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rowCount; i++) {
      if (cells.isMissing(i)) {
        texts.add("");
      } else if (cells instanceof NumericColumn<?> numbers) {
        texts.add(Numbers.exact(numbers, i));
      } else {
        texts.add(cells.getString(i).strip());
      }
    }
    return texts;
  }

  int rowCount() {
    return rowCount;
  }

  List<String> features() {
    return features;
  }

  Table table() {
    return table.get();
  }

  Matrix matrix() {
    return matrix.get();
  }

  boolean isNumeric() {
    return plain || numbers.get().containsAll(features);
  }

  /** The numeric features only. */
  Matrix numeric(String id) {
    if (isNumeric()) {
      return matrix();
    }
    List<String> names = features.stream().filter(numbers.get()::contains).toList();
    Check.that(!names.isEmpty(), "'%s' has no numeric feature: it has %s", id, features);
    return Matrix.from(table.get(), names);
  }

  /** Computes a value on first use and keeps it. Thread-safe. */
  static <T> Supplier<T> once(Supplier<T> work) {
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
    return "%d rows by %d features".formatted(rowCount, features.size());
  }
}
