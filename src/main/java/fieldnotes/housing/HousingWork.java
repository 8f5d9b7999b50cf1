package fieldnotes.housing;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * State shared by the housing notebooks: the training and test districts of a file, and saved
 * models. Models are saved in a folder named by the file's SHA-256, so that models of another file
 * are never loaded.
 */
public final class HousingWork {
  private final Samples housing;
  private final Path folder;
  private Split split;

  private HousingWork(Samples housing, Path folder) {
    this.housing = housing;
    this.folder = folder;
  }

  /**
   * Work on a file of districts.
   *
   * @param csv the 3rd edition's {@code housing.csv}, or a file with its columns
   * @param folder where models are saved; created when first needed
   */
  public static HousingWork of(Path csv, Path folder) {
    Samples housing = Housing.samples(csv);
    String hash = housing.provenance().sources().values().iterator().next();
    return new HousingWork(housing, folder.resolve(hash.substring(0, 16)));
  }

  /** All districts. */
  public Samples housing() {
    return housing;
  }

  /** A fifth of the districts held back, with the income categories in proportion; seed 42. */
  public synchronized Split split() {
    if (split == null) {
      split = Housing.split(housing.table());
    }
    return split;
  }

  /** The training districts, in the order drawn. */
  public Samples train() {
    return housing.rows(split().train());
  }

  /** The districts held back for the one judgement at the end, in the order drawn. */
  public Samples test() {
    return housing.rows(split().test());
  }

  /**
   * The model that was last saved under a name.
   *
   * @param name file name without extension
   * @throws IllegalArgumentException if there is none
   */
  public Model<double[]> load(String name) {
    Path file = file(name);
    Check.that(
        Files.exists(file), "no model '%s' in %s: save one under this name first", name, folder);
    try {
      return ModelFile.loadNumbers(file);
    } catch (IOException e) {
      throw new UncheckedIOException(Reason.of(e), e);
    }
  }

  /** Saves a model under a name, replacing an older one; returns its file. */
  public Path save(String name, Model<double[]> model) {
    try {
      return model.save(file(name));
    } catch (IOException e) {
      throw Reason.unchecked("cannot save the model " + name, e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".model");
  }

  @Override
  public String toString() {
    return "housing work: %d districts".formatted(housing.rowCount());
  }
}
