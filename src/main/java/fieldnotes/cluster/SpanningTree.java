package fieldnotes.cluster;

import fieldnotes.common.Progress;
import fieldnotes.math.Points;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The minimum spanning tree of all rows by Prim's algorithm, as the order in which rows join and
 * the distance at which each does. Sorting it gives single linkage. No distances are stored.
 */
record SpanningTree(int[] order, double[] distance) {

  /**
   * @param core squared core distances for mutual reachability, or null for plain distances
   */
  static SpanningTree of(double[][] x, double[] core) {
    int n = x.length;
    Points points = Points.of(x);
    double[] reach = new double[points.bufferLength()];
    double[] floor = core == null ? null : Arrays.copyOf(core, reach.length);
    Arrays.fill(reach, Double.POSITIVE_INFINITY);
    int[] original = IntStream.range(0, n).toArray();
    boolean[] gone = new boolean[n];
    int[] order = new int[n];
    double[] distance = new double[n - 1];
    int at = 0;
    int left = n;
    try (Progress progress = Progress.start("spanning tree", n)) {
      for (int step = 0; step < n; step++) {
        int row = original[at];
        order[step] = row;
        points.remove(at);
        reach[at] = Double.POSITIVE_INFINITY;
        gone[at] = true;
        left--;
        progress.advance(1);
        if (left == 0) {
          break;
        }
        if (left < 0.85 * points.size() && points.size() > 64) {
          int size = points.size();
          int[] kept = IntStream.range(0, size).filter(i -> !gone[i]).toArray();
          for (int i = 0; i < kept.length; i++) {
            reach[i] = reach[kept[i]];
            original[i] = original[kept[i]];
            if (floor != null) {
              floor[i] = floor[kept[i]];
            }
          }
          Arrays.fill(reach, kept.length, reach.length, Double.POSITIVE_INFINITY);
          Arrays.fill(gone, 0, kept.length, false);
          points.keep(kept);
        }
        at = points.lower(x[row], reach, floor, core == null ? 0 : core[row]);
        distance[step] = Math.sqrt(reach[at]);
      }
    }
    return new SpanningTree(order, distance);
  }

  /** The merges of single linkage in SciPy's form, shape [rows − 1][4]. */
  double[][] linkage() {
    return Linkages.label(before(), after(), distance);
  }

  /** The same with the cluster of the rows that joined the tree before the other first. */
  double[][] inOrder() {
    return Linkages.inOrder(before(), after(), distance);
  }

  private int[] before() {
    return Arrays.copyOf(order, order.length - 1);
  }

  private int[] after() {
    return Arrays.copyOfRange(order, 1, order.length);
  }
}
