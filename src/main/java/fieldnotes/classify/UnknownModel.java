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
import java.util.List;

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

  @Override
  public Rejected predict(Matrix x) {
    Matrix rows = made.matrix(x);
    Classified predicted = model.predict(rows);
    return new Rejected(predicted, knownness.of(rows, predicted, name), threshold, name);
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
