package fieldnotes.detect;

import fieldnotes.audio.Augmentation;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Interval;
import fieldnotes.evaluate.Outcome;
import fieldnotes.evaluate.Rejected;
import fieldnotes.evaluate.Score;
import fieldnotes.evaluate.Scores;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trains a model as a {@link Training} says, and writes its card. */
final class TrainingWork {
  private static final int RESAMPLES = 1000;
  private static final int FEW = 5;
  private static final double CONFIDENCE = 0.95;

  private final Training training;
  private final Samples all;
  private final Samples rows;
  private final List<String> classes;
  private final RowGroups together;
  private final List<String> groups;
  private final Parts parts;

  /** The features of sound; null for a table. */
  private final FeatureSet set;

  private final FeatureOptions options;

  /** Whether a row is of a whole sound. */
  private final boolean whole;

  private TrainingWork(
      Training training, Samples all, FeatureSet set, FeatureOptions options, boolean whole) {
    this.training = training;
    this.all = all;
    this.set = set;
    this.options = options;
    this.whole = whole;
    Samples some = all.labelled();
    Check.that(
        some.rowCount() > 0,
        "'%s' has no row with a class: name the folders by class, or give labels",
        all.id());
    rows = whole ? WholeSounds.rows(some, options.rateHz(), training.seed()) : some;
    classes = rows.classes();
    together = RowGroups.of(rows, training.group());
    groups = together.groups();
    parts = Parts.of(rows, groups, training.split(), training.seed()).checked(rows, together.why());
  }

  static Trained of(Training training, Samples rows, FeatureSet set, FeatureOptions options) {
    return new TrainingWork(training, rows, set, options, false).trained();
  }

  static Trained ofWhole(Training training, Samples files, int rateHz) {
    FeatureOptions options = FeatureOptions.of().withRate(rateHz);
    return new TrainingWork(training, files, SegmentRows.FEATURES, options, true).trained();
  }

  private Trained trained() {
    Samples train = measured(learnt(rows.rows(parts.train())));
    Samples validation = rows.rows(parts.validation());
    Samples test = rows.rows(tested(train.classNames()));
    Model<Rejected> model =
        CardedModel.withFalseAlarms(training.fitted(train), training.falseAlarms(), validation);
    if (CardedModel.rejecting(model).threshold() < training.leastThreshold()) {
      model = CardedModel.withThreshold(model, training.leastThreshold());
    }
    Trained plain = new Trained(carded(model, ModelCard.of(rows.id())), train, validation, test);
    Check.that(
        plain.known(test).rowCount() > 0,
        "'%s' has no row of a known class to judge by: each class needs at least two recordings",
        rows.id());
    return new Trained(carded(model, card(plain)), train, validation, test);
  }

  private Samples learnt(Samples train) {
    if (whole) {
      return SegmentRows.withStrangers(train, training.seed())
          .withId(train.id())
          .withProvenance(train.provenance());
    }
    List<Augmentation> chains = training.augmentations();
    return chains.isEmpty()
        ? train
        : ChangedCopies.joined(
            train, ChangedCopies.of(train, chains, set, options, training.seed()));
  }

  /**
   * The rows with the features that have a value at all, such as no contrast above half the rate.
   */
  private static Samples measured(Samples train) {
    Matrix x = train.matrix();
    List<String> some =
        train.features().stream()
            .filter(name -> !Arrays.stream(x.column(name)).allMatch(Double::isNaN))
            .toList();
    Check.that(!some.isEmpty(), "'%s' has no feature with a value", train.id());
    return some.size() == train.features().size() ? train : train.withFeatures(some);
  }

  /** Test rows of classes that were learnt; a class with one recording is not in all parts. */
  private int[] tested(List<String> learnt) {
    return Arrays.stream(parts.test()).filter(i -> learnt.contains(classes.get(i))).toArray();
  }

  private CardedModel carded(Model<Rejected> model, ModelCard card) {
    if (set == null) {
      return new RowModel(model, card);
    }
    return whole
        ? SoundModel.ofWhole(model, options.rateHz(), card)
        : SoundModel.of(
            model, set, options.frames(), options.rateHz(), options.chunkSeconds(), card);
  }

