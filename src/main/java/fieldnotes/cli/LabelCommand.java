package fieldnotes.cli;

import fieldnotes.audio.ChunkOptions;
import fieldnotes.audio.ListOptions;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.label.ClipList;
import fieldnotes.label.Doubt;
import fieldnotes.label.Strategies;
import fieldnotes.serve.LabelOptions;
import fieldnotes.serve.Labeller;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench label}: serves the page on which clips are heard and labelled. */
@Command(
    name = "label",
    description = "Label sound files by ear, in the browser, until interrupted by Ctrl-C.",
    sortOptions = false,
    footer = {
      "",
      "The page answers this machine only. Labels are on disk as soon as the page says so;",
      "what was labelled before goes on where it was left.",
      "",
      "Example: ./workbench label talks --labels talks.json --order cluster"
    })
final class LabelCommand implements Callable<Integer> {
  private static final double SHORTEST = 0.01;
  private static final double LONGEST = 1e6;

  /** Which clip comes next. */
  enum Order {
    random,
    given,
    cluster,
    doubt
  }

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A folder, a playlist (.m3u, .pls), a CSV list with the column path, a table of features"
              + " written by ./workbench features (its rows are the clips), a pattern"
              + " ('talks/**/*.mp3'), or the name of a data set.")
  private String source;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      defaultValue = "labels.json",
      description =
          "Labels file, made if it does not exist; not in a folder that is served (default:"
              + " ${DEFAULT-VALUE}).")
  private Path labels;

  @Option(
      names = "--order",
      paramLabel = "random|given|cluster|doubt",
      defaultValue = "random",
      description =
          "Which clip comes next: at random; as listed; one of each group of similar clips, then"
              + " what a model is least sure of; or the latter from the beginning. The last two"
              + " measure features first (default: ${DEFAULT-VALUE}).")
  private Order order;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--chunk",
      paramLabel = "none|SECONDS",
      defaultValue = "none",
      description =
          "Label chunks of this length, counted from the end of the file, instead of whole files"
              + " (default: ${DEFAULT-VALUE}). What is left at the beginning is not a clip, unless"
              + " the file is shorter than a chunk.")
  private String chunk;

  @Option(
      names = "--sounds",
      paramLabel = "FOLDER",
      description =
          "Folder from which a table of features names its files (default: that of the table, or"
              + " the current folder).")
  private Path sounds;

  @Option(
      names = "--classes",
      paramLabel = "KEY=NAME,…",
      description =
          "Classes and their keys (default: m=music,d=dialogue,b=both,u=unknown). The page can add"
              + " more.")
  private String classes;

  @Option(
      names = "--who",
      paramLabel = "NAME",
      description = "Name of the listener, kept with each label (default: the user).")
  private String who;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of the page; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--no-browser", description = "Print the address, but open no browser.")
  private boolean noBrowser;

  @Mixin private ListForm form;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    Labeller labeller = open();
    Thread end = new Thread(labeller::close, "end of labelling");
    Runtime.getRuntime().addShutdownHook(end);
    print.println(Printed.of("%s", labeller));
    print.println(Printed.of("listen and label at %s", labeller.address()));
    print.println("end with Ctrl-C; labels are kept as they are given");
    print.flush();
    if (!noBrowser) {
      browse(labeller.address().toString());
    }
    new CountDownLatch(1).await();
    return 0;
  }

  /** Starts the page. */
  Labeller open() {
    range("--seed", seed, 4_294_967_295L);
    range("--port", port, 65_535);
    LabelOptions options = LabelOptions.of(labels).withSeed(seed).withPort(port);
    if (who != null) {
      options = options.withWho(who);
    }
    if (classes != null) {
      options = options.withClasses(classes);
    }
    options =
        switch (order) {
          case random -> options.withOrder(LabelOptions.Order.RANDOM);
          case given -> options.withOrder(LabelOptions.Order.GIVEN);
          case cluster -> options.withGuide(Strategies.standard());
          case doubt -> options.withGuide(Strategies.doubts(Doubt.MARGIN));
        };
    ClipList clips = clips();
    LeftOut.print(spec.commandLine().getErr(), "left out", clips.leftOut());
    return Labeller.open(clips, options);
  }

  private void range(String option, long value, long most) {
    if (value < 0 || value > most) {
      throw usage("%s=%d: must lie within 0 and %d", option, value, most);
    }
  }

  private ParameterException usage(String message, Object... values) {
    return new ParameterException(spec.commandLine(), Printed.of(message, values));
  }

  private ClipList clips() {
    if (source.isEmpty()) {
      throw usage("the SOURCE is empty (an unset variable?); the current folder is '.'");
    }
    ListOptions written = form.options();
    boolean whole = chunk.equals("none");
    double seconds = whole ? Double.POSITIVE_INFINITY : seconds();
    if (SourceWords.isTable(source, form)) {
      Samples rows = DataSets.samples(source);
      return ClipList.of(rows.withFolder(folder(rows)));
    }
    if (sounds != null) {
      throw usage(
          "--sounds=%s: is for a table of features only; %s names its sound files itself",
          sounds, source);
    }
    if (order == Order.random || order == Order.given) {
      SoundFiles files =
          SourceWords.isDataSet(source)
              ? DataSets.get(source).sounds()
              : SoundFiles.of(source, written);
      return whole
          ? ClipList.of(files)
          : ClipList.of(
              files, ChunkOptions.of(seconds), ReadOptions.of(FeatureOptions.of().rateHz()));
    }
    if (!written.equals(ListOptions.of())) {
      throw usage(
          "--separator, --quote, --comment and --encoding are for random and given order; write"
              + " the list with commas and in UTF-8");
    }
    FeatureOptions options = FeatureOptions.of().withChunks(seconds);
    var rows = DataSets.samples(source, FeatureSet.JOURNAL_38, options);
    return whole ? ClipList.ofWholeFiles(rows) : ClipList.of(rows);
  }

  private double seconds() {
    double seconds;
    try {
      seconds = Double.parseDouble(chunk);
    } catch (NumberFormatException e) {
      seconds = Double.NaN;
    }
    if (!(seconds >= SHORTEST && seconds <= LONGEST)) {
      throw usage(
          "--chunk=%s: must be a number of seconds from 0.01 to 1000000, or none for whole files",
          chunk);
    }
    return seconds;
  }

  /** Where most of the files of a table of features are. */
  private Path folder(Samples rows) {
    Path home = Path.of(source).toAbsolutePath().getParent();
    if (!rows.table().containsColumn("file")) {
      return home; // what is missing is said when clips are made of it
    }
    List<String> files =
        rows.table().column("file").asStringColumn().asList().stream().distinct().toList();
    List<Path> places =
        (sounds == null ? Stream.of(home, Path.of("")) : Stream.of(sounds))
            .map(place -> place.toAbsolutePath().normalize())
            .distinct()
            .toList();
    List<String> missing = files;
    Path best = places.getFirst();
    for (Path place : places) {
      List<String> without = files.stream().filter(file -> !isFile(place, file)).toList();
      if (without.size() < missing.size()) {
        missing = without;
        best = place;
      }
    }
    if (missing.size() == files.size()) {
      throw new IllegalArgumentException(
          Printed.of(
              "%s: none of its sound files, for example %s, is in %s; give their folder by --sounds",
              source,
              files.isEmpty() ? "none" : files.getFirst(),
              places.stream().map(Path::toString).collect(Collectors.joining(" or "))));
    }
    LeftOut.print(spec.commandLine().getErr(), "not in " + best, missing);
    return best;
  }

  private static boolean isFile(Path folder, String file) {
    try {
      return Files.isRegularFile(folder.resolve(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Opens the address in the browser of this desktop, if there is one. */
  private static void browse(String address) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    List<String> command =
        system.contains("win")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
            : system.contains("mac") ? List.of("open", address) : List.of("xdg-open", address);
    boolean desktop =
        !command.getFirst().equals("xdg-open")
            || System.getenv("DISPLAY") != null
            || System.getenv("WAYLAND_DISPLAY") != null;
    if (desktop) {
      try {
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        // the address is printed; it can be opened by hand
      }
    }
  }
}
