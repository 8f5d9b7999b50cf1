package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A learner that labels rows by itself, as scikit-learn's {@code SelfTrainingClassifier}: it is
 * fitted to the rows with a class, those without one that it is sure about get the class it
 * predicts, and it is fitted again. Rows without a class have the empty text.
 *
 * <p>What is wrong at first stays wrong, and more so with every round: look at the labels, and
 * judge the model on rows whose classes are known.
 *
 * @param learner gives probabilities
 * @param threshold a row is labelled if its largest probability is above this, 0 to 1, 1 not
 *     included; 0 if {@code best} is above 0
 * @param best how many rows are labelled in a round, those with the largest probabilities, the
 *     first of equals; 0: by the threshold
 * @param rounds how often rows are labelled at most; 0: until none is left or none is sure
 * @see "D. Yarowsky, Unsupervised word sense disambiguation rivaling supervised methods, ACL 1995"
 */
public record SelfTraining<M extends Model<Classified>>(
    Learner<Classified, M> learner, double threshold, int best, int rounds)
    implements Seeded<Classified, SelfTrained<M>> {
  /** Checks the ranges. */
  public SelfTraining {
    Check.that(
        threshold >= 0 && threshold < 1, "threshold=%s: must be at least 0 and below 1", threshold);
    Check.atLeast("best", best, 0);
    Check.that(
        best == 0 || threshold == 0,
        "best=%d, threshold=%s: rows are chosen by the one or the other",
        best,
        threshold);
    Check.atLeast("rounds", rounds, 0);
  }

  @Override
  public SelfTraining<M> withSeed(long seed) {
    return new SelfTraining<>(Seeded.of(learner, seed), threshold, best, rounds);
  }

  /** Returns a copy that labels rows whose largest probability is above this. */
  public SelfTraining<M> withThreshold(double newThreshold) {
    return new SelfTraining<>(learner, newThreshold, 0, rounds);
  }

  /** Returns a copy that labels this number of rows in each round, the surest. */
  public SelfTraining<M> withBest(int rowsARound) {
    return new SelfTraining<>(learner, 0, Check.atLeast("best", rowsARound, 1), rounds);
  }

  /** Returns a copy that stops after this number of rounds; 0: when nothing changes. */
  public SelfTraining<M> withRounds(int most) {
    return new SelfTraining<>(learner, threshold, best, most);
  }

  @Override
  public SelfTrained<M> fit(Samples rows) {
    Made made = Made.of(this, rows);
    int[] codes = Unlabelled.codes(made, rows);
    return Joined.naming(rows, () -> fit(rows, made, codes));
  }

  private SelfTrained<M> fit(Samples rows, Made made, int[] codes) {
    List<PseudoLabel> labels = new ArrayList<>();
    int[] open = where(codes, false);
    int round = 0;
    boolean changed = true;
    M model = fitted(rows, made, codes);
    while (open.length > 0 && changed && (rounds == 0 || round < rounds)) {
      round++;
      Classified said = model.predict(rows.rows(open));
      Check.that(
          said.hasProbabilities(),
          "%s gives no probabilities, which self-training needs to know how sure it is: calibrate"
              + " it with Classifiers.calibrated(…)",
          learner);
      double[][] p = said.probabilities();
      int[] predicted = said.codes();
      int[] chosen = chosen(p, predicted);
      for (int at : chosen) {
        codes[open[at]] = predicted[at];
        labels.add(
            new PseudoLabel(open[at], round, "itself", said.label(at), p[at][predicted[at]]));
      }
      changed = chosen.length > 0;
      if (changed) {
        open = where(codes, false);
        model = fitted(rows, made, codes);
      }
    }
    SelfTrained.End end =
        open.length == 0
            ? SelfTrained.End.ALL_LABELLED
            : changed ? SelfTrained.End.ROUNDS : SelfTrained.End.NONE_SURE;
    return new SelfTrained<>(made, model, labels, round, end);
  }

  private M fitted(Samples rows, Made made, int[] codes) {
    return learner.fit(labelled(rows, made, codes));
  }

  /** The rows that have a class by now, with these classes. */
  static Samples labelled(Samples rows, Made made, int[] codes) {
    int[] known = where(codes, true);
    List<String> names = Arrays.stream(known).mapToObj(i -> made.classes().get(codes[i])).toList();
    return rows.rows(known).withClasses(names);
  }

  static int[] where(int[] codes, boolean known) {
    return IntStream.range(0, codes.length).filter(i -> codes[i] >= 0 == known).toArray();
  }

  private int[] chosen(double[][] p, int[] predicted) {
    IntStream all = IntStream.range(0, p.length);
    if (best == 0) {
      return all.filter(i -> p[i][predicted[i]] > threshold).toArray();
    }
    return all.boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -p[i][predicted[i]]))
        .limit(best)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  @Override
  public String toString() {
    return learner
        + ", labelling rows by itself, "
        + (best > 0 ? "the " + best + " surest a round" : "those surer than " + threshold)
        + (rounds == 0 ? "" : ", rounds at most " + rounds);
  }
}
