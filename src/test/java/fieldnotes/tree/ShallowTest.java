package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Shallow trees of weighted classes. */
class ShallowTest {
  @Test
  @DisplayName("they are those that are grown with rows in scikit-learn's order")
  void inOrder() {
    for (int seed = 1; seed <= 90; seed++) {
      NumpyRandom random = NumpyRandom.of(seed);
      int rows = 20 + random.upTo(100);
      int columns = 1 + random.upTo(6);
      int count = 2 + random.upTo(3);
      double digits = Math.pow(10, 1 + seed % 3);
      double[][] x = new double[rows][columns];
      int[] classes = new int[rows];
      double[] weights = new double[rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          x[i][j] = seed % 3 == 0 ? random.uniform() : Math.floor(digits * random.uniform());
        }
        classes[i] = i < count ? i : random.upTo(count - 1);
        x[i][0] += digits / 2 * classes[i];
        // from alike to as unlike as late stages of AdaBoost have them
        double power = 1 + seed % 7 * 6;
        weights[i] = random.uniform() < 0.1 ? 0 : Math.pow(random.uniform(), power);
      }
      TreeOptions options = TreeOptions.of(seed).withMaxDepth(1 + seed % 3);
      if (seed % 5 == 0) {
        options = options.withMaxFeatures(Math.max(1, columns - 1)).withMinRowsInLeaf(3);
      }
      Inputs inputs = Inputs.of(x);
      Nodes shallow = Grower.grown(inputs, classes, count, weights, options, true).nodes(count);
      Nodes inOrder = Grower.grown(inputs, classes, count, weights, options, false).nodes(count);
      assertThat(shallow.feature).as("seed %d", seed).isEqualTo(inOrder.feature);
      assertThat(shallow.threshold).isEqualTo(inOrder.threshold);
      assertThat(shallow.right).isEqualTo(inOrder.right);
      assertThat(shallow.count).isEqualTo(inOrder.count);
      assertThat(shallow.value).containsExactly(inOrder.value, within(1e-14));
      assertThat(shallow.impurity).containsExactly(inOrder.impurity, within(1e-14));
    }
  }

  @Test
  @DisplayName("two columns that split alike are in doubt, and the first that is drawn wins")
  void alike() {
    double[][] x = new double[30][2];
    int[] classes = new int[30];
    double[] weights = new double[30];
    for (int i = 0; i < 30; i++) {
      x[i][0] = i;
      x[i][1] = 2 * i;
      classes[i] = i < 13 ? 0 : 1;
      weights[i] = 1 / (i + 3.0);
    }
    boolean[] won = new boolean[2];
    for (int seed = 0; seed < 20; seed++) {
      TreeOptions options = TreeOptions.of(seed).withMaxDepth(1);
      Inputs inputs = Inputs.of(x);
      Nodes shallow = Grower.grown(inputs, classes, 2, weights, options, true).nodes(2);
      assertThat(shallow.feature)
          .isEqualTo(Grower.grown(inputs, classes, 2, weights, options, false).nodes(2).feature);
      won[shallow.feature[0]] = true;
    }
    assertThat(won).containsOnly(true);
  }
}
