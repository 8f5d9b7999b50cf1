package fieldnotes.tree;

import fieldnotes.common.Check;
import fieldnotes.math.Pairwise;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The nodes of a tree, depth first: node 0 is the root, the left child of node i is i + 1. Shared
 * by regression and classification trees; the arrays are not exposed outside the package.
 */
final class Nodes {
  /** The largest number of classes. */
  static final int MOST_CLASSES = 100_000;

  final int columns;

  /** Number of classes; 0 for regression. */
  final int classes;

  /** Numbers per node: the number of classes, or 1. */
  final int width;

  /** Whether cells are rounded to 32-bit floats before comparison with a threshold. */
  final boolean floats;

  final int[] right;
  final int[] feature;
  final double[] threshold;
  final double[] value;

  /** Impurity and training row count of each node; null if unknown. */
  final double[] impurity;

  final int[] count;
  final double[] importances;

  /** What the importances were divided by; 0 if unknown. */
  final double decrease;

  final int depth;

  private Nodes(
      int columns,
      int classes,
      boolean floats,
      int depth,
      int[] right,
      int[] feature,
      double[] threshold,
      double[] value,
      double[] impurity,
      int[] count,
      double[] importances,
      double decrease) {
    this.columns = columns;
    this.classes = classes;
    this.width = Math.max(1, classes);
    this.floats = floats;
    this.depth = depth;
    this.right = right;
    this.feature = feature;
    this.threshold = threshold;
    this.value = value;
    this.impurity = impurity;
    this.count = count;
    this.importances = importances;
    this.decrease = decrease;
  }

  /** The nodes built by a {@link Grower}. */
  static Nodes grown(
      int columns,
      int classes,
      int[] right,
      int[] feature,
      double[] threshold,
      double[] value,
      double[] impurity,
      double[] weight,
      int[] count) {
    int[] depth = new int[right.length];
    int deepest = 0;
    for (int i = 0; i < right.length; i++) {
      deepest = Math.max(deepest, depth[i]);
      if (right[i] >= 0) {
        depth[i + 1] = depth[i] + 1;
        depth[right[i]] = depth[i] + 1;
      }
    }
    double[] found = decreases(columns, right, feature, impurity, weight);
    double sum = Pairwise.sum(found);
    for (int j = 0; j < columns && sum > 0; j++) {
      found[j] /= sum;
    }
    return new Nodes(
        columns, classes, true, deepest, right, feature, threshold, value, impurity, count, found,
        sum);
  }

  /**
   * Nodes from another library; cells are compared with thresholds as 64-bit doubles.
   *
   * @throws IllegalArgumentException naming the first invalid node
   */
  static Nodes of(int columns, int classes, int[] feature, double[] threshold, double[] value) {
    Check.atLeast("columns", columns, 1);
    Check.sameLength("feature", feature.length, "threshold", threshold.length);
    Builder builder = new Builder(columns, classes, false);
    Check.that(
        value.length == (long) feature.length * builder.width,
        "value has %d entries: must have %d, %d for each node",
        value.length,
        (long) feature.length * builder.width,
        builder.width);
    double[] one = new double[builder.width];
    for (int i = 0; i < feature.length; i++) {
      System.arraycopy(value, i * one.length, one, 0, one.length);
      String wrong =
          builder.done()
              ? "node %d comes after the tree's last leaf".formatted(i)
              : builder.add(feature[i], threshold[i], one);
      Check.that(wrong == null, "%s", wrong);
    }
    Check.that(
        builder.done(),
        "feature has %d nodes: the last inner node lacks its right child",
        feature.length);
    return builder.build(new double[columns]);
  }

  private static double[] decreases(
      int columns, int[] right, int[] feature, double[] impurity, double[] weight) {
    double[] found = new double[columns];
    for (int i = 0; i < feature.length; i++) {
      if (feature[i] >= 0) {
        int left = i + 1;
        found[feature[i]] +=
            weight[i] * impurity[i]
                - weight[left] * impurity[left]
                - weight[right[i]] * impurity[right[i]];
      }
    }
    for (int j = 0; j < columns; j++) {
      found[j] /= weight[0];
    }
    return found;
  }

