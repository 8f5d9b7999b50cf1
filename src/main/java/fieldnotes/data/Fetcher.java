package fieldnotes.data;

import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Installs a set of the catalogue from a server, Debian packages or a git repository. */
final class Fetcher {
  private final CatalogueEntry entry;
  private final Download download;
  private final Programs programs;

  /**
   * @param programs the search path for apt-get, dpkg-deb and git
   */
  Fetcher(CatalogueEntry entry, Download download, String programs) {
    this.entry = entry;
    this.download = download;
    this.programs = new Programs(programs);
  }

  /** The exception for something missing or refused. */
  private DataMissingException missing(String reason, String remedy, Throwable cause) {
    return new DataMissingException(entry.id(), reason, remedy, cause);
  }

  /** The folder of an unfinished fetch. */
  static Path part(Path place) {
    return place.resolveSibling("." + place.getFileName() + ".part");
  }

  /** Installs the complete set at {@code place}, or throws and leaves nothing there. */
  void bring(Path place) throws IOException {
    Path work = part(place);
    Path raw = work.resolve("raw");
    Path made = work.resolve("made");
    Moves.delete(raw);
    Moves.delete(made);
    WholeFile.makeFolder(raw);
    WholeFile.makeFolder(made);
    switch (entry.how()) {
      case "debian" -> packages(work, raw);
      case "git" -> repository(raw);
      default -> archives(work, raw);
    }
    take(raw, made);
    check(made);
    Manifest.write(made);
    Moves.replace(made, place);
    Moves.delete(work);
  }

  private void archives(Path work, Path raw) throws IOException {
    for (CatalogueEntry.Source source : entry.sources()) {
      Path archive = work.resolve(entry.id() + "." + source.format());
      try {
        // left by an earlier run, it may be of another version
        if (Files.exists(archive) && !Sha256.of(archive).equals(source.sha256())) {
          Moves.delete(archive);
        }
        if (!Files.exists(archive)) {
          download.fetch(source, archive, 2 * entry.bytes() + 10_000_000);
        }
      } catch (FileSystemException e) {
        throw e; // of this disk
      } catch (IOException e) {
        throw missing(
            Reason.words(e),
            "try ./workbench data fetch %s on a machine that reaches %s; or unpack %s into data/%s"
                .formatted(
                    entry.id(),
                    java.net.URI.create(source.url()).getHost(),
                    source.url(),
                    entry.id()),
            e);
      }
      try {
        Unpack.unpack(archive, source.format(), raw, entry.strip(), mostBytes());
      } catch (FileSystemException e) {
        throw e; // of this disk; the archive may be sound
      } catch (IOException e) {
        deleteQuietly(archive);
        throw missing(
            "the archive from %s is invalid: %s".formatted(source.url(), Reason.words(e)),
            "run ./workbench data fetch %s again; if it fails again, report an issue"
                .formatted(entry.id()),
            e);
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is checked before it is used again.
    }
  }

  private long mostBytes() {
    return 2 * entry.diskBytes() + 10_000_000;
  }

  // ------------------------------------------------------------------ packages

  private void packages(Path work, Path raw) throws IOException {
    if (programs.find("apt-get") == null || programs.find("dpkg-deb") == null) {
      throw missing(
          "it comes from Debian packages, and this machine has no apt-get and dpkg-deb",
          "make it on a Debian or Ubuntu machine with ./workbench data fetch %1$s and copy its"
                  .formatted(entry.id())
              + " data/%1$s here".formatted(entry.id()),
          null);
    }
    Path debs = work.resolve("debs");
    WholeFile.makeFolder(debs);
    List<String> names = stillToFetch(debs);
    if (!names.isEmpty()) {
      download(names, debs);
    }
    for (CatalogueEntry.Source source : entry.sources()) {
      Path deb = only(debs, source.name() + "_");
      refuseOther(source, deb);
      Programs.Ran unpacked =
          programs.run(
              List.of("dpkg-deb", "-x", deb.toString(), raw.toString()),
              work,
              "unpacking " + source.name(),
              0);
      if (unpacked.code() != 0) {
        throw missing(
            "dpkg-deb could not unpack %s: %s".formatted(deb.getFileName(), unpacked.error()),
            "./workbench data fetch " + entry.id(),
            null);
      }
    }
  }

  /**
   * The packages that an earlier run did not download completely. Files not known to be complete
   * are deleted, since apt-get accepts any file of the right size.
   */
  private List<String> stillToFetch(Path debs) throws IOException {
    List<String> names = new ArrayList<>();
    List<Path> whole = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> found = Files.list(debs)) {
      all = found.sorted().toList();
    }
    for (CatalogueEntry.Source source : entry.sources()) {
      Path deb = null;
      for (Path one : all) {
        boolean named = one.getFileName().toString().startsWith(source.name() + "_");
        if (named && Sha256.of(one).equals(source.sha256())) {
          deb = one;
        }
      }
      if (deb == null) {
        names.add(source.name());
      } else {
        whole.add(deb);
      }
    }
    for (Path one : all) {
      if (!whole.contains(one)) {
        Moves.delete(one);
      }
    }
    return names;
  }

