package fieldnotes.notebook;

import fieldnotes.table.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Renders a table for a cell: types in the header, counts below, long tables truncated, or in pages
 * where somebody watches.
 */
final class Tables {
  static final int ROWS = 25;
  static final int COLUMNS = 24;
  private static final int TAIL = 5;
  private static final int TEXT = 80;

  /** The most of a cut text that is shown when the pointer is on it. */
  private static final int WHOLE = 1_000;

  private Tables() {}

  static Html of(Table table) {
    Html still = still(table);
    return Displays.isWatched() && LiveTable.suits(table) ? LiveTable.of(table, still) : still;
  }

  static Html still(Table table) {
    List<Integer> rows = shown(table.rowCount(), ROWS);
    List<Integer> columns = shown(table.columnCount(), COLUMNS);
    List<Map<Integer, String>> texts = columns.stream().map(c -> texts(table, c, rows)).toList();
    return new Html(html(table, rows, columns, texts), text(table, rows, columns, texts));
  }

  /** The texts of the cells of a column that are shown, by row, with aligned decimals. */
  private static Map<Integer, String> texts(Table table, int column, List<Integer> rows) {
    Map<Integer, String> texts = new HashMap<>();
    if (column < 0) {
      return texts;
    }
    Column<?> cells = table.column(column);
    List<Integer> present = rows.stream().filter(r -> r >= 0 && !cells.isMissing(r)).toList();
    List<String> plain = present.stream().map(r -> value(cells, r)).toList();
    List<String> aligned = isNumeric(cells) ? Numbers.padded(plain) : plain;
    for (int i = 0; i < aligned.size(); i++) {
      texts.put(present.get(i), aligned.get(i));
    }
    return texts;
  }

  /** The indices to show; −1 marks the gap. */
  private static List<Integer> shown(int count, int most) {
    List<Integer> shown = new ArrayList<>();
    IntStream.range(0, count <= most ? count : most - TAIL).forEach(shown::add);
    if (count > most) {
      shown.add(-1);
      IntStream.range(count - TAIL, count).forEach(shown::add);
    }
    return shown;
  }

  private static String html(
      Table table, List<Integer> rows, List<Integer> columns, List<Map<Integer, String>> texts) {
    StringBuilder out = new StringBuilder();
    out.append("<div style=\"overflow-x:auto\"><table class=\"dataframe\">\n<thead>\n<tr>");
    for (int c : columns) {
      if (c < 0) {
        out.append("<th>…</th>");
      } else {
        Column<?> column = table.column(c);
        out.append("<th style=\"text-align:").append(align(column)).append("\">");
        out.append(Html.escape(cut(column.name())));
        out.append("<br><small style=\"opacity:0.65;font-weight:normal\">");
        out.append(type(column)).append("</small></th>");
      }
    }
    out.append("</tr>\n</thead>\n<tbody>\n");
    for (int r : rows) {
      out.append("<tr>");
      if (r < 0) {
        out.append("<td colspan=\"").append(columns.size());
        out.append("\" style=\"text-align:center;opacity:0.65\">… ");
        out.append(leftOut(table.rowCount(), ROWS, "row")).append(" …</td>");
      } else {
        for (int i = 0; i < columns.size(); i++) {
          int c = columns.get(i);
          out.append(c < 0 ? "<td>…</td>" : cell(table.column(c), r, texts.get(i).get(r)));
        }
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n<p style=\"opacity:0.75\"><small>");
    return out.append(Html.escape(summary(table))).append("</small></p></div>").toString();
  }

  private static String cell(Column<?> column, int row, String text) {
    String digits = isNumeric(column) ? ";font-variant-numeric:tabular-nums" : "";
    String whole = text != null && text.endsWith("…") ? value(column, row, WHOLE) : "";
    String title = whole.equals(text) || whole.isEmpty() ? "" : Html.escape(whole);
    String align =
        "<td style=\"white-space:nowrap;text-align:"
            + align(column)
            + digits
            + (title.isEmpty() ? "" : "\" title=\"" + title)
            + "\">";
    return text == null
        ? align + "<span style=\"opacity:0.5\" title=\"missing\">missing</span></td>"
        : align + Html.escape(text) + "</td>";
  }

  private static String leftOut(int count, int most, String what) {
    int out = count - most;
    return grouped(out) + " more " + what + (out == 1 ? "" : "s");
  }

  static String grouped(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String summary(Table table) {
    return summary(table, COLUMNS);
  }

  /** Name, numbers of rows, columns and missing values, and how many columns are not shown. */
  static String summary(Table table, int most) {
    String name = table.name() == null || table.name().isBlank() ? "" : table.name() + ": ";
    int rows = table.rowCount();
    int columns = table.columnCount();
    long missing = table.columns().stream().mapToLong(Column::countMissing).sum();
    return name
        + grouped(rows)
        + (rows == 1 ? " row × " : " rows × ")
        + grouped(columns)
        + (columns == 1 ? " column" : " columns")
        + (missing == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d value%s missing", missing, missing == 1 ? "" : "s"))
        + (columns > most ? "; " + leftOut(columns, most, "column") + " not shown" : "");
  }

  static boolean isNumeric(Column<?> column) {
    return column instanceof NumericColumn<?>;
  }

  private static String align(Column<?> column) {
    return isNumeric(column) ? "right" : "left";
  }

  static String type(Column<?> column) {
    ColumnType type = column.type();
    return type == null ? "?" : type.name().toLowerCase(Locale.ROOT);
  }

  private static String value(Column<?> column, int row) {
    return value(column, row, TEXT);
  }

  /** The text of a cell, cut to {@code most} characters if it is no number. */
  static String value(Column<?> column, int row, int most) {
    return switch (column) {
      case DoubleColumn numbers -> Numbers.text(numbers, row);
      case FloatColumn numbers -> Numbers.text(numbers.getFloat(row));
      case IntColumn numbers -> Numbers.whole(numbers, row);
      case LongColumn numbers -> Numbers.whole(numbers, row);
      case ShortColumn numbers -> Numbers.whole(numbers, row);
      default -> cut(column.getString(row), most);
    };
  }

  private static String cut(String text) {
    return cut(text, TEXT);
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static String text(
      Table table, List<Integer> rows, List<Integer> columns, List<Map<Integer, String>> texts) {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int c : columns) {
      head.add(c < 0 ? "…" : oneLine(table.column(c).name()));
      types.add(c < 0 ? "…" : type(table.column(c)));
    }
    lines.add(head);
    lines.add(types);
    for (int r : rows) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        String text = texts.get(i).get(r);
        line.add(r < 0 || columns.get(i) < 0 ? "…" : text == null ? "missing" : spaced(text));
      }
      lines.add(line);
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        int place = i;
        int width = lines.stream().mapToInt(l -> l.get(place).length()).max().orElse(0);
        boolean right = columns.get(i) >= 0 && isNumeric(table.column(columns.get(i)));
        String pad = " ".repeat(width - line.get(i).length());
        row.append(i == 0 ? "" : "  ").append(right ? pad + line.get(i) : line.get(i) + pad);
      }
      out.append(row.toString().stripTrailing()).append('\n');
    }
    return out.append(summary(table)).toString();
  }

  /** One line, with plain spaces for those that align decimals. */
  private static String spaced(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\u2007' || text.charAt(end - 1) == '\u2008')) {
      end--;
    }
    return oneLine(text.substring(0, end)) + " ".repeat(text.length() - end);
  }

  private static String oneLine(String text) {
    return cut(text).replaceAll("\\s+", " ");
  }
}