  /** The leaf of a training row. */
  int leafOf(Inputs inputs, int row) {
    int node = 0;
    while (feature[node] >= 0) {
      node = inputs.values[feature[node]][row] <= threshold[node] ? node + 1 : right[node];
    }
    return node;
  }

  int leafOf(double[] row) {
    int node = 0;
    if (floats) {
      while (feature[node] >= 0) {
        node = (float) row[feature[node]] <= threshold[node] ? node + 1 : right[node];
      }
    } else {
      while (feature[node] >= 0) {
        node = row[feature[node]] <= threshold[node] ? node + 1 : right[node];
      }
    }
    return node;
  }

  /** Rejects rows with another number of columns or with NaN. */
  void check(double[][] x) {
    for (int i = 0; i < x.length; i++) {
      Check.that(
          x[i].length == columns,
          "x has %d columns at row %d, but the tree was grown on %d",
          x[i].length,
          i,
          columns);
      for (int j = 0; j < columns; j++) {
        if (Double.isNaN(x[i][j])) {
          throw new IllegalArgumentException(
              "x has NaN at row %d, column %d: fill or drop such rows first".formatted(i, j));
        }
      }
    }
  }

  /** Writes columns, classes, importances, then split and value of each node. */
  void write(DataOutput out) throws IOException {
    out.writeInt(columns);
    out.writeInt(classes);
    out.writeBoolean(floats);
    for (double share : importances) {
      out.writeDouble(share);
    }
    for (int i = 0; i < feature.length; i++) {
      out.writeInt(feature[i]);
      if (feature[i] >= 0) {
        out.writeDouble(threshold[i]);
      }
      for (int c = 0; c < width; c++) {
        out.writeDouble(value[i * width + c]);
      }
    }
  }

  /**
   * Reads nodes written by {@link #write}. Child links are not stored; they follow from the order.
   * Arrays grow as bytes arrive, so a corrupt length cannot exhaust memory.
   *
   * @throws IOException naming the invalid part
   */
  static Nodes read(DataInput in) throws IOException {
    Builder builder = null;
    try {
      int columns = in.readInt();
      int classes = in.readInt();
      if (columns < 1 || classes < 0 || classes > MOST_CLASSES) {
        throw new IOException("not a tree: %d columns, %d classes".formatted(columns, classes));
      }
      builder = new Builder(columns, classes, readFlag(in, "32-bit comparison"));
      double[] importances = new double[Math.min(columns, 1024)];
      for (int j = 0; j < columns; j++) {
        if (j == importances.length) {
          importances = Arrays.copyOf(importances, (int) Math.min(columns, 2L * j));
        }
        importances[j] = in.readDouble();
        if (!Double.isFinite(importances[j])) {
          throw new IOException(
              "column %d of a tree has importance %s: must be finite".formatted(j, importances[j]));
        }
      }
      double[] value = new double[0];
      while (!builder.done()) {
        int feature = in.readInt();
        double threshold = feature >= 0 ? in.readDouble() : 0;
        if (value.length == 0) {
          value = readValue(in, builder.width);
        } else {
          for (int c = 0; c < value.length; c++) {
            value[c] = in.readDouble();
          }
        }
        String wrong = builder.add(feature, threshold, value);
        if (wrong != null) {
          throw new IOException(wrong);
        }
      }
      return builder.build(importances);
    } catch (EOFException e) {
      throw ended("a tree", builder == null ? 0 : builder.nodes, e);
    }
  }

  /** Reads the first node's value, growing the array as bytes arrive. */
  private static double[] readValue(DataInput in, int width) throws IOException {
    double[] value = new double[Math.min(width, 1024)];
    for (int c = 0; c < width; c++) {
      if (c == value.length) {
        value = Arrays.copyOf(value, Math.min(width, 2 * c));
      }
      value[c] = in.readDouble();
    }
    return value;
  }

