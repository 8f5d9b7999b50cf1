package fieldnotes.label;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Asks about one clip of each group of a cut that grows: the tree is cut at its highest merges one
 * after the other, and whatever part has no heard clip is asked about. The others of a group take
 * the class of its heard clips if these agree.
 */
final class GrowingCutGuide extends TreeGuide {
  GrowingCutGuide(ClipTree tree, long seed) {
    super(tree, seed);
  }

  /** The node that is split next, of which a part has no heard clip; −1 when all was heard. */
  private int current() {
    int node = tree.root;
    while (node >= rows && in.heard(tree.left[node]) > 0 && in.heard(tree.right[node]) > 0) {
      node--;
    }
    return node;
  }

  @Override
  OptionalInt asked() {
    if (count() == rows) {
      return OptionalInt.empty();
    }
    int node = tree.root;
    if (count() > 0) {
      node = current();
      node = in.heard(tree.left[node]) == 0 ? tree.left[node] : tree.right[node];
    }
    return OptionalInt.of(in.unheard(node, Dice.below(in.unheard(node), seed, count())));
  }

  @Override
  public synchronized Map<Integer, Propagated> propagated() {
    Map<Integer, Propagated> labels = new HashMap<>();
    int current = count() == 0 ? -1 : current();
    if (current < rows) { // nothing was heard, or everything
      return labels;
    }
    Deque<Integer> open = new ArrayDeque<>(List.of(tree.root));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node > current) {
        open.push(tree.left[node]);
        open.push(tree.right[node]);
        continue;
      }
      Propagated label = in.majority(node);
      if (label.agreeing() == label.heard()) {
        in.spread(node, label, labels);
      }
    }
    return labels;
  }
}
