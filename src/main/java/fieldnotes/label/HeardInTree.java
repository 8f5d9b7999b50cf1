package fieldnotes.label;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was heard under each node of a tree. */
final class HeardInTree {
  private final ClipTree tree;

  /** The number of rows heard under each node. */
  private final int[] heard;

  /** The classes heard, by place. */
  private final NavigableMap<Integer, String> byPlace = new TreeMap<>();

  HeardInTree(ClipTree tree) {
    this.tree = tree;
    heard = new int[tree.nodes()];
  }

  void add(int row, String name) {
    byPlace.put(tree.place[row], name);
    for (int node = row; node >= 0; node = tree.parent[node]) {
      heard[node]++;
    }
  }

  void clear() {
    byPlace.clear();
    Arrays.fill(heard, 0);
  }

  int heard(int node) {
    return heard[node];
  }

  int unheard(int node) {
    return tree.size(node) - heard[node];
  }

  /** The commonest class heard under a node, of several the first by name; null for none. */
  Guide.Propagated majority(int node) {
    Map<String, Integer> counts = new TreeMap<>();
    byPlace
        .subMap(tree.low[node], tree.high[node])
        .values()
        .forEach(name -> counts.merge(name, 1, Integer::sum));
    Guide.Propagated best = null;
    for (var entry : counts.entrySet()) {
      if (best == null || entry.getValue() > best.agreeing()) {
        best = new Guide.Propagated(entry.getKey(), entry.getValue(), heard[node]);
      }
    }
    return best;
  }

  /** The unheard row of this number under a node, in the order of the leaves. */
  int unheard(int node, int number) {
    int left = number;
    for (int p = tree.low[node]; p < tree.high[node]; p++) {
      if (heard[tree.order[p]] == 0 && left-- == 0) {
        return tree.order[p];
      }
    }
    throw new IllegalStateException("node " + node + " has no unheard row " + number);
  }

  /** Gives a label to each unheard row under a node. */
  void spread(int node, Guide.Propagated label, Map<Integer, Guide.Propagated> labels) {
    for (int p = tree.low[node]; p < tree.high[node]; p++) {
      if (heard[tree.order[p]] == 0) {
        labels.put(tree.order[p], label);
      }
    }
  }
}