  static boolean readFlag(DataInput in, String name) throws IOException {
    byte flag = in.readByte();
    if (flag != 0 && flag != 1) {
      throw new IOException("%s is %d: must be 0 or 1".formatted(name, flag));
    }
    return flag == 1;
  }

  private static EOFException ended(String what, int node, EOFException cause) {
    EOFException named = new EOFException("%s is truncated, in node %d".formatted(what, node));
    named.initCause(cause);
    return named;
  }

  /** Appends nodes, links them by their order and validates each. */
  private static final class Builder {
    private final int columns;
    private final int classes;
    private final int width;
    private final boolean floats;
    private int nodes;
    private int[] right = new int[16];
    private int[] feature = new int[16];
    private double[] threshold = new double[16];
    private double[] value = new double[0];

    /** Inner nodes without a right child yet, and the depth of that child. */
    private int[] open = new int[16];

    private int[] openDepth = new int[16];
    private int waiting;
    private int depth;
    private int deepest;

    Builder(int columns, int classes, boolean floats) {
      this.columns = columns;
      this.classes = classes;
      this.width = Math.max(1, classes);
      this.floats = floats;
    }

    /** Whether every inner node has both children. */
    boolean done() {
      return nodes > 0 && waiting == 0 && feature[nodes - 1] < 0;
    }

    /** Adds a node; returns what is wrong with it, or null. */
    String add(int column, double split, double[] numbers) {
      int id = nodes;
      if (column < -1 || column >= columns) {
        return "node %d of a tree splits on column %d: must be one of %d columns, or -1 for a leaf"
            .formatted(id, column, columns);
      }
      if (!Double.isFinite(split)) {
        return "node %d of a tree splits at %s: must be finite".formatted(id, split);
      }
      double sum = 0;
      for (double number : numbers) {
        sum += number;
        if (!Double.isFinite(number)) {
          return "node %d of a tree has the value %s: must be finite".formatted(id, number);
        }
        if (classes > 0 && (number < 0 || number > 1)) {
          return "node %d of a tree has the class share %s: must lie within 0 and 1"
              .formatted(id, number);
        }
      }
      if (classes > 0 && Math.abs(sum - 1) > 1e-6) {
        return "node %d of a tree has class shares that sum to %s: must be 1".formatted(id, sum);
      }
      if ((id + 1L) * width > Integer.MAX_VALUE - 8) {
        return "a tree has more than %d nodes".formatted(id);
      }
      grow();
      if (id > 0 && feature[id - 1] < 0) { // after a leaf: fill the latest missing right child
        waiting--;
        right[open[waiting]] = id;
        depth = openDepth[waiting];
      } else if (id > 0) {
        depth++;
      }
      deepest = Math.max(deepest, depth);
      right[id] = -1;
      feature[id] = column;
      threshold[id] = column < 0 ? 0 : split;
      System.arraycopy(numbers, 0, value, id * width, width);
      if (column >= 0) {
        if (waiting == open.length) {
          open = Arrays.copyOf(open, 2 * waiting);
          openDepth = Arrays.copyOf(openDepth, 2 * waiting);
        }
        open[waiting] = id;
        openDepth[waiting++] = depth + 1;
      }
      nodes++;
      return null;
    }

    private void grow() {
      if (nodes == right.length) {
        int more = (int) Math.min(2L * nodes, Integer.MAX_VALUE - 8);
        right = Arrays.copyOf(right, more);
        feature = Arrays.copyOf(feature, more);
        threshold = Arrays.copyOf(threshold, more);
      }
      int needed = (nodes + 1) * width;
      if (needed > value.length) {
        value = Arrays.copyOf(value, (int) Math.min(2L * needed, Integer.MAX_VALUE - 8));
      }
    }

    Nodes build(double[] importances) {
      return new Nodes(
          columns,
          classes,
          floats,
          deepest,
          Arrays.copyOf(right, nodes),
          Arrays.copyOf(feature, nodes),
          Arrays.copyOf(threshold, nodes),
          Arrays.copyOf(value, nodes * width),
          null,
          null,
          importances,
          0);
    }
  }
}