  private ModelCard card(Trained trained) {
    Map<String, String> how = new LinkedHashMap<>();
    rows.provenance().sources().forEach((id, hash) -> how.put("data " + id, "SHA-256 " + hash));
    String unlabelled =
        unlabelled() == 0 ? "" : ", %s more without a class".formatted(unlabelled());
    how.put("rows", rowsIn(groups) + unlabelled);
    if (copies() > 0) {
      how.put("copies", "files with the content of another, and of its recording: " + copies());
    }
    how.put("learner", training.learner().toString());
    how.put("features", features(trained));
    how.put("augmentation", augmentation(trained.train().rowCount() - parts.train().length));
    how.put(
        "split",
        "%s by %s, seed %s; the model learnt from the first part only"
            .formatted(training.split(), together.by(), training.seed()));
    how.put("threshold", trained.threshold());
    how.put("made by", "Fieldnotes " + trained.model().made().version());
    return new ModelCard(rows.id(), how, classes(), scores(trained), limits(trained));
  }

  /** Files of rows with a class that are the same as others, under another name. */
  private long copies() {
    if (!all.groupNames().contains("content") || !all.table().containsColumn("file")) {
      return 0;
    }
    Samples some = all.labelled();
    List<String> files = some.table().stringColumn("file").asList();
    return files.stream().distinct().count() - some.groups("content").stream().distinct().count();
  }

  private int unlabelled() {
    return all.rowCount() - all.labelled().rowCount();
  }

  private String features(Trained trained) {
    if (set == null) {
      return "%s columns of a table".formatted(trained.train().features().size());
    }
    String of =
        whole
            ? "whole sounds, which a listener finds by the signal,"
            : "windows of %s s".formatted(Numbers.text(options.chunkSeconds()));
    return "%s of %s at %s Hz".formatted(set.name(), of, options.rateHz());
  }

  private String augmentation(int more) {
    if (whole) {
      return "each sound over %s noises at -2 to 24 dB, in all parts; %s rows of no class, made of"
              .formatted(WholeSounds.EACH, more)
          + " features of two classes, in the first";
    }
    return more == 0
        ? "none"
        : "%s changed copies of the first part, by %s"
            .formatted(
                more,
                training.augmentations().stream()
                    .map(Augmentation::toString)
                    .collect(Collectors.joining(", and by ")));
  }

  private String rowsIn(List<String> some) {
    return together.name().equals(RowGroups.ROW)
        ? String.valueOf(some.size())
        : "%s in %s".formatted(some.size(), counted(some));
  }

  private String counted(List<String> some) {
    int count = new HashSet<>(some).size();
    return "%s %s%s".formatted(count, together.name(), count == 1 ? "" : "s");
  }

  private List<ModelCard.ClassRows> classes() {
    return rows.classNames().stream()
        .map(
            name ->
                new ModelCard.ClassRows(
                    name,
                    count(parts.train(), name),
                    count(parts.validation(), name),
                    count(parts.test(), name),
                    groupsOf(name).size()))
        .toList();
  }

  private int count(int[] part, String name) {
    return (int) Arrays.stream(part).filter(i -> classes.get(i).equals(name)).count();
  }

  private Set<String> groupsOf(String name) {
    return IntStream.range(0, groups.size())
        .filter(i -> classes.get(i).equals(name))
        .mapToObj(groups::get)
        .collect(Collectors.toSet());
  }

