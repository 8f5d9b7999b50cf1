package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;

/**
 * A model of a scaled target: predicted · scale + mean.
 *
 * @param made how it came about
 * @param model what predicts the scaled target
 * @param mean in the target's unit
 * @param scale in the target's unit, above 0
 */
public record ScaledTarget<M extends NumberModel>(Made made, M model, double mean, double scale)
    implements NumberModel {
  /** Checks that both have the same columns. */
  public ScaledTarget {
    Check.positive("scale", scale);
    Check.that(Double.isFinite(mean), "mean=%s: must be finite", mean);
    Check.that(
        made.inputs().equals(model.made().inputs()),
        "its columns are %s, those of its model %s",
        made.columns(),
        model.made().columns());
  }

  @Override
  public double[] predict(Matrix x) {
    double[] predicted = model.predict(x);
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = predicted[i] * scale + mean;
    }
    return predicted;
  }

  @Override
  public String toString() {
    return model + " on the scaled target";
  }
}
