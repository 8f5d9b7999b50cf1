package fieldnotes.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Asks about groups in the order of their scores. A group whose heard clips agree passes: its
 * others take over the class, and neither the groups inside it nor those around it are asked about.
 * A group that does not pass is left to the groups inside it.
 *
 * <p>What passes is worked out anew from what was heard, in one walk over the groups, so that an
 * answer that contradicts a group takes it back with all that followed from it.
 */
final class GroupGuide extends TreeGuide {
  private final int[] groups;
  private final GroupOptions options;

  /** What the walk finds: groups that passed, and the first that was not heard enough, or −1. */
  private record Found(List<Integer> passed, int current) {}

  private Found found;

  GroupGuide(ClipTree tree, int[] groups, GroupOptions options, long seed) {
    super(tree, seed);
    this.groups = groups;
    this.options = options;
  }

  @Override
  void take(Answer answer) {
    super.take(answer);
    found = null;
  }

  @Override
  void forget() {
    super.forget();
    found = null;
  }

  private Found found() {
    if (found == null) {
      found = walk();
    }
    return found;
  }

  private Found walk() {
    List<Integer> passed = new ArrayList<>();
    int current = -1;
    boolean[] taken = new boolean[tree.rows]; // by place: in a group that passed or waits
    boolean[] around = new boolean[tree.nodes()]; // nodes around such a group
    for (int group : groups) {
      if (taken[tree.low[group]] || around[group]) {
        continue;
      }
      boolean enough = in.heard(group) >= options.toHear(tree.size(group));
      if (enough && !options.passes(in.majority(group))) {
        continue;
      }
      if (enough) {
        passed.add(group);
      } else if (current < 0) {
        current = group;
      }
      Arrays.fill(taken, tree.low[group], tree.high[group], true);
      for (int up = tree.parent[group]; up >= 0 && !around[up]; up = tree.parent[up]) {
        around[up] = true;
      }
    }
    return new Found(passed, current);
  }

  @Override
  OptionalInt asked() {
    if (count() == rows) {
      return OptionalInt.empty();
    }
    Found now = found();
    int inPassed = now.passed.stream().mapToInt(in::unheard).sum();
    boolean again = inPassed > 0 && Dice.unit(seed, 2L * count()) < options.recheck();
    long draw = 2L * count() + 1;
    if (now.current >= 0 && !again) {
      int group = now.current;
      return OptionalInt.of(in.unheard(group, Dice.below(in.unheard(group), seed, draw)));
    }
    int outside = rows - count() - inPassed;
    if (now.current < 0 && !again && outside > 0) { // rows of no group
      boolean[] passed = new boolean[rows];
      now.passed.forEach(group -> Arrays.fill(passed, tree.low[group], tree.high[group], true));
      int number = Dice.below(outside, seed, draw);
      for (int p = 0; p < rows; p++) {
        if (!passed[p] && unheard(tree.order[p]) && number-- == 0) {
          return OptionalInt.of(tree.order[p]);
        }
      }
    }
    int number = Dice.below(inPassed, seed, draw);
    for (int group : now.passed) {
      int here = in.unheard(group);
      if (number < here) {
        return OptionalInt.of(in.unheard(group, number));
      }
      number -= here;
    }
    throw new IllegalStateException("no unheard row among " + rows);
  }

  @Override
  public synchronized Map<Integer, Propagated> propagated() {
    Map<Integer, Propagated> labels = new HashMap<>();
    for (int group : found().passed) {
      in.spread(group, in.majority(group), labels);
    }
    return labels;
  }
}
