package fieldnotes.cli;

import fieldnotes.data.CatalogueEntry;
import fieldnotes.data.DataMissingException;
import fieldnotes.data.DataSet;
import fieldnotes.data.DataSets;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench data}: lists and fetches data sets and prints their folders. */
@Command(name = "data", description = "List and fetch data sets, print their folders.")
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing subcommand: must be list, fetch NAME or path NAME");
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "List the data sets and whether they are installed; with NAME, show the details of one.",
        "They are searched in $FIELDNOTES_DATA, data/ and ../shared/data, in this order."
      })
  int list(
      @Parameters(arity = "0..*", paramLabel = "NAME", description = "Data sets to show in detail.")
          List<String> names) {
    PrintWriter out = spec.commandLine().getOut();
    if (names != null && !names.isEmpty()) {
      names.forEach(name -> describe(out, entry("list", name)));
    } else {
      out.printf(Locale.ROOT, "%-13s %-14s %9s  %s%n", "name", "installed", "download", "content");
      for (CatalogueEntry entry : DataSets.catalogue()) {
        String size = entry.bytes() == 0 ? "-" : size(entry.bytes());
        out.printf(
            Locale.ROOT, "%-13s %-14s %9s  %s%n", entry.id(), here(entry), size, entry.what());
      }
    }
    out.flush();
    return 0;
  }

  private static String here(CatalogueEntry entry) {
    try {
      if (DataSets.find(entry.id()).isPresent()) {
        return "yes";
      }
    } catch (DataMissingException e) {
      return "damaged";
    }
    return entry.automatic() ? "on first use" : "no";
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, bytes < 1e6 ? "%.1f MB" : "%,.0f MB", bytes / 1e6);
  }

  private void describe(PrintWriter out, CatalogueEntry entry) {
    out.println(entry.id() + ": " + entry.what());
    out.println("  licence   " + entry.licence());
    out.println("  source    " + entry.source());
    for (CatalogueEntry.Source source : entry.sources()) {
      out.println("            " + (source.url() == null ? source.name() : source.url()));
      if (source.sha256() != null) {
        out.println("            SHA-256 " + source.sha256());
      }
    }
    for (CatalogueEntry.Content content : entry.contents()) {
      out.println("  contents  " + content.file());
      out.println("            SHA-256 " + content.sha256());
    }
    out.println("  citation  " + entry.citation());
    out.println("  layout    " + entry.layout());
    out.println("  on disk   about " + size(entry.diskBytes()));
    Optional<DataSet> found = DataSets.find(entry.id());
    out.println("  folder    " + found.map(d -> d.folder().toString()).orElse("not installed"));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Download or generate data sets; verify the checksums of those that are installed.")
  int fetch(
      @Parameters(
              arity = "1..*",
              paramLabel = "NAME",
              description = "Data sets, as named by 'data list'.")
          List<String> names,
      @Option(
              names = "--least-speed",
              paramLabel = "KB_PER_S",
              description =
                  "Give a server up that sends less for 60 s; 0 waits for ever (default: 1, or"
                      + " $FIELDNOTES_LEAST_SPEED).")
          Double leastSpeed) {
    names.forEach(name -> entry("fetch", name));
    if (leastSpeed != null) {
      if (!(leastSpeed >= 0 && leastSpeed <= 1e9)) {
        throw new ParameterException(
            spec.subcommands().get("fetch"),
            "--least-speed=%s: must be a number of kB/s from 0, for example 5"
                .formatted(leastSpeed));
      }
      System.setProperty("fieldnotes.leastSpeed", leastSpeed.toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    for (String name : names) {
      DataSet set = DataSets.fetch(name);
      out.println(set);
      out.println("  in " + set.folder());
      out.flush();
    }
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Print the folder of a data set or of a part of one (studio/tracks).",
        "Downloads nothing. Exit code: 1 if it is not installed."
      })
  int path(
      @Parameters(paramLabel = "NAME", description = "A data set, or a part of one.") String name) {
    int slash = name.indexOf('/');
    String id = slash < 0 ? name : name.substring(0, slash);
    Optional<DataSet> found = DataSets.find(id);
    if (found.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      boolean known = DataSets.catalogue().stream().anyMatch(e -> e.id().equals(id));
      err.println(
          Printed.of(
              "workbench data path: %s: %s",
              name,
              known
                  ? "not installed; run ./workbench data fetch " + id
                  : "no such data set; the catalogue has " + ids() + Alike.suggestion(id, ids())));
      err.flush();
      return 1;
    }
    Path folder = found.get().folder();
    folder = slash < 0 ? folder : folder.resolve(name.substring(slash + 1)).normalize();
    if (!Files.exists(folder)) {
      throw new ParameterException(
          spec.subcommands().get("path"), Printed.of("%s: there is no such folder", folder));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(folder);
    out.flush();
    return 0;
  }

  private static List<String> ids() {
    return DataSets.catalogue().stream().map(CatalogueEntry::id).toList();
  }

  private CatalogueEntry entry(String command, String name) {
    return DataSets.catalogue().stream()
        .filter(e -> e.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.subcommands().get(command),
                    Printed.of(
                        "%s: no such data set; the catalogue has %s%s",
                        name, ids(), Alike.suggestion(name, ids()))));
  }
}
