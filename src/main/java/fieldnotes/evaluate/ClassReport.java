package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Describe;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Precision, recall, F1 and support of each class, and their averages. It prints exactly as {@code
 * classification_report} does, with its line end. What has no rows to divide by, as the precision
 * of a class that is never predicted, is 0, where scikit-learn also warns.
 *
 * @param lines of the classes, in their order
 * @param averages the accuracy, or the micro average if classes with rows are left out; the macro
 *     and the weighted average
 * @param digits printed after the point, at least 0
 * @param decimals whether support is printed with its decimals: if rows have weights, and, as in
 *     scikit-learn, if no row is predicted right
 * @see "classification_report of scikit-learn 1.9"
 */
public record ClassReport(List<Line> lines, List<Line> averages, int digits, boolean decimals) {
  private static final String ACCURACY = "accuracy";
  private static final String LONGEST = "weighted avg";

  /** Copies and checks. */
  public ClassReport {
    lines = List.copyOf(lines);
    averages = List.copyOf(averages);
    Check.that(!lines.isEmpty(), "lines is empty: a report needs at least one class");
    Check.atLeast("digits", digits, 0);
  }

  /**
   * What is reported of a class, or of all.
   *
   * @param name the class, or the kind of average
   * @param precision share of the predictions of the class that are right, 0 to 1
   * @param recall share of the rows of the class that are predicted as it, 0 to 1
   * @param f1 their harmonic mean, 0 to 1
   * @param support the number of rows of the class, or the sum of their weights
   */
  public record Line(String name, double precision, double recall, double f1, double support) {}

  /** The report of all classes that are true of a row or predicted for one, by code point. */
  public static ClassReport of(Outcome.Classes outcome) {
    return of(outcome, Judged.of(outcome).names());
  }

  /**
   * The report of these classes, in this order. One that no row has gets zeros; if others are left
   * out, the micro average takes the place of the accuracy.
   *
   * @param classes each once, at least one
   */
  public static ClassReport of(Outcome.Classes outcome, List<String> classes) {
    Check.that(
        !classes.isEmpty() && new HashSet<>(classes).size() == classes.size(),
        "classes %s: name at least one, each once",
        classes);
    Judged rows = Judged.of(outcome);
    ClassSums sums = ClassSums.of(rows, classes);
    double[] support = sums.support();
    List<Line> lines = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      lines.add(
          new Line(
              classes.get(c), sums.precision()[c], sums.recall()[c], sums.fBeta(1)[c], support[c]));
    }
    List<Line> averages = new ArrayList<>();
    boolean whole = new HashSet<>(classes).containsAll(rows.names());
    for (Average average : List.of(Average.MICRO, Average.MACRO, Average.WEIGHTED)) {
      averages.add(
          new Line(
              whole && average == Average.MICRO ? ACCURACY : average + " avg",
              RateScore.average(sums, average, ClassSums::precision),
              RateScore.average(sums, average, ClassSums::recall),
              RateScore.average(sums, average, s -> s.fBeta(1)),
              Errors.sum(support)));
    }
    boolean decimals = outcome.weights() != null || outcome.errors().length == rows.rowCount();
    return new ClassReport(lines, averages, 2, decimals);
  }

  /** Returns a copy that prints this number of digits after the point, at least 0. */
  public ClassReport withDigits(int shown) {
    return new ClassReport(lines, averages, shown, decimals);
  }

  /**
   * What is reported of a class, or of an average such as {@code macro avg}; of two of this name
   * the class.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  public Line line(String name) {
    List<Line> all = Stream.concat(lines.stream(), averages.stream()).toList();
    return all.stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no line '%s'; there are %s"
                        .formatted(name, all.stream().map(Line::name).toList())));
  }

  /** One row per line, the averages last. */
  public Table toTable() {
    List<Line> all = Stream.concat(lines.stream(), averages.stream()).toList();
    return Table.create(
        "classes",
        StringColumn.create("class", all.stream().map(Line::name)),
        column("precision", all, Line::precision),
        column("recall", all, Line::recall),
        column("f1-score", all, Line::f1),
        Describe.shown(
            DoubleColumn.create("support", all.stream().mapToDouble(Line::support)),
            decimals ? 2 : 0));
  }

  private DoubleColumn column(String name, List<Line> all, ToDoubleFunction<Line> value) {
    return Describe.shown(DoubleColumn.create(name, all.stream().mapToDouble(value)), digits);
  }

  /** The report as scikit-learn prints it. */
  @Override
  public String toString() {
    int width = Math.max(LONGEST.length(), digits);
    for (Line line : lines) {
      width = Math.max(width, line.name().codePointCount(0, line.name().length()));
    }
    StringBuilder text = new StringBuilder();
    print(text, width, "", "precision", "recall", "f1-score", "support");
    text.append('\n');
    for (Line line : lines) {
      print(text, width, line);
    }
    text.append('\n');
    for (Line line : averages) {
      if (line.name().equals(ACCURACY)) {
        print(text, width, ACCURACY, "", "", shown(line.f1()), support(line));
      } else {
        print(text, width, line);
      }
    }
    return text.toString();
  }

  private void print(StringBuilder text, int width, Line line) {
    print(
        text,
        width,
        line.name(),
        shown(line.precision()),
        shown(line.recall()),
        shown(line.f1()),
        support(line));
  }

  private static void print(StringBuilder text, int width, String name, String... cells) {
    right(text, width, name);
    text.append(' ');
    for (String cell : cells) {
      right(text.append(' '), 9, cell);
    }
    text.append('\n');
  }

  private static void right(StringBuilder text, int width, String cell) {
    int missing = width - cell.codePointCount(0, cell.length());
    text.repeat(' ', Math.max(0, missing)).append(cell);
  }

  /** Rounded from the exact value, half to even. */
  private String shown(double value) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private String support(Line line) {
    return decimals ? asPython(line.support()) : Long.toString((long) line.support());
  }

  /** The shortest digits that are this number, at least 0, as Python writes them. */
  static String asPython(double value) {
    if (value == 0) {
      return "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = exact.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = exact.unscaledValue().toString();
    String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = exponent < 0 ? "-" : "+";
    String power = Integer.toString(Math.abs(exponent));
    return digits.charAt(0) + rest + "e" + sign + (power.length() < 2 ? "0" : "") + power;
  }
}
