package fieldnotes.data;

import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.synth.Studio;
import fieldnotes.synth.StudioOptions;
import fieldnotes.table.CsvOptions;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds, downloads and generates data sets by name.
 *
 * <p>Searched in order: {@code $FIELDNOTES_DATA} (if set), {@code data/} of the project, {@code
 * ../shared/data} next to it. New sets are stored in {@code $FIELDNOTES_DATA} if set, otherwise in
 * {@code data/}.
 */
public final class DataSets {
  private DataSets() {}

  /**
   * The data set of this name, found, generated or downloaded. {@code studio} is generated on first
   * use; {@code telephone} (also {@code -es}, {@code -it}, {@code -fr}), {@code samples} and {@code
   * housing} are downloaded on first use; larger sets need {@link #fetch}. A name may also be a
   * part of a set, as in {@code studio/tracks}, or any folder in {@code data/}.
   *
   * @throws DataMissingException if it is not available on this machine, with reason and remedy
   * @throws IllegalArgumentException if there is no such set, listing those that exist
   */
  public static DataSet get(String id) {
    return Shelf.standard().get(id);
  }

  /**
   * Any folder of sound files as a data set. Labels and groups come from a {@code labels.csv} with
   * the columns {@code file} and {@code label}, read as {@link fieldnotes.audio.SoundTable}
   * describes, otherwise labels are the names of the folders directly below {@code folder}.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  public static DataSet of(Path folder) {
    return DataSet.ofFolder(folder);
  }

  /** See {@link #of(Path)}. */
  public static DataSet of(String folder) {
    return of(Path.of(folder));
  }

  /**
   * Generated sound like {@code studio}, but of another seed or size: episodes that no model has
   * seen. It is generated in {@code folder} on first use.
   *
   * @throws IllegalArgumentException if the folder holds other files, or those of other options
   */
  public static DataSet studio(Path folder, StudioOptions options) {
    Studio.make(folder, options);
    return DataSet.of(Catalogue.standard().find("studio").orElseThrow(), folder);
  }

  /** See {@link #studio(Path, StudioOptions)}. */
  public static DataSet studio(String folder, StudioOptions options) {
    return studio(Path.of(folder), options);
  }

  /**
   * Samples from a data set, sound files or a table; sound gives the journal's 38 features per 10 s
   * chunk.
   *
   * @see #samples(String, FeatureSet, FeatureOptions)
   */
  public static Samples samples(String what) {
    return samples(what, FeatureSet.JOURNAL_38);
  }

  /**
   * Samples from a CSV table that is written as the options say; what they leave open is guessed,
   * and the guess is printed on the error stream.
   *
   * @see #samples(String, FeatureSet, FeatureOptions)
   */
  public static Samples samples(String csv, CsvOptions options) {
    return new SampleMaker(FeatureSet.JOURNAL_38, FeatureOptions.of(), options).of(csv);
  }

  /** See {@link #samples(String, CsvOptions)}. */
  public static Samples samples(Path csv, CsvOptions options) {
    return samples(csv.toString(), options);
  }

  /** Samples from a path; see {@link #samples(String)}. */
  public static Samples samples(Path what) {
    return samples(what.toString());
  }

  /**
   * Samples from a data set, sound files or a table; sound gives this feature set per 10 s chunk.
   */
  public static Samples samples(String what, FeatureSet set) {
    return samples(what, set, FeatureOptions.of());
  }

  /** See {@link #samples(String, FeatureSet)}. */
  public static Samples samples(Path what, FeatureSet set) {
    return samples(what.toString(), set);
  }

  /**
   * Samples from a data set, sound files or a table.
   *
   * <p>A table ({@code .csv}, {@code .parquet}) has its classes in the column {@code label}, {@code
   * class}, {@code category} or {@code target}: the first of these that it has. The others of them
   * are kept in the table but are no features. The columns {@code recording}, {@code speaker},
   * {@code group} and {@code fold} give groups. A table that {@code FeatureTable} wrote gives the
   * features in it, without measuring again; its files are the groups {@code recording}.
   *
   * @param what a data set name, such as {@code studio} or {@code telephone/prompts}; a folder,
   *     playlist, list ({@link fieldnotes.audio.SoundTable}) or pattern of sound files, or one
   *     sound file; or a table of numbers
   * @param set features of sound; the rows of one file form the group {@code recording}, unless a
   *     list says otherwise; files of the same content are of one recording in any case, and then
   *     the group {@code content} says which are the same
   * @param options feature options; must not be per frame
   * @return missing cells are NaN
   * @throws IllegalArgumentException if {@code what} does not exist, naming it
   */
  public static Samples samples(String what, FeatureSet set, FeatureOptions options) {
    return new SampleMaker(set, options).of(what);
  }

  /** See {@link #samples(String, FeatureSet, FeatureOptions)}. */
  public static Samples samples(DataSet data, FeatureSet set, FeatureOptions options) {
    return new SampleMaker(set, options).of(data);
  }

  /** See {@link #samples(String, FeatureSet, FeatureOptions)}. */
  public static Samples samples(Path what, FeatureSet set, FeatureOptions options) {
    return samples(what.toString(), set, options);
  }

  /**
   * Downloads or generates a catalogue set of any size. An installed set is verified against its
   * checksums instead.
   *
   * @throws DataMissingException if that fails, with reason and remedy
   * @throws IllegalArgumentException if the catalogue has no such set
   */
  public static DataSet fetch(String id) {
    return Shelf.standard().fetch(id);
  }

  /**
   * The set, if it is complete in one of {@link #folders}. Never downloads or generates.
   *
   * @throws DataMissingException if a file of the set has the wrong content
   */
  public static Optional<DataSet> find(String id) {
    return Shelf.standard().find(id);
  }

  /** The entries of the catalogue. */
  public static List<CatalogueEntry> catalogue() {
    return Catalogue.standard().sets();
  }

  /** The search path for data sets, in order; some folders may not exist. */
  public static List<Path> folders() {
    return Shelf.standard().folders();
  }
}
