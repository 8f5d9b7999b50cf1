package fieldnotes.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.model.cart.Loss;
import smile.regression.GradientTreeBoost;
import smile.regression.RandomForest;

/** Smile's trees and support vectors as models of ours. */
class SmileTreesTest {
  private static final int ROWS = 300;
  private static final double[][] X = new double[ROWS][3];
  private static final double[] Y = new double[ROWS];

  static {
    NumpyRandom random = NumpyRandom.of(11);
    for (int i = 0; i < ROWS; i++) {
      Arrays.setAll(X[i], j -> random.normal());
      Y[i] = X[i][0] * X[i][1] + random.normal() / 10;
    }
  }

  private static final Samples SAMPLES = Samples.of(Matrix.of(List.of("a", "b", "c"), X), Y);

  private static DataFrame frame() {
    return DataFrame.of(X, "x0", "x1", "x2").add(new DoubleVector("target", Y));
  }

  @Test
  @DisplayName("boosting: 1, 1, 9, 9 with full steps is the mean 5 and one split that adds −4 or 4")
  void handWorked() {
    // Smile splits no node of fewer than 10 rows, so each row is here five times
    double[][] x = new double[20][1];
    double[] y = new double[20];
    for (int i = 0; i < 20; i++) {
      x[i][0] = Math.floorDiv(i, 5);
      y[i] = i < 10 ? 1 : 9;
    }
    SmileTrees boosted = Regressors.smileBoosting(1, 2, 2, 1).fit(Matrix.of(List.of("v"), x), y);
    assertThat(boosted.base()).isCloseTo(5, within(1e-12));
    assertThat(boosted.predict(Matrix.of(List.of("v"), new double[][] {{0}, {1.4}, {1.6}, {9}})))
        .containsExactly(new double[] {1, 1, 9, 9}, within(1e-12));
    assertThat(boosted.trees()).hasSize(1);
    assertThat(boosted.trees().getFirst().threshold(0)).isEqualTo(1.5);
    assertThat(boosted.trees().getFirst().value(0))
        .as("mean of its rows")
        .isCloseTo(5 - boosted.base(), within(1e-12));
  }

  @Test
  @DisplayName("predictions are Smile's own, to the bit")
  void smilesOwnPredictions() {
    long[] seeds = LongStream.range(4, 14).toArray();
    RandomForest forest =
        RandomForest.fit(
            Formula.lhs("target"),
            frame(),
            new RandomForest.Options(10, 2, 20, 0, 5, 1.0, seeds, null));
    assertThat(Regressors.smileForest(10, 2, 4).fit(SAMPLES).predict(SAMPLES.matrix()))
        .containsExactly(forest.predict(frame()));
    GradientTreeBoost boost =
        GradientTreeBoost.fit(
            Formula.lhs("target"),
            frame(),
            new GradientTreeBoost.Options(Loss.ls(), 20, 6, 12, 5, 0.3, 1.0, null, null));
    assertThat(Regressors.smileBoosting(20, 6, 12, 0.3).fit(SAMPLES).predict(SAMPLES.matrix()))
        .containsExactly(boost.predict(frame()));
  }

  @Test
  void tooManyFeatures() {
    assertThatThrownBy(() -> Regressors.smileForest(5, 4, 1).fit(SAMPLES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxFeatures=4: must be at most the number of columns, 3");
  }

  @Test
  @DisplayName("a tolerance that rounding hides is refused, where the solver would not end")
  void toleranceBelowRounding() {
    double[] large = Arrays.stream(Y).map(v -> Math.clamp(v, -1, 1) * 1e5).toArray();
    large[0] = 1e5;
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThatThrownBy(() -> Regressors.smileLinearSvr(0.1, 1, 1e-17).fit(SAMPLES))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("tolerance=1.0E-17: must be at least ");
          assertThatThrownBy(
                  () ->
                      Regressors.smileRbfSvr(1, 0.1, 1, 1e-8).fit(SAMPLES.withTarget("far", large)))
              .hasMessage(
                  "tolerance=1.0E-8: must be at least 1.0E-7, 1.0E-12 of the largest target, for"
                      + " the solver to end");
        });
  }

  @Test
  void textsByHand() {
    assertThat(Regressors.smileForest(5, 2, 3))
        .hasToString("Smile's forest of 5 trees, features per split: 2, seed 3");
    assertThat(Regressors.smileBoosting(5, 4, 8, 0.3))
        .hasToString(
            "Smile's boosting of 5 trees, depth at most 4, nodes at most 8, shrinkage 0.3");
    assertThat(Regressors.smileLinearSvr(0.1, 10, 1e-3))
        .hasToString("support vectors, linear, C 10.0, epsilon 0.1, tolerance 0.001");
  }
}