  private void download(List<String> names, Path debs) throws IOException {
    List<String> command = new ArrayList<>(List.of("apt-get", "download", "-q"));
    command.addAll(List.of("-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=2"));
    command.addAll(List.of("-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20"));
    command.addAll(names);
    Programs.Ran ran =
        programs.run(command, debs, "fetching " + String.join(" and ", names), entry.bytes());
    if (ran.code() != 0) {
      boolean lists =
          ran.text().contains("Unable to locate")
              || ran.text().contains("No candidate")
              || ran.text().contains("Can't find a source")
              || ran.text().contains("404");
      throw missing(
          "apt-get download failed: " + ran.error(),
          lists
              ? "refresh the package lists with 'sudo apt-get update', then ./workbench data fetch "
                  + entry.id()
              : "check that this machine can reach its package server, then ./workbench data fetch "
                  + entry.id(),
          null);
    }
  }

  private Path only(Path folder, String start) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().startsWith(start))
          .filter(f -> f.getFileName().toString().endsWith(".deb"))
          .findFirst()
          .orElseThrow(
              () ->
                  missing(
                      "apt-get downloaded no package " + start + "*.deb",
                      "'sudo apt-get update', then ./workbench data fetch " + entry.id(),
                      null));
    }
  }

  /** Verifies a package of the known version; apt has verified others. */
  private void refuseOther(CatalogueEntry.Source source, Path deb) throws IOException {
    String name = deb.getFileName().toString().replace("%3a", ":").replace("%7e", "~");
    if (!name.startsWith(source.name() + "_" + source.version() + "_")) {
      return;
    }
    String found = Sha256.of(deb);
    if (!found.equals(source.sha256())) {
      throw missing(
          "the package %s has the wrong content: its SHA-256 is %s, must be %s"
              .formatted(name, found, source.sha256()),
          "check which package server this machine uses, then ./workbench data fetch " + entry.id(),
          null);
    }
  }

  // ------------------------------------------------------------------ repositories

  private void repository(Path raw) throws IOException {
    String url = entry.sources().get(0).url();
    String remedy =
        "install git and git-lfs, then ./workbench data fetch %s; or clone %s into data/%s"
            .formatted(entry.id(), url, entry.id());
    if (programs.find("git") == null) {
      throw missing("it comes from a git repository, and this machine has no git", remedy, null);
    }
    if (programs.find("git-lfs") == null) {
      throw missing("its sound is kept in Git LFS, and this machine has no git-lfs", remedy, null);
    }
    Programs.Ran ran =
        programs.run(
            List.of(
                "git",
                "clone",
                "-q",
                "-c",
                "filter.lfs.process=git-lfs filter-process",
                "-c",
                "filter.lfs.smudge=git-lfs smudge -- %f",
                "-c",
                "filter.lfs.required=true",
                "--depth",
                "1",
                url,
                "."),
            raw,
            "cloning " + url,
            entry.bytes());
    if (ran.code() != 0) {
      throw missing(
          "git clone of %s failed: %s".formatted(url, ran.error()),
          "try ./workbench data fetch %s on a machine that reaches it".formatted(entry.id()),
          null);
    }
    Moves.delete(raw.resolve(".git"));
  }

  // ------------------------------------------------------------------ installation

  private void take(Path raw, Path made) throws IOException {
    List<CatalogueEntry.Take> take =
        entry.take().isEmpty() ? List.of(new CatalogueEntry.Take("", "")) : entry.take();
    for (CatalogueEntry.Take one : take) {
      Path from = raw.resolve(one.from());
      Path to = one.to().isEmpty() ? made : made.resolve(one.to());
      if (Files.isDirectory(from, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        moveInside(from, to);
      } else if (Files.isRegularFile(from, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        WholeFile.makeFolder(to.getParent());
        WholeFile.move(from, to);
      } else {
        throw missing(
            "the download has no '%s': its layout has changed".formatted(one.from()),
            "report an issue; until then, sort %s by hand into data/%s: %s"
                .formatted(entry.source(), entry.id(), entry.layout()),
            null);
      }
    }
  }

  /** Moves plain files from one folder to another, keeping subfolders; links are not moved. */
  private static void moveInside(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.sorted().toList()) {
        if (Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
          Path target = to.resolve(from.relativize(file).toString());
          WholeFile.makeFolder(target.getParent());
          WholeFile.move(file, target);
        }
      }
    }
  }

  private void check(Path made) throws IOException {
    for (CatalogueEntry.Content content : entry.contents()) {
      Path file = made.resolve(content.file());
      if (!Files.isRegularFile(file)) {
        throw missing(
            "the download has no " + content.file(),
            "run ./workbench data fetch %s again; if it fails again, report an issue"
                .formatted(entry.id()),
            null);
      }
      Shelf.refuseWrong(entry, content, file);
    }
    int found = DataSet.of(entry, made).files().size();
    if (found == 0 || (entry.sources().get(0).name() == null && found < entry.files())) {
      throw missing(
          "the download has %d files, expected %d".formatted(found, entry.files()),
          "run ./workbench data fetch %s again; if it fails again, report an issue"
              .formatted(entry.id()),
          null);
    }
  }
}
