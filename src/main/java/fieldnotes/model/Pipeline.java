package fieldnotes.model;

import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Step;
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
    Prepared prepared = prepare(table, target);
    return prepared.with(model.fit(prepared.x(), target));
  }

  /** Fits everything but the model. */
  Prepared prepare(Table table, double[] target) {
    Columns.Learnt learnt = columns.learn(table, target);
    Matrix x = learnt.x();
    List<Step.Fitted> fitted = new ArrayList<>();
    for (Step step : steps) {
      Step.Fitted one = step.fit(x, target);
      fitted.add(one);
      x = one.apply(x);
    }
    return new Prepared(learnt.fitted(), fitted, x);
  }

  private static Matrix through(Columns.Fitted columns, List<Step.Fitted> steps, Table table) {
    Matrix x = columns.apply(table);
    for (Step.Fitted step : steps) {
      x = step.apply(x);
    }
    return x;
  }

  /** Preparation that has learnt, and the rows it learnt from as the model is to see them. */
  record Prepared(Columns.Fitted columns, List<Step.Fitted> steps, Matrix x) {
    /** Other rows, prepared the same way. */
    Matrix apply(Table table) {
      return through(columns, steps, table);
    }

    Fitted with(Regressor.Fitted model) {
      return new Fitted(columns, steps, x.names(), model);
    }
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
      return through(columns, steps, table);
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
