package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * Preparation by columns: each part takes some columns through its own steps, and the results stand
 * side by side, named {@code part__column}. Fitted once; what was learnt is then applied to any
 * rows that have the columns.
 *
 * @param parts in order
 * @param remainder steps of all numeric features that no part names; null drops them
 * @see "ColumnTransformer of scikit-learn 1.9"
 */
public record Columns(List<Part> parts, List<Step<?>> remainder) implements Step<Columns.Fitted> {
  /**
   * A part.
   *
   * @param name its prefix in the column names
   * @param columns what it takes
   * @param steps what it does, in order
   */
  public record Part(String name, List<String> columns, List<Step<?>> steps) {
    /** Copies the lists. */
    public Part {
      columns = List.copyOf(columns);
      steps = List.copyOf(steps);
      Check.that(!columns.isEmpty(), "part '%s' has no column: name at least one", name);
      for (Step<?> step : steps) {
        Check.that(step.keepsRows(), "part '%s': '%s' may drop rows; fill instead", name, step);
      }
    }
  }

  /** Copies the parts. */
  public Columns {
    parts = List.copyOf(parts);
    remainder = remainder == null ? null : List.copyOf(remainder);
  }

  /** No parts yet; other columns are dropped. */
  public static Columns of() {
    return new Columns(List.of(), null);
  }

  /** Returns a copy with one more part, of these columns. */
  public Columns with(String name, List<String> columns, Step<?>... steps) {
    Check.that(
        parts.stream().noneMatch(p -> p.name().equals(name)),
        "part '%s' already exists; choose another name",
        name);
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(name, columns, List.of(steps)));
    return new Columns(more, remainder);
  }

  /**
   * Returns a copy with one more part: a text column, one column of 0 and 1 per category; missing
   * cells count as the most frequent category, and one that was not learnt as none.
   */
  public Columns withCategories(String name, String column) {
    return with(name, List.of(column), Categories.oneHot());
  }

  /** Returns a copy with steps for all numeric features that no part names. */
  public Columns withRemainder(Step<?>... steps) {
    return new Columns(parts, List.of(steps));
  }

  @Override
  public Fitted fit(Samples rows) {
    return learn(rows).fitted();
  }

  /** What was learnt, and the rows it was learnt from, prepared. */
  public record Learnt(Fitted fitted, Matrix x) {}

  /** Learns as {@link #fit} does, and gives the rows prepared as well. */
  public Learnt learn(Samples rows) {
    List<Part> all = new ArrayList<>(parts);
    List<String> left = left(rows);
    if (remainder != null && !left.isEmpty()) {
      all.add(new Part("remainder", left, remainder));
    }
    Check.that(!all.isEmpty(), "no part has a column: add a part by with(…)");
    FittedPart[] fitted = new FittedPart[all.size()];
    Matrix[] prepared = new Matrix[all.size()];
    Parallel.forEach(
        fitted.length,
        p -> {
          Part part = all.get(p);
          Samples now = rows.withFeatures(part.columns());
          List<Step.Fitted> steps = new ArrayList<>();
          for (Step<?> step : part.steps()) {
            Step.Fitted one = step.fit(now);
            steps.add(one);
            now = one.apply(now);
          }
          fitted[p] = new FittedPart(part.name(), part.columns(), steps);
          prepared[p] = now.matrix();
        });
    Fitted whole = new Fitted(List.of(fitted));
    return new Learnt(whole, whole.join(prepared));
  }

  private List<String> left(Samples rows) {
    Set<String> left = new LinkedHashSet<>(rows.features());
    parts.forEach(part -> part.columns().forEach(left::remove));
    if (!left.isEmpty() && !rows.isNumeric()) {
      left.removeIf(name -> !(Matrix.named(rows.table(), name) instanceof NumericColumn<?>));
    }
    return List.copyOf(left);
  }

  /**
   * A part that has learnt.
   *
   * @param steps in order
   */
  public record FittedPart(String name, List<String> columns, List<Step.Fitted> steps) {
    /** Copies the lists. */
    public FittedPart {
      columns = List.copyOf(columns);
      steps = List.copyOf(steps);
      Check.that(!columns.isEmpty(), "part '%s' has no column: name at least one", name);
      Check.that(
          steps.isEmpty() || columns.containsAll(steps.getFirst().columns()),
          "part '%s' takes %s, but its first step needs other columns",
          name,
          columns);
    }

    private Matrix matrix(Table table) {
      if (steps.isEmpty()) {
        return Matrix.from(table, columns);
      }
      return rest(steps.getFirst().matrix(table));
    }

    private Matrix apply(Matrix x) {
      return steps.isEmpty() ? x.select(columns) : rest(steps.getFirst().apply(x));
    }

    private Matrix rest(Matrix first) {
      Matrix x = first;
      for (Step.Fitted step : steps.subList(1, steps.size())) {
        x = step.apply(x);
      }
      return x;
    }
  }

  /**
   * Preparation that has learnt.
   *
   * @param parts in order
   */
  public record Fitted(List<FittedPart> parts) implements Step.Fitted {
    /** Copies the parts. */
    public Fitted {
      parts = List.copyOf(parts);
      Check.that(!parts.isEmpty(), "parts is empty: give at least one");
    }

    @Override
    public List<String> columns() {
      return parts.stream().flatMap(part -> part.columns().stream()).distinct().toList();
    }

    @Override
    public Matrix matrix(Table table) {
      Matrix[] prepared = new Matrix[parts.size()];
      Parallel.forEach(prepared.length, p -> prepared[p] = parts.get(p).matrix(table));
      return join(prepared);
    }

    @Override
    public Matrix apply(Matrix x) {
      Matrix[] prepared = new Matrix[parts.size()];
      Parallel.forEach(prepared.length, p -> prepared[p] = parts.get(p).apply(x));
      return join(prepared);
    }

    /** Only what the parts make is left: other features are dropped. */
    @Override
    public Samples apply(Samples rows) {
      return rows.withFeatures(rows.isNumeric() ? apply(rows.matrix()) : matrix(rows.table()));
    }

    /** What the parts made, side by side. */
    private Matrix join(Matrix[] prepared) {
      List<String> names = new ArrayList<>();
      for (int p = 0; p < prepared.length; p++) {
        for (String name : prepared[p].names()) {
          names.add(parts.get(p).name() + "__" + name);
        }
      }
      double[][] all = new double[prepared[0].rowCount()][names.size()];
      int from = 0;
      for (Matrix part : prepared) {
        int width = part.columnCount();
        for (int i = 0; i < all.length; i++) {
          System.arraycopy(part.values()[i], 0, all[i], from, width);
        }
        from += width;
      }
      return Matrix.of(names, all);
    }

    @Override
    public String toString() {
      return "preparation in %s parts: %s"
          .formatted(parts.size(), Arrays.toString(parts.stream().map(FittedPart::name).toArray()));
    }
  }
}
