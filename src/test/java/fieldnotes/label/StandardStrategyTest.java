package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Describe;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StandardStrategyTest {
  /** As in a studio: eight classes, some frequent and of two kinds, in clusters that touch. */
  static Samples kinds() {
    int[] sizes = {60, 40, 30, 30, 20, 20, 10, 10, 10, 10};
    NumpyRandom random = NumpyRandom.of(3);
    List<double[]> x = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (int kind = 0; kind < sizes.length; kind++) {
      double[] centre = new double[10];
      Arrays.setAll(centre, j -> 1.2 * random.normal());
      for (int i = 0; i < sizes[kind]; i++) {
        double[] row = new double[centre.length];
        Arrays.setAll(row, j -> centre[j] + random.normal());
        x.add(row);
        classes.add("class " + kind % 8);
      }
    }
    return Samples.of(Matrix.of(x.toArray(double[][]::new)), classes).withId("kinds");
  }

  /** Holds that the standard strategy reaches these shares of what all labels give sooner. */
  static void needsFewer(LabellingCurves curves, double fewer, double... shares) {
    String standard = Strategies.standard().toString();
    double all = Describe.mean(curves.ceiling());
    for (double share : shares) {
      double ours = curves.clipsToReach(share * all, standard);
      double random = curves.clipsToReach(share * all, "random");
      assertThat(ours).as("clips to %s, random %s", share * all, random).isPositive();
      // random may not get there at all
      assertThat(Double.isNaN(random) || ours <= fewer * random)
          .as("clips to %s: %s, random %s", share * all, ours, random)
          .isTrue();
    }
    assertThat(Describe.mean(curves.area(standard)))
        .isGreaterThan(Describe.mean(curves.area("random")) + 0.02);
  }

  @Tag("long")
  @Test
  @DisplayName("the standard needs a fifth fewer clips than random for the same accuracy")
  void needsFewerClips() {
    LabellingCurves curves =
        LabellingCurves.of(
            kinds(),
            List.of(Strategies.random(), Strategies.standard()),
            LabellingTrial.of(10, 100).withSeeds(6).withTrees(30));
    needsFewer(curves, 0.8, 0.7, 0.8, 0.9);
  }
}
