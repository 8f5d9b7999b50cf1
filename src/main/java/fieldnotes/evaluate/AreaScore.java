package fieldnotes.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * The area under a curve of a class against the rest, or its average over classes.
 *
 * @param curve which
 * @param average how classes are averaged; null for one class
 * @param ofClass the class; null for an average
 */
record AreaScore(Curve curve, Average average, String ofClass) implements ClassScore {
  enum Curve {
    ROC,
    ONE_AGAINST_ONE,
    PRECISION_RECALL
  }

  @Override
  public double ofClasses(Outcome.Classes outcome) {
    if (ofClass != null) {
      return area(outcome, ClassScore.requireKnown(this, outcome, ofClass));
    }
    return switch (curve) {
      case ROC -> {
        List<String> classes = Coded.names(outcome.truth(), outcome.predicted().classes());
        yield classes.size() <= 2 ? area(outcome, classes.getLast()) : average(outcome, classes);
      }
      case ONE_AGAINST_ONE -> oneAgainstOne(outcome);
      case PRECISION_RECALL -> average(outcome, Coded.names(outcome.truth(), List.of()));
    };
  }

  private double area(Outcome.Classes outcome, String name) {
    return area(Ranked.of(outcome, name));
  }

  private double area(Ranked ranked) {
    return curve == Curve.PRECISION_RECALL
        ? PrecisionRecallCurve.of("", ranked).averagePrecision()
        : RocCurve.of("", ranked).area();
  }

  private double average(Outcome.Classes outcome, List<String> classes) {
    if (average == Average.MICRO) {
      return micro(outcome, classes);
    }
    double[] areas = classes.stream().mapToDouble(name -> area(outcome, name)).toArray();
    if (average == Average.MACRO) {
      return Errors.mean(areas, null);
    }
    double[] support = ClassSums.of(Judged.of(outcome), classes).truth();
    for (int c = 0; c < areas.length; c++) {
      areas[c] = support[c] == 0 ? 0 : areas[c]; // undefined, but without weight
    }
    return Errors.mean(areas, support);
  }

  /** Each class of each row as a row of its own. */
  private double micro(Outcome.Classes outcome, List<String> classes) {
    int k = classes.size();
    int rows = outcome.rowCount();
    double[] weights = ClassScores.weights(outcome);
    double[] scores = new double[rows * k];
    boolean[] is = new boolean[rows * k];
    double[] each = new double[rows * k];
    for (int c = 0; c < k; c++) {
      double[] ofClass = outcome.predicted().of(classes.get(c));
      for (int i = 0; i < rows; i++) {
        scores[i * k + c] = ofClass[i];
        is[i * k + c] = outcome.truth().get(i).equals(classes.get(c));
        each[i * k + c] = weights[i];
      }
    }
    return area(Ranked.of(scores, is, each));
  }

  /** Every pair of true classes, each of the two against the other (Hand and Till 2001). */
  private double oneAgainstOne(Outcome.Classes outcome) {
    Coded truth = Coded.of(outcome.truth());
    int k = truth.names().size();
    double[] weights = ClassScores.weights(outcome);
    double[][] scores =
        truth.names().stream().map(outcome.predicted()::of).toArray(double[][]::new);
    double[] support = new double[k];
    for (int i = 0; i < weights.length; i++) {
      support[truth.codes()[i]] += weights[i];
    }
    double[] areas = new double[k * (k - 1) / 2];
    double[] shares = new double[areas.length];
    int pair = 0;
    for (int a = 0; a < k; a++) {
      for (int b = a + 1; b < k; b++) {
        double[] within = within(truth.codes(), weights, a, b);
        double forA = area(Ranked.of(scores[a], is(truth.codes(), a), within));
        double forB = area(Ranked.of(scores[b], is(truth.codes(), b), within));
        areas[pair] = (forA + forB) / 2;
        shares[pair++] = support[a] + support[b];
      }
    }
    return areas.length == 0
        ? Double.NaN
        : Errors.mean(areas, average == Average.WEIGHTED ? shares : null);
  }

  private static double[] within(int[] codes, double[] weights, int a, int b) {
    double[] within = new double[codes.length];
    Arrays.setAll(within, i -> codes[i] == a || codes[i] == b ? weights[i] : 0);
    return within;
  }

  private static boolean[] is(int[] codes, int code) {
    boolean[] is = new boolean[codes.length];
    for (int i = 0; i < is.length; i++) {
      is[i] = codes[i] == code;
    }
    return is;
  }

  @Override
  public String name() {
    String label =
        switch (curve) {
          case ROC -> "ROC AUC";
          case ONE_AGAINST_ONE -> "one-against-one ROC AUC";
          case PRECISION_RECALL -> "average precision";
        };
    if (ofClass != null) {
      return label + " of " + ofClass;
    }
    // the mean over classes is the usual area
    return average == Average.MACRO && curve != Curve.PRECISION_RECALL
        ? label
        : average + " " + label;
  }

  @Override
  public String toString() {
    return name();
  }
}
