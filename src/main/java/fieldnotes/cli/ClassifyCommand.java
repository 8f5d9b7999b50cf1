package fieldnotes.cli;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.data.DataSets;
import fieldnotes.detect.CardedModel;
import fieldnotes.detect.SoundModel;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.feature.FeatureTable;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code ./workbench classify}: names sounds, or rows of a table, by a model that was trained. */
@Command(
    name = "classify",
    description = "Name sound files, or rows of a table, by a model of ./workbench train.",
    sortOptions = false,
    footer = {
      "",
      "A line for each window of a sound, or row of a table, as a JSON object: file,",
      "start and end in seconds, or row; label; probability of the likeliest class;",
      "knownness, which is compared with the threshold; probabilities of all classes.",
      "A model of whole sounds takes a file as one sound, without silence at its ends.",
      "Exit code: 0 if at least one sound or table was read, 2 if none.",
      "",
      "Example: ./workbench classify talks --model target/sounds.model --table"
    })
final class ClassifyCommand implements Callable<Integer> {
  /** Files that are measured before their lines are printed. */
  private static final int BATCH = 64;

  @Parameters(
      arity = "1..*",
      paramLabel = "AUDIO",
      description =
          "A folder, a sound file, a playlist (.m3u, .pls), a CSV list with the column path, a"
              + " pattern ('talks/**/*.mp3'), or the name of a data set; for a model of rows a"
              + " table (.csv, .parquet).")
  private List<String> sources;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "File of the model.")
  private Path file;

  @Option(
      names = "--threshold",
      paramLabel = "VALUE",
      description =
          "Say Unknown below this knownness, such as 0.6 of the largest probability (default: that"
              + " of the model).")
  private Double threshold;

  /** How answers are printed. */
  private static final class Form {
    @Option(names = "--json", description = "Print a JSON object per line (the default).")
    private boolean json;

    @Option(names = "--table", description = "Print a table instead.")
    private boolean table;
  }

  @ArgGroup private final Form printed = new Form();

  @Option(
      names = "--whole",
      description = "One answer per file: the mean over its windows, instead of each of them.")
  private boolean whole;

  @Option(
      names = "--tolerate-damage",
      description = "Name what can be read of damaged or truncated files.")
  private boolean tolerateDamage;

  @Mixin private ListForm form;

  @Spec private CommandSpec spec;

  private AnswerLines lines;

  @Override
  public Integer call() throws IOException {
    Model<?> model = model();
    PrintWriter print = spec.commandLine().getOut();
    lines = new AnswerLines(print, printed.table);
    List<String> tables = sources.stream().filter(s -> SourceWords.isTable(s, form)).toList();
    List<String> sounds = sources.stream().filter(s -> !tables.contains(s)).toList();
    if (!sounds.isEmpty() && !(model instanceof SoundModel)) {
      throw new IllegalArgumentException(
          "%s: is no table, and %s is a model of rows with the columns %s"
              .formatted(sounds.getFirst(), file, model.made().columns()));
    }
    int read = 0;
    for (String table : tables) {
      rows(table, model);
      read++;
    }
    if (!sounds.isEmpty()) {
      read += sounds(SourceWords.sounds(sounds, form, spec), (SoundModel) model);
    }
    print.flush();
    return read > 0 ? 0 : 2;
  }

  private Model<?> model() throws IOException {
    Model<?> model = ModelFile.load(file);
    if (threshold == null) {
      return model;
    }
    if (!Double.isFinite(threshold)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold=%s: must be a finite number".formatted(threshold));
    }
    return switch (model) {
      case CardedModel carded -> carded.withThreshold(threshold);
      default ->
          throw new IllegalArgumentException(
              "--threshold: %s never says Unknown; train a model by ./workbench train"
                  .formatted(file));
    };
  }

  private void rows(String source, Model<?> model) {
    Samples rows = DataSets.samples(source);
    Object said = model.predict(rows.table());
    List<Answer> answers =
        switch (said) {
          case Rejected rejected -> Answer.of(rejected);
          case Classified classified -> Answer.of(classified);
          default ->
              throw new IllegalArgumentException(
                  "%s: predicts %s, not classes".formatted(file, model.made().target()));
        };
    for (int i = 0; i < answers.size(); i++) {
      lines.row(source, i, answers.get(i));
    }
  }

  /** Classifies sounds some at a time; returns how many could be read. */
  private int sounds(SoundFiles all, SoundModel model) {
    PrintWriter errors = spec.commandLine().getErr();
    all.failures().forEach(failure -> errors.println(Printed.of("failed: %s", failure)));
    if (model.whole()) {
      return wholeSounds(all, model);
    }
    int read = 0;
    for (int from = 0; from < all.items().size(); from += BATCH) {
      List<SoundFiles.Item> some =
          all.items().subList(from, Math.min(from + BATCH, all.items().size()));
      FeatureTable measured =
          FeatureTable.extract(
              SoundFiles.listed(all.name(), some),
              model.set(),
              model.features().withTolerateDamage(tolerateDamage).withoutCache());
      measured.failures().forEach(failure -> errors.println(Printed.of("failed: %s", failure)));
      if (measured.table().rowCount() > 0) {
        read += clips(measured.table(), model);
      }
    }
    errors.flush();
    return read;
  }

  /** Names each file as one sound; returns how many could be read. */
  private int wholeSounds(SoundFiles all, SoundModel model) {
    PrintWriter errors = spec.commandLine().getErr();
    ReadOptions options = ReadOptions.all().withTolerateDamage(tolerateDamage);
    int read = 0;
    for (SoundFiles.Item item : all.items()) {
      try {
        List<Clip> sounds = model.windows(AudioFiles.read(item.path(), options));
        List<Answer> said = Answer.of(model.predict(model.measurer().rows(sounds)));
        Clip last = sounds.getLast();
        double end = last.startSeconds() + last.durationSeconds();
        if (whole) {
          Answer mean = Answer.mean(said, model.threshold(), model.unknown());
          lines.clip(item.name(), sounds.getFirst().startSeconds(), end, mean);
        } else {
          for (int i = 0; i < sounds.size(); i++) {
            Clip one = sounds.get(i);
            double to = one.startSeconds() + one.durationSeconds();
            lines.clip(item.name(), one.startSeconds(), to, said.get(i));
          }
        }
        read++;
      } catch (AudioException | IllegalArgumentException e) {
        errors.println(Printed.of("failed: %s", e.getMessage()));
      }
    }
    errors.flush();
    return read;
  }

  /** Prints the clips of each file in order of time; returns the number of files. */
  private int clips(Table table, SoundModel model) {
    List<Answer> said = Answer.of(model.predict(table));
    List<String> files = table.stringColumn("file").asList();
    double[] start = table.doubleColumn("start_s").asDoubleArray();
    double[] seconds = table.doubleColumn("duration_s").asDoubleArray();
    int count = 0;
    for (int from = 0; from < files.size(); ) {
      int to = from + 1;
      while (to < files.size() && files.get(to).equals(files.get(from))) {
        to++;
      }
      int[] rows =
          IntStream.range(from, to)
              .boxed()
              .sorted((a, b) -> Double.compare(start[a], start[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      int last = rows[rows.length - 1];
      if (whole) {
        List<Answer> of = IntStream.of(rows).mapToObj(said::get).toList();
        Answer mean = Answer.mean(of, model.threshold(), model.unknown());
        lines.clip(files.get(from), start[rows[0]], start[last] + seconds[last], mean);
      } else {
        for (int row : rows) {
          lines.clip(files.get(row), start[row], start[row] + seconds[row], said.get(row));
        }
      }
      count++;
      from = to;
    }
    return count;
  }
}
