package fieldnotes.regress;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.model.NumberModel;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.Locale;

/**
 * A baseline that looks at no column.
 *
 * @param made how it came about
 * @param number what it predicts for every row, in the target's unit
 */
public record DummyNumberModel(Made made, double number) implements NumberModel {
  /** Checks that it is finite. */
  public DummyNumberModel {
    Check.that(Double.isFinite(number), "number=%s: must be finite", number);
  }

  @Override
  public double[] predict(Matrix x) {
    double[] predicted = new double[made.matrix(x).rowCount()];
    Arrays.fill(predicted, number);
    return predicted;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: always %.6g", made.learner(), number);
  }
}
