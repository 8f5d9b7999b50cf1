package fieldnotes.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The usual scores: of numbers, of classes, of clusters. Rows count as their weights say.
 *
 * <p>A score prints its name and equals itself only.
 *
 * @see "sklearn.metrics of scikit-learn 1.9"
 */
public final class Scores {
  private Scores() {}

  private static final Numeric RMSE = new Numeric("RMSE", Better.LOWER, NumberScores::rmse);
  private static final Numeric MAE = new Numeric("MAE", Better.LOWER, NumberScores::mae);
  private static final Numeric R2 = new Numeric("R²", Better.HIGHER, NumberScores::r2);

  private static final Classifying ACCURACY =
      new Classifying("accuracy", Better.HIGHER, ClassScores::accuracy);
  private static final Classifying BALANCED =
      new Classifying("balanced accuracy", Better.HIGHER, ClassScores::balanced);
  private static final Classifying MACRO_F1 =
      new Classifying("macro F1", Better.HIGHER, o -> ClassScores.mean(ClassSums.of(o).fBeta(1)));
  private static final Classifying WEIGHTED_F1 =
      new Classifying(
          "weighted F1",
          Better.HIGHER,
          o -> ClassScores.mean(ClassSums.of(o).fBeta(1), ClassSums.of(o).support()));
  private static final Classifying LOG_LOSS =
      new Classifying("log loss", Better.LOWER, ClassScores::logLoss);
  private static final Classifying ROC_AUC =
      new Classifying("ROC AUC", Better.HIGHER, ClassScores::rocAuc);

  private static final Clustering ADJUSTED_RAND =
      new Clustering("adjusted Rand", Better.HIGHER, Agreement::adjustedRand);
  private static final Clustering V_MEASURE =
      new Clustering("V-measure", Better.HIGHER, Agreement::vMeasure);

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
   * The mean of −ln of the probability of the true class, from 0 up: lower is better. Probabilities
   * are moved to at least 2⁻⁵² from 0 and 1.
   */
  public static Score logLoss() {
    return LOG_LOSS;
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
   * Pairs of rows that clusters and classes treat alike, 1 at best, 0 for chance. NaN if no class
   * is known.
   */
  public static Score adjustedRand() {
    return ADJUSTED_RAND;
  }

  /** The harmonic mean of homogeneity and completeness, 0 to 1. NaN if no class is known. */
  public static Score vMeasure() {
    return V_MEASURE;
  }

  private record Numeric(String name, Better better, ToDoubleFunction<Outcome.Numbers> formula)
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

  private record Classifying(String name, Better better, ToDoubleFunction<Outcome.Classes> formula)
      implements Score {
    @Override
    public double of(Outcome outcome) {
      if (outcome instanceof Outcome.Classes classes) {
        return formula.applyAsDouble(classes);
      }
      throw unfit(this, "predicted classes", outcome);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private record Clustering(String name, Better better, ToDoubleFunction<Agreement> formula)
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

  private static IllegalArgumentException unfit(Score score, String needs, Outcome outcome) {
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
