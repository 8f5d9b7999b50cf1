package fieldnotes.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A rate of a class, or its average over the classes that are true of a row or predicted for one. A
 * rate without any row is 0, as in scikit-learn, which also warns.
 *
 * @param rate which
 * @param beta of F-beta
 * @param average how classes are averaged; null for one class
 * @param ofClass the class; null for an average
 */
record RateScore(Rate rate, double beta, Average average, String ofClass) implements ClassScore {
  enum Rate {
    PRECISION("precision"),
    RECALL("recall"),
    F("F"),
    JACCARD("Jaccard");

    private final String label;

    Rate(String label) {
      this.label = label;
    }
  }

  @Override
  public double ofClasses(Outcome.Classes outcome) {
    if (ofClass != null) {
      List<String> one = List.of(ClassScore.requireKnown(this, outcome, ofClass));
      return rates(ClassSums.of(Judged.of(outcome), one))[0];
    }
    ClassSums sums = ClassSums.of(outcome);
    return average(sums, average, this::rates);
  }

  /** The average of a rate; where no class has a row, classes count the same. */
  static double average(ClassSums sums, Average average, Function<ClassSums, double[]> rates) {
    return switch (average) {
      case MACRO -> Errors.mean(rates.apply(sums), null);
      case MICRO -> rates.apply(sums.together())[0];
      case WEIGHTED -> {
        double[] support = sums.support();
        boolean none = Arrays.stream(support).allMatch(s -> s == 0);
        yield Errors.mean(rates.apply(sums), none ? null : support);
      }
    };
  }

  private double[] rates(ClassSums sums) {
    return switch (rate) {
      case PRECISION -> sums.precision();
      case RECALL -> sums.recall();
      case F -> sums.fBeta(beta);
      case JACCARD -> sums.jaccard();
    };
  }

  @Override
  public String name() {
    String label = rate.label;
    if (rate == Rate.F) {
      label += beta == Math.rint(beta) && beta < 1e9 ? Long.toString((long) beta) : beta;
    }
    return ofClass == null ? average + " " + label : label + " of " + ofClass;
  }

  @Override
  public String toString() {
    return name();
  }
}
