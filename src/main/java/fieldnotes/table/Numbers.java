package fieldnotes.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
  private static final Pattern PLAIN = Pattern.compile("-?\\d+(\\.\\d+)?( \\D.*)?");
  private static final Pattern EXPONENT = Pattern.compile("\\d[eE][+-]?\\d");

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
  public static List<String> padded(List<String> texts) {
    int most = 0;
    boolean point = false;
    for (String text : texts) {
      most = Math.max(most, after(text));
      point |= isNumber(text) && text.indexOf('.') >= 0;
    }
    List<String> padded = new ArrayList<>();
    for (String text : texts) {
      boolean pad = isNumber(text) && point;
      String mark = pad && text.indexOf('.') < 0 ? "\u2008" : "";
      padded.add(pad ? text + mark + "\u2007".repeat(most - after(text)) : text);
    }
    return padded;
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

  /**
   * The texts of a column of numbers with the same number of decimals, so that their points align:
   * as many as the largest has with six significant digits, and no more than one of them has. A
   * unit after a blank stays. Texts that are no plain numbers stay, and all stay if there is an
   * exponent or if a small number would keep fewer than three digits.
   *
   * @param cells as {@link #text(double)} writes them; null for a missing one
   */
  public static List<String> aligned(List<String> cells) {
    int most = 0;
    int least = Integer.MAX_VALUE;
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (String cell : cells) {
      if (cell == null || !PLAIN.matcher(cell).matches()) {
        if (cell != null && EXPONENT.matcher(cell).find()) {
          return cells;
        }
        continue;
      }
      BigDecimal number = new BigDecimal(number(cell));
      most = Math.max(most, number.scale());
      least = Math.min(least, number.scale());
      double size = Math.abs(number.doubleValue());
      largest = Math.max(largest, size);
      smallest = size > 0 ? Math.min(smallest, size) : smallest;
    }
    int whole = largest < 1 ? 0 : 1 + (int) Math.floor(Math.log10(largest));
    int decimals = Math.min(most, Math.max(0, 6 - whole));
    if (least >= most || (smallest * Math.pow(10, decimals) < 100 && smallest < largest)) {
      return cells;
    }
    List<String> aligned = new ArrayList<>();
    for (String cell : cells) {
      boolean plain = cell != null && PLAIN.matcher(cell).matches();
      aligned.add(
          plain
              ? new BigDecimal(number(cell))
                      .setScale(decimals, RoundingMode.HALF_EVEN)
                      .toPlainString()
                  + cell.substring(number(cell).length())
              : cell);
    }
    return aligned;
  }

  private static String number(String cell) {
    int blank = cell.indexOf(' ');
    return blank < 0 ? cell : cell.substring(0, blank);
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
