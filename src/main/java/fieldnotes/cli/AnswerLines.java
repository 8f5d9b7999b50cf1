package fieldnotes.cli;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints what a model says of clips and rows: JSON lines, or a table for people. */
final class AnswerLines {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final double DIGITS = 1e6;
  private static final String COLUMNS = "%-32s %8s %8s  %-16s %11s %9s";

  private final PrintWriter print;
  private final boolean table;
  private boolean begun;

  /** Prints a table, or JSON lines. */
  AnswerLines(PrintWriter print, boolean table) {
    this.print = print;
    this.table = table;
  }

  /** Prints an answer about a part of a file. */
  void clip(String file, double start, double end, Answer said) {
    if (table) {
      columns(file, text(start, 2), text(end, 2), said);
    } else {
      ObjectNode line = MAPPER.createObjectNode().put("file", file);
      json(line.put("start", rounded(start)).put("end", rounded(end)), said);
    }
  }

  /** Prints an answer about a row of a table, which is counted from 0. */
  void row(String file, int row, Answer said) {
    if (table) {
      columns(file, "row", String.valueOf(row), said);
    } else {
      json(MAPPER.createObjectNode().put("file", file).put("row", row), said);
    }
  }

  private void json(ObjectNode line, Answer said) {
    line.put("label", said.label());
    line.put(said.probabilities() ? "probability" : "score", rounded(said.score()));
    if (!Double.isNaN(said.knownness())) {
      line.put("knownness", rounded(said.knownness()));
    }
    ObjectNode all = line.putObject(said.probabilities() ? "probabilities" : "scores");
    for (int c = 0; c < said.scores().length; c++) {
      all.put(said.classes().get(c), rounded(said.scores()[c]));
    }
    print.println(MAPPER.writeValueAsString(line));
  }

  private static double rounded(double value) {
    return Math.abs(value) < 1e9 ? Math.round(value * DIGITS) / DIGITS : value;
  }

  private void columns(String file, String from, String to, Answer said) {
    if (!begun) {
      begun = true;
      print.println(
          String.format(
              Locale.ROOT, COLUMNS, "file", "start", "end", "label", "probability", "knownness"));
    }
    String known = Double.isNaN(said.knownness()) ? "" : text(said.knownness(), 3);
    print.println(
        Printed.of(COLUMNS, file, from, to, said.label(), text(said.score(), 3), known)
            .stripTrailing());
  }

  private static String text(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
