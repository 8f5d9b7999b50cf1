package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Models, and one that predicts from what they predict.
 *
 * @param made how it came about
 * @param names what the models are called
 * @param models the models, fitted on all rows
 * @param last what predicts from the models' predictions
 * @param passthrough whether it sees the rows' own columns too
 */
public record Stacked<M extends Model<Classified>>(
    Made made, List<String> names, List<Model<Classified>> models, M last, boolean passthrough)
    implements Joined {
  /** Copies the lists and checks that the parts fit. */
  public Stacked {
    names = List.copyOf(names);
    models = List.copyOf(models);
    Check.sameLength("names", names.size(), "models", models.size());
    Joined.check(made, models);
    Check.that(
        last.made().classes().equals(made.classes()),
        "its classes are %s, those of its final model %s",
        made.classes(),
        last.made().classes());
    List<String> seen = new ArrayList<>(columnNames(names, made.classes()));
    if (passthrough) {
      seen.addAll(made.columns());
    }
    Check.that(
        seen.containsAll(last.made().columns()),
        "its final model needs the columns %s, but sees %s",
        last.made().columns(),
        seen);
  }

  private static List<String> columnNames(List<String> names, List<String> classes) {
    List<String> columns = new ArrayList<>();
    for (String name : names) {
      for (String one : classes.subList(classes.size() == 2 ? 1 : 0, classes.size())) {
        columns.add(name + ": " + one);
      }
    }
    return columns;
  }

  /** What a final learner sees of predictions: a column for each class of each. */
  static Matrix columns(List<String> names, List<String> classes, List<Classified> said) {
    int first = classes.size() == 2 ? 1 : 0;
    int each = classes.size() - first;
    double[][] values = new double[said.getFirst().rowCount()][said.size() * each];
    for (int m = 0; m < said.size(); m++) {
      double[][] scores = said.get(m).scores();
      for (int i = 0; i < values.length; i++) {
        System.arraycopy(scores[i], first, values[i], m * each, each);
      }
    }
    return Matrix.of(columnNames(names, classes), values);
  }

  @Override
  public List<Model<Classified>> parts() {
    return models;
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    Matrix seen = columns(names, made.classes(), said);
    return last.predict(passthrough ? seen.beside(x.get()) : seen);
  }

  @Override
  public String toString() {
    return "stack of %s under %s".formatted(String.join(", ", names), last);
  }
}
