package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
      Check.that(
          new HashSet<>(columns).size() == columns.size(),
          "part '%s' has a column twice: %s",
          name,
          columns);
      for (Step<?> step : steps) {
        Check.that(step.keepsRows(), "part '%s': '%s' may drop rows; fill instead", name, step);
      }
    }
  }

  private static final String REMAINDER = "remainder";

  /** Copies the parts; each has a name of its own. */
  public Columns {
    parts = List.copyOf(parts);
    remainder = remainder == null ? null : List.copyOf(remainder);
    Set<String> names = new HashSet<>(remainder == null ? Set.of() : Set.of(REMAINDER));
    for (Part part : parts) {
      Check.that(
          names.add(part.name()), "part '%s' already exists; choose another name", part.name());
    }
  }

  /** No parts yet; other columns are dropped. */
  public static Columns of() {
    return new Columns(List.of(), null);
  }

  /** Returns a copy with one more part, of these columns. */
  public Columns with(String name, List<String> columns, Step<?>... steps) {
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
      all.add(new Part(REMAINDER, left, remainder));
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
          prepared[p] = fitted[p].ordered(now);
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
      for (Step.Fitted step : steps) {
        Check.that(step.keepsRows(), "part '%s': '%s' may drop rows", name, step);
      }
      List<String> needed = Step.needs(steps, List.of());
      Check.that(
          columns.containsAll(needed),
          "part '%s' takes %s, but its steps need %s",
          name,
          columns,
          needed);
    }

    private List<String> outputs() {
      return Sequence.Fitted.outputs(steps, columns);
    }

    private Matrix apply(Samples rows) {
      Samples now = rows.withFeatures(columns);
      for (Step.Fitted step : steps) {
        now = step.apply(now);
      }
      return ordered(now);
    }

    private Matrix ordered(Samples prepared) {
      return Sequence.Fitted.ordered(prepared.matrix(), outputs());
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
      List<String> names = outputs(parts);
      Check.that(
          new HashSet<>(names).size() == names.size(), "the parts make a column twice: %s", names);
    }

    @Override
    public List<String> columns() {
      return parts.stream().flatMap(part -> part.columns().stream()).distinct().toList();
    }

    @Override
    public List<String> outputs() {
      return outputs(parts);
    }

    private static List<String> outputs(List<FittedPart> parts) {
      return parts.stream()
          .flatMap(part -> part.outputs().stream().map(name -> part.name() + "__" + name))
          .toList();
    }

    @Override
    public boolean keepsOthers() {
      return false;
    }

    @Override
    public Matrix matrix(Table table) {
      return prepared(Samples.of(table));
    }

    @Override
    public Matrix apply(Matrix x) {
      return prepared(Samples.of(x));
    }

    /** Only what the parts make is left: other features are dropped. */
    @Override
    public Samples apply(Samples rows) {
      return rows.withFeatures(prepared(rows));
    }

    private Matrix prepared(Samples rows) {
      Matrix[] prepared = new Matrix[parts.size()];
      Parallel.forEach(prepared.length, p -> prepared[p] = parts.get(p).apply(rows));
      return join(prepared);
    }

    /** What the parts made, side by side. */
    private Matrix join(Matrix[] prepared) {
      List<String> names = outputs();
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
