package fieldnotes.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;

/** Formats numbers for display, independent of the locale. */
public final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("[-+−]?[\\d,]*\\.?\\d+([eE][-+]?\\d+)?");

  private Numbers() {}

  /** Six significant digits without trailing zeros: 0.333333, 4.25, 1.2e-07, 12345679. */
  public static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%.0f", value + 0.0);
    }
    double size = Math.abs(value);
    if (size >= 1e9 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.5e", value).replaceFirst("\\.?0+e", "e");
    }
    int digits = Math.clamp(5 - (long) Math.floor(Math.log10(size)), 0, 9);
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return digits == 0 ? text : text.replaceFirst("\\.?0+$", "");
  }

  /**
   * The texts of a column, filled up at the right with spaces of the width of a digit (U+2007) and
   * of a point (U+2008), so that their decimal points align where the column is set flush right.
   */
  public static List<String> aligned(List<String> texts) {
    int most = 0;
    boolean point = false;
    for (String text : texts) {
      most = Math.max(most, after(text));
      point |= isNumber(text) && text.indexOf('.') >= 0;
    }
    List<String> aligned = new ArrayList<>();
    for (String text : texts) {
      boolean pad = isNumber(text) && point;
      String mark = pad && text.indexOf('.') < 0 ? "\u2008" : "";
      aligned.add(pad ? text + mark + "\u2007".repeat(most - after(text)) : text);
    }
    return aligned;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && NUMBER.matcher(text).matches();
  }

  /** The number of characters after the decimal point. */
  private static int after(String text) {
    int point = text.indexOf('.');
    return isNumber(text) && point >= 0 ? text.length() - point - 1 : 0;
  }

  /** The shortest text that gives back exactly this number: 4, 0.1, 1.2345678, 1234567890. */
  public static String exact(double value) {
    return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** The same of a cell, in the precision of its column. */
  static String exact(NumericColumn<?> column, int row) {
    Number cell = column.get(row);
    boolean decimal = cell instanceof Double || cell instanceof Float;
    return decimal && isWhole(cell.doubleValue())
        ? Long.toString(cell.longValue())
        : cell.toString();
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15;
  }

  /** Formats a cell with the column's print formatter if set, else with {@link #text(double)}. */
  public static String text(DoubleColumn column, int row) {
    double value = column.getDouble(row);
    String own = column.getString(row);
    return own.isEmpty() || own.equals(DoubleColumn.create("plain", value).getString(0))
        ? text(value)
        : own;
  }

  /** Formats a cell of an integer column in the same way. */
  public static String whole(NumericColumn<?> column, int row) {
    long value = column.get(row).longValue();
    String own = column.getString(row);
    return own.equals(LongColumn.create("plain", value).getString(0)) ? Long.toString(value) : own;
  }
}
