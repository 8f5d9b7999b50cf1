package fieldnotes.detect;

import fieldnotes.audio.Augmentation;
import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Knownness;
import fieldnotes.classify.UnknownModel;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Steps;
import fieldnotes.table.Numbers;
import fieldnotes.table.Samples;
import java.util.List;

/**
 * How a model is trained: on one part of the rows, the threshold of Unknown chosen on a second,
 * judged on a third. Rows of one recording are in one part. The model is the one that was judged:
 * it is not fitted again on all rows.
 *
 * @param learner what learns the classes, from scaled columns without gaps
 * @param knownness what rows are rejected by
 * @param falseAlarms share of the known rows of the second part that may be called Unknown, at
 *     least 0, below 1
 * @param leastThreshold the threshold is at least this, in the quantity of the knownness
 * @param split sizes of the three parts
 * @param group rows of one of these are in one part, and those of one {@code recording} if the rows
 *     have it; empty for recordings only, without them each row by itself
 * @param augmentations each gives one changed copy of every window to learn from; never of those of
 *     the other parts. A mixture has the class of its larger share
 * @param seed of the split and the copies, 0 to 4294967295
 */
public record Training(
    Learner<Classified, ? extends Model<Classified>> learner,
    Knownness knownness,
    double falseAlarms,
    double leastThreshold,
    Split split,
    String group,
    List<Augmentation> augmentations,
    long seed) {
  /**
   * Sizes of the three parts, as shares or in any other proportion.
   *
   * @param train to learn from, above 0
   * @param validation to choose the threshold on, above 0
   * @param test to judge by, above 0
   */
  public record Split(double train, double validation, double test) {
    /** Checks the range. */
    public Split {
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }

    /**
     * Reads sizes such as {@code 70/15/15}.
     *
     * @throws IllegalArgumentException if these are not three numbers above 0
     */
    public static Split parse(String text) {
      String[] sizes = text.split("/", -1);
      try {
        Check.that(sizes.length == 3, "three sizes are needed");
        return new Split(
            Double.parseDouble(sizes[0].strip()),
            Double.parseDouble(sizes[1].strip()),
            Double.parseDouble(sizes[2].strip()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "split '%s': must be three numbers above 0, to learn from, to choose the threshold on and"
                    .formatted(text)
                + " to judge by, such as 70/15/15",
            e);
      }
    }

    /** The sizes as shares, which sum to 1. */
    double[] shares() {
      double all = train + validation + test;
      return new double[] {train / all, validation / all, test / all};
    }

    @Override
    public String toString() {
      return Numbers.text(train) + "/" + Numbers.text(validation) + "/" + Numbers.text(test);
    }
  }

  /** Copies the list and checks the ranges. */
  public Training {
    augmentations = List.copyOf(augmentations);
    Check.that(
        falseAlarms >= 0 && falseAlarms < 1,
        "falseAlarms=%s: must be at least 0 and below 1",
        falseAlarms);
    Check.that(!Double.isNaN(leastThreshold), "leastThreshold is NaN: must be a number");
    Check.that(seed >= 0 && seed < 1L << 32, "seed=%s: must be 0 to 4294967295", seed);
  }

  /**
   * Training with the usual parts, 70/15/15, by the usual learner; five in a hundred known rows may
   * be called Unknown, by the largest probability.
   *
   * @param seed 0 to 4294967295
   */
  public static Training of(long seed) {
    return of(SoundLearners.named(SoundLearners.names().getFirst(), seed), seed);
  }

  /** The same by another learner, such as one of {@link SoundLearners}. */
  public static Training of(Learner<Classified, ? extends Model<Classified>> learner, long seed) {
    return new Training(
        learner,
        Knownness.largest(),
        0.05,
        Double.NEGATIVE_INFINITY,
        new Split(70, 15, 15),
        "",
        List.of(),
        seed);
  }

  /** Returns a copy that rejects rows by another quantity. */
  public Training withKnownness(Knownness other) {
    return new Training(
        learner, other, falseAlarms, leastThreshold, split, group, augmentations, seed);
  }

  /** Returns a copy that lets this share of known rows be called Unknown. */
  public Training withFalseAlarms(double rate) {
    return new Training(
        learner, knownness, rate, leastThreshold, split, group, augmentations, seed);
  }

  /**
   * Returns a copy whose threshold is at least this, even if more known rows are then rejected:
   * what little was learnt from would else let pass what it does not know.
   *
   * @param least in the quantity that rows are rejected by
   */
  public Training withLeastThreshold(double least) {
    return new Training(learner, knownness, falseAlarms, least, split, group, augmentations, seed);
  }

  /** Returns a copy with parts of other sizes. */
  public Training withSplit(double train, double validation, double test) {
    return new Training(
        learner,
        knownness,
        falseAlarms,
        leastThreshold,
        new Split(train, validation, test),
        group,
        augmentations,
        seed);
  }

  /** Returns a copy that also keeps rows of one such group together, such as {@code speaker}. */
  public Training withGroup(String name) {
    return new Training(
        learner, knownness, falseAlarms, leastThreshold, split, name, augmentations, seed);
  }

  /**
   * Returns a copy that also learns from changed copies of sounds, one of each by each of these.
   */
  public Training withAugmentation(Augmentation... chains) {
    return new Training(
        learner, knownness, falseAlarms, leastThreshold, split, group, List.of(chains), seed);
  }

  /**
   * Trains on rows of a table.
   *
   * @param rows those without a class are left out
   * @throws IllegalArgumentException if they cannot be split or learnt from, with the reason
   */
  public Trained fit(Samples rows) {
    Check.that(
        augmentations.isEmpty(),
        "'%s' is a table, and augmentation changes sound: train on the sounds themselves",
        rows.id());
    return TrainingWork.of(this, rows, null, null);
  }

  /**
   * Trains on windows of sound.
   *
   * @param rows made by {@code DataSets.samples} with this set and these options, with classes;
   *     those without a class are left out
   * @param set the features
   * @param options how they were measured: by chunks, which are the windows of the model, at one
   *     sample rate
   * @throws IllegalArgumentException if they were measured otherwise, or cannot be split or learnt
   *     from, with the reason
   * @throws fieldnotes.audio.AudioException if a sound to copy cannot be read any more
   */
  public Trained fit(Samples rows, FeatureSet set, FeatureOptions options) {
    Check.that(
        rows.features().equals(set.columns()),
        "'%s' has the features %s, not those of %s: measure it with this set",
        rows.id(),
        SoundModel.brief(rows.features()),
        set.name());
    Check.that(
        Double.isFinite(options.chunkSeconds()) && options.rateHz() > 0 && !options.perFrame(),
        "a model of sounds has windows of one length at one sample rate, not chunks of %s s at %s"
            + " Hz: choose withChunks and withRate",
        options.chunkSeconds(),
        options.rateHz());
    return TrainingWork.of(this, rows, set, options);
  }

  /**
   * Trains on whole sounds: each is mixed with noise four times, as {@link SegmentRows} does, and
   * the model also learns from rows of no class ({@link SegmentRows#withStrangers}). Both threshold
   * and scores are of sounds of other recordings in noise of their own.
   *
   * @param files a row for each file, as {@code DataSets.samples} makes them with {@code
   *     withWholeFiles}, of any features; those without a class are left out
   * @param rateHz sample rate of the model
   * @throws IllegalArgumentException if they cannot be split or learnt from, with the reason
   * @throws fieldnotes.audio.AudioException if a sound cannot be read any more
   */
  public Trained fitWhole(Samples files, int rateHz) {
    Check.that(
        augmentations.isEmpty(),
        "whole sounds are mixed with noise already: augmentation is for windows");
    return TrainingWork.ofWhole(this, files, rateHz);
  }

  /**
   * What is fitted: preparation, then what may say Unknown, at a threshold that is chosen later.
   */
  Model<Rejected> fitted(Samples train) {
    return pipeline(learner).fit(train);
  }

  private <M extends Model<Classified>> Pipeline<Rejected, UnknownModel<M>> pipeline(
      Learner<Classified, M> classes) {
    return Pipeline.of(
        Steps.of(Missing.median(), Scaler.standard()),
        Classifiers.unknown(classes).withKnownness(knownness, 0));
  }

  @Override
  public String toString() {
    return "%s, Unknown by %s with false alarms of %s%s, split %s%s%s, seed %s"
        .formatted(
            learner,
            knownness,
            Numbers.text(falseAlarms),
            Double.isInfinite(leastThreshold)
                ? ""
                : ", but at least below " + Numbers.text(leastThreshold),
            split,
            group.isEmpty() ? "" : " by " + group,
            augmentations.isEmpty() ? "" : ", copies by " + augmentations,
            seed);
  }
}
