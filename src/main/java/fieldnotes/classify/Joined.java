package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;

/**
 * A model made of models. Each is given the rows as they come, so that a part may be a pipeline
 * with a preparation of its own.
 */
interface Joined extends ClassModel {
  /** The models it is made of. */
  List<? extends Model<Classified>> parts();

  /**
   * What it predicts.
   *
   * @param said what each part predicts
   * @param x the rows' numbers, all finite
   */
  Classified join(List<Classified> said, Supplier<Matrix> x);

  @Override
  default Classified predict(Matrix x) {
    return asked(part -> part.predict(x), () -> made().matrix(x));
  }

  @Override
  default Classified predict(Table table) {
    return asked(
        part -> part.predict(table), () -> made().matrix(table).requireFinite(table.name()));
  }

  @Override
  default Classified predict(Samples rows) {
    return asked(part -> part.predict(rows), () -> made().matrix(rows.matrix()));
  }

  private Classified asked(Function<Model<Classified>, Classified> ask, Supplier<Matrix> x) {
    List<? extends Model<Classified>> parts = parts();
    return join(each(parts.size(), p -> ask.apply(parts.get(p))), x);
  }

  /** Makes several things on several threads. */
  static <T> List<T> each(int count, IntFunction<T> make) {
    List<T> all = new ArrayList<>(Collections.nCopies(count, null));
    Parallel.forEach(count, i -> all.set(i, make.apply(i)));
    return all;
  }

  /**
   * Fits several models to parts of rows, on several threads. A cell that is not finite is named by
   * its row in the whole.
   */
  static <T> List<T> fitted(Samples rows, int count, IntFunction<T> fit) {
    return naming(rows, () -> each(count, fit));
  }

  /** Fits to parts of rows; a cell that is not finite is named by its row in the whole. */
  static <T> T naming(Samples rows, Supplier<T> fit) {
    try {
      return fit.get();
    } catch (IllegalArgumentException e) {
      if (rows.isNumeric()) {
        rows.matrix().requireFinite("'" + rows.id() + "'");
      }
      throw e;
    }
  }

  /** Checks that parts know the same classes as the whole, and need no other columns. */
  static void check(Made made, List<? extends Model<Classified>> parts) {
    checkSome(made, parts);
    for (Model<Classified> part : parts) {
      Check.that(
          part.made().classes().size() == made.classes().size(),
          "its classes are %s, those of a part %s",
          made.classes(),
          part.made().classes());
    }
  }

  /** Checks that parts know no other classes than the whole, and need no other columns. */
  static void checkSome(Made made, List<? extends Model<Classified>> parts) {
    Check.that(!parts.isEmpty(), "a model made of models needs at least one");
    Set<Made.Input> inputs = new HashSet<>(made.inputs());
    for (Model<Classified> part : parts) {
      Check.that(
          made.classes().containsAll(part.made().classes()),
          "its classes are %s, those of a part %s",
          made.classes(),
          part.made().classes());
      Check.that(
          inputs.containsAll(part.made().inputs()),
          "its columns are %s, those of a part %s",
          made.columns(),
          part.made().columns());
    }
  }
}
