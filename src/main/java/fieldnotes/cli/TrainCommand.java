package fieldnotes.cli;

import fieldnotes.audio.Augmentation;
import fieldnotes.audio.ListOptions;
import fieldnotes.classify.Knownness;
import fieldnotes.common.Quoted;
import fieldnotes.common.WholeFile;
import fieldnotes.data.DataSets;
import fieldnotes.detect.ModelCard;
import fieldnotes.detect.SoundLearners;
import fieldnotes.detect.Trained;
import fieldnotes.detect.Training;
import fieldnotes.evaluate.Better;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.journal.Entry;
import fieldnotes.journal.Journal;
import fieldnotes.label.LabelFiles;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench train}: trains a model and says how good it is on what was held back. */
@Command(
    name = "train",
    description = "Train a classifier of sounds or of rows of a table that may say Unknown.",
    sortOptions = false,
    footer = {
      "",
      "The rows are split in three by recording: the model learns from the first",
      "part, the threshold of Unknown is chosen on the second, and what is printed",
      "is measured on the third. Augmented copies are of the first part only.",
      "",
      "Steps of --augment, with their defaults, are separated by ';'; p=0.5 does a step",
      "half of the time; with mixup, a copy has the class of its larger part:",
      "  noise snr=10..30 colour=white|pink; background file=FILE snr=5..20",
      "  gain db=-6..6; shift seconds=0.25; pitch semitones=-2..2; mixup alpha=0.2",
      "  stretch rate=0.9..1.1; room rt60=0.2..0.8; impulse file=FILE",
      "  band hz=300..3400; mp3 kbits=16..64; timemask most=0.2; freqmask most=0.2",
      "",
      "Example: ./workbench train studio/sounds --learner ensemble \\",
      "  --augment 'noise snr=0..20 colour=pink' --out target/sounds.model",
      "For a detector: ./workbench train studio/sounds --whole-sounds --out MODEL"
    })
