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
    implements Learner<Y, Pipeline.Fitted<Y, M>> {
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

  @Override
  public Fitted<Y, M> fit(Samples rows) {
    Prepared prepared = Prepared.of(steps, rows);
    return new Fitted<>(Made.of(this, rows), prepared.steps(), learner.fit(prepared.rows()));
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
   * @param made how it came about; its columns are those before preparation
   * @param steps preparation
   * @param model what predicts from prepared rows
   */
  public record Fitted<Y, M extends Model<Y>>(Made made, List<Step.Fitted> steps, M model)
      implements Model<Y> {
    /** Copies the steps and checks that the columns go through. */
    public Fitted {
      steps = List.copyOf(steps);
      List<String> needed = steps.isEmpty() ? model.made().columns() : steps.getFirst().columns();
      Check.that(
          made.columns().containsAll(needed),
          "the pipeline has the columns %s, but its first part needs %s",
          made.columns(),
          needed);
      Check.that(
          made.classes().equals(model.made().classes()),
          "the pipeline knows the classes %s, its model %s",
          made.classes(),
          model.made().classes());
    }

    /** The rows of a table as the model sees them. */
    public Matrix prepare(Table table) {
      if (steps.isEmpty()) {
        return made.matrix(table);
      }
      Matrix x = steps.getFirst().matrix(table);
      for (Step.Fitted step : steps.subList(1, steps.size())) {
        x = step.apply(x);
      }
      return x;
    }

    /** Samples as the model sees them. */
    public Samples prepare(Samples rows) {
      Samples now = rows.withFeatures(made.columns());
      for (Step.Fitted step : steps) {
        now = step.apply(now);
      }
      return now;
    }

    @Override
    public Y predict(Matrix x) {
      Matrix now = x.names().equals(made.columns()) ? x : x.select(made.columns());
      for (Step.Fitted step : steps) {
        now = step.apply(now);
      }
      return model.predict(now);
    }

    @Override
    public Y predict(Table table) {
      made.columns().forEach(name -> Matrix.named(table, name));
      return model.predict(prepare(table));
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
