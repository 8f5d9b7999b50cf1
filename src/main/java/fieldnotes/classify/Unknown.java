package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Rejected;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A learner of classes that says Unknown of rows that it does not know well enough. Made by {@link
 * Classifiers#unknown}, which rejects rows whose largest probability is below 0.6.
 *
 * <p>Training rows of a class that is itself called Unknown teach the learner beneath as any other
 * class does, but they are not known rows: they count neither in what is known nor among the false
 * alarms. The likelier a row is of that class, the less is it known by its largest probability or
 * by the margin; with any other knownness, a row that is predicted to be of it is Unknown, too.
 *
 * @param learner what predicts classes
 * @param knownness how well a row is known
 * @param threshold where a row is known too little
 * @param name what rejected rows are called
 */
public record Unknown<M extends Model<Classified>>(
    Learner<Classified, M> learner, Knownness knownness, Threshold threshold, String name)
    implements Seeded<Rejected, UnknownModel<M>> {
  /** The usual least probability. */
  static final double LEAST = 0.6;

  /** Checks the name. */
  public Unknown {
    Check.that(!name.isBlank(), "name is blank: give rejected rows a name such as Unknown");
  }

  /** Where a row is known too little to be given a class. */
  public sealed interface Threshold {}

  /**
   * A number in the quantity of the knownness.
   *
   * @param value rows below it are rejected; finite
   */
  public record Fixed(double value) implements Threshold {
    /** Checks that the number is finite. */
    public Fixed {
      Check.that(Double.isFinite(value), "threshold=%s: must be finite", value);
    }

    @Override
    public String toString() {
      return "below " + value;
    }
  }

  /**
   * The highest threshold by which at most this share of held-back known rows is called Unknown.
   * Learner and knownness are fitted anew on the other rows of each fold; then on all.
   *
   * @param rate share of known rows that may be called Unknown, at least 0, below 1
   * @param heldBack folds; of recordings or speakers where several rows come from one, as rows of
   *     one recording are too well known to each other
   */
  public record FalseAlarms(double rate, Folds heldBack) implements Threshold {
    /** Checks the range. */
    public FalseAlarms {
      Check.that(rate >= 0 && rate < 1, "rate=%s: must be at least 0 and below 1", rate);
    }

    @Override
    public String toString() {
      return "too small, with false alarms of %s on %s".formatted(rate, heldBack);
    }
  }

  /**
   * Returns a copy that rejects rows by another quantity.
   *
   * @param value the threshold in that quantity
   */
  public Unknown<M> withKnownness(Knownness other, double value) {
    return new Unknown<>(learner, other, new Fixed(value), name);
  }

  /**
   * Returns a copy that rejects rows by another quantity, at a threshold that is learnt.
   *
   * @param rate share of known rows that may be called Unknown, at least 0, below 1
   * @param heldBack folds of the training rows, each held back in turn
   */
  public Unknown<M> withKnownness(Knownness other, double rate, Folds heldBack) {
    return new Unknown<>(learner, other, new FalseAlarms(rate, heldBack), name);
  }

  /** Returns a copy with this threshold. */
  public Unknown<M> withThreshold(double value) {
    return withKnownness(knownness, value);
  }

  /** Returns a copy that learns the threshold; see {@link FalseAlarms}. */
  public Unknown<M> withFalseAlarms(double rate, Folds heldBack) {
    return withKnownness(knownness, rate, heldBack);
  }

  /** Returns a copy with another name for rejected rows than Unknown. */
  public Unknown<M> withName(String other) {
    return new Unknown<>(learner, knownness, threshold, other);
  }

  /** The same with another seed for the learner beneath, if that takes one. */
  @Override
  public Unknown<M> withSeed(long seed) {
    return new Unknown<>(Seeded.of(learner, seed), knownness, threshold, name);
  }

  @Override
  public UnknownModel<M> fit(Samples rows) {
    Made.learnFrom(rows);
    Made made = Made.of(this, rows);
    made.codes(rows);
    M model = learner.fit(rows);
    Knownness.Fitted fitted = knownness.fit(known(rows));
    return switch (threshold) {
      case Fixed(double value) -> new UnknownModel<>(made, model, fitted, name, value, 0, 0);
      case FalseAlarms alarms -> learnt(made, model, fitted, rows, alarms);
    };
  }

  /** The rows of classes that are known. */
  private Samples known(Samples rows) {
    List<String> classes = rows.classes();
    if (!classes.contains(name)) {
      return rows;
    }
    return rows.rows(
        IntStream.range(0, classes.size()).filter(i -> !classes.get(i).equals(name)).toArray());
  }

  /** What is predicted of rows, with its knownness. */
  static Rejected said(
      Matrix x, Classified predicted, Knownness.Fitted knownness, String name, double threshold) {
    double[] known = knownness.of(x, predicted, name);
    boolean alone = knownness.countsUnknown(predicted);
    return new Rejected(alone ? predicted.without(name) : predicted, known, threshold, name);
  }

  /** The knownness of each row; below every threshold where none would give it a class. */
  static double[] values(Rejected said) {
    double[] known = said.knownness();
    for (int row = 0; row < known.length; row++) {
      known[row] = said.isAlwaysUnknown(row) ? Double.NEGATIVE_INFINITY : known[row];
    }
    return known;
  }

  /** Knownness of the held-back rows of a fold, and how much each row counts. */
  private record Held(double[] knownness, double[] weights) {}

  private UnknownModel<M> learnt(
      Made made, M model, Knownness.Fitted fitted, Samples rows, FalseAlarms alarms) {
    List<Split> splits = alarms.heldBack().splits(rows);
    Held[] held = new Held[splits.size()];
    try (Progress progress = Progress.start("threshold of Unknown", splits.size())) {
      Parallel.forEach(
          held.length,
          f -> {
            held[f] = held(rows, splits.get(f), f);
            progress.advance(1);
          });
    }
    double[] known = Arrays.stream(held).flatMapToDouble(h -> Arrays.stream(h.knownness)).toArray();
    double[] weights = Arrays.stream(held).flatMapToDouble(h -> Arrays.stream(h.weights)).toArray();
    Check.that(known.length > 0, "no row of '%s' is held back by %s", rows.id(), alarms.heldBack());
    return learnt(
        new UnknownModel<>(made, model, fitted, name, 0, 0, 0), known, weights, alarms.rate());
  }

  /** The model with the highest threshold that leaves at most this share of the weight below it. */
  static <M extends Model<Classified>> UnknownModel<M> learnt(
      UnknownModel<M> model, double[] known, double[] weights, double rate) {
    double value = cut(known, weights, rate);
    double below = 0;
    for (int i = 0; i < known.length; i++) {
      below += known[i] < value ? weights[i] : 0;
    }
    double share = below / Arrays.stream(weights).sum();
    return new UnknownModel<>(
        model.made(), model.model(), model.knownness(), model.name(), value, known.length, share);
  }

  private Held held(Samples rows, Split split, int fold) {
    Samples train = rows.rows(split.train());
    Samples test = known(rows.rows(split.test()));
    if (test.rowCount() == 0) {
      return new Held(new double[0], new double[0]);
    }
    Set<String> learnt = Set.copyOf(train.classNames());
    for (String one : test.classNames()) {
      Check.that(
          learnt.contains(one),
          "fold %d of '%s' holds back every row of the class '%s', which is then not known: take"
              + " folds that leave rows of it (more recordings of it, or stratified folds)",
          fold,
          rows.id(),
          one);
    }
    Classified predicted = learner.fit(train).predict(test);
    Knownness.Fitted fitted = knownness.fit(known(train));
    double[] known = values(said(test.matrix(), predicted, fitted, name, 0));
    double[] weights = new double[known.length];
    Arrays.fill(weights, 1);
    return new Held(known, test.weights().orElse(weights));
  }

  /**
   * The highest of the values that leaves at most this share of the weight below it; the least that
   * is finite if more is below all thresholds.
   */
  private static double cut(double[] values, double[] weights, double rate) {
    int[] rising =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double all = Arrays.stream(weights).sum();
    double room = (rate + 1e-12) * all;
    double below = 0;
    double highest = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    for (int i : rising) {
      if (below > room) {
        break;
      }
      highest = Math.max(highest, values[i]);
      below += weights[i];
    }
    return highest;
  }

  @Override
  public String toString() {
    return "%s, or %s where the %s is %s".formatted(learner, name, knownness, threshold);
  }
}
