package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import fieldnotes.math.Points;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * Density clustering over all radii: of the clusters that appear as density increases, the most
 * stable are selected. Exact: core distances and the spanning tree are computed over all pairs.
 *
 * <p>Clusters are numbered as in scikit-learn: in the order in which they split off, of two the one
 * first whose rows come first in the spanning tree, which starts at row 0. With fewer rows than
 * {@code minClusterSize} all are noise. If nothing splits, {@code leaves} finds no cluster even
 * where a single one is allowed.
 *
 * <p>Many of its distances are equal by definition. They are merged in the order in which rows join
 * the spanning tree; scikit-learn leaves that order to an unstable sort, so the labels of rows at
 * the edge of a cluster may differ, as they do in scikit-learn between processors.
 *
 * @see "R. Campello, D. Moulavi and J. Sander, Density-based clustering based on hierarchical
 *     density estimates, 2013"
 * @see "sklearn.cluster.HDBSCAN of scikit-learn 1.9"
 */
public final class Hdbscan {
  private Hdbscan() {}

  /** Clusters the rows of a table by its numeric columns. */
  public static HdbscanClusters fit(Table table, HdbscanOptions options) {
    Matrix x = Matrix.ofNumeric(table).requireSquares(table.name());
    return fit(x.values(), x.names(), options);
  }

  /** Clusters rows. */
  public static HdbscanClusters fit(Rows rows, HdbscanOptions options) {
    Matrix x = rows.matrix().requireSquares("x");
    return fit(x.values(), x.names(), options);
  }

  /** Clusters rows, shape [rows][columns]. */
  public static HdbscanClusters fit(double[][] x, HdbscanOptions options) {
    return fit(Magnitude.matrix("x", x), null, options);
  }

  private static HdbscanClusters fit(double[][] x, List<String> names, HdbscanOptions options) {
    int n = x.length;
    if (n < options.minClusterSize()) {
      return tooFew(n, options);
    }
    Check.that(
        options.minSamples() <= n,
        "minSamples=%d: must be at most the number of rows, %d",
        options.minSamples(),
        n);
    double[] core = coreDistances(x, options.minSamples() - 1);
    double[][] linkage = SpanningTree.of(x, core).inOrder();
    List<String> warnings = new ArrayList<>();
    Scales.warning(x, names).ifPresent(warnings::add);
    HdbscanClusters found = new Condenser(linkage, options).select(warnings);
    if (found.count() > 0) {
      return found;
    }
    warnings.add(
        String.format(
                Locale.ROOT,
                "every row is noise: minClusterSize=%d may be too large, or there is one cluster only",
                options.minClusterSize())
            + " (withAllowSingle)");
    return new HdbscanClusters(
        found.labels(),
        found.probabilities(),
        found.tree(),
        found.leaves(),
        found.leaveDensity(),
        options,
        warnings);
  }

  /** No group of fewer rows than the smallest cluster has is a cluster, whatever else is asked. */
  private static HdbscanClusters tooFew(int n, HdbscanOptions options) {
    int[] labels = new int[n];
    Arrays.fill(labels, -1);
    return new HdbscanClusters(
        labels,
        new double[n],
        List.of(new HdbscanClusters.Branch(0, -1, 0, 0, n, 0, -1)),
        new int[n],
        new double[n],
        options,
        List.of(
            String.format(
                Locale.ROOT,
                "every row is noise: minClusterSize=%d is above the number of rows, %d",
                options.minClusterSize(),
                n)));
  }

  /** Squared distances to the k-th nearest other row. */
  private static double[] coreDistances(double[][] x, int k) {
    double[] core = new double[x.length];
    if (k > 0) {
      Points points = Points.of(x);
      points.forEachRow(
          "core distances",
          x,
          () -> new double[k],
          (i, squared, distance) -> {
            points.nearest(squared, i, k, new int[k], distance);
            core[i] = distance[k - 1];
          });
    }
    return core;
  }

  /** Condenses the single-linkage tree by dropping groups that are too small. */
  private static final class Condenser {
    private final double[][] linkage;
    private final int n;
    private final HdbscanOptions options;

    // Clusters, by id: 0 is the whole table.
    private final List<Integer> parents = new ArrayList<>();
    private final List<Double> births = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Double> deaths = new ArrayList<>();
    private final List<Double> stabilities = new ArrayList<>();

    /** The cluster that each row leaves, and the density at which it does. */
    private final int[] leaves;

    private final double[] lambda;

    Condenser(double[][] linkage, HdbscanOptions options) {
      this.linkage = linkage;
      this.n = linkage.length + 1;
      this.options = options;
      leaves = new int[n];
      lambda = new double[n];
      condense();
    }

    private int size(int node) {
      return node < n ? 1 : (int) linkage[node - n][3];
    }

