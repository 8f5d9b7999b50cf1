package fieldnotes.detect;

import fieldnotes.audio.Augmentation;
import fieldnotes.common.Check;
import fieldnotes.evaluate.ClassReport;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.table.Numbers;
import fieldnotes.table.Samples;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A trained model, and what it made of rows that it was not trained on.
 *
 * @param model the model, with its card
 * @param train rows that it learnt from, with augmented copies after the others
 * @param validation rows that the threshold was chosen on
 * @param test rows that it is judged by
 */
public record Trained(CardedModel model, Samples train, Samples validation, Samples test) {
  /** The model's card. */
  public ModelCard card() {
    return model.card();
  }

  /**
   * The model as one of sounds.
   *
   * @throws IllegalArgumentException if it was trained on rows of a table
   */
  public SoundModel sounds() {
    Check.that(
        model instanceof SoundModel,
        "the model of '%s' is of rows of a table, not of sounds",
        model.made().id());
    return (SoundModel) model;
  }

  /** What the model says of the test rows; some may be rejected. */
  public Rejected said() {
    return model.predict(test);
  }

  /**
   * Rows of the classes that the model names, without those of a class called as {@link
   * CardedModel#unknown}: it never names a row so, but rejects it.
   */
  Samples known(Samples rows) {
    List<String> classes = rows.classes();
    int[] chosen =
        IntStream.range(0, classes.size())
            .filter(i -> !classes.get(i).equals(model.unknown()))
            .toArray();
    return chosen.length == classes.size() ? rows : rows.rows(chosen);
  }

  /**
   * The test rows of known classes as the model would name them if it did not reject any. Rows of a
   * class called Unknown do not count.
   */
  public Outcome.Classes outcome() {
    Samples known = known(test);
    return new Outcome.Classes(
        known.classes(), CardedModel.named(model.predict(known)), known.weights().orElse(null));
  }

  /**
   * What the model would name the sounds of the test rows of known classes if they had been
   * changed, such as played over a telephone or recorded in noise.
   *
   * @param change is done to each of them
   * @param seed of the change, any value
   * @throws IllegalArgumentException if the model is not of windows of sound
   * @throws fieldnotes.audio.AudioException if a sound cannot be read any more
   */
  public Outcome.Classes outcome(Augmentation change, long seed) {
    SoundModel sounds = sounds();
    Check.that(!sounds.whole(), "the model is of whole sounds: change clips and classify them");
    Samples changed =
        ChangedCopies.of(known(test), List.of(change), sounds.set(), sounds.features(), seed);
    return new Outcome.Classes(changed.classes(), CardedModel.named(model.predict(changed)));
  }

  /** Precision, recall and F1 of the known classes on the test rows, if none were rejected. */
  public ClassReport report() {
    return ClassReport.of(outcome());
  }

  /** Which classes of the test rows are taken for which, rejected rows as a class of their own. */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of((Outcome.Classes) model.judge(test));
  }

  /** The threshold for Unknown, and what it rejects of known classes. */
  public String threshold() {
    return String.format(
        Locale.ROOT,
        "%s below %s of the %s: rejects %.1f %% of the validation rows, %.1f %% of the test rows",
        model.unknown(),
        Numbers.text(model.threshold()),
        CardedModel.rejecting(model.model()).knownness(),
        100 * rejected(known(validation)),
        100 * rejected(known(test)));
  }

  /** The share of rows that the model rejects. */
  double rejected(Samples rows) {
    return (double) model.predict(rows).unknownCount() / rows.rowCount();
  }

  @Override
  public String toString() {
    return "%s; trained on %s rows, %s".formatted(model, train.rowCount(), card());
  }
}
