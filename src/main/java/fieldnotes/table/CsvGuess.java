package fieldnotes.table;

import fieldnotes.common.CsvDialect.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which columns of a CSV file hold numbers and how these are written, and says what is not
 * plain. A column is numeric if all its cells are numbers, missing or infinite. Ids stay text:
 * whole numbers with zeros in front, or with more digits than a double keeps.
 */
final class CsvGuess {
  private static final Pattern THREE_DIGITS = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");
  private static final int MOST_COLUMNS = 8;
  private static final int LONGEST_CELL = 40;

  private final CsvOptions options;
  private final boolean semicolons;
  private final List<String> names;
  private final List<Row> rows;
  private final List<Look> looks = new ArrayList<>();

  /** What is known of a column. */
  private static final class Look {
    private final int column;
    private final Set<String> marks = new LinkedHashSet<>();
    private CsvNumbers format; // null where the column is text
    private String why = ""; // why it is text, although it looks like numbers
    private String maybe = ""; // what its numbers may be instead
    private boolean unsure; // 1,234 may be 1234 or 1.234
    private int firstMark = -1;
    private int marked;

    Look(int column) {
      this.column = column;
    }
  }

  /**
   * @param semicolons whether a semicolon stands between cells
   * @param names of the columns
   * @param rows without the header, each as wide as the header
   */
  CsvGuess(CsvOptions options, boolean semicolons, List<String> names, List<Row> rows) {
    this.options = options;
    this.semicolons = semicolons;
    this.names = names;
    this.rows = rows;
    for (int j = 0; j < names.size(); j++) {
      looks.add(look(j));
    }
    settle();
  }

  /** How the numbers of a column are written; null if it is text. */
  CsvNumbers format(int column) {
    return looks.get(column).format;
  }

  private String cell(int row, int column) {
    String cell = rows.get(row).cells().get(column);
    return options.missing().contains(cell.strip()) ? "" : CsvNumbers.clean(cell);
  }

  /** Whether a cell of a column stands for a missing value. */
  boolean isMissing(int row, int column) {
    String cell = cell(row, column);
    return cell.isEmpty() || looks.get(column).marks.contains(cell);
  }

  private boolean allowed(CsvNumbers format) {
    char decimal = options.decimal();
    char thousands = options.thousands();
    return (decimal == 0 || format.decimal() == decimal)
        && (thousands == 0 || (format.decimal() != thousands && format.grouped()));
  }

  private Look look(int column) {
    Look look = new Look(column);
    if (options.text().contains(names.get(column))) {
      return look;
    }
    List<CsvNumbers> ways = CsvNumbers.all().stream().filter(this::allowed).toList();
    List<Integer> odd = new ArrayList<>(); // rows that the first way does not read
    int filled = 0;
    for (int i = 0; i < rows.size(); i++) {
      String cell = cell(i, column);
      if (!cell.isEmpty()) {
        filled++;
        if (!ways.getFirst().matches(cell)) {
          odd.add(i);
        }
      }
    }
    boolean guessMissing = options.missing().isEmpty();
    int plain = filled - odd.size();
    List<Integer> others = new ArrayList<>();
    int infinite = 0;
    for (int i : odd) {
      String cell = cell(i, column);
      if (CsvNumbers.isInfinite(cell)) {
        infinite++;
      } else if (guessMissing && CsvNumbers.isMissing(cell)) {
        look.marks.add(cell);
        look.marked++;
        look.firstMark = look.firstMark < 0 ? i : look.firstMark;
      } else {
        others.add(i);
      }
    }
    if (filled == look.marked && look.marked > 0) {
      return look; // only marks: a column without values
    }
    if (others.isEmpty() && plain + infinite > 0) {
      look.format = ways.getFirst();
    } else if (filled > 0) {
      other(look, ways, others, plain);
    }
    keepIds(look);
    if (look.format == null) {
      look.marks.clear();
    }
    return look;
  }

