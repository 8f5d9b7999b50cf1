package fieldnotes.label;

import fieldnotes.classify.Classifiers;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Interval;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Scores;
import fieldnotes.model.CrossValidation;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.table.Describe;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Labelling in rounds: a model learns from the labels so far and predicts the rest; a random sample
 * of each predicted class is heard; what was heard is learnt from in the next round.
 *
 * @param learner what learns; its models give probabilities
 * @param sample the number of clips of each predicted class to hear in a round, at least 1
 * @param seed of the samples, 0 to 4294967295
 * @param who the listener
 */
public record Refining(
    Learner<Classified, ? extends Model<Classified>> learner, int sample, long seed, String who) {
  private static final String RECORDING = "recording";
  private static final String UNKNOWN = "unknown";
  private static final double CONFIDENCE = 0.95;
  private static final int FOLDS = 5;
  private static final int RESAMPLES = 1000;

  /** Checks the number. */
  public Refining {
    Check.atLeast("sample", sample, 1);
  }

  /** A forest of 100 trees, and 20 clips of each class to hear. */
  public static Refining of(long seed) {
    return new Refining(Classifiers.forest(ForestOptions.of(seed)), 20, seed, "");
  }

  /** Returns a copy with another learner of classes. */
  public Refining withLearner(Learner<Classified, ? extends Model<Classified>> other) {
    return new Refining(other, sample, seed, who);
  }

  /** Returns a copy in which this number of clips of each predicted class is heard in a round. */
  public Refining withSample(int count) {
    return new Refining(learner, count, seed, who);
  }

  /** Returns a copy with this listener. */
  public Refining withWho(String listener) {
    return new Refining(learner, sample, seed, listener);
  }

  /**
   * What was heard of the clips that were predicted to be of a class.
   *
   * @param name the predicted class
   * @param predicted the number of clips predicted as it
   * @param heard the number of these that were heard
   * @param right the number of these that the listener gave the same class
   * @param recordings the number of recordings that they are of
   * @param interval of the precision with 95 % confidence, by Wilson; each recording counts as one
   *     observation, as clips of a recording are alike; empty if none was heard
   */
  public record Verified(
      String name,
      int predicted,
      int heard,
      int right,
      int recordings,
      Optional<Interval> interval) {
    /** The share that is right, 0 to 1; NaN if none was heard. */
    public double precision() {
      return (double) right / heard;
    }
  }

  /**
   * One round.
   *
   * @param predicted what the model predicted of the clips without label, as it did
   * @param heldOut predictions of the labelled clips by models that knew no clip of the same
   *     recording; empty if there are too few recordings
   * @param accuracy of these, with 95 % confidence, as whole recordings vary. The labelled clips
   *     are no random sample of all: what the model makes of the others is in {@code verified}
   * @param verified what was heard of each predicted class, in the order of the classes
   * @param labels the labels before and what was heard, to begin the next round with
   */
  public record Round(
      LabelSet predicted,
      Optional<Outcome.Classes> heldOut,
      Optional<Interval> accuracy,
      List<Verified> verified,
      LabelSet labels) {
    /** Copies the list. */
    public Round {
      verified = List.copyOf(verified);
    }

    /** What is known of every clip: the labels, and predictions where there is none. */
    public LabelSet refined() {
      return labels.orElse(predicted);
    }

    /** The predictions of the clips that nobody heard, in this round or before. */
    public LabelSet unheard() {
      return predicted.only(label -> labels.of(label.clip()).isEmpty());
    }

    /** The shares of the classes after this round. */
    public Ratios ratios() {
      return Ratios.of(refined());
    }

    /**
     * Writes a playlist of each class of all clips; see {@link Playlists#refined}.
     *
     * @param sounds the folder from which files are named
     * @param folder the folder to write to
     */
    public Map<String, Path> writePlaylists(Path sounds, Path folder) {
      return Playlists.refined(refined(), sounds, folder);
    }

    /** One row per predicted class. */
    public Table toTable() {
      StringColumn name = StringColumn.create("class");
      IntColumn predicted = IntColumn.create("predicted");
      IntColumn heard = IntColumn.create("heard");
      IntColumn recordings = IntColumn.create("recordings");
      DoubleColumn precision = DoubleColumn.create("precision");
      DoubleColumn low = DoubleColumn.create("low");
      DoubleColumn high = DoubleColumn.create("high");
      for (Verified one : verified) {
        name.append(one.name);
        predicted.append(one.predicted);
        heard.append(one.heard);
        recordings.append(one.recordings);
        precision.append(one.precision());
        low.append(one.interval.map(Interval::low).orElse(Double.NaN));
        high.append(one.interval.map(Interval::high).orElse(Double.NaN));
      }
      return Table.create(
          "verified",
          name,
          predicted,
          heard,
          recordings,
          Describe.shown(precision, 3),
          Describe.shown(low, 3),
          Describe.shown(high, 3));
    }

    @Override
    public String toString() {
      int heard = verified.stream().mapToInt(Verified::heard).sum();
      int right = verified.stream().mapToInt(Verified::right).sum();
      String checked =
          heard == 0
              ? "none heard"
              : String.format(Locale.ROOT, "%d heard, %d of them right", heard, right);
      return "%d predicted, %s; %s".formatted(predicted.size(), checked, ratios());
    }
  }

  /**
   * One round. Labels by a model are not learnt from, nor are clips labelled {@code unknown}, which
   * keep that label.
   *
   * @param rows the clips with their features, with the columns of {@link LabelSet#clips}; a
   *     recording is the group of this name, or the file
   * @param labels of at least two classes
   * @param ear the class of a clip that is heard; empty text to pass it over. For labels that
   *     exist: {@code clip -> truth.at(clip).map(Label::name).orElse("")}
   * @param when the time of the labels that are given
   * @throws IllegalArgumentException if there is nothing to learn from
   */
  public Round round(Samples rows, LabelSet labels, Function<Segment, String> ear, Instant when) {
    LabelSet known = labels.only(label -> label.how() != How.MODEL);
    List<Segment> clips = LabelSet.clips(rows);
    Samples grouped =
        rows.groupNames().contains(RECORDING)
            ? rows
            : rows.withGroups(RECORDING, clips.stream().map(Segment::file).toList());
    Samples all = known.on(grouped);
    List<String> classes = all.classes();
    Samples learnt = all.rows(rowsWhere(classes, name -> !name.isEmpty() && !name.equals(UNKNOWN)));
    Check.that(
        learnt.classNames().size() >= 2,
        "the labels give the rows of '%s' the classes %s: at least two are needed to learn from",
        rows.id(),
        learnt.classNames());
    int[] open = rowsWhere(classes, String::isEmpty);
    LabelSet predicted = open.length == 0 ? LabelSet.empty() : predict(all, learnt, open, when);
    Optional<Outcome.Classes> heldOut = heldOut(learnt);
    Map<Segment, String> recordings = new HashMap<>();
    for (int i = 0; i < clips.size(); i++) {
      recordings.put(clips.get(i), grouped.groups(RECORDING).get(i));
    }
    List<Label> heard = new ArrayList<>();
    List<Verified> verified = new ArrayList<>();
    for (String name : predicted.counts().keySet()) {
      LabelSet those = predicted.only(label -> label.name().equals(name));
      List<Label> answers = new ArrayList<>();
      for (Label label : those.sample(sample, seed).labels()) {
        String answer = ear.apply(label.clip());
        if (!answer.isEmpty()) {
          answers.add(Label.byEar(label.clip(), answer, who, when));
        }
      }
      heard.addAll(answers);
      verified.add(verified(name, those.size(), answers, recordings));
    }
    return new Round(
        predicted,
        heldOut,
        heldOut.map(outcome -> accuracy(outcome, learnt)),
        verified,
        LabelSet.of(heard).orElse(known));
  }

  /**
   * Rounds one after the other, each with what was heard in those before.
   *
   * @param rounds at least 1
   * @see #round
   */
  public List<Round> rounds(
      Samples rows, LabelSet labels, Function<Segment, String> ear, Instant when, int rounds) {
    Check.atLeast("rounds", rounds, 1);
    List<Round> done = new ArrayList<>();
    LabelSet now = labels;
    for (int i = 0; i < rounds; i++) {
      Round round = round(rows, now, ear, when);
      done.add(round);
      now = round.labels();
    }
    return List.copyOf(done);
  }

  private static int[] rowsWhere(List<String> classes, Predicate<String> which) {
    return IntStream.range(0, classes.size()).filter(i -> which.test(classes.get(i))).toArray();
  }

  private LabelSet predict(Samples all, Samples learnt, int[] open, Instant when) {
    Samples rest = all.rows(open);
    Classified predicted = learner.fit(learnt).predict(rest);
    double[][] probabilities = predicted.probabilities();
    int[] codes = predicted.codes();
    List<Segment> clips = LabelSet.clips(rest);
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      double sure = Math.min(1, probabilities[i][codes[i]]);
      labels.add(Label.byModel(clips.get(i), predicted.label(i), sure, learner.toString(), when));
    }
    return LabelSet.of(labels);
  }

  /** Predictions of each recording by models of others, if every model has two classes. */
  private Optional<Outcome.Classes> heldOut(Samples learnt) {
    int recordings = new HashSet<>(learnt.groups(RECORDING)).size();
    if (recordings < 2) {
      return Optional.empty();
    }
    Folds folds = Folds.stratifiedGrouped(Math.min(FOLDS, recordings), RECORDING, seed);
    boolean enough =
        folds.splits(learnt).stream()
            .allMatch(split -> learnt.rows(split.train()).classNames().size() >= 2);
    return enough
        ? Optional.of((Outcome.Classes) CrossValidation.predictions(learner, learnt, folds))
        : Optional.empty();
  }

  private Interval accuracy(Outcome.Classes outcome, Samples learnt) {
    return Interval.ofScore(
        Scores.accuracy(), outcome, learnt.groups(RECORDING), CONFIDENCE, RESAMPLES, seed);
  }

  private static Verified verified(
      String name, int predicted, List<Label> answers, Map<Segment, String> recordings) {
    int right = (int) answers.stream().filter(label -> label.name().equals(name)).count();
    int groups =
        (int) answers.stream().map(label -> recordings.get(label.clip())).distinct().count();
    return new Verified(
        name, predicted, answers.size(), right, groups, interval(right, answers.size(), groups));
  }

  /** Wilson's interval of a share of recordings; of a share between two, of both. */
  static Optional<Interval> interval(int right, int heard, int recordings) {
    if (heard == 0) {
      return Optional.empty();
    }
    long hits = (long) right * recordings;
    int below = (int) (hits / heard);
    int above = (int) ((hits + heard - 1) / heard);
    return Optional.of(
        new Interval(
            Interval.ofShare(below, recordings, CONFIDENCE).low(),
            Interval.ofShare(above, recordings, CONFIDENCE).high(),
            CONFIDENCE,
            "Wilson, %d recordings".formatted(recordings)));
  }

  @Override
  public String toString() {
    return "refining by %s, %d clips of each class heard (seed %d)"
        .formatted(learner, sample, seed);
  }
}
