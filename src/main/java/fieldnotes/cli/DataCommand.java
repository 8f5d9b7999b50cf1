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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./workbench data}: what data sets there are, fetching one, and where it lies. */
@Command(name = "data", description = "Data sets by name: list, fetch, path.")
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing word: data list, data fetch NAME or data path NAME");
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "List the data sets and which of them are here; with a name, all about it.",
        "They are looked for in $FIELDNOTES_DATA, data/ and ../shared/data, in this order."
      })
  int list(
      @Parameters(arity = "0..*", paramLabel = "NAME", description = "Tell all about these.")
          List<String> names) {
    PrintWriter out = spec.commandLine().getOut();
    if (names != null && !names.isEmpty()) {
      names.forEach(name -> describe(out, entry(name)));
    } else {
      out.printf(Locale.ROOT, "%-13s %-14s %9s  %s%n", "name", "here", "download", "what");
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
      return "wrong content";
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
    out.println("  here      " + found.map(d -> d.folder().toString()).orElse("no"));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Fetch data sets, or make them; one that is here is checked against its checksums.")
  int fetch(@Parameters(arity = "1..*", paramLabel = "NAME") List<String> names) {
    names.forEach(this::entry);
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
        "Print the folder of a data set, or of a part of one (studio/tracks).",
        "Fetches nothing; exits with 1 when it is not here."
      })
  int path(@Parameters(paramLabel = "NAME") String name) {
    int slash = name.indexOf('/');
    String id = slash < 0 ? name : name.substring(0, slash);
    Optional<DataSet> found = DataSets.find(id);
    if (found.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      boolean known = DataSets.catalogue().stream().anyMatch(e -> e.id().equals(id));
      err.printf(
          "%s is not here%s%n",
          name, known ? ": ./workbench data fetch " + id : ", and the catalogue does not have it");
      err.flush();
      return 1;
    }
    Path folder = found.get().folder();
    folder = slash < 0 ? folder : folder.resolve(name.substring(slash + 1)).normalize();
    if (!Files.exists(folder)) {
      throw new ParameterException(spec.commandLine(), folder + " does not exist");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(folder);
    out.flush();
    return 0;
  }

  private CatalogueEntry entry(String name) {
    List<String> ids = DataSets.catalogue().stream().map(CatalogueEntry::id).toList();
    return DataSets.catalogue().stream()
        .filter(e -> e.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no data set '%s'; the catalogue has %s".formatted(name, ids)));
  }
}
