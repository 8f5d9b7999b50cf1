package fieldnotes.cli;

import fieldnotes.audio.ListOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.audio.SoundTable;
import fieldnotes.common.FolderWalk;
import fieldnotes.data.DataSets;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.label.ClipList;
import fieldnotes.label.Doubt;
import fieldnotes.label.Strategies;
import fieldnotes.serve.LabelOptions;
import fieldnotes.serve.Labeller;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
              + " (default: ${DEFAULT-VALUE}).")
  private String chunk;

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
    return Labeller.open(clips(), options);
  }

  private ClipList clips() {
    if (source.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "the SOURCE is empty (an unset variable?); the current folder is '.'");
    }
    ListOptions written = form.options();
    boolean whole = chunk.equals("none");
    if (isTable()) {
      return ClipList.of(DataSets.samples(source));
    }
    if (whole && (order == Order.random || order == Order.given)) {
      return ClipList.of(
          isDataSet() ? DataSets.get(source).sounds() : SoundFiles.of(source, written));
    }
    if (!written.equals(ListOptions.of())) {
      throw new ParameterException(
          spec.commandLine(),
          "--separator, --quote, --comment and --encoding are for whole files in random or given"
              + " order; write the list with commas and in UTF-8");
    }
    FeatureOptions options = FeatureOptions.of();
    options = whole ? options.withWholeFiles() : options.withChunks(seconds());
    var rows = DataSets.samples(source, FeatureSet.JOURNAL_38, options);
    return whole ? ClipList.ofWholeFiles(rows) : ClipList.of(rows);
  }

  private double seconds() {
    try {
      return Double.parseDouble(chunk);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), Printed.of("--chunk=%s: must be a number or none", chunk), e);
    }
  }

  /** Whether the source is a table of features, not a list of files. */
  private boolean isTable() {
    try {
      Path path = Path.of(source);
      return Files.isRegularFile(path)
          && switch (FolderWalk.ending(path)) {
            case "parquet" -> true;
            case "csv" -> !SoundTable.lists(path, form.options());
            default -> false;
          };
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean isDataSet() {
    try {
      if (Files.exists(Path.of(source))) {
        return false;
      }
    } catch (InvalidPathException e) {
      return false;
    }
    String set = source.split("/", 2)[0]; // studio/tracks is a part of one
    return DataSets.find(set).isPresent()
        || DataSets.catalogue().stream().anyMatch(entry -> entry.id().equals(set));
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
