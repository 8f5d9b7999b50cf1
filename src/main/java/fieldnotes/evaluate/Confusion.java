package fieldnotes.evaluate;

/**
 * Weights of the rows of each true class (a row) that are predicted as each class (a column), over
 * all classes that are true of a row or predicted for one.
 */
record Confusion(double[][] weight) {
  static Confusion of(Outcome.Classes outcome) {
    var predicted = outcome.predicted().labels();
    var names = Coded.names(outcome.truth(), predicted);
    int[] truth = Coded.of(outcome.truth(), names).codes();
    int[] guess = Coded.of(predicted, names).codes();
    double[] weights = ClassScores.weights(outcome);
    double[][] weight = new double[names.size()][names.size()];
    for (int i = 0; i < truth.length; i++) {
      weight[truth[i]][guess[i]] += weights[i];
    }
    return new Confusion(weight);
  }

  private double trueOf(int c) {
    double sum = 0;
    for (double w : weight[c]) {
      sum += w;
    }
    return sum;
  }

  private double predictedAs(int c) {
    double sum = 0;
    for (double[] row : weight) {
      sum += row[c];
    }
    return sum;
  }

  double balanced() {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < weight.length; c++) {
      double all = trueOf(c);
      if (all > 0) {
        sum += weight[c][c] / all;
        classes++;
      }
    }
    return sum / classes;
  }

  /** F1 of a class; 0 where it is neither true nor predicted with any weight. */
  private double f1(int c) {
    double both = trueOf(c) + predictedAs(c);
    return both == 0 ? 0 : 2 * weight[c][c] / both;
  }

  double macroF1() {
    double sum = 0;
    for (int c = 0; c < weight.length; c++) {
      sum += f1(c);
    }
    return sum / weight.length;
  }

  double weightedF1() {
    double sum = 0;
    double all = 0;
    for (int c = 0; c < weight.length; c++) {
      sum += trueOf(c) * f1(c);
      all += trueOf(c);
    }
    return sum / all;
  }
}
