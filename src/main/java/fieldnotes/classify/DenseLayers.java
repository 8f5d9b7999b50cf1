package fieldnotes.classify;

import fieldnotes.math.Products;
import fieldnotes.math.Softmax;
import java.util.Arrays;

/** The layers of a network as flat arrays: rows of whole registers, with zeros at their ends. */
final class DenseLayers {
  /** The number of units of the layers, the inputs first. */
  final int[] units;

  final Network.Activation activation;

  /** From layer l to l + 1, shape [units of l][padded units of l + 1]. */
  final double[][] weights;

  final double[][] intercepts;

  DenseLayers(int[] units, Network.Activation activation) {
    this.units = units;
    this.activation = activation;
    weights = new double[units.length - 1][];
    intercepts = new double[units.length - 1][];
    for (int l = 0; l < weights.length; l++) {
      weights[l] = new double[Math.multiplyExact(units[l], padded(l + 1))];
      intercepts[l] = new double[padded(l + 1)];
    }
  }

  int padded(int layer) {
    return KernelRows.padded(units[layer]);
  }

  DenseLayers copy() {
    DenseLayers copy = new DenseLayers(units, activation);
    for (int l = 0; l < weights.length; l++) {
      copy.weights[l] = weights[l].clone();
      copy.intercepts[l] = intercepts[l].clone();
    }
    return copy;
  }

  /** Room for the values of all layers for this number of rows. */
  double[][] room(int rows) {
    double[][] values = new double[units.length][];
    for (int l = 0; l < units.length; l++) {
      values[l] = new double[rows * padded(l)];
    }
    return values;
  }

  void put(double[] row, int at, double[][] values) {
    System.arraycopy(row, 0, values[0], at * padded(0), row.length);
  }

  /** Works out the values of all layers from those of the first; the last are probabilities. */
  void forward(double[][] values, int rows) {
    int last = weights.length - 1;
    for (int l = 0; l <= last; l++) {
      int stride = padded(l + 1);
      double[] out = values[l + 1];
      Products.multiply(values[l], padded(l), 1, rows, units[l], weights[l], stride, out);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < units[l + 1]; j++) {
          double sum = out[i * stride + j] + intercepts[l][j];
          out[i * stride + j] = l < last ? activation.of(sum) : sum;
        }
        if (l == last) {
          probabilities(out, i * stride, units[l + 1]);
        }
      }
    }
  }

  private static void probabilities(double[] out, int at, int count) {
    if (count == 1) {
      out[at] = Softmax.sigmoid(out[at]);
      return;
    }
    double[] scores = Arrays.copyOfRange(out, at, at + count);
    Softmax.inPlace(scores);
    System.arraycopy(scores, 0, out, at, count);
  }
}
