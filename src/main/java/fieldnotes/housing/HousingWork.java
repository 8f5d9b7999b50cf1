package fieldnotes.housing;

import fieldnotes.model.ModelFile;
import fieldnotes.model.Pipeline;
import fieldnotes.table.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The state that the housing notebooks hand on: the training and the test districts as CSV files,
 * and fitted pipelines, in one folder. What is not there is made, so that any notebook can be
 * opened alone.
 */
public final class HousingWork {
  private final Path csv;
  private final Path folder;
  private Table housing;

  private HousingWork(Path csv, Path folder) {
    this.csv = csv;
    this.folder = folder;
  }

  /**
   * Work on a file of districts.
   *
   * @param csv the 3rd edition's {@code housing.csv}
   * @param folder where the state is kept; made when first needed
   */
  public static HousingWork of(Path csv, Path folder) {
    return new HousingWork(csv, folder);
  }

  /** All districts. */
  public Table housing() {
    if (housing == null) {
      housing = Housing.read(csv);
    }
    return housing;
  }

  /** Parts the districts anew and keeps both parts in the folder. */
  public Split split() {
    Split split = Housing.split(housing());
    write(split.train(housing()), folder.resolve("train.csv"));
    write(split.test(housing()), folder.resolve("test.csv"));
    return split;
  }

  /** The training districts, in the order drawn. */
  public Table train() {
    return part("train.csv").setName("train");
  }

  /** The districts held back for the one judgement at the end, in the order drawn. */
  public Table test() {
    return part("test.csv").setName("test");
  }

  private Table part(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      split();
    }
    return Housing.read(file);
  }

  /**
   * A fitted pipeline by name: read from the folder, or fitted and kept there.
   *
   * @param name of its file, without ending
   */
  public Pipeline.Fitted pipeline(String name, Supplier<Pipeline.Fitted> fit) {
    Path file = folder.resolve(name + ".zip");
    try {
      if (Files.exists(file)) {
        return ModelFile.load(file);
      }
      Pipeline.Fitted fitted = fit.get();
      save(name, fitted);
      return fitted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a fitted pipeline under a name, in place of an older one; gives its file. */
  public Path save(String name, Pipeline.Fitted fitted) {
    Path file = folder.resolve(name + ".zip");
    try {
      Files.createDirectories(folder);
      ModelFile.save(fitted, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes districts so that they are read back to the last bit. */
  static void write(Table districts, Path file) {
    StringBuilder text = new StringBuilder(String.join(",", districts.columnNames()));
    for (int i = 0; i < districts.rowCount(); i++) {
      char before = '\n';
      for (Column<?> column : districts.columns()) {
        text.append(before);
        before = ',';
        if (column.isMissing(i)) {
          continue;
        }
        text.append(
            column instanceof DoubleColumn numbers ? numbers.getDouble(i) : column.getString(i));
      }
    }
    try {
      Files.createDirectories(file.getParent());
      Path waiting = Files.createTempFile(file.getParent(), "part", ".csv");
      Files.writeString(waiting, text.append('\n'), StandardCharsets.UTF_8);
      Files.move(waiting, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file, e);
    }
  }

  @Override
  public String toString() {
    return "housing work: %d districts".formatted(housing().rowCount());
  }
}