    private int open(int parent, double birth, int size) {
      parents.add(parent);
      births.add(birth);
      sizes.add(size);
      deaths.add(0.0);
      stabilities.add(0.0);
      return parents.size() - 1;
    }

    private void leave(int cluster, double at, int rows) {
      deaths.set(cluster, Math.max(deaths.get(cluster), at));
      double birth = births.get(cluster);
      // Equal rows have infinite density; a cluster born there has stability 0.
      double stay = at == birth ? 0 : (at - birth) * rows;
      stabilities.set(cluster, stabilities.get(cluster) + stay);
    }

    private void condense() {
      int root = 2 * n - 2;
      int[] cluster = new int[2 * n - 1];
      cluster[root] = open(-1, 0, n);
      Deque<Integer> nodes = new ArrayDeque<>();
      nodes.add(root);
      while (!nodes.isEmpty()) {
        int node = nodes.poll();
        double[] merge = linkage[node - n];
        int left = (int) merge[0];
        int right = (int) merge[1];
        double at = merge[2] > 0 ? 1 / merge[2] : Double.POSITIVE_INFINITY;
        boolean leftStays = size(left) >= options.minClusterSize();
        boolean rightStays = size(right) >= options.minClusterSize();
        int own = cluster[node];
        if (leftStays && rightStays) {
          for (int child : new int[] {left, right}) {
            leave(own, at, size(child));
            cluster[child] = open(own, at, size(child));
            nodes.add(child);
          }
        } else {
          for (int child : new int[] {left, right}) {
            if (child == left ? leftStays : rightStays) {
              cluster[child] = own;
              nodes.add(child);
            } else {
              fall(child, own, at);
            }
          }
        }
      }
    }

    private void fall(int node, int cluster, double at) {
      Deque<Integer> inside = new ArrayDeque<>();
      inside.push(node);
      while (!inside.isEmpty()) {
        int one = inside.pop();
        if (one < n) {
          leaves[one] = cluster;
          lambda[one] = at;
          leave(cluster, at, 1);
        } else {
          inside.push((int) linkage[one - n][0]);
          inside.push((int) linkage[one - n][1]);
        }
      }
    }

    HdbscanClusters select(List<String> warnings) {
      int count = parents.size();
      boolean[] selected = new boolean[count];
      boolean[] split = new boolean[count];
      for (int c = 1; c < count; c++) {
        split[parents.get(c)] = true;
      }
      if (options.leaves()) {
        for (int c = 0; c < count; c++) {
          selected[c] = c > 0 && !split[c]; // the whole table is no leaf, as in scikit-learn
        }
      } else {
        double[] best = new double[count];
        double[] below = new double[count];
        for (int c = count - 1; c >= 0; c--) {
          boolean may = c > 0 || options.allowSingle();
          selected[c] = may && !(below[c] > stabilities.get(c));
          best[c] = selected[c] ? stabilities.get(c) : below[c];
          if (c > 0) {
            below[parents.get(c)] += best[c];
          }
        }
        boolean[] covered = new boolean[count];
        for (int c = 1; c < count; c++) {
          int parent = parents.get(c);
          covered[c] = covered[parent] || selected[parent];
          selected[c] &= !covered[c];
        }
      }
      int[] label = new int[count];
      Arrays.fill(label, -1);
      int next = 0;
      for (int c = 0; c < count; c++) {
        if (selected[c] && (c > 0 || options.allowSingle())) {
          label[c] = next++;
        }
      }
      int[] labels = new int[n];
      double[] probabilities = new double[n];
      int[] holder = new int[count];
      for (int c = 0; c < count; c++) {
        holder[c] = label[c] >= 0 ? c : c == 0 ? -1 : holder[parents.get(c)];
      }
      double rootDeath = deaths.get(0);
      for (int i = 0; i < n; i++) {
        int c = holder[leaves[i]];
        // If the whole table is one cluster, it keeps only the rows that stay until it splits.
        boolean in = c > 0 || (c == 0 && lambda[i] >= rootDeath);
        labels[i] = in ? label[c] : -1;
        if (in) {
          double most = deaths.get(c);
          probabilities[i] =
              most == 0 || Double.isInfinite(lambda[i]) ? 1 : Math.min(lambda[i], most) / most;
        }
      }
      List<HdbscanClusters.Branch> tree = new ArrayList<>();
      for (int c = 0; c < count; c++) {
        tree.add(
            new HdbscanClusters.Branch(
                c,
                parents.get(c),
                births.get(c),
                deaths.get(c),
                sizes.get(c),
                stabilities.get(c),
                label[c]));
      }
      return new HdbscanClusters(labels, probabilities, tree, leaves, lambda, options, warnings);
    }
  }
}
