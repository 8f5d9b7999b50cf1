package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCacheTest {
  private static double[][] drawn(int rows, int columns, long seed) {
    NumpyRandom random = NumpyRandom.of(seed);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      Arrays.setAll(row, _ -> random.uniform(-2, 2));
    }
    return x;
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return sum;
  }

  @Test
  @DisplayName("the exponential of the RBF kernel is that of Java within two units")
  void exponential() {
    double[][] x = new double[101][1];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = i * 0.23;
    }
    KernelRows rows = KernelRows.of(Kernel.rbf(1), x);
    double[] values = new double[KernelRows.padded(101)];
    rows.values(new double[] {0}, 0, 101, values, 0);
    for (int i = 0; i < x.length; i++) {
      double exact = Math.exp(-x[i][0] * x[i][0]);
      assertThat(values[i]).isCloseTo(exact, within(2 * Math.ulp(exact)));
      assertThat(rows.self(i)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 300, 100_000})
  @DisplayName("rows are right after any swaps, whether there is room for few or for all of them")
  void swapsAndRoom(long numbers) {
    double[][] x = drawn(57, 3, 4);
    KernelCache cache = new KernelCache(KernelRows.of(Kernel.rbf(0.4), x.clone()), numbers);
    NumpyRandom random = NumpyRandom.of(5);
    for (int t = 0; t < 500; t++) {
      if (random.upTo(9) == 0) {
        cache.beginSwaps();
        int i = random.upTo(20);
        cache.swap(i, i + 1 + random.upTo(35));
        cache.swap(i + 1, 40 + random.upTo(16));
        cache.endSwaps();
      }
      int i = random.upTo(56);
      int length = 1 + random.upTo(56);
      float[] row = cache.row(i, length);
      double[] query = x[cache.original(i)];
      for (int j = 0; j < length; j++) {
        assertThat(row[j])
            .isEqualTo(
                (float) Math.exp(-0.4 * squared(query, x[cache.original(j)])), within(1e-6f));
      }
    }
  }
}
