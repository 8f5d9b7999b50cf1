package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a cell into Java code and magics. */
final class CellParts {
  private static final Pattern CELL_MAGIC =
      Pattern.compile("\\A\\s*%%(?<name>\\w+)(?<args>[^\\n]*)(?:\\n|\\z)");
  private static final Pattern LINE_MAGIC = Pattern.compile("[ \\t]*%(?<name>\\w+)(?<args>.*)");
  private static final Pattern ASSIGNED_MAGIC =
      Pattern.compile("(?<target>[^=\"%;(]*=\\s*)%(?<name>\\w+)(?<args>[^;]*);?\\s*");

  private CellParts() {}

  /** A part of a cell, beginning at a character of it. */
  sealed interface Part {
    int start();
  }

  /** Java code: one or more snippets. */
  record Code(int start, String text) implements Part {}

  /** A magic on a line of its own. */
  record LineMagic(int start, String name, String arguments) implements Part {}

  /**
   * A declaration or assignment whose right side is a magic: {@code var jars = %jars lib/*.jar}.
   */
  record AssignedMagic(int start, String target, String name, String arguments) implements Part {}

  /** A magic that applies to the rest of the cell. */
  record CellMagic(int start, String name, String arguments, int bodyStart, String body)
      implements Part {}

  static List<Part> of(String text, Predicate<String> isLineMagic) {
    return of(0, text, isLineMagic);
  }

  /**
   * @param offset where the text begins in the cell; the parts are counted from the cell's start
   */
  static List<Part> of(int offset, String text, Predicate<String> isLineMagic) {
    Matcher cell = CELL_MAGIC.matcher(text);
    if (cell.find()) {
      return List.of(
          new CellMagic(
              offset + text.indexOf("%%"),
              cell.group("name"),
              cell.group("args").strip(),
              offset + cell.end(),
              text.substring(cell.end())));
    }
    if (text.indexOf('%') < 0) {
      return text.isBlank() ? List.of() : List.of(new Code(offset, text));
    }
    List<Part> parts = new ArrayList<>();
    Scan scan = new Scan();
    int codeStart = 0;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      Part magic =
          scan.betweenStatements() ? magic(offset + at, line, isLineMagic, scan.ended) : null;
      if (magic == null) {
        scan.line(line);
      } else {
        addCode(parts, offset + codeStart, text.substring(codeStart, at));
        parts.add(magic);
        codeStart = end < 0 ? text.length() : end + 1;
        scan.ended = true;
      }
      at = end < 0 ? text.length() : end + 1;
    }
    addCode(parts, offset + codeStart, text.substring(codeStart));
    return parts;
  }

  private static void addCode(List<Part> parts, int start, String code) {
    if (!code.isBlank()) {
      parts.add(new Code(start, code));
    }
  }

  private static Part magic(int at, String line, Predicate<String> known, boolean ended) {
    Matcher alone = LINE_MAGIC.matcher(line);
    // "%name" may be the remainder operator of an expression that began on the line before; then it
    // is a magic only if one has that name.
    if (alone.matches() && (ended || known.test(alone.group("name")))) {
      return new LineMagic(
          at + line.indexOf('%'), alone.group("name"), alone.group("args").strip());
    }
    Matcher assigned = ASSIGNED_MAGIC.matcher(line);
    if (assigned.matches() && known.test(assigned.group("name"))) {
      return new AssignedMagic(
          at, assigned.group("target"), assigned.group("name"), assigned.group("args").strip());
    }
    return null;
  }

  /** Tracks brackets, literals and comments across lines. */
  private static final class Scan {
    private int open;
    private boolean inComment;
    private boolean inTextBlock;
    private boolean ended = true;

    boolean betweenStatements() {
      return open == 0 && !inComment && !inTextBlock;
    }

    void line(String line) {
      char quote = 0;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (inComment) {
          if (line.startsWith("*/", i)) {
            inComment = false;
            i++;
          }
        } else if (inTextBlock) {
          if (c == '\\') {
            i++;
          } else if (line.startsWith("\"\"\"", i)) {
            inTextBlock = false;
            i += 2;
          }
        } else if (quote != 0) {
          if (c == '\\') {
            i++;
          } else if (c == quote) {
            quote = 0;
          }
        } else if (line.startsWith("//", i)) {
          return;
        } else if (line.startsWith("/*", i)) {
          inComment = true;
          i++;
        } else if (line.startsWith("\"\"\"", i)) {
          inTextBlock = true;
          ended = false;
          i += 2;
        } else if (!Character.isWhitespace(c)) {
          switch (c) {
            case '"', '\'' -> quote = c;
            case '(', '[', '{' -> open++;
            case ')', ']', '}' -> open = Math.max(0, open - 1);
            default -> {}
          }
          ended = c == ';' || c == '}';
        }
      }
    }
  }

  /** Runs the parts of a text that begins at a given character of a cell. */
  static Evaluator.Result run(
      Cell cell, int start, String text, Evaluator evaluator, Magics magics) {
    Evaluator.Result result = Evaluator.Result.NOTHING;
    for (Part part : of(start, text, magics::isLineMagic)) {
      evaluator.throwIfStopped();
      result = part instanceof Code code ? run(cell, code, evaluator) : run(cell, part, magics);
    }
    return result;
  }

  private static Evaluator.Result run(Cell cell, Part part, Magics magics) {
    return switch (part) {
      case LineMagic magic -> magics.run(cell, magic);
      case CellMagic magic -> magics.run(cell, magic);
      case AssignedMagic magic -> magics.run(cell, magic);
      case Code code -> throw new IllegalArgumentException("not a magic: " + code.text());
    };
  }

  private static Evaluator.Result run(Cell cell, Code code, Evaluator evaluator) {
    Evaluator.Result result = Evaluator.Result.NOTHING;
    for (Code piece : ForeignNames.translate(code, evaluator.classLoader())) {
      try {
        result = evaluator.eval(cell, piece.start(), piece.text());
      } catch (CompilationFailure e) {
        throw Advice.isCommand(cell, e) ? Advice.command(e) : e;
      }
    }
    return result;
  }

  /** Where the code begins after blanks and comments; the length if there is nothing else. */
  static int codeStart(String source) {
    int at = 0;
    while (at < source.length()) {
      if (Character.isWhitespace(source.charAt(at))) {
        at++;
      } else if (source.startsWith("//", at)) {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        at = end < 0 ? source.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }
}
