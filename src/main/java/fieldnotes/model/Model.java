package fieldnotes.model;

import fieldnotes.evaluate.Outcome;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Path;
import tech.tablesaw.api.Table;

/**
 * A model that has learnt. It finds the columns that it was fitted on by their names, wherever they
 * stand, and ignores others.
 *
 * @param <Y> what it predicts of rows: a number each ({@code double[]}), a class each ({@link
 *     fieldnotes.evaluate.Classified}), a cluster each ({@code int[]})
 */
public interface Model<Y> {
  /** How it came about: columns, classes or unit, options, data, version. */
  Made made();

  /**
   * What it predicts of rows of numbers.
   *
   * @throws IllegalArgumentException naming the column that is missing, or row and column of a cell
   *     that is not finite
   */
  Y predict(Matrix x);

  /** What it predicts of the rows of a table. */
  default Y predict(Table table) {
    return predict(made().matrix(table));
  }

  /** What it predicts of samples; their classes or numbers are not looked at. */
  default Y predict(Samples rows) {
    return rows.isNumeric() ? predict(rows.matrix()) : predict(rows.table());
  }

  /** Its predictions of samples next to what is true. */
  Outcome judge(Samples rows);

  /**
   * Saves it to a file, which is replaced whole or left alone.
   *
   * @return the file
   */
  default Path save(Path file) throws IOException {
    return ModelFile.save(this, file);
  }

  /** Saves it to a file. */
  default Path save(String file) throws IOException {
    return save(Path.of(file));
  }
}
