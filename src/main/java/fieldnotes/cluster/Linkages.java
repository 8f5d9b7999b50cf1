package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.common.Progress;
import fieldnotes.math.Neighbours;
import fieldnotes.math.Points;
import fieldnotes.math.Shift;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Computes the merges of a hierarchy, with a suitable algorithm for each linkage. */
final class Linkages {
  private Linkages() {}

  /** Sorts merges by height and numbers the resulting clusters, in SciPy's form. */
  static double[][] label(int[] a, int[] b, double[] height) {
    double[][] linkage = inOrder(a, b, height);
    for (double[] merge : linkage) {
      double first = merge[0];
      merge[0] = Math.min(first, merge[1]);
      merge[1] = Math.max(first, merge[1]);
    }
    return linkage;
  }

  /** The same with the cluster of {@code a} first, as in scikit-learn's HDBSCAN. */
  static double[][] inOrder(int[] a, int[] b, double[] height) {
    int merges = height.length;
    Integer[] order = new Integer[merges];
    for (int i = 0; i < merges; i++) {
      order[i] = i;
    }
    Arrays.sort(order, (p, q) -> Double.compare(height[p], height[q]));
    int n = merges + 1;
    int[] parent = IntStream.range(0, 2 * n - 1).toArray();
    double[][] linkage = new double[merges][];
    int[] size = new int[2 * n - 1];
    Arrays.fill(size, 0, n, 1);
    for (int i = 0; i < merges; i++) {
      int ra = root(parent, a[order[i]]);
      int rb = root(parent, b[order[i]]);
      int made = n + i;
      parent[ra] = made;
      parent[rb] = made;
      size[made] = size[ra] + size[rb];
      linkage[i] = new double[] {ra, rb, height[order[i]], size[made]};
    }
    return linkage;
  }