  /** Tries the other ways of writing numbers. */
  private void other(Look look, List<CsvNumbers> ways, List<Integer> others, int plain) {
    int best = plain;
    for (CsvNumbers way : ways.subList(1, ways.size())) {
      int failed = 0;
      int matching = 0;
      for (int i = 0; i < rows.size(); i++) {
        String cell = cell(i, look.column);
        if (!cell.isEmpty() && !look.marks.contains(cell) && !CsvNumbers.isInfinite(cell)) {
          if (way.matches(cell)) {
            matching++;
          } else {
            failed++;
          }
        }
      }
      if (failed == 0 && matching > 0) {
        look.format = way;
        look.unsure =
            way.decimal() == ','
                && !way.grouped()
                && options.decimal() == 0
                && onlyThrees(look.column, ',');
        return;
      }
      best = Math.max(best, matching);
    }
    if (best >= others.size() && best > 0) {
      look.why =
          String.format(
                  Locale.ROOT,
                  "%,d of %,d cells %s no number: %s; to read such cells as missing, name them in",
                  others.size(),
                  best + others.size(),
                  others.size() == 1 ? "is" : "are",
                  shown(look.column, others))
              + " CsvOptions.withMissing";
    } else if (others.stream().allMatch(i -> CsvNumbers.hasUnit(cell(i, look.column)))
        && others.stream().noneMatch(i -> CsvNumbers.isWhole(cell(i, look.column)))
        && others.stream().noneMatch(i -> unit(cell(i, look.column)).isEmpty()) // 02.01.2024
        && others.stream().map(i -> unit(cell(i, look.column))).distinct().count() == 1) {
      look.why =
          "a sign or unit stands at each number: "
              + shown(look.column, others.subList(0, 1))
              + "; write it into the column's name instead";
    }
  }

  private static String unit(String cell) {
    return cell.replaceAll("[\\d.,' +-]", "");
  }

  /** Whether every number with this sign has three digits behind and up to three before it. */
  private boolean onlyThrees(int column, char sign) {
    boolean any = false;
    for (int i = 0; i < rows.size(); i++) {
      String cell = cell(i, column);
      if (cell.indexOf(sign) >= 0) {
        any = true;
        if (!THREE_DIGITS.matcher(cell).matches()) {
          return false;
        }
      } else if (cell.length() > 3 && CsvNumbers.isWhole(cell)) {
        return false; // 1234 beside 1,234: the comma is no group
      }
    }
    return any;
  }

  /** A column of whole numbers that a double would change is text. */
  private void keepIds(Look look) {
    if (look.format == null) {
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      String cell = cell(i, look.column);
      if (cell.length() < 2 || look.marks.contains(cell) || CsvNumbers.isInfinite(cell)) {
        continue;
      }
      String plain = look.format.plain(cell);
      if (!CsvNumbers.isWhole(plain)) {
        if (CsvNumbers.changed(plain)) {
          look.format = null;
          look.why = shown(look.column, List.of(i)) + " has more digits than a number keeps";
          return;
        }
        continue;
      }
      String digits = plain.replaceFirst("^[+-]", "");
      boolean zeros = digits.length() > 1 && digits.charAt(0) == '0';
      if (zeros || (digits.length() > 15 && !CsvNumbers.exact(new BigDecimal(plain)))) {
        look.format = null;
        look.why =
            "%s %s"
                .formatted(
                    shown(look.column, List.of(i)),
                    zeros ? "begins with zeros" : "has more digits than a number keeps");
        return;
      }
    }
  }

  /** Decides what 1,234 and 1.234 are by the other columns. */
  private void settle() {
    boolean comma = false;
    boolean point = false;
    for (Look look : looks) {
      if (look.format != null && !look.unsure) {
        comma |= look.format.decimal() == ',';
        point |=
            look.format.decimal() == '.'
                && (look.format.grouped() || (has(look, '.') && !onlyThrees(look.column, '.')));
      }
    }
    for (Look look : looks) {
      if (look.unsure && !comma && !semicolons) {
        if (point) {
          look.format = new CsvNumbers('.', true, false);
        } else {
          look.format = null;
          look.marks.clear();
          look.why =
              "%s may be %s or %s; choose with CsvOptions.withDecimal(',') or withThousands(',')"
                  .formatted(
                      shown(look.column, firstWith(look.column, ',')),
                      rows.isEmpty() ? "" : text(look.column, ',', ""),
                      text(look.column, ',', "."));
        }
      } else if (CsvNumbers.PLAIN.equals(look.format)
          && comma
          && !point
          && options.decimal() == 0
          && onlyThrees(look.column, '.')) {
        look.format = new CsvNumbers(',', true, false);
      } else if (CsvNumbers.PLAIN.equals(look.format)
          && semicolons
          && !point
          && options.decimal() == 0
          && options.thousands() == 0
          && onlyThrees(look.column, '.')) {
        look.maybe =
            "%s read as it stands; if it is %s, choose CsvOptions.withThousands('.')"
                .formatted(
                    shown(look.column, firstWith(look.column, '.')), text(look.column, '.', ""));
      }
    }
  }

