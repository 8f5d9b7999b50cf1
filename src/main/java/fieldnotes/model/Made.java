package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.math.Magnitude;
import fieldnotes.table.Matrix;
import fieldnotes.table.Provenance;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * How a model came about.
 *
 * @param inputs the columns it needs, in the order it was fitted on
 * @param target what it predicts, or empty for clusters
 * @param unit the unit of the numbers it predicts, or empty
 * @param classes the classes it knows, sorted by code point; none for numbers and clusters
 * @param learner the options it was fitted with, as they print themselves
 * @param rows rows it was fitted on
 * @param id what the rows are called
 * @param data where they come from
 * @param version the library's version
 */
public record Made(
    List<Input> inputs,
    String target,
    String unit,
    List<String> classes,
    String learner,
    int rows,
    String id,
    Provenance data,
    String version) {

  /** A column. */
  public record Input(String name, Kind kind) {}

  /** What a column holds. */
  public enum Kind {
    /** Numbers. */
    NUMBER,
    /** Text. */
    TEXT
  }

  /** Copies the lists. */
  public Made {
    inputs = List.copyOf(inputs);
    classes = List.copyOf(classes);
    Check.that(!inputs.isEmpty(), "a model needs at least one column");
    Check.that(
        new HashSet<>(inputs.stream().map(Input::name).toList()).size() == inputs.size(),
        "a column occurs twice among %s",
        inputs);
    for (int c = 0; c < classes.size(); c++) {
      Check.that(!classes.get(c).isEmpty(), "a class is empty: %s", classes);
      Check.that(
          c == 0 || Split.ORDER.compare(classes.get(c - 1), classes.get(c)) < 0,
          "classes must be sorted by code point, each once: %s",
          classes);
    }
    Check.atLeast("rows", rows, 1);
  }

  /** Of a learner that is fitted to these rows. */
  public static Made of(Learner<?, ?> learner, Samples rows) {
    Check.that(rows.rowCount() > 0, "'%s' has no rows to learn from", rows.id());
    Check.that(!rows.features().isEmpty(), "'%s' has no features to learn from", rows.id());
    boolean numeric = rows.isNumeric();
    List<Input> inputs =
        rows.features().stream()
            .map(
                name ->
                    new Input(
                        name,
                        numeric || Matrix.named(rows.table(), name) instanceof NumericColumn<?>
                            ? Kind.NUMBER
                            : Kind.TEXT))
            .toList();
    return new Made(
        inputs,
        rows.target(),
        rows.unit(),
        rows.classNames(),
        learner.toString(),
        rows.rowCount(),
        rows.id(),
        rows.provenance(),
        Optional.ofNullable(Made.class.getPackage().getImplementationVersion())
            .orElse("development"));
  }

  /** The same with only these of its columns. */
  Made needing(List<String> columns) {
    List<Input> needed = inputs.stream().filter(input -> columns.contains(input.name())).toList();
    return new Made(needed, target, unit, classes, learner, rows, id, data, version);
  }

  /** The same, fitted on this number of rows. */
  Made ofRows(int number) {
    return new Made(inputs, target, unit, classes, learner, number, id, data, version);
  }

  /** Checks that these are the columns of the model that this is around. */
  void requireColumnsOf(Made model) {
    Check.that(
        inputs.equals(model.inputs),
        "the outer model has the columns %s, but its model has %s",
        inputs,
        model.inputs);
  }

  /** Checks that a pipeline and its model, which this describes, tell of one fit. */
  void requireFitOf(Made pipeline) {
    same("target", pipeline.target, target);
    same("unit", pipeline.unit, unit);
    same("classes", pipeline.classes, classes);
    same("rows", pipeline.rows, rows);
    same("id", pipeline.id, id);
    same("data", pipeline.data, data);
    same("version", pipeline.version, version);
  }

  private static void same(String what, Object pipeline, Object model) {
    Check.that(
        pipeline.equals(model),
        "%s: the pipeline has %s, but its model has %s",
        what,
        pipeline,
        model);
  }

  /** The names of the columns. */
  public List<String> columns() {
    return inputs.stream().map(Input::name).toList();
  }

  /**
   * The columns of a matrix in the model's order, all finite.
   *
   * @throws IllegalArgumentException naming what is missing or not finite
   */
  public Matrix matrix(Matrix x) {
    return ordered(x).requireFinite("x");
  }

  /**
   * The columns of a matrix in the model's order, whatever their cells.
   *
   * @throws IllegalArgumentException naming what is missing
   */
  public Matrix ordered(Matrix x) {
    List<String> columns = columns();
    return x.names().equals(columns) ? x : x.select(columns);
  }

  /** The columns of a table in the model's order. */
  public Matrix matrix(Table table) {
    return Matrix.from(table, columns());
  }

  /**
   * The rows' features as numbers, for a learner that takes only finite ones and sums squares.
   *
   * @throws IllegalArgumentException naming the first cell that is not finite, or a column whose
   *     squares overflow or underflow, or if the weights of all rows are 0
   */
  public static Matrix learnFrom(Samples rows) {
    rows.weights()
        .ifPresent(
            weights ->
                Check.that(
                    Arrays.stream(weights).anyMatch(w -> w > 0),
                    "the weights of all %d rows of '%s' are 0: leave at least one row in",
                    weights.length,
                    rows.id()));
    return rows.matrix().requireSquares("'" + rows.id() + "'");
  }

  /**
   * The numbers to predict, for a learner that sums their squares.
   *
   * @throws IllegalArgumentException if there are none, or their squares overflow, with their range
   */
  public static double[] targetOf(Samples rows) {
    return Magnitude.target(
        "target '%s' of '%s'".formatted(rows.target(), rows.id()),
        rows.numbers(),
        rows.weights().orElse(null));
  }

  /** The number of each row's class in {@link #classes}, for a classifier. */
  public int[] codes(Samples rows) {
    Check.that(
        classes.size() > 1,
        "'%s' has %s: a classifier needs rows of at least two classes",
        rows.id(),
        classes.isEmpty() ? "no known classes" : "the class '" + classes.getFirst() + "' only");
    List<String> of = rows.classes();
    Map<String, Integer> places = new HashMap<>();
    for (int c = 0; c < classes.size(); c++) {
      places.put(classes.get(c), c);
    }
    int[] codes = new int[of.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = places.getOrDefault(of.get(i), -1);
      if (codes[i] < 0) { // no Check here: it would box numbers for every row
        throw new IllegalArgumentException(
            "row %d of '%s' has no class: leave such rows out with labelled()"
                .formatted(i, rows.id()));
      }
    }
    return codes;
  }

  /** Refuses rows that count more or less, for a learner that cannot take that into account. */
  public static void refuseWeights(Samples rows, Object learner) {
    Check.that(
        rows.weights().isEmpty(),
        "'%s' has weights, but %s does not support them: choose another learner or remove the weights",
        rows.id(),
        learner);
  }

  @Override
  public String toString() {
    return "%s on %s rows of %s, %s columns%s"
        .formatted(
            learner,
            rows,
            id,
            inputs.size(),
            classes.isEmpty() ? "" : ", " + classes.size() + " classes");
  }
}