  private List<ModelCard.Scored> scores(Trained trained) {
    String unknown = trained.model().unknown();
    int[] tested = tested(trained.train().classNames());
    List<String> of =
        Arrays.stream(tested)
            .filter(i -> !classes.get(i).equals(unknown))
            .mapToObj(groups::get)
            .toList();
    Outcome.Classes outcome = trained.outcome();
    String on = "test rows: " + rowsIn(of);
    List<ModelCard.Scored> scores = new ArrayList<>();
    for (Score score : List.of(Scores.balancedAccuracy(), Scores.accuracy(), Scores.macroF1())) {
      Interval between =
          outcome.rowCount() < 2
              ? new Interval(Double.NaN, Double.NaN, CONFIDENCE, "none")
              : Interval.ofScore(score, outcome, of, CONFIDENCE, RESAMPLES, training.seed());
      scores.add(
          new ModelCard.Scored(
              score.toString(), score.of(outcome), between.low(), between.high(), on));
    }
    Samples known = trained.known(trained.test());
    Rejected said = trained.model().predict(known);
    int[] answered = IntStream.range(0, said.rowCount()).filter(i -> !said.isUnknown(i)).toArray();
    double right =
        Arrays.stream(answered).filter(i -> said.label(i).equals(outcome.truth().get(i))).count();
    scores.add(
        plain(
            "accuracy of the rows that are not rejected",
            right / answered.length,
            "%s of the test rows".formatted(answered.length)));
    if (tested.length > of.size()) {
      Samples others = trained.test().only(unknown);
      scores.add(
          plain(
              "share of rows of the class %s that are rejected".formatted(unknown),
              trained.rejected(others),
              "%s rows of the test part".formatted(others.rowCount())));
    }
    if (whole && known.classNames().size() > 1) {
      Samples strangers =
          SegmentRows.withStrangers(known, training.seed() + 1).only(SegmentRows.UNKNOWN);
      scores.add(
          plain(
              "share of rows of no class that are " + unknown,
              trained.rejected(strangers),
              "%s rows made of features of two classes of the test part"
                  .formatted(strangers.rowCount())));
    }
    return scores;
  }

  /** A score without an interval. */
  private static ModelCard.Scored plain(String name, double value, String on) {
    return new ModelCard.Scored(name, value, Double.NaN, Double.NaN, on);
  }

  private List<String> limits(Trained trained) {
    List<String> limits = new ArrayList<>();
    String group = together.name();
    limits.add(
        "Learnt from %s of '%s' only: other microphones, rooms, levels and codecs were not tried."
            .formatted(counted(groups), rows.id()));
    String unknown = trained.model().unknown();
    limits.add(
        "The threshold of %s was chosen on known classes: how many real sounds of other classes it"
                .formatted(unknown)
            + (trained.test().classNames().contains(unknown)
                ? " rejects was measured on those of the class %s only.".formatted(unknown)
                : " rejects was not measured."));
    String few =
        rows.classNames().stream()
            .filter(name -> groupsOf(name).size() < FEW)
            .map(name -> "%s (%s)".formatted(name, groupsOf(name).size()))
            .collect(Collectors.joining(", "));
    if (!few.isEmpty()) {
      limits.add(
          "Fewer than %s %ss of %s: scores of such a class say little, and intervals are too narrow."
              .formatted(FEW, group, few));
    }
    int[] tested = tested(trained.train().classNames());
    String once =
        trained.test().classNames().stream()
            .filter(
                name ->
                    Arrays.stream(tested)
                            .filter(i -> classes.get(i).equals(name))
                            .mapToObj(groups::get)
                            .distinct()
                            .count()
                        == 1)
            .collect(Collectors.joining(", "));
    if (!once.isEmpty()) {
      limits.add(
          "The test part has one %s of %s: the intervals do not show how others would do."
              .formatted(group, once));
    }
    String untested =
        rows.classNames().stream()
            .filter(name -> count(parts.test(), name) == 0)
            .collect(Collectors.joining(", "));
    if (!untested.isEmpty()) {
      limits.add("Not in the test part, so not judged: %s.".formatted(untested));
    }
    if (group.equals(RowGroups.ROW)) {
      limits.add(
          "Rows were split one by one: if several are of one recording or person, the scores are too"
              + " good.");
    }
    if (!all.leftOut().isEmpty()) {
      limits.add(
          "%s inputs gave no rows, such as %s."
              .formatted(all.leftOut().size(), all.leftOut().getFirst()));
    }
    return limits;
  }
}