final class TrainCommand implements Callable<Integer> {
  private static final Map<String, Knownness> MEASURES =
      Map.of(
          "largest", Knownness.largest(),
          "margin", Knownness.margin(),
          "entropy", Knownness.entropy(),
          "distance", Knownness.mahalanobis(),
          "neighbour", Knownness.nearest(5),
          "isolation", Knownness.isolation(1));

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A data set or a part of one (studio/sounds), a folder with a folder for each class, a"
              + " CSV list with the columns path and label, a playlist, a pattern, or a table of"
              + " numbers (.csv, .parquet) with a column label.")
  private String source;

  @Option(
      names = "--labels",
      paramLabel = "LABELS",
      description =
          "Labels of the sounds: a labels file of ./workbench label, or any that ./workbench labels"
              + " reads. Of a table: the column that has the classes (default: folders, or the"
              + " column label).")
  private String labels;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "NAME",
      description = "Learn these classes only (default: all).")
  private List<String> classes;

  @Option(
      names = "--whole-sounds",
      description =
          "For ./workbench detect: learn each file as one sound over noise instead of windows of it."
              + " The detector then finds sounds by the signal and names each once.")
  private boolean wholeSounds;

  @Option(
      names = "--learner",
      paramLabel = "NAME",
      description =
          "ensemble (forest and network), forest, extra, boosting, svm, logistic, knn, network or"
              + " bayes (default: ensemble; of whole sounds extra).")
  private String learner;

  @Option(
      names = "--augment",
      paramLabel = "STEPS",
      description =
          "Also learn from a changed copy of each window. Give it again for a further copy.")
  private List<String> augment;

  @Option(
      names = "--split",
      paramLabel = "A/B/C",
      defaultValue = "70/15/15",
      description =
          "Sizes of the parts to learn from, to choose the threshold on and to judge by (default:"
              + " ${DEFAULT-VALUE}).")
  private String split;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Also keep rows together that have this in common, such as speaker; those of one"
              + " recording always are.")
  private String group;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "Length of a window of sound (default: 1).")
  private Double window;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      defaultValue = "22050",
      description = "Sample rate to resample sound to (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      description =
          "Feature set, as for ./workbench features (default: JOURNAL_38). Whole sounds have their"
              + " own.")
  private String set;

  @Option(
      names = "--unknown-by",
      paramLabel = "MEASURE",
      defaultValue = "largest",
      description =
          "What is compared with the threshold of Unknown: the largest probability, the margin of"
              + " the two largest, their entropy, the distance to the classes, that to the fifth"
              + " neighbour, or isolation (default: ${DEFAULT-VALUE}).")
  private String unknownBy;

  @Option(
      names = "--false-alarms",
      paramLabel = "SHARE",
      description =
          "Share of known sounds that may be called Unknown; chooses the threshold (default: 0.05;"
              + " of whole sounds 0.125, but a largest probability of at least 0.4).")
  private Double falseAlarms;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the split, the learner and the copies (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "Also write the model card to this file (.md). It is in the model, too.")
  private Path card;

  @Option(names = "--journal", description = "Add an entry with the card to the journal.")
  private boolean journal;

  @Option(names = "--no-cache", description = "Neither read nor write the cache of features.")
  private boolean noCache;

  @Mixin private ListForm form;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "File of the model. Written completely or not at all.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    Training training = training();
    boolean table = SourceWords.isTable(source, form);
    FeatureSet features =
        wholeSounds
            ? FeatureSet.of("LEVEL", Measure.rms()) // only to list the files and check them
            : FeatureSet.named(set == null ? "JOURNAL_38" : set);
    FeatureOptions options = FeatureOptions.of().withRate(rate);
    options =
        wholeSounds ? options.withWholeFiles() : options.withChunks(window == null ? 1 : window);
    options = noCache ? options.withoutCache() : options;
    ListOptions written = form.options();
    Samples rows = labelled(DataSets.samples(source, features, options), table, written);
    LeftOut.print(spec.commandLine().getErr(), "left out", rows.leftOut());
    if (classes != null) {
      rows = only(rows);
    }
    boolean sounds = !table && rows.folder().isPresent();
    if (wholeSounds && !sounds) {
      throw usage("--whole-sounds: %s is a table, not sound files", source);
    }
    if (!sounds) {
      GivenOptions.refuse(
          spec,
          "is for sound files, and %s is a table".formatted(source),
          "--window",
          "--rate",
          "--set",
          "--augment",
          "--no-cache");
    }
    Trained trained =
        wholeSounds
            ? training.fitWhole(rows, rate)
            : sounds ? training.fit(rows, features, options) : training.fit(rows);
    trained.model().save(out);
    print(trained, print);
    if (card != null) {
      WholeFile.write(card, trained.card().markdown().getBytes(StandardCharsets.UTF_8));
      print.println(Printed.of("card -> %s", card));
    }
    if (journal) {
      print.println(Printed.of("journal: %s", entry(rows, trained).save()));
    }
    print.println(Printed.of("%s -> %s", trained.model(), out));
    print.flush();
    return 0;
  }

  private Training training() {
    if (source.isEmpty()) {
      throw usage("the SOURCE is empty (an unset variable?); the current folder is '.'");
    }
    if (!SourceWords.isThere(source)) {
      throw usage(
          "there is no %s: give a folder, a list, a playlist, a table, a pattern or the name of a"
              + " data set%s",
          source, Alike.suggestion(source, SourceWords.dataSets()));
    }
    Knownness measure = MEASURES.get(unknownBy);
    if (measure == null) {
      throw usage(
          "--unknown-by=%s: must be one of largest, margin, entropy, distance, neighbour,"
              + " isolation%s",
          unknownBy, Alike.suggestion(unknownBy, MEASURES.keySet()));
    }
    if (wholeSounds && Stream.of(window, set, augment).anyMatch(Objects::nonNull)) {
      throw usage("--window, --set and --augment are of windows: not with --whole-sounds");
    }
    learner = learner != null ? learner : wholeSounds ? "extra" : SoundLearners.names().getFirst();
    if (!SoundLearners.names().contains(learner)) {
      throw usage(
          "--learner=%s: must be one of %s%s",
          learner,
          String.join(", ", SoundLearners.names()),
          Alike.suggestion(learner, SoundLearners.names()));
    }
    try {
      Training.Split sizes = Training.Split.parse(split);
      Training training =
          Training.of(SoundLearners.named(learner, seed), seed)
              .withKnownness(measure)
              .withFalseAlarms(falseAlarms != null ? falseAlarms : wholeSounds ? 0.125 : 0.05)
              .withSplit(sizes.train(), sizes.validation(), sizes.test());
      boolean usual = wholeSounds && falseAlarms == null && unknownBy.equals("largest");
      training = usual ? training.withLeastThreshold(0.4) : training;
      training = group == null ? training : training.withGroup(group);
      return augment == null
          ? training
          : training.withAugmentation(
              augment.stream().map(Augmentation::parse).toArray(Augmentation[]::new));
    } catch (IllegalArgumentException e) {
      throw usage("%s", e.getMessage());
    }
  }

  private ParameterException usage(String message, Object... values) {
    return new ParameterException(spec.commandLine(), Printed.of(message, values));
  }

  /** The rows with the labels that were given, if any. */
  private Samples labelled(Samples rows, boolean table, ListOptions written) {
    if (labels == null) {
      return rows;
    }
    if (table && rows.table().containsColumn(labels)) {
      return rows.withClasses(labels);
    }
    Path file = Path.of(labels);
    Path home = LabelFiles.home(file);
    return LabelFiles.read(file, home, LabelFiles.Origin.unknown(), written)
        .inFolder(home, rows.folder().orElse(home))
        .on(rows);
  }

  private Samples only(Samples rows) {
    for (String name : classes) {
      if (!rows.classNames().contains(name)) {
        throw usage(
            "--classes: no row has the class '%s'; there are %s%s",
            name, rows.classNames(), Alike.suggestion(name, rows.classNames()));
      }
    }
    return rows.only(classes);
  }

  private static void print(Trained trained, PrintWriter print) {
    print.println(
        Printed.of(
            "%d rows to learn from, %d to choose the threshold on, %d held back:",
            trained.train().rowCount(),
            trained.validation().rowCount(),
            trained.test().rowCount()));
    print.println();
    print.println(Printed.indented(trained.report().toString()));
    List<ConfusionMatrix.Pair> confused =
        ConfusionMatrix.of(trained.outcome()).confused().stream().limit(3).toList();
    confused.forEach(pair -> print.println(Printed.of("  %s", pair)));
    print.println();
    print.println(Quoted.text(trained.card().markdown()));
  }

  private Entry entry(Samples rows, Trained trained) {
    ModelCard made = trained.card();
    Entry entry =
        Journal.entry("Sound", "Model of " + rows.id())
            .data(rows)
            .seed(seed)
            .option("learner", learner)
            .option("split", split)
            .text(made.markdown().replaceFirst("^# [^\n]*\n", ""));
    made.scores().forEach(s -> entry.metric(s.name(), s.value(), "", Better.HIGHER));
    return entry.conclusion("%s; %s.".formatted(made.scores().getFirst(), trained.threshold()));
  }
}
