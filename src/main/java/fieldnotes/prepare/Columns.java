package fieldnotes.prepare;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Preparation by columns: each part takes some columns of a table through its own steps, and the
 * results stand side by side, named {@code part__column}. Fitted once; what was learnt is then
 * applied to any table that has the columns.
 *
 * @param parts in order
 * @param remainder steps of all numeric columns that no part names; null drops them
 */
public record Columns(List<Part> parts, List<Step> remainder) {
  /**
   * A part.
   *
   * @param name its prefix in the column names
   * @param columns what it takes
   * @param steps what it does, in order; none for categories
   * @param categories whether its one column is text, which becomes a column of 0 and 1 for each
   *     category; unknown categories later are all 0
   */
  public record Part(String name, List<String> columns, List<Step> steps, boolean categories) {
    /** Copies the lists. */
    public Part {
      columns = List.copyOf(columns);
      steps = List.copyOf(steps);
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

  /** The same with one more part, of numeric columns. */
  public Columns with(String name, List<String> columns, Step... steps) {
    return with(new Part(name, columns, List.of(steps), false));
  }

  /** The same with one more part: a text column, one-hot, missing cells as the most frequent. */
  public Columns withCategories(String name, String column) {
    return with(new Part(name, List.of(column), List.of(), true));
  }

  /** The same with steps for all numeric columns that no part names. */
  public Columns withRemainder(Step... steps) {
    return new Columns(parts, List.of(steps));
  }

  private Columns with(Part part) {
    Check.that(
        parts.stream().noneMatch(p -> p.name().equals(part.name())),
        "there is a part '%s' already",
        part.name());
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Columns(more, remainder);
  }

  /**
   * Learns from a table that does not have the target among its columns.
   *
   * @param target what is to be predicted, shape [rows]
   */
  public Fitted fit(Table table, double[] target) {
    return learn(table, target).fitted();
  }

  /** Learns as {@link #fit} does, and gives the table's own rows prepared as well. */
  public Learnt learn(Table table, double[] target) {
    Check.sameLength("table", table.rowCount(), "target", target.length);
    Set<String> left = new LinkedHashSet<>();
    for (Column<?> column : table.columns()) {
      if (column instanceof NumericColumn<?>) {
        left.add(column.name());
      }
    }
    List<Part> all = new ArrayList<>(parts);
    parts.forEach(part -> part.columns().forEach(left::remove));
    if (remainder != null && !left.isEmpty()) {
      all.add(new Part("remainder", List.copyOf(left), remainder, false));
    }
    Check.that(!all.isEmpty(), "no part takes any column: add some with with(…)");
    FittedPart[] fitted = new FittedPart[all.size()];
    Matrix[] prepared = new Matrix[all.size()];
    Parallel.forEach(
        fitted.length,
        p -> {
          Part part = all.get(p);
          if (part.categories()) {
            var categories =
                Categories.fit(table, part.columns().getFirst(), Categories.Unknown.IGNORE);
            fitted[p] = new FittedPart(part.name(), part.columns(), categories, List.of());
            prepared[p] = categories.oneHot(table);
            return;
          }
          Matrix x = Matrix.from(table, part.columns());
          List<Step.Fitted> steps = new ArrayList<>();
          for (Step step : part.steps()) {
            Step.Fitted one = step.fit(x, target);
            steps.add(one);
            x = one.apply(x);
          }
          fitted[p] = new FittedPart(part.name(), part.columns(), null, steps);
          prepared[p] = x;
        });
    Fitted whole = new Fitted(List.of(fitted));
    return new Learnt(whole, whole.join(prepared));
  }

  /**
   * What was learnt, and the rows it was learnt from.
   *
   * @param x the same as {@code fitted} makes of the table
   */
  public record Learnt(Fitted fitted, Matrix x) {}

  /**
   * A part that has learnt.
   *
   * @param categories for a text column, otherwise null
   * @param steps for numeric columns
   */
  public record FittedPart(
      String name, List<String> columns, Categories categories, List<Step.Fitted> steps) {
    /** Copies the lists. */
    public FittedPart {
      columns = List.copyOf(columns);
      steps = List.copyOf(steps);
    }

    private Matrix apply(Table table) {
      if (categories != null) {
        return categories.oneHot(table);
      }
      Matrix x = Matrix.from(table, columns);
      for (Step.Fitted step : steps) {
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
  public record Fitted(List<FittedPart> parts) {
    /** Copies the parts. */
    public Fitted {
      parts = List.copyOf(parts);
    }

    /** Prepares rows; learns nothing from them. */
    public Matrix apply(Table table) {
      Matrix[] prepared = new Matrix[parts.size()];
      Parallel.forEach(prepared.length, p -> prepared[p] = parts.get(p).apply(table));
      return join(prepared);
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
  }
}
