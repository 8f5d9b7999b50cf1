package fieldnotes.classify;

import fieldnotes.common.Parallel;
import fieldnotes.math.Softmax;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layers of a network as flat arrays: rows of whole registers, with zeros at their ends. Every
 * sum goes in one order, whatever the register and the number of threads.
 */
final class DenseLayers {
  private static final VectorSpecies<Double> SPECIES = KernelRows.SPECIES;
  private static final int LANES = KernelRows.LANES;

  /** Rows of a product that are one piece of work, a multiple of 4. */
  private static final int PIECE = 16;

  /** Multiplications from which a product is shared among threads. */
  private static final long MANY = 400_000;

  /** The number of units of the layers, the inputs first. */
  final int[] units;

  final NetworkOptions.Activation activation;

  /** From layer l to l + 1, shape [units of l][padded units of l + 1]. */
  final double[][] weights;

  final double[][] intercepts;

  DenseLayers(int[] units, NetworkOptions.Activation activation) {
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
      multiply(values[l], padded(l), 1, rows, units[l], weights[l], stride, out);
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

  /**
   * out[i][j] = Σ over k of a[i·aRow + k·aColumn] · b[k][j].
   *
   * @param stride of b and out, whole registers
   */
  static void multiply(
      double[] a,
      int aRow,
      int aColumn,
      int rows,
      int inner,
      double[] b,
      int stride,
      double[] out) {
    int pieces = (rows + PIECE - 1) / PIECE;
    if ((long) rows * inner * stride < MANY) {
      piece(a, aRow, aColumn, 0, rows, inner, b, stride, out);
    } else {
      Parallel.forEachBrief(
          pieces,
          p ->
              piece(
                  a,
                  aRow,
                  aColumn,
                  p * PIECE,
                  Math.min((p + 1) * PIECE, rows),
                  inner,
                  b,
                  stride,
                  out));
    }
  }

  private static void piece(
      double[] a,
      int aRow,
      int aColumn,
      int from,
      int to,
      int inner,
      double[] b,
      int stride,
      double[] out) {
    int i = from;
    for (; i + 4 <= to; i += 4) {
      int j = 0;
      for (; j + 2 * LANES <= stride; j += 2 * LANES) {
        fourByTwo(a, i * aRow, aRow, aColumn, inner, b, j, stride, out, i * stride + j);
      }
      if (j < stride) {
        fourByOne(a, i * aRow, aRow, aColumn, inner, b, j, stride, out, i * stride + j);
      }
    }
    for (; i < to; i++) {
      for (int j = 0; j < stride; j += LANES) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        int at = i * aRow;
        for (int k = 0; k < inner; k++, at += aColumn) {
          sum =
              DoubleVector.fromArray(SPECIES, b, k * stride + j)
                  .fma(DoubleVector.broadcast(SPECIES, a[at]), sum);
        }
        sum.intoArray(out, i * stride + j);
      }
    }
  }

  private static void fourByTwo(
      double[] a,
      int first,
      int aRow,
      int aColumn,
      int inner,
      double[] b,
      int j,
      int stride,
      double[] out,
      int at) {
    DoubleVector s00 = DoubleVector.zero(SPECIES);
    DoubleVector s01 = s00;
    DoubleVector s10 = s00;
    DoubleVector s11 = s00;
    DoubleVector s20 = s00;
    DoubleVector s21 = s00;
    DoubleVector s30 = s00;
    DoubleVector s31 = s00;
    int p = first;
    int q = j;
    for (int k = 0; k < inner; k++, p += aColumn, q += stride) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, b, q);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, b, q + LANES);
      DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[p]);
      DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[p + aRow]);
      DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[p + 2 * aRow]);
      DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[p + 3 * aRow]);
      s00 = v0.fma(a0, s00);
      s01 = v1.fma(a0, s01);
      s10 = v0.fma(a1, s10);
      s11 = v1.fma(a1, s11);
      s20 = v0.fma(a2, s20);
      s21 = v1.fma(a2, s21);
      s30 = v0.fma(a3, s30);
      s31 = v1.fma(a3, s31);
    }
    s00.intoArray(out, at);
    s01.intoArray(out, at + LANES);
    s10.intoArray(out, at + stride);
    s11.intoArray(out, at + stride + LANES);
    s20.intoArray(out, at + 2 * stride);
    s21.intoArray(out, at + 2 * stride + LANES);
    s30.intoArray(out, at + 3 * stride);
    s31.intoArray(out, at + 3 * stride + LANES);
  }

  private static void fourByOne(
      double[] a,
      int first,
      int aRow,
      int aColumn,
      int inner,
      double[] b,
      int j,
      int stride,
      double[] out,
      int at) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int p = first;
    int q = j;
    for (int k = 0; k < inner; k++, p += aColumn, q += stride) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, b, q);
      s0 = v.fma(DoubleVector.broadcast(SPECIES, a[p]), s0);
      s1 = v.fma(DoubleVector.broadcast(SPECIES, a[p + aRow]), s1);
      s2 = v.fma(DoubleVector.broadcast(SPECIES, a[p + 2 * aRow]), s2);
      s3 = v.fma(DoubleVector.broadcast(SPECIES, a[p + 3 * aRow]), s3);
    }
    s0.intoArray(out, at);
    s1.intoArray(out, at + stride);
    s2.intoArray(out, at + 2 * stride);
    s3.intoArray(out, at + 3 * stride);
  }
}
