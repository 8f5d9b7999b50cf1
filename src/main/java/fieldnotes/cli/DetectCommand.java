package fieldnotes.cli;

import fieldnotes.audio.SoundFiles;
import fieldnotes.detect.ClipKeeper;
import fieldnotes.detect.ListenOptions;
import fieldnotes.detect.Listening;
import fieldnotes.detect.RawFormat;
import fieldnotes.detect.SoundModel;
import fieldnotes.detect.SoundStream;
import fieldnotes.detect.SoundStreams;
import fieldnotes.detect.StationOptions;
import fieldnotes.journal.Journal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench detect}: listens to a stream and tells what it hears. */
@Command(
    name = "detect",
    description = "Listen to files, a station, standard input or the microphone for sounds.",
    sortOptions = false,
    footer = {
      "",
      "Prints one JSON object per sound when it has ended: source, start and end in seconds,",
      "label, confidence; for live sound its time, with --keep its clip. In a terminal, it shows",
      "the level and the last sounds instead. Ctrl-C ends it; a sound that has not ended is told.",
      "",
      "Exit code: 0 at the end of the sound or after Ctrl-C, 1 if the sound cannot go on.",
      "",
      "Example: ./workbench detect --model dogs.model night.mp3 --keep target/heard"
    })
final class DetectCommand implements Callable<Integer> {
  /** How sounds are shown. */
  enum View {
    auto,
    json,
    live
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "A sound file, a folder, a playlist, a CSV list, a pattern, the address of a stream"
              + " (http://…, also Icecast), or - for standard input, in any format that can be"
              + " read from a stream or, with --format, raw.")
  private String source;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A model of sounds, made by ./workbench train.")
  private Path model;

  @Option(names = "--mic", description = "Listen to the microphone.")
  private boolean microphone;

