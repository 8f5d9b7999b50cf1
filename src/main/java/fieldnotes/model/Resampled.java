package fieldnotes.model;

import fieldnotes.evaluate.Classified;
import fieldnotes.prepare.Balance;
import fieldnotes.table.Samples;

/**
 * A learner of classes that is fitted to balanced rows. Only the rows that it is fitted to are
 * balanced, never those that are predicted or judged; so in cross-validation no new row is made
 * from a row that is held out. Steps before it, as in {@code Pipeline.of(Scaler.standard(),
 * Resampled.of(balance, learner))}, learn from the rows as they are.
 *
 * @param balance what is done to the rows
 * @param learner what is fitted to them
 */
public record Resampled<M extends Model<Classified>>(
    Balance balance, Learner<Classified, M> learner)
    implements Learner<Classified, Resampled.Fitted<M>> {

  /** This learner, fitted to balanced rows. */
  public static <M extends Model<Classified>> Resampled<M> of(
      Balance balance, Learner<Classified, M> learner) {
    return new Resampled<>(balance, learner);
  }

  @Override
  public Fitted<M> fit(Samples rows) {
    Made made = Made.of(this, rows);
    made.codes(rows); // what is wrong with the classes, by the numbers of these rows
    M model = learner.fit(balance.apply(rows));
    return new Fitted<>(made.needing(model.made().columns()), model);
  }

  @Override
  public String toString() {
    return "%s, fitted after %s".formatted(learner, balance);
  }

  /**
   * A model of balanced rows.
   *
   * @param made how it came about; its rows are those before balancing
   * @param model what predicts
   */
  public record Fitted<M extends Model<Classified>>(Made made, M model)
      implements Around<Classified, M> {
    /** Checks that the parts fit each other. */
    public Fitted {
      made.requireColumnsOf(model.made());
      model.made().requireFitOf(made.ofRows(model.made().rows()));
    }

    @Override
    public String toString() {
      return "%s, on %s rows made of %s".formatted(model, model.made().rows(), made.rows());
    }
  }
}
