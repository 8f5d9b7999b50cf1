package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Score.Range;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The usual scores: of numbers, of classes, of clusters. Rows count as their weights say.
 *
 * <p>A score prints its name; scores of the same name and options are equal.
 *
 * @see "sklearn.metrics of scikit-learn 1.9"
 */
public final class Scores {
  private Scores() {}

  private static final Numeric RMSE =
      new Numeric("RMSE", Better.LOWER, Range.FROM_0, NumberScores::rmse);
  private static final Numeric MAE =
      new Numeric("MAE", Better.LOWER, Range.FROM_0, NumberScores::mae);
  private static final Numeric R2 =
      new Numeric("R²", Better.HIGHER, new Range(Double.NEGATIVE_INFINITY, 1), NumberScores::r2);

  private static final Classifying ACCURACY =
      new Classifying("accuracy", Better.HIGHER, Range.SHARE, ClassScores::accuracy);
  private static final Classifying BALANCED =
      new Classifying("balanced accuracy", Better.HIGHER, Range.SHARE, ClassScores::balanced);
  private static final Score MACRO_F1 = f1(Average.MACRO);
  private static final Score WEIGHTED_F1 = f1(Average.WEIGHTED);
  private static final Classifying LOG_LOSS =
      new Classifying("log loss", Better.LOWER, ClassScores.LOG_LOSSES, ClassScores::logLoss);
  private static final Score ROC_AUC = rocAuc(Average.MACRO);
  private static final Classifying BRIER =
      new Classifying("Brier score", Better.LOWER, new Range(0, 2), ClassScores::brier);
  private static final Classifying MATTHEWS =
      new Classifying("MCC", Better.HIGHER, Range.CORRELATION, ClassScores::matthews);

  private static final Clustering ADJUSTED_RAND =
      new Clustering("adjusted Rand", Better.HIGHER, new Range(-0.5, 1), Agreement::adjustedRand);
  private static final Clustering V_MEASURE =
      new Clustering("V-measure", Better.HIGHER, Range.SHARE, Agreement::vMeasure);

  /** Root mean squared error, in the target's own unit: lower is better. */
  public static Score rmse() {
    return RMSE;
  }

  /** Mean absolute error, in the target's own unit: lower is better. */
  public static Score mae() {
    return MAE;
  }

  /**
   * The share of the target's variance that is predicted, R²: 1 is perfect, 0 as good as the mean,
   * below 0 worse. Where all true numbers are equal it is 1 for perfect predictions, else 0; of a
   * single row it is NaN.
   */
  public static Score r2() {
    return R2;
  }

  /** The share of rows whose likeliest class is the true one, 0 to 1. */
  public static Score accuracy() {
    return ACCURACY;
  }

  /**
   * The mean over the true classes of the share of their rows that is predicted right, 0 to 1: a
   * rare class counts as much as a common one.
   */
  public static Score balancedAccuracy() {
    return BALANCED;
  }

  /**
   * The mean over all true or predicted classes of F1, the harmonic mean of precision and recall, 0
   * to 1.
   */
  public static Score macroF1() {
    return MACRO_F1;
  }

  /** The mean of F1, where a class counts by its true rows, 0 to 1. */
  public static Score weightedF1() {
    return WEIGHTED_F1;
  }

  /**
   * The mean of −ln of the probability of the true class, 0 to 36: lower is better. Probabilities
   * are moved to at least 2⁻⁵² from 0 and 1.
   */
  public static Score logLoss() {
    return LOG_LOSS;
  }

  /**
   * The mean squared distance of the probabilities from the truth, 0 to 1 for two classes, else 0
   * to 2: lower is better.
   *
   * @see "G. Brier, Verification of forecasts expressed in terms of probability, 1950"
   */
  public static Score brier() {
    return BRIER;
  }

  /**
   * The share of the predictions of a class that are right, 0 to 1; 0 if it is never predicted,
   * where scikit-learn also warns. Averages are over the classes that are true or predicted.
   */
  public static Score precision(Average average) {
    return new RateScore(RateScore.Rate.PRECISION, 1, average, null);
  }

  /** The precision of one class. */
  public static Score precision(String ofClass) {
    return new RateScore(RateScore.Rate.PRECISION, 1, null, ofClass);
  }

  /**
   * The share of the rows of a class that are predicted as it, 0 to 1; 0 for a class without rows.
   * Averages are over the classes that are true or predicted.
   */
  public static Score recall(Average average) {
    return new RateScore(RateScore.Rate.RECALL, 1, average, null);
  }

  /** The recall of one class. */
  public static Score recall(String ofClass) {
    return new RateScore(RateScore.Rate.RECALL, 1, null, ofClass);
  }

  /** The harmonic mean of precision and recall, 0 to 1. */
  public static Score f1(Average average) {
    return fBeta(1, average);
  }

  /** The F1 of one class. */
  public static Score f1(String ofClass) {
    return fBeta(1, ofClass);
  }

  /**
   * The harmonic mean of precision and recall where recall counts β² times as much, 0 to 1.
   *
   * @param beta finite and above 0; above 1 recall matters more, below 1 precision
   */
  public static Score fBeta(double beta, Average average) {
    return new RateScore(RateScore.Rate.F, Check.positive("beta", beta), average, null);
  }

  /** The F-beta of one class. */
  public static Score fBeta(double beta, String ofClass) {
    return new RateScore(RateScore.Rate.F, Check.positive("beta", beta), null, ofClass);
  }

  /** The rows that are rightly of a class per row that is true or predicted of it, 0 to 1. */
  public static Score jaccard(Average average) {
    return new RateScore(RateScore.Rate.JACCARD, 1, average, null);
  }

