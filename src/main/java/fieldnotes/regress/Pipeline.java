package fieldnotes.regress;

import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Preparation and model as one thing: fitted once on training rows, then applied to any rows. No
 * row that it was not fitted on changes anything in it.
 *
 * @param columns preparation by columns
 * @param steps further steps over all prepared columns, such as a selection
 * @param model what predicts
 */
public record Pipeline(Columns columns, List<Step> steps, Regressor model) {
  /** Copies the steps. */
  public Pipeline {
    steps = List.copyOf(steps);
  }

  /** Preparation, then a model. */
  public static Pipeline of(Columns columns, Regressor model) {
    return new Pipeline(columns, List.of(), model);
  }

  /** The same with one more step between preparation and model. */
  public Pipeline withStep(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Pipeline(columns, more, model);
  }

  /** The same with another model. */
  public Pipeline withModel(Regressor other) {
    return new Pipeline(columns, steps, other);
  }

  /**
   * Learns from a table without the target among its columns.
   *
   * @param target finite, shape [rows]
   */
  public Fitted fit(Table table, double[] target) {
    Columns.Fitted prepared = columns.fit(table, target);
    Matrix x = prepared.apply(table);
    List<Step.Fitted> fitted = new ArrayList<>();
    for (Step step : steps) {
      Step.Fitted one = step.fit(x, target);
      fitted.add(one);
      x = one.apply(x);
    }
    return new Fitted(prepared, fitted, x.names(), model.fit(x, target));
  }

  /**
   * A pipeline that has learnt. {@link ModelFile} saves it.
   *
   * @param columns preparation by columns
   * @param steps further steps
   * @param names the columns the model sees
   * @param model what predicts
   */
  public record Fitted(
      Columns.Fitted columns, List<Step.Fitted> steps, List<String> names, Regressor.Fitted model) {
    /** Copies the lists. */
    public Fitted {
      steps = List.copyOf(steps);
      names = List.copyOf(names);
    }

    /** The rows as the model sees them. */
    public Matrix prepare(Table table) {
      Matrix x = columns.apply(table);
      for (Step.Fitted step : steps) {
        x = step.apply(x);
      }
      return x;
    }

    /** The number predicted for each row of a table, shape [rows]. */
    public double[] predict(Table table) {
      return model.predict(prepare(table));
    }

    @Override
    public String toString() {
      return "pipeline of %d columns into %s".formatted(names.size(), model);
    }
  }
}
