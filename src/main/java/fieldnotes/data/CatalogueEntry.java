package fieldnotes.data;

import java.util.List;
import java.util.Map;

/**
 * A data set in the catalogue.
 *
 * @param id name of the set and of its folder
 * @param kind {@code sound} or {@code table}
 * @param what description, one sentence
 * @param licence licence of the data
 * @param source origin; a URL if there is one
 * @param citation reference to cite
 * @param how {@code generate}, {@code debian}, {@code download} or {@code git}
 * @param automatic whether it is fetched on first use, without a command
 * @param bytes approximate download size; 0 for no download
 * @param diskBytes approximate size on disk
 * @param files number of sound files or tables
 * @param layout description of the folder layout
 * @param strip number of leading folders of archive names to remove
 * @param sources archives, packages or repositories
 * @param take parts of the archive to keep and their destinations; empty keeps all
 * @param contents files with a known checksum; for a generated set, its manifest
 * @param refused known wrong versions of {@code contents}, with the reason
 * @param labels how labels are derived
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
   * An archive, package or repository.
   *
   * @param url its URL, or null for a package
   * @param name the package name, or null
   * @param version package version that {@code sha256} belongs to, or null
   * @param format {@code tgz}, {@code zip}, or null
   * @param bytes size
   * @param sha256 its checksum, or null if not published
   * @param md5 its checksum, or null
   */
  public record Source(
      String url,
      String name,
      String version,
      String format,
      long bytes,
      String sha256,
      String md5) {}

  /** A file or folder in the archive, and its destination in the data set's folder. */
  public record Take(String from, String to) {}

  /** A file with its size and SHA-256. */
  public record Content(String file, long bytes, String sha256) {}

  /** The SHA-256 of a known wrong version of a file, and the reason. */
  public record Refused(String sha256, String why) {}

  /**
   * How the label of a file is derived.
   *
   * @param by {@code folder} (its first folder), {@code field} (of its name), {@code table}, or
   *     {@code parts} (each part has its own table)
   * @param names label of a folder or file, by its path in the set; the innermost match wins,
   *     without a match the label is the first folder
   * @param index index of the underscore-separated field of the name, from 0
   * @param table the CSV file
   * @param file column of file names
   * @param label column of labels
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