  /** The Jaccard index of one class. */
  public static Score jaccard(String ofClass) {
    return new RateScore(RateScore.Rate.JACCARD, 1, null, ofClass);
  }

  /**
   * Matthews' correlation of true and predicted classes, −1 to 1, 0 for chance or if one of them is
   * always the same.
   */
  public static Score matthews() {
    return MATTHEWS;
  }

  /**
   * Cohen's kappa, the agreement beyond chance: 1 at best, 0 for chance, NaN if there is one class
   * only.
   */
  public static Score kappa() {
    return new Kappa(0, List.of());
  }

  /**
   * Kappa for classes in an order, where a mistake counts by the distance of its classes.
   *
   * @param order the classes from one end to the other, all that occur
   */
  public static Score linearKappa(List<String> order) {
    return new Kappa(1, order);
  }

  /** The same where a mistake counts by the square of the distance. */
  public static Score quadraticKappa(List<String> order) {
    return new Kappa(2, order);
  }

  /**
   * The share of rows whose true class is among the k likeliest, 0 to 1. Of equally likely classes
   * the last by name comes first, of two classes the first, as in scikit-learn.
   *
   * @param k at least 1
   */
  public static Score topK(int k) {
    return new TopK(k);
  }

  /** The mean of what the predictions cost: lower is better. */
  public static Score cost(Costs costs) {
    return new Costs.Mean(costs);
  }

  /**
   * The area under the ROC curve: how likely a row of a class has a higher probability for it than
   * a row of another class, 0.5 for chance. Of more than two classes, the mean over each class
   * against the rest. NaN where a class has no true row or all true rows.
   */
  public static Score rocAuc() {
    return ROC_AUC;
  }

  /**
   * The area under the ROC curve of each class against the rest, averaged. Of two classes it is the
   * same for every average.
   */
  public static Score rocAuc(Average average) {
    return new AreaScore(AreaScore.Curve.ROC, average, null);
  }

  /** The area under the ROC curve of one class against the rest. */
  public static Score rocAuc(String ofClass) {
    return new AreaScore(AreaScore.Curve.ROC, null, ofClass);
  }

  /**
   * The area under the ROC curve of each pair of true classes, averaged: it does not depend on how
   * common classes are. Rows count by their weights, which scikit-learn refuses.
   *
   * @param average {@code MACRO}, or {@code WEIGHTED} by the rows of each pair
   * @see "D. Hand and R. Till, A simple generalisation of the area under the ROC curve, 2001"
   */
  public static Score rocAucOneAgainstOne(Average average) {
    Check.that(
        average != Average.MICRO,
        "average=micro: pairs have no micro average; take macro or weighted");
    return new AreaScore(AreaScore.Curve.ONE_AGAINST_ONE, average, null);
  }

  /**
   * The mean of the precision over the recall of each true class against the rest, averaged; for
   * chance it is the share of the class.
   */
  public static Score averagePrecision(Average average) {
    return new AreaScore(AreaScore.Curve.PRECISION_RECALL, average, null);
  }

  /** The average precision of one class. */
  public static Score averagePrecision(String ofClass) {
    return new AreaScore(AreaScore.Curve.PRECISION_RECALL, null, ofClass);
  }

  /**
   * Pairs of rows that clusters and classes treat alike, 1 at best, 0 for chance, at least −½. NaN
   * if no class is known.
   */
  public static Score adjustedRand() {
    return ADJUSTED_RAND;
  }

  /** The harmonic mean of homogeneity and completeness, 0 to 1. NaN if no class is known. */
  public static Score vMeasure() {
    return V_MEASURE;
  }

  private record Numeric(
      String name, Better better, Range range, ToDoubleFunction<Outcome.Numbers> formula)
      implements Score {
    @Override
    public double of(Outcome outcome) {
      if (outcome instanceof Outcome.Numbers numbers) {
        return formula.applyAsDouble(numbers);
      }
      throw unfit(this, "predicted numbers", outcome);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private record Classifying(
      String name, Better better, Range range, ToDoubleFunction<Outcome.Classes> formula)
      implements ClassScore {
    @Override
    public double ofClasses(Outcome.Classes outcome) {
      return formula.applyAsDouble(outcome);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private record Clustering(
      String name, Better better, Range range, ToDoubleFunction<Agreement> formula)
      implements Score {
    @Override
    public double of(Outcome outcome) {
      if (outcome instanceof Outcome.Clusters clusters) {
        return formula.applyAsDouble(Agreement.of(clusters.truth(), clusters.labels()));
      }
      throw unfit(this, "clusters", outcome);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static IllegalArgumentException unfit(Score score, String needs, Outcome outcome) {
    List<? extends Score> fit =
        switch (outcome) {
          case Outcome.Numbers _ -> List.of(RMSE, MAE, R2);
          case Outcome.Classes _ ->
              List.of(ACCURACY, BALANCED, MACRO_F1, WEIGHTED_F1, LOG_LOSS, ROC_AUC);
          case Outcome.Clusters _ -> List.of(ADJUSTED_RAND, V_MEASURE);
        };
    return new IllegalArgumentException(
        "score=%s: is for %s, but these are %s: choose one of %s"
            .formatted(
                score,
                needs,
                kind(outcome),
                fit.stream().map(Score::name).collect(Collectors.joining(", "))));
  }

  private static String kind(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Numbers _ -> "predicted numbers";
      case Outcome.Classes _ -> "predicted classes";
      case Outcome.Clusters _ -> "clusters";
    };
  }
}
