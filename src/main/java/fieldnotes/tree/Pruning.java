package fieldnotes.tree;

import java.util.Arrays;

/**
 * Minimal cost-complexity pruning: cuts the branch whose leaves lower the impurity least, then the
 * next, and so on. Sums in scikit-learn's order; ties go to the lower node.
 *
 * @see "L. Breiman, J. Friedman, R. Olshen and C. Stone, Classification and Regression Trees, 1984,
 *     chapter 3"
 */
final class Pruning {
  private final int nodes;
  private final int[] parent;

  /** The node after the last one below each. */
  private final int[] end;

  /** Leaves below a node that is not pruned; 0 for a leaf. */
  private final int[] leaves;

  /** Weighted impurity of each node as a leaf, and of the leaves below it. */
  private final double[] own;

  private final double[] below;

  /** A tournament: the node of the least alpha below each place; nodes stand from {@code size}. */
  private final int[] winner;

  private final int size;
  private final double[] alpha;

  /**
   * @param right right child of each node, −1 for a leaf; the left child of node i is i + 1
   */
  Pruning(int[] right, double[] impurity, double[] weight, int nodes) {
    this.nodes = nodes;
    parent = new int[nodes];
    end = new int[nodes];
    leaves = new int[nodes];
    own = new double[nodes];
    below = new double[nodes];
    alpha = new double[nodes];
    parent[0] = -1;
    for (int i = 0; i < nodes; i++) {
      own[i] = weight[i] * impurity[i] / weight[0];
      if (right[i] >= 0) {
        parent[i + 1] = i;
        parent[right[i]] = i;
      }
    }
    for (int i = nodes - 1; i >= 0; i--) {
      end[i] = right[i] < 0 ? i + 1 : end[right[i]];
    }
    for (int leaf = 0; leaf < nodes; leaf++) {
      if (right[leaf] < 0) {
        below[leaf] = own[leaf];
        for (int node = parent[leaf]; node >= 0; node = parent[node]) {
          below[node] += own[leaf];
          leaves[node]++;
        }
      }
    }
    size = Math.max(1, Integer.highestOneBit(2 * nodes - 1));
    winner = new int[2 * size];
    Arrays.fill(winner, -1);
    for (int i = 0; i < nodes; i++) {
      judge(i);
      winner[size + i] = leaves[i] > 0 ? i : -1;
    }
    for (int place = size - 1; place > 0; place--) {
      play(place);
    }
  }

  private void judge(int node) {
    alpha[node] = leaves[node] > 0 ? (own[node] - below[node]) / (leaves[node] - 1) : 0;
  }

  private void play(int place) {
    int a = winner[2 * place];
    int b = winner[2 * place + 1];
    winner[place] = a < 0 || (b >= 0 && alpha[b] < alpha[a]) ? b : a;
  }

  private void enter(int node) {
    judge(node);
    int place = size + node;
    winner[place] = leaves[node] > 0 ? node : -1;
    for (place /= 2; place > 0; place /= 2) {
      play(place);
    }
  }

  /** Cuts the weakest branch. */
  private void cut() {
    int node = winner[1];
    int fewer = leaves[node] - 1;
    double more = own[node] - below[node];
    below[node] = own[node];
    for (int i = node; i < end[node]; i++) {
      if (leaves[i] > 0) {
        leaves[i] = 0;
        enter(i);
      }
    }
    for (int above = parent[node]; above >= 0; above = parent[above]) {
      leaves[above] -= fewer;
      below[above] += more;
      enter(above);
    }
  }

  /** Cuts all branches of at most this alpha; returns the nodes that are left, in their order. */
  int[] cut(double most) {
    while (winner[1] >= 0 && alpha[winner[1]] <= most) {
      cut();
    }
    int[] left = new int[nodes];
    int count = 0;
    for (int i = 0; i < nodes; i = isLeaf(i) ? end[i] : i + 1) {
      left[count++] = i;
    }
    return Arrays.copyOf(left, count);
  }

  /** Whether a node that is left is a leaf now. */
  boolean isLeaf(int node) {
    return leaves[node] == 0;
  }

  /** Cuts everything and tells how. */
  PruningPath path() {
    double[] alphas = new double[nodes];
    double[] impurities = new double[nodes];
    impurities[0] = below[0];
    int count = 1;
    while (winner[1] >= 0) {
      alphas[count] = alpha[winner[1]];
      cut();
      impurities[count++] = below[0];
    }
    return new PruningPath(Arrays.copyOf(alphas, count), Arrays.copyOf(impurities, count));
  }
}
