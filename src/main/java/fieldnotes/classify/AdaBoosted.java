package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.Softmax;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.tree.ClassificationTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Models that vote, fitted one after the other by AdaBoost.
 *
 * @param made how it came about
 * @param members the models, in the order they were fitted
 * @param weights what the vote of each counts, above 0, shape [members]
 * @param errors the share of the rows' weight that each classified wrongly when it was fitted, 0 to
 *     1, shape [members]
 */
public record AdaBoosted(Made made, List<ClassModel> members, double[] weights, double[] errors)
    implements ClassModel {
  /** Copies and checks that the parts fit each other. */
  public AdaBoosted {
    members = List.copyOf(members);
    weights = weights.clone();
    errors = errors.clone();
    Check.that(!members.isEmpty(), "AdaBoost needs at least one member");
    Check.sameLength("members", members.size(), "weights", weights.length);
    Check.sameLength("members", members.size(), "errors", errors.length);
    Check.that(made.classes().size() > 1, "AdaBoost needs at least two classes");
    double sum = 0;
    for (int m = 0; m < weights.length; m++) {
      Check.that(weights[m] > 0, "weights has %s at %d: must be above 0", weights[m], m);
      Check.that(
          errors[m] >= 0 && errors[m] <= 1, "errors has %s at %d: must be 0 to 1", errors[m], m);
      sum += weights[m];
      Made member = members.get(m).made();
      Check.that(
          member.classes().equals(made.classes()) && member.inputs().equals(made.inputs()),
          "member %d of AdaBoost has the columns %s and classes %s, AdaBoost %s and %s",
          m,
          member.columns(),
          member.classes(),
          made.columns(),
          made.classes());
    }
    Check.that(Double.isFinite(sum), "the weights sum to %s: must be finite", sum);
  }

  @Override
  public double[] weights() {
    return weights.clone();
  }

  @Override
  public double[] errors() {
    return errors.clone();
  }

  /** The class that a model predicts for each row. */
  static int[] codes(ClassModel model, Matrix x) {
    return model instanceof ClassTree(Made made, var tree)
        ? tree.predict(made.matrix(x).values())
        : model.predict(x).codes();
  }

  /**
   * The weighted mean of the members' votes, each 1 for a class and −1 / (classes − 1) for the
   * others; shape [rows][classes]. Of two classes, the second minus the first is scikit-learn's
   * {@code decision_function}.
   */
  public double[][] decisions(Matrix x) {
    Matrix used = made.matrix(x);
    int[][] said = said(used);
    int classes = made.classes().size();
    double sum = Arrays.stream(weights).sum();
    double[][] decisions = new double[used.rowCount()][classes];
    for (int i = 0; i < decisions.length; i++) {
      double[] row = decisions[i];
      for (int m = 0; m < said.length; m++) {
        double against = -1.0 / (classes - 1) * weights[m];
        for (int c = 0; c < classes; c++) {
          row[c] += said[m][i] == c ? weights[m] : against;
        }
      }
      for (int c = 0; c < classes; c++) {
        row[c] /= sum;
      }
    }
    return decisions;
  }

  /** The class that each member predicts for each row, shape [members][rows]. */
  private int[][] said(Matrix x) {
    List<ClassificationTree> trees = new ArrayList<>();
    for (ClassModel member : members) {
      if (member instanceof ClassTree(Made _, var tree)) {
        trees.add(tree);
      }
    }
    if (trees.size() == members.size()) {
      return ClassificationTree.predict(trees, x.values());
    }
    int[][] said = new int[members.size()][];
    Parallel.forEach(said.length, m -> said[m] = codes(members.get(m), x));
    return said;
  }

  /** The class of most votes, and the softmax of decisions / (classes − 1) as probabilities. */
  @Override
  public Classified predict(Matrix x) {
    double[][] scores = decisions(x);
    int[] codes = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      double[] row = scores[i];
      for (int c = 1; c < row.length; c++) {
        codes[i] = row[c] > row[codes[i]] ? c : codes[i];
      }
      for (int c = 0; c < row.length; c++) {
        row[c] /= row.length - 1;
      }
      Softmax.inPlace(row);
    }
    return new Classified(made.classes(), codes, scores, true);
  }

  /** Equal members with equal weights. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AdaBoosted that
        && made.equals(that.made)
        && members.equals(that.members)
        && Arrays.equals(weights, that.weights)
        && Arrays.equals(errors, that.errors);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * made.hashCode() + members.hashCode()) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "AdaBoost of %d members, errors %.3f to %.3f, the first: %s",
        members.size(),
        Arrays.stream(errors).min().orElseThrow(),
        Arrays.stream(errors).max().orElseThrow(),
        members.getFirst());
  }
}
