package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProductsTest {
  @Test
  @DisplayName("by hand: (1 2; 3 4)·(5 6; 7 8), and with the first transposed")
  void byHand() {
    int stride = Products.width(2);
    double[] b = new double[2 * stride];
    System.arraycopy(new double[] {5, 6}, 0, b, 0, 2);
    System.arraycopy(new double[] {7, 8}, 0, b, stride, 2);
    double[] a = {1, 2, 3, 4};
    double[] out = new double[2 * stride];
    Arrays.fill(out, Double.NaN); // what stood there does not matter
    Products.multiply(a, 2, 1, 2, 2, b, stride, out);
    assertThat(new double[] {out[0], out[1], out[stride], out[stride + 1]})
        .containsExactly(19, 22, 43, 50);
    Products.multiply(a, 1, 2, 2, 2, b, stride, out);
    assertThat(new double[] {out[0], out[1], out[stride], out[stride + 1]})
        .containsExactly(26, 30, 38, 44);
  }

  @Test
  @DisplayName("for any number of rows and columns, shared or not: sums in order, to the bit")
  void everyShape() {
    NumpyRandom random = NumpyRandom.of(6);
    for (int rows : new int[] {1, 4, 7, 530}) {
      for (int registers = 1; registers <= 7; registers++) {
        int n = 130;
        int stride = registers * Products.LANES;
        double[] a = new double[rows * n];
        double[] b = new double[n * stride];
        Arrays.setAll(a, i -> random.normal());
        Arrays.setAll(b, i -> random.normal());
        double[] plain = new double[rows * stride];
        double[] turned = new double[rows * stride];
        Products.multiply(a, n, 1, rows, n, b, stride, plain);
        Products.multiply(a, 1, rows, rows, n, b, stride, turned);
        for (int i = 0; i < rows; i++) {
          for (int c = 0; c < stride; c++) {
            double sum = 0;
            double ofTurned = 0;
            for (int t = 0; t < n; t++) {
              sum = Math.fma(a[i * n + t], b[t * stride + c], sum);
              ofTurned = Math.fma(a[t * rows + i], b[t * stride + c], ofTurned);
            }
            assertThat(plain[i * stride + c]).isEqualTo(sum);
            assertThat(turned[i * stride + c]).isEqualTo(ofTurned);
          }
        }
      }
    }
  }
}
