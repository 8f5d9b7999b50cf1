package fieldnotes.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Finds the smallest of many numbers with a heap of those found so far, the largest on top. */
final class NearestHeap {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private NearestHeap() {}

  /**
   * See {@link Points#nearest(double[], int, int, int[], double[])}.
   *
   * @param length of {@code squared} to look at, a multiple of the register's lanes
   */
  static void select(
      double[] squared, int length, int self, int k, int[] index, double[] distance) {
    Arrays.fill(distance, 0, k, Double.POSITIVE_INFINITY);
    Arrays.fill(index, 0, k, -1);
    int held = 0;
    double worst = Double.POSITIVE_INFINITY;
    for (int b = 0; b < length / LANES; b++) {
      long mask =
          DoubleVector.fromArray(SPECIES, squared, b * LANES)
              .compare(VectorOperators.LT, worst)
              .toLong();
      while (mask != 0) {
        int i = b * LANES + Long.numberOfTrailingZeros(mask);
        mask &= mask - 1;
        double d = squared[i];
        if (i == self || !(d < worst)) {
          continue;
        }
        if (held < k) {
          up(index, distance, held++, i, d);
        } else {
          down(index, distance, k, i, d);
        }
        if (held == k) {
          worst = distance[0];
        }
      }
    }
    // The heap, farthest on top, becomes a list, nearest first.
    for (int end = held - 1; end > 0; end--) {
      int i = index[end];
      double d = distance[end];
      index[end] = index[0];
      distance[end] = distance[0];
      down(index, distance, end, i, d);
    }
  }

  private static boolean farther(double d1, int i1, double d2, int i2) {
    return d1 > d2 || (d1 == d2 && i1 > i2);
  }

  private static void up(int[] index, double[] distance, int at, int i, double d) {
    int child = at;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!farther(d, i, distance[parent], index[parent])) {
        break;
      }
      index[child] = index[parent];
      distance[child] = distance[parent];
      child = parent;
    }
    index[child] = i;
    distance[child] = d;
  }

  private static void down(int[] index, double[] distance, int size, int i, double d) {
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && farther(distance[child + 1], index[child + 1], distance[child], index[child])) {
        child++;
      }
      if (!farther(distance[child], index[child], d, i)) {
        break;
      }
      index[parent] = index[child];
      distance[parent] = distance[child];
      parent = child;
    }
    index[parent] = i;
    distance[parent] = d;
  }
}
