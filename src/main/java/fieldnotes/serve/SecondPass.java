package fieldnotes.serve;

import fieldnotes.label.Checked;
import fieldnotes.label.How;
import fieldnotes.label.LabelSet;
import fieldnotes.label.RaterAgreement;
import fieldnotes.label.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Clips that have a label, heard again without showing it, to see how well the two agree. Not safe
 * for several threads: its session is.
 */
final class SecondPass {
  private final Tally tally;
  private List<Integer> sample = List.of();
  private final Set<Segment> heard = new HashSet<>();
  private Agreed agreed;

  /**
   * How two hearings agree.
   *
   * @param checked clips that were heard twice
   * @param agreeing those that got the same class
   * @param kappa agreement beyond chance; NaN where it is not defined
   */
  record Agreed(int checked, int agreeing, double kappa) {}

  SecondPass(Tally tally, List<Checked> checked) {
    this.tally = tally;
    read(checked);
  }

  /** A clip of the sample was heard, or that was taken back. */
  void heard(Segment clip, boolean undone) {
    if (undone) {
      heard.remove(clip);
    } else {
      heard.add(clip);
    }
  }

  /** Draws clips that were labelled by ear, to be heard in the order of the draw. */
  void draw(int count, long seed) {
    List<Integer> byEar = new ArrayList<>();
    for (int i = 0; i < tally.size(); i++) {
      if (tally.label(tally.clip(i)).filter(label -> label.how() == How.EAR).isPresent()) {
        byEar.add(i);
      }
    }
    Collections.shuffle(byEar, new Random(seed));
    sample = List.copyOf(byEar.subList(0, Math.min(count, byEar.size())));
    heard.clear();
  }

  /** The clips drawn. */
  int drawn() {
    return sample.size();
  }

  /** The next clip of the sample; empty when all were heard. */
  OptionalInt next() {
    return sample.stream().filter(this::isLeft).mapToInt(Integer::intValue).findFirst();
  }

  int left() {
    return (int) sample.stream().filter(this::isLeft).count();
  }

  private boolean isLeft(int clip) {
    Segment segment = tally.clip(clip);
    return tally.label(segment).isPresent() && !heard.contains(segment);
  }

  /** How well the two hearings agree, of all clips that were heard twice. */
  Agreed agreed() {
    return agreed;
  }

  /** Compares the two hearings of clips. */
  void read(List<Checked> checked) {
    RaterAgreement both =
        RaterAgreement.of(
            LabelSet.of(checked.stream().map(Checked::first).toList()),
            LabelSet.of(checked.stream().map(Checked::second).toList()));
    int clips = both.clips().size();
    agreed = new Agreed(clips, clips - both.differing().size(), both.kappa());
  }
}
