package fieldnotes.data;

import fieldnotes.common.Opened;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets by name.
 *
 * <p>A set is looked for in {@code $FIELDNOTES_DATA} (where that is set), in {@code data/} of the
 * project, and in {@code ../shared/data} beside it. What is made or fetched goes to the first of
 * the first two.
 */
public final class DataSets {
  private DataSets() {}

  /**
   * The data set of this name, found, made or fetched. {@code studio} is made on first use and
   * needs nothing; {@code telephone}, {@code samples} and {@code housing} are fetched when first
   * asked for; the large ones wait for {@link #fetch}. A name may also be a part of a set, as in
   * {@code studio/tracks}, or a folder of your own in {@code data/}.
   *
   * @throws DataMissingException where it cannot be had on this machine, with reason and remedy
   * @throws IllegalArgumentException where there is no such set; the message lists those there are
   */
  public static DataSet get(String id) {
    return noted(Shelf.standard().get(id));
  }

  /**
   * A folder of sound of your own. Where it has a {@code labels.csv} with the columns {@code file}
   * and {@code label}, that is its truth; otherwise the name of the folder that a file lies in,
   * directly below {@code folder}, is its label.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  public static DataSet of(Path folder) {
    return noted(DataSet.ofFolder(folder));
  }

  /** As {@link #of(Path)}. */
  public static DataSet of(String folder) {
    return of(Path.of(folder));
  }

  /** Lets the journal know of it. */
  private static DataSet noted(DataSet data) {
    Opened.note(data.id(), data::hash);
    return data;
  }

  /**
   * Fetches a set of the catalogue, or makes it, however large it is. One that is there already is
   * checked against its checksums instead.
   *
   * @throws DataMissingException where that fails, with reason and remedy
   * @throws IllegalArgumentException where the catalogue has no such set
   */
  public static DataSet fetch(String id) {
    return Shelf.standard().fetch(id);
  }

  /**
   * The set, if it lies whole in one of {@link #folders}. Makes and fetches nothing.
   *
   * @throws DataMissingException if a file with the wrong content stands in its place
   */
  public static Optional<DataSet> find(String id) {
    return Shelf.standard().find(id);
  }

  /** What the catalogue has. */
  public static List<CatalogueEntry> catalogue() {
    return Catalogue.standard().sets();
  }

  /** Where sets are looked for, in this order; some may not exist. */
  public static List<Path> folders() {
    return Shelf.standard().folders();
  }
}
