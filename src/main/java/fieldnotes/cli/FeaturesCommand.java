package fieldnotes.cli;

import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Parallel;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FeatureTable;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Statistic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench features}: writes a table of features of sound files. */
@Command(
    name = "features",
    description = "Extract features of sound files to CSV or Parquet, one row per chunk.",
    sortOptions = false,
    footer = {
      "",
      "Feature sets: JOURNAL_35, JOURNAL_38, LIBRARY, EMOTION, EVERYTHING.",
      "Exit code: 0 if at least one file was processed, 2 if none.",
      "",
      "Example: ./workbench features talks music.m3u --set JOURNAL_38 --out target/t.csv"
    })
final class FeaturesCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description =
          "A folder, a sound file, a playlist (.m3u, .pls), a CSV list with the columns path and"
              + " label, a pattern ('talks/**/*.mp3'), or the name of a data set.")
  private List<String> sources;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      defaultValue = "JOURNAL_38",
      description = "Feature set (default: ${DEFAULT-VALUE}).")
  private String set;

  @Option(
      names = "--stats",
      split = ",",
      paramLabel = "NAME",
      description =
          "Statistics over the frames: mean, std, min, max, median (default: those of the set).")
  private List<String> statistics;

  @Option(
      names = "--rate",
      paramLabel = "native|HZ",
      defaultValue = "22050",
      description =
          "Sample rate to resample to; native keeps each file's own (default: ${DEFAULT-VALUE}).")
  private String rate;

  @Option(
      names = "--chunk",
      paramLabel = "none|SECONDS",
      defaultValue = "10",
      description =
          "Length of a chunk, counted from the end of the file; a shorter file is one chunk; none"
              + " takes whole files (default: ${DEFAULT-VALUE}).")
  private String chunk;

  @Option(
      names = "--keep-remainder",
      description = "Keep the shorter remainder at the start of a file as a chunk.")
  private boolean keepRemainder;

  @Option(
      names = "--n-fft",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Frame length in samples (default: ${DEFAULT-VALUE}).")
  private int fftSize;

  @Option(
      names = "--hop",
      paramLabel = "N",
      defaultValue = "512",
      description = "Hop length in samples (default: ${DEFAULT-VALUE}).")
  private int hop;

  @Option(
      names = "--window",
      paramLabel = "NAME",
      defaultValue = "hann",
      description =
          "Window function by its SciPy name, for example hamming or kaiser:14"
              + " (default: ${DEFAULT-VALUE}).")
  private String window;

  @Option(names = "--per-frame", description = "Write one row per frame, with its time.")
  private boolean perFrame;

  @Option(
      names = "--tolerate-damage",
      description =
          "Measure what can be read of damaged or truncated files; the column damage says what is"
              + " wrong with them.")
  private boolean tolerateDamage;

  @Mixin private ListForm form;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the cache (default: data/cache/features of the project).")
  private Path cache;

  @Option(names = "--no-cache", description = "Neither read nor write the cache.")
  private boolean noCache;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Number of files to process in parallel (default: all cores). It does not change the"
              + " result.")
  private Integer threads;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Table to write, .csv or .parquet. Written completely or not at all.")
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
            .withTolerateDamage(tolerateDamage)
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
    SoundFiles source = SourceWords.sounds(sources, form, spec);
    FeatureTable.Written written = FeatureTable.write(source, chosen, options, out);
    for (SoundFiles.Failure file : written.damaged()) {
      print.println(Printed.of("damaged, measured as far as it can be read: %s", file));
    }
    for (SoundFiles.Failure failure : written.failures()) {
      print.println(Printed.of("failed: %s", failure));
    }
    if (!source.passedOver().isEmpty()) {
      print.println(Printed.of("skipped, not sound files by extension: %s", source.passedOver()));
    }
    print.println(
        written.files() > 0 ? Printed.of("%s -> %s", written, out) : Printed.of("%s", written));
    print.flush();
    return written.files() > 0 ? 0 : 2;
  }

  private double number(String option, String text, String word) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), Printed.of("%s=%s: must be a number or %s", option, text, word), e);
    }
  }
}
