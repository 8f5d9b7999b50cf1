package fieldnotes.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hierarchical sampling after Dasgupta and Hsu: a pruning of the tree is refined where its nodes
 * turn out mixed, and nodes are asked about in proportion to the errors that they may hold. Bounds
 * are those of the implementation in libact.
 *
 * <p>Different on purpose: a node of which all was heard is not asked about again; what no label is
 * admissible for stays unlabelled instead of taking the first class; and as classes are not known
 * beforehand, a class that was never heard counts as one of those to exclude.
 *
 * @see "S. Dasgupta and D. Hsu, Hierarchical sampling for active learning, ICML 2008"
 */
final class SamplingGuide extends TreeGuide {
  /** What was heard under a node while it stood in the pruning or below it. */
  private final List<Map<String, Integer>> counts = new ArrayList<>();

  private final double[] cost;
  private final boolean[] split;

  /** The best admissible label of a node, or null. */
  private final Propagated[] own;

  /** What a node takes over from the one that it was split off; null for none. */
  private final Propagated[] above;

  private final TreeSet<Integer> pruning = new TreeSet<>();
  private final TreeSet<String> classes = new TreeSet<>();

  SamplingGuide(ClipTree tree, long seed) {
    super(tree, seed);
    int nodes = tree.nodes();
    cost = new double[nodes];
    split = new boolean[nodes];
    own = new Propagated[nodes];
    above = new Propagated[nodes];
    for (int node = 0; node < nodes; node++) {
      counts.add(null);
    }
    forget();
  }

  @Override
  void forget() {
    super.forget();
    for (int node = 0; node < tree.nodes(); node++) {
      counts.set(node, null);
      cost[node] = tree.size(node);
    }
    Arrays.fill(split, false);
    Arrays.fill(own, null);
    Arrays.fill(above, null);
    classes.clear();
    pruning.clear();
    pruning.add(tree.root);
  }

  @Override
  void take(Answer answer) {
    super.take(answer);
    classes.add(answer.name());
    int top = answer.row();
    while (!pruning.contains(top)) {
      top = tree.parent[top];
    }
    // from the leaf up to the node of the pruning, and no further
    for (int node = answer.row(); ; node = tree.parent[node]) {
      if (counts.get(node) == null) {
        counts.set(node, new TreeMap<>());
      }
      counts.get(node).merge(answer.name(), 1, Integer::sum);
      judge(node);
      if (node == top) {
        break;
      }
    }
    refine(top);
  }

  /** Works out the label, the cost and whether it pays to split. */
  private void judge(int node) {
    int size = tree.size(node);
    String best = null;
    double most = -1;
    for (String name : counts.get(node).keySet()) {
      double lower = lower(node, name);
      if (lower > most && admissible(node, name, lower)) {
        best = name;
        most = lower;
      }
    }
    own[node] =
        best == null ? null : new Propagated(best, counts.get(node).get(best), in.heard(node));
    cost[node] = best == null ? size : size - most;
    split[node] = false;
    if (best != null && !tree.isRow(node)) {
      double parts = cost[tree.left[node]] + cost[tree.right[node]];
      if (parts < cost[node]) {
        cost[node] = parts;
        split[node] = true;
      }
    }
  }

  private double lower(int node, String name) {
    double size = tree.size(node);
    int agreeing = counts.get(node).getOrDefault(name, 0);
    double p = (double) agreeing / in.heard(node);
    return Math.max(agreeing, size * (p - delta(node, p)));
  }

  private double upper(int node, String name) {
    double size = tree.size(node);
    int agreeing = counts.get(node).getOrDefault(name, 0);
    double p = (double) agreeing / in.heard(node);
    return Math.min(size - (in.heard(node) - agreeing), size * (p + delta(node, p)));
  }

  private double delta(int node, double p) {
    double n = in.heard(node);
    double unheard = 1 - n / tree.size(node);
    return unheard / n + Math.sqrt(unheard * p * (1 - p) / n);
  }

  private boolean admissible(int node, String name, double lower) {
    double size = tree.size(node);
    if (lower <= 2 * upper(node, "") - size) { // a class that nobody has heard yet
      return false;
    }
    for (String other : classes) {
      if (!other.equals(name) && lower <= 2 * upper(node, other) - size) {
        return false;
      }
    }
    return true;
  }

  /** Replaces a node of the pruning by those that it is split into. */
  private void refine(int node) {
    if (!split[node]) {
      return;
    }
    pruning.remove(node);
    for (int child : new int[] {tree.left[node], tree.right[node]}) {
      pruning.add(child);
      above[child] = label(node);
      refine(child);
    }
  }

  private Propagated label(int node) {
    return own[node] != null ? own[node] : above[node];
  }

  @Override
  OptionalInt asked() {
    double total = 0;
    for (int node : pruning) {
      total += weight(node);
    }
    int chosen = -1;
    double left = Dice.unit(seed, 2L * count()) * total;
    for (int node : pruning) {
      double weight = weight(node);
      if (weight > 0) {
        chosen = node; // the last one where rounding leaves something over
        left -= weight;
        if (left < 0) {
          break;
        }
      }
    }
    if (chosen < 0) {
      return OptionalInt.empty();
    }
    int number = Dice.below(in.unheard(chosen), seed, 2L * count() + 1);
    return OptionalInt.of(in.unheard(chosen, number));
  }

  /** The errors that a node may hold; 0 if all of it was heard. */
  private double weight(int node) {
    return in.unheard(node) == 0 ? 0 : cost[node];
  }

  @Override
  public synchronized Map<Integer, Propagated> propagated() {
    Map<Integer, Propagated> labels = new HashMap<>();
    for (int node : pruning) {
      Propagated label = label(node);
      if (label != null) {
        in.spread(node, label, labels);
      }
    }
    return labels;
  }
}
