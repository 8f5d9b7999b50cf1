package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.math.Exponential;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows laid out so that a kernel of a query with many of them is found at once: the lanes of a
 * vector register are different rows. A value has the same bits on every machine: sums go column
 * after column, and the exponential is {@link Exponential}.
 */
final class KernelRows {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private final Kernel kernel;
  private final int columns;
  private final double[][] rows;

  /** [block][column][lane] */
  private final double[] data;

  /** Whether the kernel is one of squared distances, the RBF kernel, and its −γ. */
  private final boolean distances;

  private final double factor;

  private KernelRows(Kernel kernel, double[][] rows) {
    this.kernel = kernel;
    this.rows = rows;
    distances = kernel instanceof Kernel.Rbf;
    factor = kernel instanceof Kernel.Rbf rbf ? -rbf.gamma().value() : 0;
    columns = rows.length == 0 ? 1 : rows[0].length;
    int blocks = (rows.length + LANES - 1) / LANES;
    data = new double[Math.multiplyExact(blocks * LANES, columns)];
    for (int i = 0; i < rows.length; i++) {
      put(i);
    }
  }

  /**
   * Lays out rows.
   *
   * @param kernel with gamma as a number
   * @param rows shape [rows][columns]; the outer array is kept and reordered by {@link #swap}
   */
  static KernelRows of(Kernel kernel, double[][] rows) {
    return new KernelRows(kernel, rows);
  }

  private void put(int i) {
    int at = i / LANES * columns * LANES + i % LANES;
    for (int c = 0; c < columns; c++) {
      data[at + c * LANES] = rows[i][c];
    }
  }

  int size() {
    return rows.length;
  }

  double[] row(int i) {
    return rows[i];
  }

  /** Swaps two rows. */
  void swap(int i, int j) {
    double[] row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
    put(i);
    put(j);
  }

  /** A length of at least n that whole registers fill. */
  static int padded(int n) {
    return (n + LANES - 1) / LANES * LANES;
  }

  /** The kernel of a row with itself, to the bit that of {@link #values}. */
  double self(int i) {
    double[] row = rows[i];
    if (kernel instanceof Kernel.Own own) {
      return checked(own, own.function().of(row, row));
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum = Math.fma(row[c], row[c], sum);
    }
    return switch (kernel) {
      case Kernel.Rbf _ -> 1;
      case Kernel.Polynomial polynomial -> polynomial(polynomial, sum);
      case Kernel.Sigmoid sigmoid -> sigmoid(sigmoid, sum);
      case Kernel.Linear _, Kernel.Own _ -> sum;
    };
  }

  private static double checked(Kernel.Own own, double value) {
    Check.that(
        Double.isFinite(value),
        "%s gave %s: its values must be finite; scale the columns or correct the function",
        own,
        value);
    return value;
  }

  /**
   * The kernel of a query with the rows {@code from} to {@code to}.
   *
   * @param from a multiple of {@link #LANES}
   * @param out receives row {@code from} at {@code at}, and values without meaning up to the next
   *     multiple of {@link #LANES}
   */
  void values(double[] query, int from, int to, double[] out, int at) {
    if (kernel instanceof Kernel.Own own) {
      for (int i = from; i < to; i++) {
        out[at + i - from] = checked(own, own.function().of(query, rows[i]));
      }
      return;
    }
    int first = from / LANES;
    int end = (to + LANES - 1) / LANES;
    int b = first;
    for (; b + 4 <= end; b += 4) {
      int place = at + (b - first) * LANES;
      if (distances) {
        distances4(query, b, out, place);
      } else {
        products4(query, b, out, place);
      }
    }
    for (; b < end; b++) {
      one(query, b, out, at + (b - first) * LANES);
    }
    transform(out, at, at + (end - first) * LANES);
  }

  private void one(double[] query, int b, double[] out, int at) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int start = b * columns * LANES;
    for (int c = 0; c < columns; c++) {
      DoubleVector p = DoubleVector.fromArray(SPECIES, data, start + c * LANES);
      if (distances) {
        p = p.sub(query[c]);
        sum = p.fma(p, sum);
      } else {
        sum = p.fma(DoubleVector.broadcast(SPECIES, query[c]), sum);
      }
    }
    sum.intoArray(out, at);
  }

  private void distances4(double[] query, int b, double[] out, int at) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int step = columns * LANES;
    int i = b * step;
    for (int c = 0; c < columns; c++, i += LANES) {
      DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
      DoubleVector d0 = DoubleVector.fromArray(SPECIES, data, i).sub(q);
      DoubleVector d1 = DoubleVector.fromArray(SPECIES, data, i + step).sub(q);
      DoubleVector d2 = DoubleVector.fromArray(SPECIES, data, i + 2 * step).sub(q);
      DoubleVector d3 = DoubleVector.fromArray(SPECIES, data, i + 3 * step).sub(q);
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
      s2 = d2.fma(d2, s2);
      s3 = d3.fma(d3, s3);
    }
    store(s0, s1, s2, s3, out, at);
  }

  private void products4(double[] query, int b, double[] out, int at) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int step = columns * LANES;
    int i = b * step;
    for (int c = 0; c < columns; c++, i += LANES) {
      DoubleVector q = DoubleVector.broadcast(SPECIES, query[c]);
      s0 = DoubleVector.fromArray(SPECIES, data, i).fma(q, s0);
      s1 = DoubleVector.fromArray(SPECIES, data, i + step).fma(q, s1);
      s2 = DoubleVector.fromArray(SPECIES, data, i + 2 * step).fma(q, s2);
      s3 = DoubleVector.fromArray(SPECIES, data, i + 3 * step).fma(q, s3);
    }
    store(s0, s1, s2, s3, out, at);
  }

  private static void store(
      DoubleVector s0, DoubleVector s1, DoubleVector s2, DoubleVector s3, double[] out, int at) {
    s0.intoArray(out, at);
    s1.intoArray(out, at + LANES);
    s2.intoArray(out, at + 2 * LANES);
    s3.intoArray(out, at + 3 * LANES);
  }

  /** From products, or from squared distances, to the kernel. */
  private void transform(double[] out, int from, int to) {
    if (distances) {
      for (int i = from; i < to; i++) {
        out[i] *= factor;
      }
      Exponential.inPlace(out, from, to);
    } else if (kernel instanceof Kernel.Polynomial polynomial) {
      for (int i = from; i < to; i++) {
        out[i] = polynomial(polynomial, out[i]);
      }
    } else if (kernel instanceof Kernel.Sigmoid sigmoid) {
      for (int i = from; i < to; i++) {
        out[i] = sigmoid(sigmoid, out[i]);
      }
    }
  }

  private static double polynomial(Kernel.Polynomial kernel, double product) {
    return power(kernel.gamma().value() * product + kernel.offset(), kernel.degree());
  }

  private static double sigmoid(Kernel.Sigmoid kernel, double product) {
    return StrictMath.tanh(kernel.gamma().value() * product + kernel.offset());
  }

  /** By squaring, as libsvm does. */
  private static double power(double base, int times) {
    double square = base;
    double result = 1;
    for (int t = times; t > 0; t /= 2) {
      if (t % 2 == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
