package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model that predicts classes, or says Unknown.
 *
 * @param made how it came about
 * @param model what predicts classes
 * @param knownness how well a row is known
 * @param name what rejected rows are called
 * @param threshold rows that are known less are rejected
 * @param heldBack the number of held-back known rows that the threshold was learnt from; 0 if it
 *     was given
 * @param falseAlarms the share of these that the threshold rejects, at most the rate asked for
 */
public record UnknownModel<M extends Model<Classified>>(
    Made made,
    M model,
    Knownness.Fitted knownness,
    String name,
    double threshold,
    int heldBack,
    double falseAlarms)
    implements Model<Rejected> {
  /** Checks that the parts fit. */
  public UnknownModel {
    Check.that(
        made.classes().equals(model.made().classes()),
        "its classes are %s, those of its model %s",
        made.classes(),
        model.made().classes());
    Check.that(
        made.columns().containsAll(model.made().columns()),
        "its columns are %s, those of its model %s",
        made.columns(),
        model.made().columns());
    knownness.requireColumns(made.inputs().size());
    Check.that(!name.isBlank(), "name is blank");
    Check.that(Double.isFinite(threshold), "threshold=%s: must be finite", threshold);
    Check.atLeast("heldBack", heldBack, 0);
    Check.within("falseAlarms", falseAlarms, 0, 1);
  }

  /** The classes that it knows, sorted by code point. */
  public List<String> classes() {
    return made.classes();
  }

  /** The same model with this threshold, which is then given and not learnt. */
  public UnknownModel<M> withThreshold(double value) {
    return new UnknownModel<>(made, model, knownness, name, value, 0, 0);
  }

  /**
   * The same model with the highest threshold by which at most this share of held-back rows is
   * called Unknown. Rows whose class the model does not know do not count.
   *
   * @param rate share of known rows that may be called Unknown, at least 0, below 1
   * @param heldBack rows with their classes that the model was not fitted on, best of other
   *     recordings or speakers than its own
   * @throws IllegalArgumentException if no row has a class that it knows
   */
  public UnknownModel<M> withFalseAlarms(double rate, Samples heldBack) {
    Check.that(rate >= 0 && rate < 1, "rate=%s: must be at least 0 and below 1", rate);
    List<String> truth = heldBack.classes();
    int[] known =
        IntStream.range(0, truth.size())
            .filter(i -> classes().contains(truth.get(i)) && !truth.get(i).equals(name))
            .toArray();
    Check.that(
        known.length > 0,
        "'%s' has no row of a class that the model knows, %s: hold such rows back",
        heldBack.id(),
        classes());
    Samples rows = heldBack.rows(known);
    double[] values = Unknown.values(predict(rows));
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    return Unknown.learnt(this, values, rows.weights().orElse(weights), rate);
  }

  @Override
  public Rejected predict(Matrix x) {
    Matrix rows = made.matrix(x);
    return Unknown.said(rows, model.predict(rows), knownness, name, threshold);
  }

  /** Rows of a class that it does not know are right if they are rejected. */
  @Override
  public Outcome judge(Samples rows) {
    List<String> known = made.classes();
    List<String> truth =
        rows.classes().stream().map(c -> c.isEmpty() || known.contains(c) ? c : name).toList();
    return new Outcome.Classes(truth, predict(rows).toClassified(), rows.weights().orElse(null));
  }

  @Override
  public String toString() {
    String how =
        heldBack == 0
            ? ""
            : ", as %s %% of %s held-back rows"
                .formatted(Numbers.text(100 * falseAlarms), heldBack);
    return "%s; %s below %s of %s%s"
        .formatted(model, name, Numbers.text(threshold), knownness, how);
  }
}
