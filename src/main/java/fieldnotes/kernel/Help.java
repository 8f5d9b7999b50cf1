package fieldnotes.kernel;

import java.util.Map;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Inspection and the check whether a cell is complete. */
final class Help {
  private Help() {}

  /**
   * What there is to say about a place.
   *
   * @param whole whether to give all of the documentation
   */
  static DisplayData inspect(
      Evaluator evaluator, Magics magics, Docs docs, String cell, int at, boolean whole) {
    Map<String, String> found = new Inspection(evaluator.view(), magics, docs, whole).at(cell, at);
    if (found.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    found.forEach(
        (heading, more) -> {
          text.append(text.isEmpty() ? "" : "\n\n").append(heading);
          html.append("<p><code>").append(escape(heading)).append("</code></p>");
          if (!more.isEmpty()) {
            text.append('\n').append(more);
            for (String paragraph : more.split("\n\n")) {
              html.append("<p>").append(escape(paragraph).replace("\n", "<br>")).append("</p>");
            }
          }
        });
    DisplayData data = new DisplayData(text.toString());
    data.putHTML(html.toString());
    return data;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String isComplete(Evaluator evaluator, Magics magics, String cell) {
    for (CellParts.Part part : CellParts.of(cell, magics::isLineMagic)) {
      String code =
          switch (part) {
            case CellParts.Code c -> c.text();
            case CellParts.CellMagic m -> m.body();
            default -> "";
          };
      String rest = code;
      while (!rest.isBlank()) {
        CompletionInfo info = evaluator.analyze(rest);
        switch (info.completeness()) {
          case UNKNOWN -> {
            return BaseKernel.IS_COMPLETE_BAD;
          }
          case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
            return indentAfter(cell);
          }
          default -> rest = info.remaining() == null ? "" : info.remaining();
        }
      }
    }
    return BaseKernel.IS_COMPLETE_YES;
  }

  /** The indent of the last line, plus two spaces if it leaves a bracket open. */
  static String indentAfter(String cell) {
    String last = cell.substring(cell.stripTrailing().lastIndexOf('\n') + 1);
    String indent = last.substring(0, last.length() - last.stripLeading().length());
    int open = 0;
    for (int i = 0; i < last.length(); i++) {
      char c = last.charAt(i);
      open += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
    }
    return open > 0 ? indent + "  " : indent;
  }
}
