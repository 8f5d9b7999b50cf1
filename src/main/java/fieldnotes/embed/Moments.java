package fieldnotes.embed;

import fieldnotes.common.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The mean of rows and the products of their centred columns, and rows seen along directions. Rows
 * go through the cache in small blocks: a block is centred on its own mean and its products are
 * added to what was before, with the shift of the mean (Chan, Golub and LeVeque 1979), so nothing
 * is lost to a far mean and no centred copy is made. Blocks are joined in one order, so the result
 * has the same bits on any number of threads.
 */
final class Moments {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns are taken by so many at once, and padded with zeros to a multiple of it. */
  private static final int TILE = 8;

  private static final int BLOCK = 64;

  /** The least number of rows that one thread takes at a time. */
  private static final int SHARE = 40 * BLOCK;

  /** All threads' products together are no more than so many numbers, or two times columns². */
  private static final int HELD = 1 << 22;

  /** The mean of each column, shape [columns]. */
  final double[] mean;

  private final int columns;
  private final int width;

  /** Σ (xᵢ − mean)(xⱼ − mean), shape [width][width]; filled at and right of the diagonal's tile. */
  private final double[] products;

  private double[] block = new double[0];
  private int rows;

  private Moments(int columns) {
    this.columns = columns;
    this.width = width(columns);
    this.mean = new double[width];
    this.products = new double[Math.multiplyExact(width, width)];
  }

  private static int width(int columns) {
    int unit = Math.max(TILE, LANES);
    return (columns + unit - 1) / unit * unit;
  }

  /**
   * Goes over the rows once.
   *
   * @param x shape [rows][columns]; what is not finite there makes {@link #squares} not finite
   */
  static Moments of(double[][] x) {
    int columns = x[0].length;
    int most = Math.max(2, (int) (HELD / ((long) columns * columns)));
    int share = Math.max(SHARE, ((x.length + most - 1) / most + BLOCK - 1) / BLOCK * BLOCK);
    Moments[] parts = new Moments[(x.length + share - 1) / share];
    Parallel.forEach(
        parts.length,
        p -> {
          Moments part = new Moments(columns);
          part.block = new double[BLOCK * part.width];
          int end = Math.min(x.length, (p + 1) * share);
          for (int from = p * share; from < end; from += BLOCK) {
            part.add(x, from, Math.min(end, from + BLOCK));
          }
          parts[p] = part;
        });
    Moments all = parts[0];
    for (int p = 1; p < parts.length; p++) {
      for (int i = 0; i < all.products.length; i++) {
        all.products[i] += parts[p].products[i];
      }
      all.join(parts[p].mean, parts[p].rows);
    }
    all.block = null;
    return all;
  }

  /** Adds the products of a block about its own mean. */
  private void add(double[][] x, int from, int to) {
    double[] first = Arrays.copyOf(x[from], width);
    double[] middle = new double[width];
    for (int i = from; i < to; i++) {
      int at = (i - from) * width;
      System.arraycopy(x[i], 0, block, at, columns);
      for (int j = 0; j < width; j += LANES) {
        DoubleVector moved =
            DoubleVector.fromArray(SPECIES, block, at + j)
                .sub(DoubleVector.fromArray(SPECIES, first, j));
        moved.intoArray(block, at + j);
        DoubleVector.fromArray(SPECIES, middle, j).add(moved).intoArray(middle, j);
      }
    }
    int count = to - from;
    for (int j = 0; j < width; j++) {
      middle[j] /= count;
    }
    for (int at = 0; at < count * width; at += width) {
      for (int j = 0; j < width; j += LANES) {
        DoubleVector.fromArray(SPECIES, block, at + j)
            .sub(DoubleVector.fromArray(SPECIES, middle, j))
            .intoArray(block, at + j);
      }
    }
    for (int a = 0; a < width; a += TILE) {
      for (int b = a / LANES * LANES; b < width; b += LANES) {
        tile(block, a, width, block, b, width, count, products, a * width + b, width);
      }
    }
    for (int j = 0; j < width; j++) {
      middle[j] += first[j];
    }
    join(middle, count);
  }

  /** Moves the mean to that of the rows so far and of more rows, and corrects the products. */
  private void join(double[] other, int more) {
    if (rows > 0) {
      double weight = (double) rows * more / (rows + more);
      double[] shift = new double[width];
      for (int j = 0; j < width; j++) {
        shift[j] = other[j] - mean[j];
      }
      for (int a = 0; a < width; a++) {
        double w = weight * shift[a];
        for (int b = a / TILE * TILE; b < width; b++) {
          products[a * width + b] += w * shift[b];
        }
      }
      for (int j = 0; j < width; j++) {
        mean[j] += shift[j] * more / (rows + more);
      }
    } else {
      System.arraycopy(other, 0, mean, 0, width);
    }
    rows += more;
  }

