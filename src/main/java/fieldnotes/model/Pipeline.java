package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Outcome;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Preparation and learner as one: fitted on training rows, then applied to any rows. No row that it
 * was not fitted on changes anything in it.
 *
 * @param steps preparation, in order
 * @param learner what learns from the prepared rows
 */
public record Pipeline<Y, M extends Model<Y>>(List<Step<?>> steps, Learner<Y, M> learner)
    implements Seeded<Y, Pipeline.Fitted<Y, M>> {
  /** Copies the steps. */
  public Pipeline {
    steps = List.copyOf(steps);
    for (Step<?> step : steps) {
      Check.that(
          step.keepsRows(),
          "'%s' may drop rows, but a pipeline predicts every row: fill, or drop rows before",
          step);
    }
  }

  /** Preparation, then a learner. */
  public static <Y, M extends Model<Y>> Pipeline<Y, M> of(Step<?> step, Learner<Y, M> learner) {
    return new Pipeline<>(List.of(step), learner);
  }

  /** Returns a copy with one more step between preparation and learner. */
  public Pipeline<Y, M> withStep(Step<?> step) {
    List<Step<?>> more = new ArrayList<>(steps);
    more.add(step);
    return new Pipeline<>(more, learner);
  }

  /** The same preparation for another learner. */
  public <Z, N extends Model<Z>> Pipeline<Z, N> withLearner(Learner<Z, N> other) {
    return new Pipeline<>(steps, other);
  }

  /** The same with another seed for its learner, if that takes one. */
  @Override
  public Pipeline<Y, M> withSeed(long seed) {
    return new Pipeline<>(steps, Seeded.of(learner, seed));
  }

  @Override
  public Fitted<Y, M> fit(Samples rows) {
    Prepared prepared = Prepared.of(steps, rows);
    Made made = Made.of(this, rows);
    M model = learner.fit(prepared.rows());
    List<String> needed = Step.needs(prepared.steps(), model.made().columns());
    return new Fitted<>(made.needing(needed), prepared.steps(), model);
  }

  /** Preparation that has learnt, and the rows it learnt from as the learner is to see them. */
  record Prepared(List<Step.Fitted> steps, Samples rows) {
    static Prepared of(List<Step<?>> steps, Samples rows) {
      Samples now = rows;
      List<Step.Fitted> fitted = new ArrayList<>();
      for (Step<?> step : steps) {
        if (step instanceof Columns columns) {
          Columns.Learnt learnt = columns.learn(now);
          fitted.add(learnt.fitted());
          now = now.withFeatures(learnt.x());
        } else {
          Step.Fitted one = step.fit(now);
          fitted.add(one);
          now = one.apply(now);
        }
      }
      return new Prepared(fitted, now);
    }
  }

  @Override
  public String toString() {
    return steps.isEmpty() ? learner.toString() : "%s after %s".formatted(learner, steps);
  }

  /**
   * A pipeline that has learnt.
   *
   * @param made how it came about; its columns are those that steps and model need of a row before
   *     preparation
   * @param steps preparation
   * @param model what predicts from prepared rows
   */
  public record Fitted<Y, M extends Model<Y>>(Made made, List<Step.Fitted> steps, M model)
      implements Model<Y> {
    /** Copies the steps and checks that the parts fit each other. */
    public Fitted {
      steps = List.copyOf(steps);
      for (Step.Fitted step : steps) {
        Check.that(step.keepsRows(), "'%s' may drop rows, but a pipeline predicts every row", step);
      }
      List<String> needed = Step.needs(steps, model.made().columns());
      Check.that(
          made.inputs().size() == needed.size() && made.columns().containsAll(needed),
          "the pipeline has the columns %s, but its parts need %s",
          made.columns(),
          needed);
      model.made().requireFitOf(made);
    }

    /** The rows of a table as the model sees them. */
    public Matrix prepare(Table table) {
      return prepare(Samples.of(table)).matrix();
    }

    /**
     * Samples as the model sees them.
     *
     * @throws IllegalArgumentException naming a column that is missing, or if a step drops rows
     */
    public Samples prepare(Samples rows) {
      Samples now =
          rows.features().equals(made.columns()) ? rows : rows.withFeatures(made.columns());
      for (Step.Fitted step : steps) {
        now = step.apply(now);
        Check.that(
            now.rowCount() == rows.rowCount(),
            "'%s' made %d rows of %d, but a pipeline predicts every row",
            step,
            now.rowCount(),
            rows.rowCount());
      }
      return now;
    }

    @Override
    public Y predict(Matrix x) {
      List<String> columns = made.columns();
      return predict(Samples.of(x.names().equals(columns) ? x : x.select(columns)));
    }

    @Override
    public Y predict(Table table) {
      return predict(Samples.of(table));
    }

    @Override
    public Y predict(Samples rows) {
      return model.predict(prepare(rows));
    }

    @Override
    public Outcome judge(Samples rows) {
      return model.judge(prepare(rows));
    }

    @Override
    public String toString() {
      return "pipeline of %s columns into %s".formatted(model.made().inputs().size(), model);
    }
  }
}
