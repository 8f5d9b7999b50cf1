package fieldnotes.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Completion, inspection and the check whether a cell is complete. */
final class Help {
  private static final Pattern MAGIC = Pattern.compile("\\A\\s*(?<percent>%{1,2})(?<name>\\w*)\\z");
  private static final Pattern LINK =
      Pattern.compile("\\{@(?:link|linkplain|value)\\s+(?<to>[^{}]*)\\}");

  /** A target, whose parameters may contain blanks, and a label. */
  private static final Pattern LABELLED =
      Pattern.compile("[^\\s(]+(?:\\([^()]*\\))?\\s+(?<label>.+)", Pattern.DOTALL);

  private static final int MOST_SUGGESTIONS = 500;

  private Help() {}

  /** The code at the cursor, without magics and with the code before it in the cell. */
  private record Before(int start, String code) {}

  private static Before before(Evaluator evaluator, Magics magics, String cell, int at) {
    for (CellParts.Part part : CellParts.of(cell, magics::isLineMagic)) {
      int start = part.start();
      String code =
          switch (part) {
            case CellParts.Code c -> c.text();
            case CellParts.CellMagic m -> {
              start = m.bodyStart();
              yield m.body();
            }
            case CellParts.LineMagic m when m.name().equals("time") -> {
              start = cell.indexOf(m.arguments(), m.start());
              yield m.arguments();
            }
            default -> "";
          };
      if (at >= start && at <= start + code.length()) {
        // Only the snippet at the cursor; the compiler already has those that ran.
        String rest = code;
        int from = start;
        while (true) {
          CompletionInfo info = evaluator.analyze(rest);
          String remaining = info.remaining();
          if (!info.completeness().isComplete() || remaining == null || remaining.isBlank()) {
            break;
          }
          int next = start + code.length() - remaining.length();
          if (next > at || next <= from) {
            break;
          }
          from = next;
          rest = remaining;
        }
        return new Before(from, rest);
      }
    }
    return null;
  }

  static DisplayData inspect(Evaluator evaluator, Magics magics, String cell, int at) {
    int end = at;
    while (end < cell.length() && Character.isJavaIdentifierPart(cell.charAt(end))) {
      end++;
    }
    Before before = before(evaluator, magics, cell, Math.min(end, cell.length()));
    if (before == null) {
      return null;
    }
    String code = before.code();
    int cursor = end - before.start();
    int paren = cursor;
    while (paren < code.length() && Character.isWhitespace(code.charAt(paren))) {
      paren++;
    }
    List<SourceCodeAnalysis.Documentation> found = List.of();
    if (paren < code.length() && code.charAt(paren) == '(') {
      found = evaluator.documentation(code, paren + 1);
    }
    if (found.isEmpty()) {
      found = evaluator.documentation(code, cursor);
    }
    if (found.isEmpty() && cursor > 0 && Character.isJavaIdentifierPart(code.charAt(cursor - 1))) {
      // the name of a method without its arguments
      found = evaluator.documentation(code.substring(0, cursor) + "(", cursor + 1);
    }
    if (found.isEmpty()) {
      return null;
    }
    // A method inherited from several supertypes is shown once.
    Map<String, String> bySignature = new LinkedHashMap<>();
    for (SourceCodeAnalysis.Documentation one : found) {
      bySignature.merge(
          one.signature(), firstParagraph(one.javadoc()), (a, b) -> a.isEmpty() ? b : a);
    }
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    bySignature.forEach(
        (signature, paragraph) -> {
          text.append(text.isEmpty() ? "" : "\n\n").append(signature);
          html.append("<p><code>").append(escape(signature)).append("</code></p>");
          if (!paragraph.isEmpty()) {
            text.append('\n').append(plain(paragraph));
            html.append("<p>").append(escape(plain(paragraph))).append("</p>");
          }
        });
    DisplayData data = new DisplayData(text.toString());
    data.putHTML(html.toString());
    return data;
  }

  /** Up to the first paragraph mark, block tag or empty line. */
  static String firstParagraph(String javadoc) {
    if (javadoc == null) {
      return "";
    }
    Matcher end =
        Pattern.compile("(?m)<p>|<pre|<ul>|<ol>|<h\\d|<blockquote|<table|^\\s*@\\w|\\R\\s*\\R")
            .matcher(javadoc.strip());
    String text = javadoc.strip();
    return (end.find() ? text.substring(0, end.start()) : text).strip();
  }

  /** The text without tags, on one line. */
  static String plain(String javadoc) {
    return LINK.matcher(javadoc)
        .replaceAll(link -> Matcher.quoteReplacement(linked(link.group("to"))))
        .replaceAll("\\{@(?:code|literal|systemProperty)\\s+([^{}]*)\\}", "$1")
        .replaceAll("\\{@\\w+\\s*([^{}]*)\\}", "$1")
        .replaceAll("<[^<>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** What a link shows: its label, or its target as code would name it. */
  private static String linked(String to) {
    Matcher parts = LABELLED.matcher(to.strip());
    return parts.matches()
        ? parts.group("label")
        : to.strip().replaceFirst("^#", "").replace('#', '.');
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