  @Option(
      names = "--random",
      paramLabel = "FOLDER",
      description = "Listen to random parts of the files in a folder, until Ctrl-C.")
  private String random;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "With --random: from the beginning of one part to that of the next; 0 does not wait"
              + " (default: ${DEFAULT-VALUE}).")
  private double every;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "With --random: length of a part (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--parts",
      paramLabel = "N",
      description = "With --random: end after this number of parts.")
  private Integer parts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --random: seed of the parts (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "Standard input is raw samples: u8, s8, s16le, s24le, s32le, f32le, f64le, or with be in"
              + " place of le.")
  private String format;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "With --format: sample rate (default: that of the model).")
  private Integer rate;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --format: interleaved channels (default: ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Connections to a station that are tried in a row before it is given up (default:"
              + " ${DEFAULT-VALUE}).")
  private int retries;

  @Option(
      names = "--stall",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "A station that sends nothing for so long is connected anew (default:"
              + " ${DEFAULT-VALUE}).")
  private double stall;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "What is known less than this is Unknown (default: that of the model).")
  private Double threshold;

  @Option(
      names = "--hop",
      paramLabel = "SECONDS",
      description = "Time between windows (default: half of the model's window).")
  private Double hop;

  @Option(
      names = "--smooth",
      paramLabel = "N",
      description = "Number of windows whose scores are averaged, odd (default: 3).")
  private Integer smooth;

  @Option(
      names = "--on",
      paramLabel = "X",
      description = "Score at which a sound begins, 0 to 1 (default: 0.4).")
  private Double on;

  @Option(
      names = "--off",
      paramLabel = "X",
      description = "Score below which it ends, at most that of --on (default: 0.25).")
  private Double off;

  @Option(
      names = "--least",
      paramLabel = "SECONDS",
      description = "Drop shorter sounds (default: 0.2).")
  private Double least;

  @Option(
      names = "--join",
      paramLabel = "SECONDS",
      description = "Join sounds of a class with a shorter gap (default: 0.3).")
  private Double join;

  @Option(names = "--hide-unknown", description = "Tell nothing of Unknown sounds.")
  private boolean hideUnknown;

  @Option(
      names = "--background",
      split = ",",
      paramLabel = "CLASS",
      description =
          "Classes of which nothing is told, with commas (default: background,silence,noise).")
  private List<String> background;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the clips of sounds in a folder, as WAVE files named by time and class.")
  private Path keep;

  @Option(
      names = "--keep-limit",
      paramLabel = "MB",
      defaultValue = "1000",
      description =
          "Let the WAVE files of that folder take no more; the oldest clips of this run are"
              + " deleted (default: ${DEFAULT-VALUE}).")
  private int keepLimit;

  @Option(
      names = "--journal",
      description =
          "Write an entry of what was heard into the journal, at the end and at midnight.")
  private boolean journal;

  @Option(
      names = "--view",
      paramLabel = "auto|json|live",
      defaultValue = "auto",
      description =
          "How sounds are shown; auto is live in a terminal, else json (default:"
              + " ${DEFAULT-VALUE}).")
  private View view;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String what = what();
    SoundModel loaded = SoundModel.load(model);
    SoundModel chosen = threshold == null ? loaded : loaded.withThreshold(threshold);
    ListenOptions options = options(chosen.whole());
    boolean live =
        view == View.live || (view == View.auto && Boolean.getBoolean("fieldnotes.screen"));
    LiveView screen =
        live
            ? new LiveView(Main.terminal(), System.getenv("NO_COLOR") == null, "detect: " + what)
            : null;
    DetectLog log = new DetectLog(spec.commandLine().getErr(), screen);
    ClipKeeper keeper =
        keep == null ? null : new ClipKeeper(keep, (long) keepLimit << 20, chosen.rateHz(), log);
    try (SoundStream stream = stream(chosen.rateHz(), log)) {
      DetectOutput output =
          new DetectOutput(
              spec.commandLine().getOut(),
              screen,
              keeper,
              journal ? day(what, chosen, options, log) : null,
              chosen.rateHz(),
              stream.live(),
              parts == null ? Integer.MAX_VALUE : parts,
              log);
      Listening listening = new Listening(chosen, options, stream, output);
      output.stopBy(listening::stop);
      return run(listening, output, log);
    }
  }

  private static HeardDay day(String what, SoundModel model, ListenOptions options, DetectLog log) {
    return new HeardDay(
        Journal.open(), what, model, options, Clock.system(ZoneId.systemDefault()), log);
  }

  private static int run(Listening listening, DetectOutput output, DetectLog log)
      throws IOException {
    // standard input may wait for ever, so what is heard is told from another thread
    Thread interrupted =
        new Thread(
            () -> {
              listening.stop();
              output.end();
            },
            "detect-end");
    Runtime.getRuntime().addShutdownHook(interrupted);
    output.begin();
    try {
      double heard = listening.run();
      listening.stop();
      log.accept(Printed.of("%.1f s of sound heard", heard));
    } finally {
      output.end();
      unhook(interrupted);
    }
    return output.lost() == 0 ? 0 : 1;
  }

  private static void unhook(Thread interrupted) {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // the process ends already, and the hook does what is left
    }
  }

  /** What is listened to, of which there must be one. */
  private String what() {
    List<String> given =
        Stream.of(
                source == null ? "" : source,
                microphone ? "--mic" : "",
                random == null ? "" : "--random " + random)
            .filter(text -> !text.isEmpty())
            .toList();
    if (given.size() != 1) {
      throw usage(
          given.isEmpty()
              ? "nothing to listen to: give a SOURCE (- for standard input), --mic or --random FOLDER"
              : "one thing to listen to, not " + String.join(" and ", given));
    }
    if (format != null && !"-".equals(source)) {
      throw usage("--format is for standard input (-): files say their format themselves");
    }
    GivenOptions.ofDetect(spec, format != null, random != null, isAddress(), keep != null);
    if (keepLimit < 1) {
      throw usage("--keep-limit=%s: must be at least 1 MB".formatted(keepLimit));
    }
    if (parts != null && (parts < 1 || random == null)) {
      throw usage("--parts=%s: must be at least 1, with --random".formatted(parts));
    }
    return SoundStreams.shown(given.getFirst());
  }

  private boolean isAddress() {
    return source != null && source.matches("(?i)https?://.*") && !Files.exists(Path.of(source));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), Printed.of("%s", message));
  }

  private ListenOptions options(boolean whole) {
    if (whole && Stream.of(hop, smooth, on, off, join).anyMatch(Objects::nonNull)) {
      throw usage(
          "--hop, --smooth, --on, --off and --join are for models of windows; this one names whole"
              + " sounds");
    }
    ListenOptions options = ListenOptions.of().withUnknown(!hideUnknown);
    if (hop != null) {
      if (!(hop > 0)) {
        throw usage("--hop=%s: must be above 0 seconds".formatted(hop));
      }
      options = options.withHop(hop);
    }
    double begins = on == null ? options.on() : on;
    double ends = off == null ? Math.min(options.off(), begins) : off;
    options = options.withThresholds(begins, ends);
    options = smooth == null ? options : options.withSmoothing(smooth);
    options = least == null ? options : options.withLeast(least);
    options = join == null ? options : options.withJoin(join);
    return background == null ? options : options.withBackground(background.toArray(String[]::new));
  }

  private SoundStream stream(int rateHz, Consumer<String> log) {
    if (microphone) {
      return SoundStreams.microphone(rateHz, log);
    }
    if (random != null) {
      return SoundStreams.random(SoundFiles.of(random), every, seconds, seed, rateHz, log);
    }
    if (source.equals("-")) {
      FileInputStream in = new FileInputStream(FileDescriptor.in);
      return format == null
          ? SoundStreams.bytes(in, "standard input", rateHz, log)
          : SoundStreams.raw(
              in,
              "standard input",
              new RawFormat(rate == null ? rateHz : rate, channels, format),
              rateHz,
              log);
    }
    if (isAddress()) {
      try {
        StationOptions station =
            StationOptions.of()
                .withRetries(retries, StationOptions.of().waitSeconds())
                .withStall(stall);
        return SoundStreams.station(new URI(source), station, rateHz, log);
      } catch (URISyntaxException e) {
        throw usage(
            "the source %s is no address: %s".formatted(SoundStreams.shown(source), e.getReason()));
      }
    }
    return SoundStreams.files(SoundFiles.of(source), rateHz, log);
  }
}
