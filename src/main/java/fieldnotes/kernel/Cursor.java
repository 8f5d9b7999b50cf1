package fieldnotes.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Java code up to a cursor: whether the cursor is in a literal or a comment, which brackets are
 * open, and where the top-level statements begin. The code may be wrong.
 */
final class Cursor {
  /** What the cursor is in. */
  enum In {
    CODE,
    TEXT,
    COMMENT,
    CHARACTER
  }

  private record Open(char bracket, int at, int semicolons, boolean list) {}

  private static final List<String> GOES_ON = List.of("else", "catch", "finally", "while");

  private final String code;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Integer> starts = new ArrayList<>(List.of(0));
  private In in = In.CODE;
  private int literal = -1;

  /**
   * @param code all of the code that is before the cursor
   */
  Cursor(String code) {
    this.code = code;
    int at = 0;
    while (at < code.length()) {
      at = token(at);
    }
  }

  In in() {
    return in;
  }

  /** Where the content of the text that the cursor is in begins. */
  int literal() {
    return literal;
  }

  /** Where the name begins that the cursor is at the end of; the cursor if there is none. */
  int nameStart() {
    int at = code.length();
    while (at > 0 && Character.isJavaIdentifierPart(code.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** The top-level statements and declarations, the last one as far as it goes. */
  List<String> statements() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      all.add(
          code.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : code.length()));
    }
    return all;
  }

  /** What closes the open brackets. */
  String closing() {
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (Open one : open) {
      switch (one.bracket()) {
        case '(' -> {
          boolean loop = before(one.at()).endsWith("for");
          boolean each = loop && code.indexOf(':', one.at()) > 0 && one.semicolons() == 0;
          text.append(loop && !each ? ";".repeat(Math.max(0, 2 - one.semicolons())) : "");
          text.append(')');
        }
        case '[' -> text.append(']');
        default -> text.append(one.list() ? "}" : first ? "\n;}" : ";}");
      }
      first = false;
    }
    return text.append(';').toString();
  }

  /** Reads a token, and returns where the next one begins. */
  private int token(int at) {
    char c = code.charAt(at);
    if (code.startsWith("//", at)) {
      int end = code.indexOf('\n', at);
      in = end < 0 ? In.COMMENT : In.CODE;
      return end < 0 ? code.length() : end + 1;
    }
    if (code.startsWith("/*", at)) {
      int end = code.indexOf("*/", at + 2);
      in = end < 0 ? In.COMMENT : In.CODE;
      return end < 0 ? code.length() : end + 2;
    }
    if (code.startsWith("\"\"\"", at)) {
      return text(at + 3, "\"\"\"", false);
    }
    if (c == '"') {
      return text(at + 1, "\"", true);
    }
    if (c == '\'') {
      int end = text(at + 1, "'", true);
      in = in == In.TEXT ? In.CHARACTER : in;
      return end;
    }
    switch (c) {
      case '(', '[', '{' -> open.push(new Open(c, at, 0, c == '{' && isList(at)));
      case ')', ']', '}' -> close(c, at);
      case ';' -> semicolon(at);
      default -> {}
    }
    return at + 1;
  }

  private int text(int from, String end, boolean oneLine) {
    for (int i = from; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '\\') {
        i++;
      } else if (oneLine && c == '\n') {
        return i; // never closed
      } else if (code.startsWith(end, i)) {
        return i + end.length();
      }
    }
    in = In.TEXT;
    literal = from;
    return code.length();
  }

  /** Whether a brace opens a list of values and no block. */
  private boolean isList(int brace) {
    String before = before(brace);
    boolean inList = !open.isEmpty() && open.peek().list();
    return before.endsWith("]")
        || (before.endsWith("=") && !before.endsWith("=="))
        || (inList && (before.endsWith(",") || before.endsWith("{")));
  }

  private String before(int at) {
    return code.substring(Math.max(0, at - 80), at).stripTrailing();
  }

  private void close(char c, int at) {
    char opening = c == ')' ? '(' : c == ']' ? '[' : '{';
    if (open.stream().noneMatch(one -> one.bracket() == opening)) {
      return;
    }
    // What was left open inside ends here, too.
    Open last = open.pop();
    while (last.bracket() != opening) {
      last = open.pop();
    }
    if (c == '}' && !last.list() && open.isEmpty()) {
      boundary(at + 1);
    }
  }

  private void semicolon(int at) {
    Open inner = open.poll();
    if (inner == null) {
      boundary(at + 1);
    } else if (inner.bracket() == '{') {
      open.push(inner);
    } else {
      open.push(new Open(inner.bracket(), inner.at(), inner.semicolons() + 1, inner.list()));
    }
  }

  /** A statement may end here, unless it goes on. */
  private void boundary(int at) {
    int next = afterBlanks(at);
    boolean goesOn =
        code.charAt(at - 1) == '}'
            && next < code.length()
            && (".,;)]?:&|+".indexOf(code.charAt(next)) >= 0
                || GOES_ON.stream().anyMatch(word -> isWord(word, at, next)));
    if (!goesOn) {
      starts.add(at);
    }
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    return at;
  }

  private boolean isWord(String word, int from, int at) {
    int end = at + word.length();
    return code.startsWith(word, at)
        && (end == code.length() || !Character.isJavaIdentifierPart(code.charAt(end)))
        // a loop of its own stands on a line of its own
        && (!word.equals("while") || code.substring(from, at).indexOf('\n') < 0);
  }
}
