package fieldnotes.housing;

import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What the housing notebooks hand on: the training and the test districts of a file, and models
 * fitted to them. Models are kept in a folder named by the file's SHA-256, so those of another file
 * never come back. What is not there is made, so that any notebook can be opened alone.
 */
public final class HousingWork {
  private final Path csv;
  private final Path folder;
  private Samples housing;
  private Split split;

  private HousingWork(Path csv, Path folder) {
    this.csv = csv;
    this.folder = folder;
  }

  /**
   * Work on a file of districts.
   *
   * @param csv the 3rd edition's {@code housing.csv}, or a file with its columns
   * @param folder where models are kept; made when first needed
   */
  public static HousingWork of(Path csv, Path folder) {
    return new HousingWork(csv, folder.resolve(Housing.sha256(csv).substring(0, 16)));
  }

  /** All districts. */
  public synchronized Samples housing() {
    if (housing == null) {
      housing = Housing.samples(csv);
    }
    return housing;
  }

  /** A fifth of the districts held back, with the income categories in proportion; seed 42. */
  public synchronized Split split() {
    if (split == null) {
      split = Housing.split(housing().table());
    }
    return split;
  }

  /** The training districts, in the order drawn. */
  public Samples train() {
    return housing().rows(split().train());
  }

  /** The districts held back for the one judgement at the end, in the order drawn. */
  public Samples test() {
    return housing().rows(split().test());
  }

  /**
   * A model by name: read from the folder, or fitted and kept there.
   *
   * @param name of its file, without ending
   */
  public Model<double[]> model(String name, Supplier<? extends Model<double[]>> fit) {
    Path file = file(name);
    try {
      if (Files.exists(file)) {
        return ModelFile.loadNumbers(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Model<double[]> fitted = fit.get();
    save(name, fitted);
    return fitted;
  }

  /** Keeps a model under a name, in place of an older one; gives its file. */
  public Path save(String name, Model<double[]> model) {
    try {
      return model.save(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the model " + name, e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".model");
  }

  @Override
  public String toString() {
    return "housing work: %d districts".formatted(housing().rowCount());
  }
}