  private static int root(int[] parent, int i) {
    int root = i;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** Ward linkage by nearest-neighbour chains of centroids; no distances are stored. */
  static double[][] ward(double[][] rows) {
    double[][] x = Shift.of(rows).x();
    int n = x.length;
    int columns = x[0].length;
    Points points = Points.of(x);
    double[] weight = new double[points.bufferLength()];
    Arrays.fill(weight, 1);
    int[] original = IntStream.range(0, n).toArray();
    boolean[] gone = new boolean[n];
    int[] a = new int[n - 1];
    int[] b = new int[n - 1];
    double[] height = new double[n - 1];
    int[] chain = new int[n];
    int length = 0;
    int left = n;
    double[] query = new double[columns];
    double[] other = new double[columns];
    double[] value = new double[1];
    try (Progress progress = Progress.start("ward linkage", n)) {
      for (int merge = 0; merge < n - 1; merge++) {
        if (length == 0) {
          int first = 0;
          while (gone[first]) {
            first++;
          }
          chain[length++] = first;
        }
        while (true) {
          int top = chain[length - 1];
          points.get(top, query);
          points.remove(top);
          int next = points.nearest(query, weight, weight[top], value);
          points.set(top, query);
          double least = value[0];
          if (length > 1) {
            int previous = chain[length - 2];
            points.get(previous, other);
            double w = weight[previous];
            double back = Points.between(query, other) * (w * weight[top] / (w + weight[top]));
            if (!(least < back)) {
              next = previous;
              least = back;
            }
          }
          if (length > 1 && next == chain[length - 2]) {
            value[0] = least;
            break;
          }
          chain[length++] = next;
        }
        int p = Math.min(chain[length - 1], chain[length - 2]);
        int q = Math.max(chain[length - 1], chain[length - 2]);
        length -= 2;
        a[merge] = original[p];
        b[merge] = original[q];
        height[merge] = Math.sqrt(2 * value[0]);
        points.get(p, other);
        points.get(q, query);
        double total = weight[p] + weight[q];
        for (int j = 0; j < columns; j++) {
          query[j] = (weight[p] * other[j] + weight[q] * query[j]) / total;
        }
        points.set(q, query);
        weight[q] = total;
        points.remove(p);
        gone[p] = true;
        left--;
        progress.advance(1);
        int size = points.size();
        if (left < 0.85 * size && size > 64) {
          int[] kept = IntStream.range(0, size).filter(i -> !gone[i]).toArray();
          int[] moved = new int[size];
          for (int i = 0; i < kept.length; i++) {
            moved[kept[i]] = i;
            weight[i] = weight[kept[i]];
            original[i] = original[kept[i]];
          }
          for (int c = 0; c < length; c++) {
            chain[c] = moved[chain[c]];
          }
          Arrays.fill(gone, 0, kept.length, false);
          points.keep(kept);
        }
      }
    }
    return label(a, b, height);
  }

  /**
   * Centroid and median linkage: the nearest pair of centres is merged repeatedly. Every centre
   * stores its nearest, or, after that was merged, a lower bound of the distance to the others.
   */
  static double[][] centres(double[][] rows, boolean median) {
    double[][] x = Shift.of(rows).x();
    int n = x.length;
    int columns = x[0].length;
    Neighbours first = Neighbours.of(x, 1);
    Points points = Points.of(x);
    double[] near = new double[n];
    int[] nearest = new int[n];
    double[] squared = new double[points.bufferLength()];
    for (int i = 0; i < n; i++) {
      nearest[i] = first.index()[i][0];
      near[i] = Points.between(x[i], x[nearest[i]]);
    }
    int[] node = IntStream.range(0, n).toArray();
    double[] size = new double[n];
    Arrays.fill(size, 1);
    double[] query = new double[columns];
    double[] other = new double[columns];
    double[] value = new double[1];
    double[][] linkage = new double[n - 1][];
    try (Progress progress = Progress.start("centroids", n)) {
      for (int merge = 0; merge < n - 1; merge++) {
        int i = least(near);
        while (nearest[i] < 0) {
          points.get(i, query);
          points.remove(i);
          nearest[i] = points.nearest(query, null, 0, value);
          points.set(i, query);
          near[i] = value[0];
          i = least(near);
        }
        int p = Math.min(i, nearest[i]);
        int q = Math.max(i, nearest[i]);
        linkage[merge] =
            new double[] {
              Math.min(node[p], node[q]),
              Math.max(node[p], node[q]),
              Math.sqrt(near[i]),
              size[p] + size[q]
            };
        points.get(p, other);
        points.get(q, query);
        double share = median ? 0.5 : size[p] / (size[p] + size[q]);
        for (int j = 0; j < columns; j++) {
          query[j] = share * other[j] + (1 - share) * query[j];
        }
        size[q] += size[p];
        node[q] = n + merge;
        points.remove(p);
        near[p] = Double.POSITIVE_INFINITY;
        points.remove(q);
        points.squared(query, squared);
        points.set(q, query);
        near[q] = Double.POSITIVE_INFINITY;
        nearest[q] = -1;
        for (int j = 0; j < n; j++) {
          double d = squared[j];
          if (d == Double.POSITIVE_INFINITY) {
            continue;
          }
          if (d < near[j]) {
            near[j] = d;
            nearest[j] = q;
          } else if (nearest[j] == p || nearest[j] == q) {
            nearest[j] = d == near[j] ? q : -1;
          }
          if (d < near[q]) {
            near[q] = d;
            nearest[q] = j;
          }
        }
        progress.advance(1);
      }
    }
    return linkage;
  }

  private static int least(double[] values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[least]) {
        least = i;
      }
    }
    return least;
  }

  /** Complete, average and weighted linkage: nearest-neighbour chains over all distances. */
  static double[][] stored(double[][] x, Linkage linkage) {
    int n = x.length;
    long bytes = 8L * n * (n - 1) / 2;
    long most = Runtime.getRuntime().maxMemory();
    Check.that(
        bytes < most * 0.9,
        "%s linkage of %d rows stores %d MB of distances, but the JVM has %d MB: use ward, single,"
            + " centroid or median linkage, which store none, or fewer rows, or start Java with"
            + " -Xmx%dg",
        linkage.label(),
        n,
        bytes >> 20,
        most >> 20,
        (bytes >> 30) + 2);
    // d[i][j] for j < i
    double[][] d = new double[n][];
    Points points = Points.of(x);
    points.<Void>forEachRow(
        "distances",
        x,
        () -> null,
        (i, squared, none) -> {
          points.root(squared, i);
          d[i] = Arrays.copyOf(squared, i);
        });
    double[] size = new double[n];
    Arrays.fill(size, 1);
    int[] alive = IntStream.range(0, n).toArray();
    int left = n;
    int[] a = new int[n - 1];
    int[] b = new int[n - 1];
    double[] height = new double[n - 1];
    int[] chain = new int[n];
    int length = 0;
    try (Progress progress = Progress.start(linkage.label() + " linkage", n)) {
      for (int merge = 0; merge < n - 1; merge++) {
        if (length == 0) {
          chain[length++] = alive[0];
        }
        double least;
        while (true) {
          int top = chain[length - 1];
          int next = -1;
          least = Double.POSITIVE_INFINITY;
          if (length > 1) {
            next = chain[length - 2];
            least = top > next ? d[top][next] : d[next][top];
          }
          double[] row = d[top];
          for (int k = 0; k < left; k++) {
            int i = alive[k];
            if (i != top) {
              double distance = i < top ? row[i] : d[i][top];
              if (distance < least) {
                least = distance;
                next = i;
              }
            }
          }
          if (length > 1 && next == chain[length - 2]) {
            break;
          }
          chain[length++] = next;
        }
        int p = Math.min(chain[length - 1], chain[length - 2]);
        int q = Math.max(chain[length - 1], chain[length - 2]);
        length -= 2;
        a[merge] = p;
        b[merge] = q;
        height[merge] = least;
        double shareP = linkage == Linkage.WEIGHTED ? 0.5 : size[p] / (size[p] + size[q]);
        double shareQ = linkage == Linkage.WEIGHTED ? 0.5 : size[q] / (size[p] + size[q]);
        int gap = Arrays.binarySearch(alive, 0, left, p);
        System.arraycopy(alive, gap + 1, alive, gap, left - gap - 1);
        left--;
        for (int k = 0; k < left; k++) {
          int i = alive[k];
          if (i == q) {
            continue;
          }
          double dp = i < p ? d[p][i] : d[i][p];
          double dq = i < q ? d[q][i] : d[i][q];
          double now = linkage == Linkage.COMPLETE ? Math.max(dp, dq) : shareP * dp + shareQ * dq;
          if (i < q) {
            d[q][i] = now;
          } else {
            d[i][q] = now;
          }
        }
        size[q] += size[p];
        progress.advance(1);
      }
    }
    return label(a, b, height);
  }
}
