package fieldnotes.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the numbers of a CSV column are written.
 *
 * @param decimal {@code .} or {@code ,}
 * @param grouped whether digits may stand in groups of three, or as in India, 12,34,567
 * @param percent whether a percent sign follows each
 */
record CsvNumbers(char decimal, boolean grouped, boolean percent) {
  private static final String EXPONENT = "([eE][+-]?\\d+)?";
  private static final Pattern POINT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)" + EXPONENT);
  private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+,?\\d*|,\\d+)" + EXPONENT);
  private static final Pattern POINT_GROUPS =
      Pattern.compile(
          "[+-]?(\\d{1,3}([,' \u00a0\u202f\u2019])\\d{3}(\\2\\d{3})*|\\d{1,2}(,\\d{2})+,\\d{3})(\\.\\d*)?");
  private static final Pattern COMMA_GROUPS =
      Pattern.compile("[+-]?\\d{1,3}([.' \u00a0\u202f\u2019])\\d{3}(\\1\\d{3})*(,\\d*)?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern AFFIXED =
      Pattern.compile("[^\\d\\s.,+-]{0,4}\\s?[+-]?\\d[\\d.,' ]*\\s?[^\\d.,]{0,6}");

  /** Texts for infinity. */
  private static final Set<String> INFINITE =
      Set.of("infinity", "-infinity", "+infinity", "inf", "-inf", "+inf");

  private static final Set<String> MISSING =
      Set.of(
          "na", "n/a", "n.a.", "n. a.", "nan", "-nan", "null", "none", "nil", "nd", "n.d.", "-",
          "--", "---", "\u2013", "\u2014", "?", ".", "..", "...", "*", "#n/a", "#na", "#n/v", "#nv",
          "#div/0!", "#wert!", "#value!", "#null!", "#ref!", "#num!", "(null)", "<na>", "\\n",
          "missing");

  static final CsvNumbers PLAIN = new CsvNumbers('.', false, false);

  /** The ways to try, the plain one first. */
  static List<CsvNumbers> all() {
    return List.of(
        PLAIN,
        new CsvNumbers(',', false, false),
        new CsvNumbers('.', true, false),
        new CsvNumbers(',', true, false),
        new CsvNumbers('.', true, true),
        new CsvNumbers(',', true, true));
  }

  /** A cell without blanks around it, and with a hyphen for a minus sign. */
  static String clean(String cell) {
    String text = cell.strip();
    if (!text.isEmpty() && text.charAt(0) > '~') {
      text = text.replaceFirst("^[\u00a0\u202f]+", "").replaceFirst("^\u2212", "-");
    }
    return text;
  }

  /** Whether a cell usually stands for a missing value in a column of numbers. */
  static boolean isMissing(String clean) {
    return clean.length() <= 8 && MISSING.contains(clean.toLowerCase(Locale.ROOT));
  }

  static boolean isInfinite(String clean) {
    return clean.length() <= 9 && INFINITE.contains(clean.toLowerCase(Locale.ROOT));
  }

  /** Whether it is a number with a short sign or unit, such as {@code 12 kg}. */
  static boolean hasUnit(String clean) {
    return AFFIXED.matcher(clean).matches();
  }

  /** Whether it consists of digits, with or without a sign. */
  static boolean isWhole(String clean) {
    return WHOLE.matcher(clean).matches();
  }

  /** Whether a double is this number. */
  static boolean exact(BigDecimal number) {
    return number.compareTo(new BigDecimal(number.doubleValue())) == 0;
  }

  /**
   * Whether a double changes a whole number written with a point or an exponent. With an exponent
   * only up to 10^16: beyond, floats are written with fewer digits than they have.
   */
  static boolean changed(String plain) {
    if (plain.length() < 17) {
      return false;
    }
    boolean exponent = plain.indexOf('e') >= 0 || plain.indexOf('E') >= 0;
    if (!exponent && plain.indexOf('.') < 16) {
      return false;
    }
    double value = Math.abs(Double.parseDouble(plain));
    if (value < 0x1p53 || (exponent && value > 1e16) || Double.isInfinite(value)) {
      return false;
    }
    BigDecimal number = new BigDecimal(plain);
    return number.stripTrailingZeros().scale() <= 0 && !exact(number);
  }

  /** Whether a cell is a finite number written in this way; {@link #clean} it first. */
  boolean matches(String clean) {
    String text = clean;
    if (percent) {
      if (!text.endsWith("%")) {
        return false;
      }
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    return (decimal == '.' ? POINT : COMMA).matcher(text).matches()
        || (grouped && (decimal == '.' ? POINT_GROUPS : COMMA_GROUPS).matcher(text).matches());
  }

  /** The number in a cell that matches; percent signs are dropped, 12 % is 12. */
  double value(String clean) {
    if (isInfinite(clean)) {
      return clean.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(plain(clean));
  }

  /** The digits of a cell that matches, with a decimal point and without groups. */
  String plain(String clean) {
    if (equals(PLAIN)) {
      return clean;
    }
    String text = percent ? clean.substring(0, clean.length() - 1).stripTrailing() : clean;
    if (decimal == ',') {
      return text.replaceAll("[.' \u00a0\u202f\u2019]", "").replace(',', '.');
    }
    return text.replaceAll("[,' \u00a0\u202f\u2019]", "");
  }
}
