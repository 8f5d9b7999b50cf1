package fieldnotes.math;

import fieldnotes.common.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Column means, cross products of centred columns, and projections of rows. Rows are processed in
 * small blocks: each is centred on its own mean and merged with a correction for the shift of the
 * mean (Chan, Golub and LeVeque 1979). This is accurate for large means and needs no centred copy.
 * Blocks are merged in a fixed order, so the result has the same bits for any number of threads.
 */
public final class Moments {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int TILE = Products.TILE;

  private static final int BLOCK = 64;

  /** Minimum number of rows per thread. */
  private static final int SHARE = 8 * BLOCK;

  /** Limit on the number of values in all threads' products; always at least two times columns². */
  private static final int HELD = 1 << 22;

  /** The mean of each column, shape [columns]. */
  final double[] mean;

  private final int columns;
  private final int width;

  /** Σ (xᵢ − mean)(xⱼ − mean), shape [width][width]; filled from the diagonal tile to the right. */
  private final double[] products;

  private double[] block = new double[0];
  private int rows;

  private Moments(int columns) {
    this.columns = columns;
    this.width = Products.width(columns);
    this.mean = new double[width];
    this.products = new double[Math.multiplyExact(width, width)];
  }

  /**
   * Computes the moments in one pass.
   *
   * @param x shape [rows][columns]; values that are not finite make {@link #squares} not finite
   */
  public static Moments of(double[][] x) {
    int columns = x[0].length;
    int most = Math.max(2, (int) (HELD / ((long) columns * columns)));
    int share = Math.max(SHARE, ((x.length + most - 1) / most + BLOCK - 1) / BLOCK * BLOCK);
    Moments[] parts = new Moments[(x.length + share - 1) / share];
    Parallel.forEachBrief(
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

  /** Adds a block's products, centred on its own mean. */
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
      Products.add(
          block,
          a,
          width,
          block,
          a / LANES * LANES,
          width,
          width,
          count,
          products,
          a * width,
          width);
    }
    for (int j = 0; j < width; j++) {
      middle[j] += first[j];
    }
    join(middle, count);
  }

  /** Merges the mean of further rows and corrects the products. */
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

  /** The mean of each column, shape [columns]. */
  public double[] means() {
    return Arrays.copyOf(mean, columns);
  }

  /** Sum of squares of each centred column, shape [columns]. */
  public double[] squares() {
    double[] squares = new double[columns];
    for (int j = 0; j < columns; j++) {
      squares[j] = products[j * width + j];
    }
    return squares;
  }

  /** Cross products of all pairs of centred columns, shape [columns][columns]. */
  public double[][] matrix() {
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
   * Projects rows on directions: {@code Σ (x[i][j] − mean[j])·directions[c][j]}, summed in column
   * order.
   *
   * @param directions shape [directions][columns]
   * @return shape [rows][directions]
   */
  public static double[][] project(double[][] x, double[] mean, double[][] directions) {
    int columns = mean.length;
    int count = directions.length;
    int width = Products.width(count);
    double[] turned = new double[columns * width];
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < columns; j++) {
        turned[j * width + c] = directions[c][j];
      }
    }
    double[][] scores = new double[x.length][];
    Parallel.forEachPart(
        x.length,
        SHARE,
        (start, end) -> {
          double[] in = new double[TILE * columns];
          double[] out = new double[TILE * width];
          // written at once, to avoid false sharing between threads
          double[][] done = new double[end - start][];
          for (int from = start; from < end; from += TILE) {
            int rows = Math.min(TILE, end - from);
            for (int r = 0; r < rows; r++) {
              double[] row = x[from + r];
              for (int j = 0; j < columns; j++) {
                in[j * TILE + r] = row[j] - mean[j];
              }
            }
            Arrays.fill(out, 0);
            Products.add(in, 0, TILE, turned, 0, width, width, columns, out, 0, width);
            for (int r = 0; r < rows; r++) {
              done[from - start + r] = Arrays.copyOfRange(out, r * width, r * width + count);
            }
          }
          System.arraycopy(done, 0, scores, start, done.length);
        });
    return scores;
  }
}
