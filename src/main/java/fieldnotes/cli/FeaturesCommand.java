package fieldnotes.cli;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Parallel;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Statistic;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Features of sound files to a table on disk. */
@Command(
    name = "features",
    description = "Measure sound files: a row a chunk, to CSV or Parquet.",
    sortOptions = false,
    footer = {
      "",
      "Sets: JOURNAL_35, JOURNAL_38 (the journal's), LIBRARY, EMOTION, EVERYTHING.",
      "Exit code: 0 if at least one file went through, 2 if none did.",
      "",
      "Example: ./workbench features talks music.m3u --set JOURNAL_38 --out target/t.csv"
    })
final class FeaturesCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description =
          "A folder, a sound file, a playlist (.m3u, .pls), a table with the columns path and"
              + " label (.csv), a pattern ('talks/**/*.mp3'), or a data set by name.")
  private List<String> sources;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      defaultValue = "JOURNAL_38",
      description = "The features to measure (default ${DEFAULT-VALUE}).")
  private String set;

  @Option(
      names = "--stats",
      split = ",",
      paramLabel = "NAME",
      description = "Of mean, std, min, max, median, over the frames; default: the set's own.")
  private List<String> statistics;

  @Option(
      names = "--rate",
      paramLabel = "native|HZ",
      defaultValue = "22050",
      description = "Resample to this rate (default ${DEFAULT-VALUE}), or keep each file's own.")
  private String rate;

  @Option(
      names = "--chunk",
      paramLabel = "none|SECONDS",
      defaultValue = "10",
      description =
          "Chunks of this length, from the end; a shorter file is one (default ${DEFAULT-VALUE}).")
  private String chunk;

  @Option(
      names = "--keep-remainder",
      description = "What is left over at the front of a file is a chunk, too.")
  private boolean keepRemainder;

  @Option(
      names = "--n-fft",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Samples of a frame (default ${DEFAULT-VALUE}).")
  private int fftSize;

  @Option(
      names = "--hop",
      paramLabel = "N",
      defaultValue = "512",
      description = "Samples from one frame to the next (default ${DEFAULT-VALUE}).")
  private int hop;

  @Option(
      names = "--window",
      paramLabel = "NAME",
      defaultValue = "hann",
      description = "As SciPy calls it, such as hamming or kaiser:14 (default ${DEFAULT-VALUE}).")
  private String window;

  @Option(names = "--per-frame", description = "A row a frame, with its time.")
  private boolean perFrame;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where results are kept; default: data/cache/features of the project.")
  private Path cache;

  @Option(names = "--no-cache", description = "Keep nothing, and use nothing kept.")
  private boolean noCache;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Files worked on at once; default: all cores. The result is the same.")
  private Integer threads;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The table to write: .csv or .parquet. It appears whole or not at all.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    FeatureSet chosen = FeatureSet.named(set);
    if (statistics != null) {
      chosen =
          chosen.withStatistics(statistics.stream().map(Statistic::of).toArray(Statistic[]::new));
    }
    FeatureOptions options =
        FeatureOptions.of()
            .withFrames(FrameOptions.of(fftSize, hop).withWindow(window))
            .withRate(rate.equals("native") ? 0 : (int) number("--rate", rate, "native"))
            .withRemainder(keepRemainder)
            .withPerFrame(perFrame)
            .withThreads(threads == null ? Parallel.threads() : threads);
    options =
        chunk.equals("none")
            ? options.withWholeFiles()
            : options.withChunks(number("--chunk", chunk, "none"));
    if (noCache) {
      options = options.withoutCache();
    } else if (cache != null) {
      options = options.withCache(cache);
    }
    SoundFiles source = SoundFiles.all(sources.stream().map(FeaturesCommand::source).toList());
    FeatureTable.Written written = FeatureTable.write(source, chosen, options, out);
    for (SoundFiles.Failure failure : written.failures()) {
      print.println("failed: " + failure);
    }
    if (!source.passedOver().isEmpty()) {
      print.println("passed over, as no sound by their endings: " + source.passedOver());
    }
    print.println(written + (written.files() > 0 ? " -> " + out : ""));
    print.flush();
    return written.files() > 0 ? 0 : 2;
  }

  private double number(String option, String text, String word) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "%s=%s: must be a number or %s".formatted(option, text, word), e);
    }
  }

  /** A path or a pattern; where there is no such path, the data set of that name. */
  private static SoundFiles source(String word) {
    boolean known =
        DataSets.find(word).isPresent()
            || DataSets.catalogue().stream().anyMatch(entry -> entry.id().equals(word));
    if (Files.exists(Path.of(word)) || !known) {
      return SoundFiles.of(word);
    }
    return DataSets.get(word).sounds();
  }
}