  private boolean has(Look look, char sign) {
    return !firstWith(look.column, sign).isEmpty();
  }

  private List<Integer> firstWith(int column, char sign) {
    for (int i = 0; i < rows.size(); i++) {
      if (cell(i, column).indexOf(sign) >= 0) {
        return List.of(i);
      }
    }
    return List.of();
  }

  private String text(int column, char sign, String by) {
    return cell(firstWith(column, sign).getFirst(), column).replace(String.valueOf(sign), by);
  }

  /** The first of these cells with their lines. */
  private String shown(int column, List<Integer> at) {
    return at.stream()
            .limit(3)
            .map(i -> quoted(cell(i, column)) + " (line " + rows.get(i).line() + ")")
            .collect(Collectors.joining(", "))
        + (at.size() > 3 ? ", …" : "");
  }

  /** A cell between quotes, without control characters, cut if long. */
  static String quoted(String cell) {
    String plain = cell.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "\uFFFD");
    int end = Math.min(plain.length(), LONGEST_CELL);
    return "'" + plain.substring(0, end) + (end < plain.length() ? "…" : "") + "'";
  }

  /** What was found beyond plain numbers and text, one line each. */
  List<String> said() {
    List<String> said = new ArrayList<>();
    Map<String, List<String>> ways = new LinkedHashMap<>();
    for (Look look : looks) {
      if (look.format != null && !look.format.equals(CsvNumbers.PLAIN)) {
        way(look).forEach(w -> ways.computeIfAbsent(w, x -> new ArrayList<>()).add(name(look)));
      }
    }
    ways.forEach((way, columns) -> said.add(way + " in " + list(columns)));
    List<String> columns = new ArrayList<>();
    for (Look look : looks) {
      if (!look.marks.isEmpty()) {
        String marks =
            look.marks.stream().limit(5).map(CsvGuess::quoted).collect(Collectors.joining(", "));
        columns.add(
            String.format(
                Locale.ROOT,
                "column %s: %s read as missing (%,d cell%s, the first in line %d)",
                name(look),
                marks,
                look.marked,
                look.marked == 1 ? "" : "s",
                rows.get(look.firstMark).line()));
      }
      if (!look.maybe.isEmpty()) {
        columns.add("column %s: %s".formatted(name(look), look.maybe));
      }
      if (!look.why.isEmpty()) {
        columns.add("column %s is text: %s".formatted(name(look), look.why));
      }
    }
    said.addAll(columns.subList(0, Math.min(MOST_COLUMNS, columns.size())));
    if (columns.size() > MOST_COLUMNS) {
      said.add("and %d more such columns".formatted(columns.size() - MOST_COLUMNS));
    }
    return said;
  }

  private List<String> way(Look look) {
    CsvNumbers format = look.format;
    List<String> ways = new ArrayList<>();
    if (options.decimal() == 0 && format.decimal() == ',' && has(look, ',')) {
      ways.add("decimal comma");
    }
    if (format.grouped() && options.thousands() == 0) {
      for (int i = 0; i < rows.size(); i++) {
        String cell = cell(i, look.column);
        if (cell.length() > 4
            && !isMissing(i, look.column)
            && !new CsvNumbers(format.decimal(), false, format.percent()).matches(cell)
            && !CsvNumbers.isInfinite(cell)) {
          ways.add("groups of thousands (%s is %s)".formatted(quoted(cell), format.plain(cell)));
          break;
        }
      }
    }
    if (format.percent()) {
      ways.add("percent signs dropped (12 % is 12)");
    }
    return ways;
  }

  private String name(Look look) {
    return quoted(names.get(look.column));
  }

  private static String list(List<String> columns) {
    return String.join(", ", columns.subList(0, Math.min(MOST_COLUMNS, columns.size())))
        + (columns.size() > MOST_COLUMNS ? ", …" : "");
  }
}
