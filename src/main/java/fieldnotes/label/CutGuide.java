package fieldnotes.label;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Asks about the groups of one cut, the largest first: a number of clips of each, then one more of
 * the group of which the smallest share was heard. A group takes the commonest class.
 */
final class CutGuide extends TreeGuide {
  private final int heard;
  private final List<Integer> groups;

  CutGuide(ClipTree tree, int count, int heard, long seed) {
    super(tree, seed);
    this.heard = heard;
    groups =
        IntStream.of(tree.cutInto(count))
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(group -> -tree.size(group))
                    .thenComparingInt(group -> group))
            .toList();
  }

  private boolean heardEnough(int group) {
    return in.heard(group) >= Math.min(heard, tree.size(group));
  }

  @Override
  OptionalInt asked() {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int group : groups) {
      if (in.unheard(group) == 0) {
        continue;
      }
      if (!heardEnough(group)) {
        best = group;
        break;
      }
      double share = (double) in.heard(group) / tree.size(group);
      if (share < least) {
        least = share;
        best = group;
      }
    }
    return best < 0
        ? OptionalInt.empty()
        : OptionalInt.of(in.unheard(best, Dice.below(in.unheard(best), seed, count())));
  }

  @Override
  public synchronized Map<Integer, Propagated> propagated() {
    Map<Integer, Propagated> labels = new HashMap<>();
    for (int group : groups) {
      if (heardEnough(group)) {
        in.spread(group, in.majority(group), labels);
      }
    }
    return labels;
  }
}