  /**
   * {@code out[r][lane] += Σ a[t][r]·b[t][lane]} for eight r and one register of lanes: the eight
   * sums stay in registers, each is added up in the order of t.
   */
  private static void tile(
      double[] a,
      int a0,
      int nextTerm,
      double[] b,
      int b0,
      int nextB,
      int terms,
      double[] out,
      int out0,
      int nextOut) {
    DoubleVector s0 = DoubleVector.fromArray(SPECIES, out, out0);
    DoubleVector s1 = DoubleVector.fromArray(SPECIES, out, out0 + nextOut);
    DoubleVector s2 = DoubleVector.fromArray(SPECIES, out, out0 + 2 * nextOut);
    DoubleVector s3 = DoubleVector.fromArray(SPECIES, out, out0 + 3 * nextOut);
    DoubleVector s4 = DoubleVector.fromArray(SPECIES, out, out0 + 4 * nextOut);
    DoubleVector s5 = DoubleVector.fromArray(SPECIES, out, out0 + 5 * nextOut);
    DoubleVector s6 = DoubleVector.fromArray(SPECIES, out, out0 + 6 * nextOut);
    DoubleVector s7 = DoubleVector.fromArray(SPECIES, out, out0 + 7 * nextOut);
    int at = a0;
    int bt = b0;
    for (int t = 0; t < terms; t++) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, b, bt);
      s0 = v.fma(DoubleVector.broadcast(SPECIES, a[at]), s0);
      s1 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 1]), s1);
      s2 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 2]), s2);
      s3 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 3]), s3);
      s4 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 4]), s4);
      s5 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 5]), s5);
      s6 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 6]), s6);
      s7 = v.fma(DoubleVector.broadcast(SPECIES, a[at + 7]), s7);
      at += nextTerm;
      bt += nextB;
    }
    s0.intoArray(out, out0);
    s1.intoArray(out, out0 + nextOut);
    s2.intoArray(out, out0 + 2 * nextOut);
    s3.intoArray(out, out0 + 3 * nextOut);
    s4.intoArray(out, out0 + 4 * nextOut);
    s5.intoArray(out, out0 + 5 * nextOut);
    s6.intoArray(out, out0 + 6 * nextOut);
    s7.intoArray(out, out0 + 7 * nextOut);
  }

  /** The mean of each column, shape [columns]. */
  double[] means() {
    return Arrays.copyOf(mean, columns);
  }

  /** The sum of squares of each centred column, shape [columns]. */
  double[] squares() {
    double[] squares = new double[columns];
    for (int j = 0; j < columns; j++) {
      squares[j] = products[j * width + j];
    }
    return squares;
  }

  /** The products of all pairs of centred columns, shape [columns][columns]. */
  double[][] matrix() {
    double[][] p = new double[columns][columns];
    for (int a = 0; a < columns; a++) {
      for (int b = a; b < columns; b++) {
        p[a][b] = products[a * width + b];
        p[b][a] = p[a][b];
      }
    }
    return p;
  }

  /**
   * Rows seen along directions, {@code Σ (x[i][j] − mean[j])·directions[c][j]}, added up in the
   * order of the columns.
   *
   * @param directions shape [directions][columns]
   * @return shape [rows][directions]
   */
  static double[][] project(double[][] x, double[] mean, double[][] directions) {
    int columns = mean.length;
    int count = directions.length;
    int width = width(count);
    double[] turned = new double[columns * width];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < columns; j++) {
        turned[j * width + c] = directions[c][j];
      }
    }
    double[][] scores = new double[x.length][];
    Parallel.forEach(
        (x.length + SHARE - 1) / SHARE,
        p -> {
          double[] in = new double[TILE * columns];
          double[] out = new double[TILE * width];
          int end = Math.min(x.length, (p + 1) * SHARE);
          for (int from = p * SHARE; from < end; from += TILE) {
            int rows = Math.min(TILE, end - from);
            for (int r = 0; r < rows; r++) {
              double[] row = x[from + r];
              for (int j = 0; j < columns; j++) {
                in[j * TILE + r] = row[j] - mean[j];
              }
            }
            Arrays.fill(out, 0);
            for (int c = 0; c < width; c += LANES) {
              tile(in, 0, TILE, turned, c, width, columns, out, c, width);
            }
            for (int r = 0; r < rows; r++) {
              scores[from + r] = Arrays.copyOfRange(out, r * width, r * width + count);
            }
          }
        });
    return scores;
  }
}
