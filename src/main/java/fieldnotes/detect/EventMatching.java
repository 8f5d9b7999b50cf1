package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When an event that was found counts as a true one: of the same class, with beginning and end near
 * enough. The defaults are those of sed_eval.
 *
 * @param onsetSeconds how far the beginnings may lie apart, at least 0
 * @param offsetSeconds how far the ends may lie apart, at least 0
 * @param offsetShare or this share of the length of the true event, if that is more, 0 to 1
 * @param offsets whether the ends count at all
 */
public record EventMatching(
    double onsetSeconds, double offsetSeconds, double offsetShare, boolean offsets) {
  /** Checks the ranges. */
  public EventMatching {
    Check.that(
        onsetSeconds >= 0 && Double.isFinite(onsetSeconds),
        "onsetSeconds=%s: must be finite and at least 0",
        onsetSeconds);
    Check.that(
        offsetSeconds >= 0 && Double.isFinite(offsetSeconds),
        "offsetSeconds=%s: must be finite and at least 0",
        offsetSeconds);
    Check.within("offsetShare", offsetShare, 0, 1);
  }

  /** 0.2 s for beginnings; 0.2 s or half the length for ends. */
  public static EventMatching of() {
    return of(0.2);
  }

  /** This collar for beginnings; for ends the same, or half the length of the true event. */
  public static EventMatching of(double collarSeconds) {
    return new EventMatching(collarSeconds, collarSeconds, 0.5, true);
  }

  /** Returns a copy with another tolerance for ends: seconds, or a share of the length if more. */
  public EventMatching withOffset(double seconds, double share) {
    return new EventMatching(onsetSeconds, seconds, share, true);
  }

  /** Returns a copy that looks at beginnings only. */
  public EventMatching withoutOffset() {
    return new EventMatching(onsetSeconds, offsetSeconds, offsetShare, false);
  }

  /** Whether the times are near enough; classes are not looked at. */
  private boolean fits(SoundEvent truth, SoundEvent found) {
    if (Math.abs(truth.startSeconds() - found.startSeconds()) > onsetSeconds) {
      return false;
    }
    double most = Math.max(offsetSeconds, offsetShare * truth.durationSeconds());
    return !offsets || Math.abs(truth.endSeconds() - found.endSeconds()) <= most;
  }

  /** How many pairs there are at most, and how many of what remains differ in class only. */
  record Pairs(int right, int substituted) {}

  /**
   * Pairs events so that as many as possible are right. What remains is paired in order of time,
   * each with the first that fits but for its class.
   */
  Pairs pairs(List<SoundEvent> truth, List<SoundEvent> found) {
    List<List<Integer>> fitting = new ArrayList<>();
    List<List<Integer>> right = new ArrayList<>();
    for (SoundEvent one : found) {
      List<Integer> near = new ArrayList<>();
      List<Integer> same = new ArrayList<>();
      for (int t = 0; t < truth.size(); t++) {
        if (fits(truth.get(t), one)) {
          near.add(t);
          if (truth.get(t).label().equals(one.label())) {
            same.add(t);
          }
        }
      }
      fitting.add(near);
      right.add(same);
    }
    int[] partner = new int[truth.size()];
    Arrays.fill(partner, -1);
    int pairs = 0;
    for (int f = 0; f < found.size(); f++) {
      pairs += augment(f, right, partner, new boolean[truth.size()]) ? 1 : 0;
    }
    boolean[] used = new boolean[found.size()];
    for (int f : partner) {
      if (f >= 0) {
        used[f] = true;
      }
    }
    return new Pairs(pairs, substituted(fitting, partner, used));
  }

  /** A step of the Hungarian method for bipartite graphs: a pair more, by an alternating path. */
  private static boolean augment(
      int from, List<List<Integer>> edges, int[] partner, boolean[] seen) {
    for (int t : edges.get(from)) {
      if (partner[t] < 0) {
        partner[t] = from;
        return true;
      }
    }
    for (int t : edges.get(from)) {
      if (!seen[t]) {
        seen[t] = true;
        if (augment(partner[t], edges, partner, seen)) {
          partner[t] = from;
          return true;
        }
      }
    }
    return false;
  }

  private static int substituted(List<List<Integer>> fitting, int[] partner, boolean[] used) {
    int count = 0;
    for (int t = 0; t < partner.length; t++) {
      for (int f = 0; partner[t] < 0 && f < used.length; f++) {
        if (!used[f] && fitting.get(f).contains(t)) {
          used[f] = true;
          count++;
          break;
        }
      }
    }
    return count;
  }

  @Override
  public String toString() {
    return "beginnings within %s s%s"
        .formatted(
            onsetSeconds,
            offsets
                ? ", ends within %s s or %s of the length".formatted(offsetSeconds, offsetShare)
                : "");
  }
}
