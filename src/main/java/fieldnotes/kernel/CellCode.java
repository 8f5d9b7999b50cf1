package fieldnotes.kernel;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A compilation unit of a cell's code up to the cursor, in which a mark stands at the cursor:
 * imports, then declarations, then the statements in a method. Open brackets are closed.
 */
final class CellCode {
  /** What stands at the cursor. */
  static final String MARK = "$here$";

  private static final String MODIFIERS =
      "(?:(?:public|private|protected|static|final|abstract|synchronized|strictfp|sealed"
          + "|non-sealed|@\\w+(?:\\([^()]*\\))?)\\s+)*";
  private static final Pattern IMPORT = Pattern.compile("import\\s.*", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile(
          MODIFIERS + "(?:class|interface|enum|record|@interface)\\s+\\w.*", Pattern.DOTALL);
  private static final Pattern METHOD =
      Pattern.compile(
          MODIFIERS
              + "(?:<[^(){};=]*>\\s*)?(?<type>[\\w.]+)(?:\\s*<[^(){};=]*>)?(?:\\s*\\[\\s*\\])*"
              + "\\s+\\w+\\s*\\((?<rest>.*)",
          Pattern.DOTALL);
  private static final Pattern BEFORE_LOCAL =
      Pattern.compile("\\A(?:(?:public|private|protected|static)\\s+)+");
  private static final Set<String> NO_TYPES =
      Set.of("new", "return", "throw", "else", "case", "yield", "assert", "do");

  /** A line that declares a variable and ends. */
  private static final Pattern DECLARATION =
      Pattern.compile("\\s*(?:final\\s+)?[\\w.]+(?:<[^=]*>)?(?:\\[\\])*\\s+\\w+\\s*=.*;\\s*");

  /** A longer cell is looked at from a line near the cursor on. */
  private static final int LONGEST = 60_000;

  private CellCode() {}

  /**
   * The unit of code before the cursor.
   *
   * @param imports what every cell begins with
   * @param head the code up to the name or the text that the cursor is in
   * @param mark what stands there, followed by what the grammar wants
   */
  static String unit(String imports, String head, String mark) {
    Cursor cursor = new Cursor(head);
    StringBuilder more = new StringBuilder();
    StringBuilder members = new StringBuilder();
    StringBuilder body = new StringBuilder();
    var statements = cursor.statements();
    for (int i = 0; i < statements.size(); i++) {
      boolean last = i == statements.size() - 1;
      String one = statements.get(i);
      String code = one.substring(CellParts.codeStart(one));
      String whole = last ? code + mark + cursor.closing() : code;
      if (IMPORT.matcher(code).matches() && !last) {
        more.append(whole).append('\n');
      } else if (TYPE.matcher(code).matches() || isMethod(code)) {
        members.append("static ").append(whole.replaceFirst("\\bstatic\\s+", "")).append('\n');
      } else {
        body.append(BEFORE_LOCAL.matcher(whole).replaceFirst("")).append('\n');
      }
    }
    return "%s\n%s\nclass $Cell$ {\n%s\nstatic void $at$() throws Throwable {\n%s\n}\n}\n"
        .formatted(imports, more, members, body);
  }

  private static boolean isMethod(String code) {
    Matcher method = METHOD.matcher(code);
    if (!method.matches() || NO_TYPES.contains(method.group("type"))) {
      return false;
    }
    String rest = method.group("rest");
    int depth = 1;
    int at = 0;
    while (at < rest.length() && depth > 0) {
      char c = rest.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    String after = rest.substring(at).stripLeading();
    return depth == 0 && (after.startsWith("{") || after.startsWith("throws"));
  }

  /** The code before the cursor as it is, and without what may keep the compiler from it. */
  static List<String> attempts(String head) {
    String bare = withoutBroken(head);
    return bare.equals(head) ? List.of(head) : List.of(head, bare);
  }

  /** The word or the sign before the cursor. */
  static String lastWord(String head) {
    String code = head.stripTrailing();
    int at = code.length();
    while (at > 0 && Character.isJavaIdentifierPart(code.charAt(at - 1))) {
      at--;
    }
    return at == code.length() ? code.substring(Math.max(0, at - 1)) : code.substring(at);
  }

  /**
   * The Java code of a cell before a place in it, without magics; it ends at the place.
   *
   * @return null if the place is not in Java code
   */
  static String before(String cell, int at, Magics magics) {
    int from = at <= LONGEST ? 0 : cell.indexOf('\n', at - LONGEST) + 1;
    if (from > at) {
      return null; // one line, longer than a person writes
    }
    StringBuilder code = new StringBuilder();
    for (CellParts.Part part : CellParts.of(cell.substring(from, at), magics::isLineMagic)) {
      boolean last =
          switch (part) {
            case CellParts.Code one -> {
              code.append(one.text());
              yield from + one.start() + one.text().length() == at;
            }
            case CellParts.CellMagic one when !magics.showsBody(one.name()) -> {
              code.append(one.body());
              yield from + one.bodyStart() <= at;
            }
            case CellParts.LineMagic one when magics.takesCode(one.name()) -> {
              code.append(one.arguments());
              yield from + one.start() + one.name().length() < at - one.arguments().length()
                  && cell.substring(from, at).endsWith(one.arguments());
            }
            case CellParts.AssignedMagic one -> {
              code.append(one.target().replaceFirst("\\bvar\\b", "java.util.List<String>"))
                  .append("null;\n");
              yield false;
            }
            default -> false;
          };
      if (last) {
        return code.toString();
      }
    }
    // A cell that is empty, or a new line after a magic.
    boolean blank = cell.substring(cell.lastIndexOf('\n', at - 1) + 1, at).isBlank();
    return blank && !cell.stripLeading().startsWith("%%") ? code.toString() : null;
  }

  /** The line of the cursor, and before it only the lines that declare a variable. */
  static String withoutBroken(String head) {
    int line = head.lastIndexOf('\n') + 1;
    return head.substring(0, line)
            .lines()
            .filter(one -> DECLARATION.matcher(one).matches() && isClosed(one))
            .collect(Collectors.joining("\n", "", "\n"))
        + head.substring(line);
  }

  private static boolean isClosed(String line) {
    Cursor cursor = new Cursor(line);
    return cursor.in() == Cursor.In.CODE && cursor.closing().equals(";");
  }
}
