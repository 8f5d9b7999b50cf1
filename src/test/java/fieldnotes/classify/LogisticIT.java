package fieldnotes.classify;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogisticIT {
  /** Written by src/test/python/linear_class_fixtures.py with scikit-learn 1.9.1. */
  @Test
  @DisplayName("coefficients and probabilities of two to six classes are scikit-learn's, 1e-7")
  void agreesWithScikitLearn() {
    LinearFixtures.cases("logistic").forEach(LogisticTest::assertAgrees);
  }
}
