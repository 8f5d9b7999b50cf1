package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.table.Categories;
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
    Check.sameLength("table", table.rowCount(), "target", target.length);
    Set<String> left = new LinkedHashSet<>();
    for (Column<?> column : table.columns()) {
      if (column instanceof NumericColumn<?>) {
        left.add(column.name());
      }
    }
    List<FittedPart> fitted = new ArrayList<>();
    for (Part part : parts) {
      part.columns().forEach(left::remove);
      fitted.add(
          part.categories()
              ? new FittedPart(
                  part.name(),
                  part.columns(),
                  Categories.fit(table, part.columns().getFirst(), Categories.Unknown.IGNORE),
                  List.of())
              : fit(part.name(), part.columns(), part.steps(), table, target));
    }
    if (remainder != null && !left.isEmpty()) {
      fitted.add(fit("remainder", List.copyOf(left), remainder, table, target));
    }
    Check.that(!fitted.isEmpty(), "no part takes any column: add some with with(…)");
    return new Fitted(fitted);
  }

  private static FittedPart fit(
      String name, List<String> columns, List<Step> steps, Table table, double[] target) {
    Matrix x = Matrix.from(table, columns);
    List<Step.Fitted> fitted = new ArrayList<>();
    for (Step step : steps) {
      Step.Fitted one = step.fit(x, target);
      fitted.add(one);
      x = one.apply(x);
    }
    return new FittedPart(name, columns, null, fitted);
  }

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
      Matrix x;
      if (categories != null) {
        x = categories.oneHot(table);
      } else {
        x = Matrix.from(table, columns);
        for (Step.Fitted step : steps) {
          x = step.apply(x);
        }
      }
      return Matrix.of(x.names().stream().map(n -> name + "__" + n).toList(), x.values());
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
      Matrix all = parts.getFirst().apply(table);
      for (FittedPart part : parts.subList(1, parts.size())) {
        all = all.beside(part.apply(table));
      }
      return all;
    }
  }
}
