package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import java.util.Arrays;

/**
 * A baseline that looks at no column. Every call to predict draws anew from the same seed.
 *
 * @param made how it came about
 * @param kind what it predicts
 * @param code the place of the constant class, or of the most frequent one
 * @param shares of the classes in the training data, shape [classes]
 * @param seed of the draws
 */
public record DummyModel(Made made, Dummy.Kind kind, int code, double[] shares, long seed)
    implements ClassModel {
  /** Copies the array and checks the ranges. */
  public DummyModel {
    shares = shares.clone();
    Priors.require(shares, made);
    Check.that(
        code >= 0 && code < shares.length, "code=%d: must be 0 to %d", code, shares.length - 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must be 0 to 4294967295", seed);
  }

  @Override
  public double[] shares() {
    return shares.clone();
  }

  @Override
  public Classified predict(Matrix x) {
    int rows = made.matrix(x).rowCount();
    int[] codes = new int[rows];
    double[][] probabilities = new double[rows][];
    NumpyRandom random = NumpyRandom.of(seed);
    for (int i = 0; i < rows; i++) {
      codes[i] =
          switch (kind) {
            case UNIFORM -> (int) random.integer(0, shares.length);
            case STRATIFIED -> random.category(shares);
            case MOST_FREQUENT, PRIOR, CONSTANT -> code;
          };
      double[] row = new double[shares.length];
      switch (kind) {
        case UNIFORM -> Arrays.fill(row, 1.0 / row.length);
        case PRIOR -> System.arraycopy(shares, 0, row, 0, row.length);
        case MOST_FREQUENT, STRATIFIED, CONSTANT -> row[codes[i]] = 1;
      }
      probabilities[i] = row;
    }
    return new Classified(made.classes(), codes, probabilities, true);
  }

  /** Equal classes, kinds, shares and seeds. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DummyModel m
        && made.equals(m.made)
        && kind == m.kind
        && code == m.code
        && seed == m.seed
        && Arrays.equals(shares, m.shares);
  }

  @Override
  public int hashCode() {
    return 31 * kind.name().hashCode() + Arrays.hashCode(shares);
  }

  @Override
  public String toString() {
    return "%s: %s classes".formatted(made.learner(), made.classes().size());
  }
}
