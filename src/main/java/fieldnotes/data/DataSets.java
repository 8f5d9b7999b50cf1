package fieldnotes.data;

import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets by name.
 *
 * <p>A set is looked for in {@code $FIELDNOTES_DATA} (where that is set), in {@code data/} of the
 * project, and in {@code ../shared/data} next to it. What is generated or downloaded goes to the
 * first of the first two.
 */
public final class DataSets {
  private DataSets() {}

  /**
   * The data set of this name, found, generated or downloaded. {@code studio} is generated on first
   * use and needs nothing; {@code telephone}, {@code samples} and {@code housing} are fetched when
   * first asked for; the large ones wait for {@link #fetch}. A name may also be a part of a set, as
   * in {@code studio/tracks}, or a folder of your own in {@code data/}.
   *
   * @throws DataMissingException where it cannot be had on this machine, with reason and remedy
   * @throws IllegalArgumentException where there is no such set; the message lists those there are
   */
  public static DataSet get(String id) {
    return Shelf.standard().get(id);
  }

  /**
   * A folder of sound of your own. Where it has a {@code labels.csv} with the columns {@code file}
   * and {@code label}, that is its truth; otherwise the name of the folder that a file lies in,
   * directly below {@code folder}, is its label.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  public static DataSet of(Path folder) {
    return DataSet.ofFolder(folder);
  }

  /** As {@link #of(Path)}. */
  public static DataSet of(String folder) {
    return of(Path.of(folder));
  }

  /**
   * Rows to learn from, by one word; sound is measured with the journal's 38 features for each ten
   * seconds.
   *
   * @see #samples(String, FeatureSet, FeatureOptions)
   */
  public static Samples samples(String what) {
    return samples(what, FeatureSet.JOURNAL_38);
  }

  /** As {@link #samples(String)}, of a path. */
  public static Samples samples(Path what) {
    return samples(what.toString());
  }

  /**
   * Rows to learn from, by one word; sound is measured with this feature set for each ten seconds.
   */
  public static Samples samples(String what, FeatureSet set) {
    return samples(what, set, FeatureOptions.of());
  }

  /**
   * Rows to learn from, by one word.
   *
   * @param what a data set by its name, such as {@code studio} or {@code telephone/prompts}; a
   *     folder, a playlist, a list or a pattern of sound files, or one such file; or a table of
   *     numbers ({@code .csv}, {@code .parquet}), whose column {@code label}, {@code class}, {@code
   *     category} or {@code target} has the known classes, and whose columns {@code recording},
   *     {@code speaker}, {@code group} and {@code fold} say which rows belong together
   * @param set what is measured of sound; rows of one file are the group {@code recording}
   * @param options how sound is measured; not one row per frame
   * @return missing cells are NaN
   * @throws IllegalArgumentException naming what was given, if there is no such thing
   */
  public static Samples samples(String what, FeatureSet set, FeatureOptions options) {
    return new SampleMaker(set, options).of(what);
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
