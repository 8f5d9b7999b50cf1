package fieldnotes.label;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Folds;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How strategies are compared: with simulated ears, on rows of which some recordings are held out.
 *
 * @param clips numbers of clips heard at which is measured, rising, at least 2
 * @param seeds number of seeds, from 0; each has its own rows held out
 * @param folds one of so many parts of the rows is held out
 * @param wrong share of the clips that the ear hears wrongly, from 0 to 1
 * @param trees trees of the forest that is judged on the rows held out
 */
public record LabellingTrial(List<Integer> clips, int seeds, int folds, double wrong, int trees) {
  /** Checks the ranges. */
  public LabellingTrial {
    clips = List.copyOf(clips);
    Check.that(!clips.isEmpty(), "clips is empty: give at least one number of clips");
    for (int i = 0; i < clips.size(); i++) {
      Check.that(
          clips.get(i) >= (i == 0 ? 2 : clips.get(i - 1) + 1),
          "clips=%s: must rise, from at least 2",
          clips);
    }
    Check.atLeast("seeds", seeds, 1);
    Check.atLeast("folds", folds, 2);
    Check.within("wrong", wrong, 0, 1);
    Check.atLeast("trees", trees, 1);
  }

  /** Ten seeds, a third of the rows held out, a perfect ear, a forest of 100 trees. */
  public static LabellingTrial of(List<Integer> clips) {
    return new LabellingTrial(clips, 10, 3, 0, 100);
  }

  /** The same with numbers of clips from {@code step} to {@code most}. */
  public static LabellingTrial of(int step, int most) {
    Check.that(step >= 2 && most >= step, "step=%d, most=%d: needs 2 ≤ step ≤ most", step, most);
    return of(IntStream.rangeClosed(1, most / step).mapToObj(i -> i * step).toList());
  }

  /** Returns a copy with this number of seeds. */
  public LabellingTrial withSeeds(int number) {
    return new LabellingTrial(clips, number, folds, wrong, trees);
  }

  /** Returns a copy whose ear hears this share of the clips wrongly. */
  public LabellingTrial withWrong(double share) {
    return new LabellingTrial(clips, seeds, folds, share, trees);
  }

  /** Returns a copy with this number of trees. */
  LabellingTrial withTrees(int number) {
    return new LabellingTrial(clips, seeds, folds, wrong, number);
  }

  /** The rows to label and those held out: no recording is on both sides. */
  Split split(Samples rows, int seed) {
    Folds parts =
        rows.groupNames().contains("recording")
            ? Folds.stratifiedGrouped(folds, "recording", seed)
            : Folds.stratified(folds, seed);
    return parts.splits(rows).getFirst();
  }

  SimulatedEar ear(List<String> classes, int seed) {
    return wrong == 0 ? SimulatedEar.perfect(classes) : SimulatedEar.wrong(classes, wrong, seed);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d to %d clips, %d seeds, 1/%d held out, %.0f %% heard wrongly",
        clips.getFirst(),
        clips.getLast(),
        seeds,
        folds,
        100 * wrong);
  }
}
