package fieldnotes.cli;

import fieldnotes.label.Combined;
import fieldnotes.label.How;
import fieldnotes.label.Label;
import fieldnotes.label.LabelFiles;
import fieldnotes.label.LabelSet;
import fieldnotes.label.LabelStore;
import fieldnotes.label.RaterAgreement;
import fieldnotes.label.Ratios;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench labels}: shows, imports, exports, combines and compares labels. */
@Command(
    name = "labels",
    description = "Show, import, export, combine and compare labels of sound files.",
    footer = {
      "",
      "LABELS is a labels file of ./workbench label (.json), a table (.csv) with the columns file",
      "and label, a JSON object {file: label}, a JSON export of Label Studio, an Audacity label",
      "track (.txt) or a folder of them, or a folder of playlists (.m3u) named by their classes.",
      "Files are named relative to the folder of LABELS."
    })
final class LabelsCommand implements Runnable {
  private static final int MOST_LISTED = 20;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing subcommand: must be show, import, export, combine or compare");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Print the number of labels of each class, how they are known, and the ratios.")
  int show(
      @Parameters(arity = "1..*", paramLabel = "LABELS", description = "Labels.")
          List<Path> sources,
      @Mixin ListForm form) {
    for (Path source : sources) {
      LabelSet labels = read(source, form);
      out().println(Printed.of("%s: %s", source, counted(labels.size())));
      labels.counts().forEach((name, count) -> out().println(Printed.of("  %6d  %s", count, name)));
      counts(labels, label -> "by " + label.how().word());
      counts(labels, LabelsCommand::giver);
      out().println(Printed.of("  %s", Ratios.of(labels)));
    }
    out().flush();
    return 0;
  }

  private static String giver(Label label) {
    String kind = label.how() == How.MODEL ? "model " : "listener ";
    return label.who().isEmpty() ? "" : "by " + kind + label.who();
  }

  private static String counted(int labels) {
    return labels + (labels == 1 ? " label" : " labels");
  }

  private static LabelSet read(Path source, ListForm form) {
    return LabelFiles.read(
        source, LabelFiles.home(source), LabelFiles.Origin.unknown(), form.options());
  }

  private void counts(LabelSet labels, Function<Label, String> what) {
    Map<String, Integer> counts = new TreeMap<>();
    labels.labels().forEach(label -> counts.merge(what.apply(label), 1, Integer::sum));
    counts.remove("");
    counts.forEach((name, count) -> out().println(Printed.of("  %6d  %s", count, name)));
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Add labels to a labels file, in one step that can be undone on the page.",
        "Clips that have another label there keep it, and are listed.",
        "Labels are refused if none of their files is there."
      })
  int importLabels(
      @Parameters(paramLabel = "LABELS", description = "Labels to add.") Path source,
      @Option(
              names = "--labels",
              paramLabel = "FILE",
              defaultValue = "labels.json",
              description =
                  "Labels file, created if it does not exist (default: ${DEFAULT-VALUE}).")
          Path file,
      @Option(
              names = "--sounds",
              paramLabel = "FOLDER",
              description = "Folder that files are named from (default: that of LABELS).")
          Path sounds,
      @Option(
              names = "--who",
              paramLabel = "NAME",
              defaultValue = "",
              description = "Listener of labels that name none.")
          String who,
      @Option(
              names = "--when",
              paramLabel = "TIME",
              description =
                  "Time of labels that have none, for example 2026-03-01T12:00:00Z (default: not"
                      + " known).")
          String when,
      @Option(names = "--replace", description = "Replace other labels instead of keeping them.")
          boolean replace,
      @Mixin ListForm form) {
    Path home = sounds == null ? LabelFiles.home(source) : sounds;
    Instant time = when == null ? LabelFiles.Origin.unknown().when() : time(when);
    LabelSet read = LabelFiles.read(source, home, LabelFiles.Origin.of(who, time), form.options());
    SoundsOfLabels.requireSome(read, source, home, spec.commandLine().getErr());
    LabelSet added = read.inFolder(home, LabelFiles.home(file));
    try (LabelStore store = LabelStore.open(file, who)) {
      List<Label> fresh = new ArrayList<>();
      List<String> other = new ArrayList<>();
      LabelSet before = store.labels();
      for (Label label : added.labels()) {
        String old = before.of(label.clip()).map(Label::name).orElse("");
        if (!old.isEmpty() && !old.equals(label.name())) {
          other.add(
              replace
                  ? "%s: %s, was %s".formatted(label.clip(), label.name(), old)
                  : "%s: %s, not %s".formatted(label.clip(), old, label.name()));
        }
        if (old.isEmpty() || (replace && !old.equals(label.name()))) {
          fresh.add(label);
        }
      }
      if (!fresh.isEmpty()) {
        store.add(fresh);
      }
      list(replace ? "replaced: " : "kept: ", other);
      out()
          .println(
              Printed.of(
                  "%d of %s added -> %s, which has %d",
                  fresh.size(), counted(added.size()), file, store.labels().size()));
    }
    out().flush();
    return 0;
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--when='%s': must be a time such as 2026-03-01T12:00:00Z".formatted(text), e);
    }
  }

  private void list(String what, List<String> lines) {
    lines.stream()
        .limit(MOST_LISTED)
        .forEach(line -> out().println(Printed.of("%s%s", what, line)));
    if (lines.size() > MOST_LISTED) {
      out().println(Printed.of("%s%d more", what, lines.size() - MOST_LISTED));
    }
  }

  @Command(mixinStandardHelpOptions = true, description = "Write labels in another form.")
  int export(
      @Parameters(index = "0", paramLabel = "LABELS", description = "Labels.") Path source,
      @Parameters(
              index = "1",
              paramLabel = "TARGET",
              description =
                  "A .csv or .json file, or a folder for label tracks and playlists. Files are named"
                      + " relative to its folder, in label tracks as in LABELS.")
          Path target,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "csv|flat|label-studio|audacity|playlists",
              description = "The form.")
          String form,
      @Option(names = "--heard", description = "Only labels by ear.") boolean heard,
      @Mixin ListForm written) {
    LabelFiles.Form as =
        Arrays.stream(LabelFiles.Form.values())
            .filter(one -> one.word().equals(form))
            .findFirst()
            .orElseThrow(() -> unknown("export", "--as", form, words(LabelFiles.Form.values())));
    LabelSet labels = read(source, written);
    LabelSet wanted = heard ? labels.only(label -> label.how() == How.EAR) : labels;
    Path home = LabelFiles.home(source);
    LabelSet chosen =
        as == LabelFiles.Form.AUDACITY
            ? SoundsOfLabels.measurable(wanted, home, spec.commandLine().getErr())
            : wanted;
    boolean folder = as == LabelFiles.Form.AUDACITY || as == LabelFiles.Form.PLAYLISTS;
    LabelSet named = folder ? chosen : chosen.inFolder(home, LabelFiles.home(target));
    List<Path> files = LabelFiles.write(named, as, target, home);
    out()
        .println(
            Printed.of(
                "%s -> %s", counted(chosen.size()), files.size() == 1 ? files.getFirst() : target));
    out().flush();
    return 0;
  }

  private ParameterException unknown(
      String command, String option, String word, List<String> words) {
    return new ParameterException(
        spec.subcommands().get(command),
        Printed.of(
            "%s=%s: must be one of %s%s", option, word, words, Alike.suggestion(word, words)));
  }

  private static List<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(LabelsCommand::word).toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Combine labels that were made at different times or under different schemes.",
        "Conflicts are settled by a rule and listed. Exit code: 0 if all are settled, 1 if not."
      })
  int combine(
      @Parameters(arity = "1..*", paramLabel = "LABELS", description = "Labels.")
          List<Path> sources,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "A new labels file (.json), or a table (.csv).")
          Path target,
      @Option(
              names = "--rule",
              paramLabel = "newest|ear-first|majority",
              defaultValue = "newest",
              description = "How conflicts are settled (default: ${DEFAULT-VALUE}).")
          String rule,
      @Option(
              names = "--map",
              split = ",",
              paramLabel = "OLD=NEW",
              description = "Other names for classes, for example speech=dialogue.")
          Map<String, String> names,
      @Option(
              names = "--map-all",
              description = "Refuse classes that --map does not name, instead of keeping them.")
          boolean all,
      @Mixin ListForm form) {
    Combined.Rule by =
        Arrays.stream(Combined.Rule.values())
            .filter(one -> word(one).equals(rule))
            .findFirst()
            .orElseThrow(() -> unknown("combine", "--rule", rule, words(Combined.Rule.values())));
    boolean table = target.toString().endsWith(".csv");
    if (!table && (!target.toString().endsWith(".json") || Files.exists(target))) {
      throw new ParameterException(
          spec.subcommands().get("combine"),
          Printed.of("--out=%s: must end in .csv, or be a new file that ends in .json", target));
    }
    Map<String, String> map = names == null ? Map.of() : names;
    List<LabelSet> sets = sources.stream().map(source -> read(source, target, form)).toList();
    known(map.keySet(), sets);
    Combined combined =
        Combined.of(
            sets.stream().map(set -> all ? set.renamedAll(map) : set.renamed(map)).toList(), by);
    list("", combined.conflicts().stream().map(String::valueOf).toList());
    if (table) {
      LabelFiles.write(combined.labels(), LabelFiles.Form.CSV, target, LabelFiles.home(target));
    } else if (combined.labels().size() > 0) {
      try (LabelStore store = LabelStore.open(target, "")) {
        store.add(combined.labels().labels());
      }
    }
    out().println(Printed.of("%s -> %s", combined, target));
    out().flush();
    return combined.open().isEmpty() ? 0 : 1;
  }

  /** Checks that each class that gets another name is one of the labels. */
  private void known(Set<String> mapped, List<LabelSet> sets) {
    SortedSet<String> classes = new TreeSet<>();
    sets.forEach(set -> classes.addAll(set.counts().keySet()));
    for (String name : mapped) {
      if (!classes.contains(name)) {
        throw new ParameterException(
            spec.subcommands().get("combine"),
            Printed.of(
                "--map: no label has the class '%s'; they have %s%s",
                name, classes, Alike.suggestion(name, classes)));
      }
    }
  }

  /** Labels, with their files named from the folder of another source. */
  private static LabelSet read(Path source, Path other, ListForm form) {
    return read(source, form).inFolder(LabelFiles.home(source), LabelFiles.home(other));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Compare labels of the same clips: agreement, Cohen's kappa and the confusion table; of three",
        "and more also Fleiss' kappa. One file is compared listener by listener.",
        "Exit code: 0, or 1 if no two have a clip in common."
      })
  int compare(
      @Parameters(arity = "1..*", paramLabel = "LABELS", description = "Labels.")
          List<Path> sources,
      @Mixin ListForm form) {
    Map<String, LabelSet> sets = new LinkedHashMap<>();
    if (sources.size() == 1) {
      Path source = sources.getFirst();
      LabelFiles.readByListener(
              source, LabelFiles.home(source), LabelFiles.Origin.unknown(), form.options())
          .forEach((name, set) -> sets.put(name.isEmpty() ? "(no name)" : name, set));
    } else {
      sources.forEach(
          source -> sets.put(source.toString(), read(source, sources.getFirst(), form)));
    }
    if (sets.size() < 2) {
      throw new ParameterException(
          spec.subcommands().get("compare"),
          Printed.of(
              "%s: %s; give a second file to compare with",
              sources.getFirst(), sources.size() == 1 ? "has one listener" : "is given twice"));
    }
    List<String> names = List.copyOf(sets.keySet());
    boolean common = false;
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        RaterAgreement agreement =
            RaterAgreement.of(sets.get(names.get(i)), sets.get(names.get(j)));
        out().println(Printed.of("%s and %s: %s", names.get(i), names.get(j), agreement));
        if (!agreement.clips().isEmpty()) {
          common = true;
          out().println(Printed.indented(agreement.toTable().print()));
        }
      }
    }
    if (names.size() > 2) {
      double all = RaterAgreement.fleissKappa(List.copyOf(sets.values()));
      out()
          .println(
              Double.isNaN(all)
                  ? "Fleiss' kappa of all: none, as no clip is in all or they have one class only"
                  : Printed.of("Fleiss' kappa of all: %.3f", all));
    }
    out().flush();
    return common ? 0 : 1;
  }
}
