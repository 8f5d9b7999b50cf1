package fieldnotes.cluster;

import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.math.Points;
import java.util.Arrays;

/**
 * For each number of neighbours, a spanning forest of the radii from which on two cores belong
 * together. It contains the clusters of all radii at once.
 */
final class DbscanForests {
  private static final int PAIRS_AT_ONCE = 3_000_000;

  private final double[] eps;
  private final int rows;

  /** [minSamples][row]: the first radius at which the row is a core, eps.length if none. */
  private final short[][] coreLevel;

  /** [minSamples][edge]: a spanning forest, edges in ascending order of level. */
  private final int[][] edgeA;

  private final int[][] edgeB;
  private final short[][] edgeLevel;

  /**
   * Finds all pairs of rows within the largest radius.
   *
   * @param eps the radii, ascending
   * @param coreLevel the first radius at which a row is a core, shape [minSamples][rows]
   */
  DbscanForests(double[][] x, Points points, double[] eps, short[][] coreLevel) {
    this.eps = eps;
    this.rows = x.length;
    this.coreLevel = coreLevel;
    edgeA = new int[coreLevel.length][0];
    edgeB = new int[coreLevel.length][0];
    edgeLevel = new short[coreLevel.length][0];
    link(x, points);
  }

  /** Returns the first radius that reaches a squared distance, eps.length if none does. */
  static short level(double[] eps, double squared) {
    int low = 0;
    int high = eps.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (squared <= eps[middle] * eps[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return (short) low;
  }

  /** Adds all pairs within the largest radius to the forests, one band of rows at a time. */
  private void link(double[][] x, Points points) {
    double most = eps[eps.length - 1] * eps[eps.length - 1];
    int band = Math.max(32, PAIRS_AT_ONCE / rows / 32 * 32);
    try (Progress progress = Progress.start("DBSCAN grid", rows)) {
      for (int from = 0; from < rows; from += band) {
        int start = from;
        double[][] queries = Arrays.copyOfRange(x, from, Math.min(rows, from + band));
        int[][] partner = new int[queries.length][];
        short[][] levels = new short[queries.length][];
        points.forEachRow(
            "pairs",
            queries,
            () -> new int[rows],
            (q, squared, found) -> {
              int count = points.within(squared, most, start + q + 1, found);
              partner[q] = Arrays.copyOf(found, count);
              levels[q] = new short[count];
              for (int f = 0; f < count; f++) {
                levels[q][f] = level(eps, squared[found[f]]);
              }
            });
        Parallel.forEach(coreLevel.length, m -> merge(m, start, partner, levels));
        progress.advance(queries.length);
      }
    }
  }

  private void merge(int m, int from, int[][] partner, short[][] levels) {
    short[] core = coreLevel[m];
    int radii = eps.length;
    int[][] joined = edgeA[m].length == 0 ? null : components(m);
    int[] a = edgeA[m];
    int[] b = edgeB[m];
    short[] level = edgeLevel[m];
    int count = a.length;
    for (int q = 0; q < partner.length; q++) {
      int i = from + q;
      if (core[i] >= radii) {
        continue;
      }
      for (int f = 0; f < partner[q].length; f++) {
        int j = partner[q][f];
        int l = Math.max(levels[q][f], Math.max(core[i], core[j]));
        if (l >= radii || (joined != null && joined[l][i] == joined[l][j])) {
          continue;
        }
        if (count == a.length) {
          int room = Math.max(1024, count * 2);
          a = Arrays.copyOf(a, room);
          b = Arrays.copyOf(b, room);
          level = Arrays.copyOf(level, room);
        }
        a[count] = i;
        b[count] = j;
        level[count++] = (short) l;
      }
    }
    // Kruskal's algorithm, with a counting sort of the edges by level.
    int[] start = new int[radii + 1];
    for (int e = 0; e < count; e++) {
      start[level[e] + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] order = new int[count];
    for (int e = 0; e < count; e++) {
      order[start[level[e]]++] = e;
    }
    int[] parent = identity(rows);
    int kept = 0;
    int[] keptEdges = new int[Math.min(count, rows)];
    for (int e : order) {
      int ra = find(parent, a[e]);
      int rb = find(parent, b[e]);
      if (ra != rb) {
        parent[Math.max(ra, rb)] = Math.min(ra, rb);
        keptEdges[kept++] = e;
      }
    }
    int[] newA = new int[kept];
    int[] newB = new int[kept];
    short[] newLevel = new short[kept];
    for (int e = 0; e < kept; e++) {
      newA[e] = a[keptEdges[e]];
      newB[e] = b[keptEdges[e]];
      newLevel[e] = level[keptEdges[e]];
    }
    edgeA[m] = newA;
    edgeB[m] = newB;
    edgeLevel[m] = newLevel;
  }

  /** For every radius, the first row of each row's component so far, shape [radii][rows]. */
  private int[][] components(int m) {
    int[][] all = new int[eps.length][];
    int[] parent = identity(rows);
    int e = 0;
    for (int l = 0; l < eps.length; l++) {
      e = unite(parent, m, e, l);
      int[] roots = new int[rows];
      for (int i = 0; i < rows; i++) {
        roots[i] = find(parent, i);
      }
      all[l] = roots;
    }
    return all;
  }

  /** Joins along the edges, from e on, with a level of at most l; returns the next edge. */
  int unite(int[] parent, int m, int e, int l) {
    int next = e;
    for (; next < edgeA[m].length && edgeLevel[m][next] <= l; next++) {
      int ra = find(parent, edgeA[m][next]);
      int rb = find(parent, edgeB[m][next]);
      parent[Math.max(ra, rb)] = Math.min(ra, rb);
    }
    return next;
  }

  /** Returns components of one row each. */
  static int[] identity(int n) {
    int[] parent = new int[n];
    for (int i = 0; i < n; i++) {
      parent[i] = i;
    }
    return parent;
  }

  /** Returns the first row of the component of a row. */
  static int find(int[] parent, int i) {
    int root = i;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
