package fieldnotes.data;

import java.util.List;
import java.util.Map;

/**
 * What the catalogue says of one data set.
 *
 * @param id its name, also that of its folder
 * @param kind {@code sound} or {@code table}
 * @param what it is, in a sentence
 * @param licence of the data
 * @param source where it comes from, an address where there is one
 * @param citation whom to name
 * @param how it is had: {@code generate}, {@code debian}, {@code download} or {@code git}
 * @param automatic whether it is fetched when it is first asked for, without a command
 * @param bytes to be downloaded, about; 0 where nothing is
 * @param diskBytes on disk, about
 * @param files sound files or tables in it
 * @param layout what its folder looks like
 * @param strip leading folders of the archive that are left out
 * @param sources the archives, packages or repositories
 * @param take what is kept of the archive and where it goes; all of it if empty
 * @param contents files whose content is known; of what is generated, the list of its files
 * @param refused files that are easily taken for one of {@code contents}, and why they will not do
 * @param labels how the label of a file is found
 */
public record CatalogueEntry(
    String id,
    String kind,
    String what,
    String licence,
    String source,
    String citation,
    String how,
    boolean automatic,
    long bytes,
    long diskBytes,
    int files,
    String layout,
    int strip,
    List<Source> sources,
    List<Take> take,
    List<Content> contents,
    List<Refused> refused,
    Labels labels) {

  /**
   * One archive, package or repository.
   *
   * @param url the address, or null for a package
   * @param name the package, or null
   * @param version of the package that {@code sha256} belongs to, or null
   * @param format {@code tgz}, {@code zip}, or null
   * @param bytes its size
   * @param sha256 of it, or null where its makers publish none
   * @param md5 of it, or null
   */
  public record Source(
      String url,
      String name,
      String version,
      String format,
      long bytes,
      String sha256,
      String md5) {}

  /** A file or folder of the archive, and where it goes in the data set's folder. */
  public record Take(String from, String to) {}

  /** A file with its size and SHA-256. */
  public record Content(String file, long bytes, String sha256) {}

  /** The SHA-256 of a file that will not do, and why. */
  public record Refused(String sha256, String why) {}

  /**
   * How a file's label is found.
   *
   * @param by {@code folder} (its first folder), {@code field} (of its name), {@code table}, or
   *     {@code parts} (each part has its own table)
   * @param names the label for a folder or a file, by its path below the set; the innermost counts,
   *     and others keep the name of their first folder
   * @param index which field of the name, from 0; fields are parted by an underscore
   * @param table the CSV file
   * @param file its column of file names
   * @param label its column of labels
   */
  public record Labels(
      String by, Map<String, String> names, int index, String table, String file, String label) {}

  public CatalogueEntry {
    sources = sources == null ? List.of() : List.copyOf(sources);
    take = take == null ? List.of() : List.copyOf(take);
    contents = contents == null ? List.of() : List.copyOf(contents);
    refused = refused == null ? List.of() : List.copyOf(refused);
  }

  @Override
  public String toString() {
    return id + ": " + what;
  }
}
