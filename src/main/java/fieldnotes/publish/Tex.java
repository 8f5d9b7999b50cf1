package fieldnotes.publish;

import fieldnotes.common.Check;
import fieldnotes.publish.TexSigns.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TeX formulas as MathML Core, which browsers draw by themselves: no script, no font, no network.
 * It knows what notes on sound and tables use: fractions, roots, scripts, sums, Greek, alphabets,
 * text, fences, accents, matrices and cases. What it does not know it names.
 *
 * <p>It is ours because no library in reach does it: SnuggleTeX 1.3.0 writes {@code mfenced} and
 * {@code mathvariant="bold"}, which browsers no longer draw, drops {@code \text}, {@code \binom},
 * {@code \dfrac} and {@code aligned}, and never ends on {@code \newcommand{\x}{\x\x}\x}. The Python
 * libraries latex2mathml and math-core would make the journal's pages need Python.
 *
 * @see "MathML Core, W3C Candidate Recommendation"
 */
public final class Tex {
  private static final Pattern COMMENT = Pattern.compile("(?<!\\\\)%.*");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\\\operatorname\\*|\\\\[A-Za-z]+|\\\\.|[0-9]+(?:\\.[0-9]+)?|\\s+|.", Pattern.DOTALL);
  private static final Pattern SPACED = Pattern.compile("<(mo|mspace)\\b");
  private static final int DEEPEST = 60;
  private static final String NO_BREAK_SPACE = "\u00A0";
  private static final String THIN_SPACE = "<mspace width=\"0.17em\"/>";

  private final List<String> tokens = new ArrayList<>();
  private final boolean display;
  private Font font = Font.ITALIC;
  private int at;
  private int depth;

  private Tex(String tex, boolean display) {
    this.display = display;
    Matcher matcher = TOKEN.matcher(COMMENT.matcher(tex).replaceAll(""));
    while (matcher.find()) {
      tokens.add(matcher.group().isBlank() ? " " : matcher.group());
    }
  }

  /**
   * The formula as a {@code math} element that holds its TeX, too, as an annotation.
   *
   * @param tex without dollar signs
   * @param display whether it stands on a line of its own
   * @throws IllegalArgumentException if something in it is not known or not closed; the message
   *     says what
   */
  public static String mathml(String tex, boolean display) {
    Tex parser = new Tex(tex, display);
    String body = parser.row(token -> false);
    return (display ? "<math display=\"block\">" : "<math>")
        + "<semantics>"
        + body
        + "<annotation encoding=\"application/x-tex\">"
        + Html.escape(tex)
        + "</annotation></semantics></math>";
  }

  /** The formula as MathML; what cannot be drawn as its TeX, with the reason as its tool tip. */
  public static String html(String tex, boolean display) {
    try {
      return mathml(tex, display);
    } catch (IllegalArgumentException e) {
      String why = Html.escape("not drawn: " + e.getMessage());
      return "<code title=\"" + why + "\">" + Html.escape(tex.strip()) + "</code>";
    }
  }

  /** An element, and whether its scripts stand below and above it rather than at its side. */
  private record Atom(String element, boolean moves) {}

  private static Atom plain(String element) {
    return new Atom(element, false);
  }

  private static String tag(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  /** The token to come, without blanks and what is passed over; empty at the end. */
  private String peek() {
    while (at < tokens.size()
        && (tokens.get(at).equals(" ") || TexSigns.PASSED_OVER.contains(tokens.get(at)))) {
      at++;
    }
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String next() {
    String token = peek();
    Check.that(!token.isEmpty(), "the formula ends too early");
    at++;
    return token;
  }

  private void expect(String wanted, String instead) {
    Check.that(peek().equals(wanted), instead);
    at++;
  }

  /** Everything up to a token that ends it, which stays, or to the end. */
  private String row(Predicate<String> ends) {
    List<String> parts = new ArrayList<>();
    while (!peek().isEmpty() && !ends.test(peek())) {
      boolean function = TexSigns.isFunction(peek());
      if (function && !parts.isEmpty() && !SPACED.matcher(parts.getLast()).lookingAt()) {
        parts.add(THIN_SPACE);
      }
      parts.add(scripted());
      if (function && TexSigns.beginsOperand(peek())) {
        parts.add(THIN_SPACE);
      }
    }
    return parts.size() == 1 ? parts.getFirst() : tag("mrow", String.join("", parts));
  }

  private String scripted() {
    Atom base = Set.of("_", "^").contains(peek()) ? plain("<mrow></mrow>") : atom();
    boolean moves = base.moves();
    String below = null;
    String above = null;
    StringBuilder primes = new StringBuilder();
    while (true) {
      String token = peek();
      if (token.equals("'")) {
        primes.append('′');
        at++;
      } else if (token.equals("\\limits") || token.equals("\\nolimits")) {
        moves = token.equals("\\limits");
        at++;
      } else if (token.equals("_") || token.equals("^")) {
        at++;
        Check.that((token.equals("_") ? below : above) == null, "two scripts in one place");
        if (token.equals("_")) {
          below = argument();
        } else {
          above = argument();
        }
      } else {
        break;
      }
    }
    if (!primes.isEmpty()) {
      String mark = tag("mo", primes.toString());
      above = above == null ? mark : tag("mrow", mark + above);
    }
    if (below == null && above == null) {
      return base.element();
    }
    String kind =
        below == null
            ? (moves ? "mover" : "msup")
            : above == null ? (moves ? "munder" : "msub") : (moves ? "munderover" : "msubsup");
    return tag(kind, base.element() + (below == null ? "" : below) + (above == null ? "" : above));
  }

  private String argument() {
    return atom().element();
  }

  /** What stands between braces. */
  private String group() {
    expect("{", "an opening brace is missing");
    String inside = row("}"::equals);
    expect("}", "a closing brace is missing");
    return inside;
  }

  /** The text of a group as it stands. */
  private String raw() {
    expect("{", "an opening brace is missing");
    StringBuilder text = new StringBuilder();
    for (int open = 1; ; at++) {
      Check.that(at < tokens.size(), "a closing brace is missing");
      String token = tokens.get(at);
      open += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
      if (open == 0) {
        at++;
        return text.toString();
      }
      text.append(token);
    }
  }

  private Atom atom() {
    Check.that(++depth <= DEEPEST, "it is nested more than %d deep", DEEPEST);
    Atom atom = peek().equals("{") ? plain(group()) : sign(next());
    depth--;
    return atom;
  }

  private Atom sign(String token) {
    int first = token.codePointAt(0);
    if (first >= '0' && first <= '9') {
      StringBuilder digits = new StringBuilder();
      token.chars().forEach(c -> digits.append(font.of(c)));
      return plain(tag("mn", digits.toString()));
    }
    if (Character.isLetter(first)) {
      return plain(identifier(font.of(first)));
    }
    if (first == '\\') {
      return command(token.substring(1));
    }
    return switch (token) {
      case "}", "&" -> throw new IllegalArgumentException("'" + token + "' out of place");
      case "~" -> plain("<mspace width=\"0.25em\"/>");
      case "(", ")", "[", "]", "|" -> plain(fixed(token));
      case "-" -> plain("<mo>−</mo>");
      case "*" -> plain("<mo>∗</mo>");
      default -> plain(tag("mo", Html.escape(token)));
    };
  }

  private String identifier(String letter) {
    return (font == Font.NORMAL ? "<mi mathvariant=\"normal\">" : "<mi>") + letter + "</mi>";
  }

  private static String fixed(String sign) {
    return "<mo stretchy=\"false\">" + Html.escape(sign) + "</mo>";
  }

  private Atom command(String name) {
    if (TexSigns.LETTERS.containsKey(name)) {
      return plain(tag("mi", font.of(TexSigns.LETTERS.get(name).codePointAt(0))));
    }
    if (TexSigns.LARGE.containsKey(name)) {
      boolean moves = display && !TexSigns.INTEGRALS.contains(name);
      return new Atom(tag("mo", TexSigns.LARGE.get(name)), moves);
    }
    if (TexSigns.SIGNS.containsKey(name)) {
      return plain(fixed(TexSigns.SIGNS.get(name)));
    }
    if (TexSigns.FUNCTIONS.contains(name)) {
      return plain(tag("mi", name));
    }
    if (TexSigns.FUNCTIONS_WITH_BOUNDS.contains(name)) {
      return new Atom(tag("mi", name), display);
    }
    if (TexSigns.SPACES.containsKey(name)) {
      return plain("<mspace width=\"" + TexSigns.SPACES.get(name) + "\"/>");
    }
    if (TexSigns.ACCENTS.containsKey(name)) {
      return plain(
          "<mover accent=\"true\">"
              + argument()
              + ("<mo stretchy=\"" + TexSigns.WIDE_ACCENTS.contains(name) + "\">")
              + TexSigns.ACCENTS.get(name)
              + "</mo></mover>");
    }
    if (TexSigns.FONTS.containsKey(name)) {
      return plain(within(TexSigns.FONTS.get(name)));
    }
    if (TexSigns.TEXTS.contains(name)) {
      return plain(tag("mtext", words(name).replace(" ", NO_BREAK_SPACE)));
    }
    if (TexSigns.NAMES.contains(name)) {
      return name(name);
    }
    return switch (name) {
      case "frac", "dfrac", "tfrac" -> plain(tag("mfrac", argument() + argument()));
      case "binom", "dbinom", "tbinom" ->
          plain(
              "<mrow><mo>(</mo><mfrac linethickness=\"0\">"
                  + (argument() + argument())
                  + "</mfrac><mo>)</mo></mrow>");
      case "sqrt" -> plain(root());
      case "underline" -> plain(tag("munder", argument() + "<mo>_</mo>"));
      case "underbrace" -> new Atom(tag("munder", argument() + "<mo>⏟</mo>"), true);
      case "overbrace" -> new Atom(tag("mover", argument() + "<mo>⏞</mo>"), true);
      case "underset", "overset", "stackrel" -> {
        String script = argument();
        yield plain(tag(name.equals("underset") ? "munder" : "mover", argument() + script));
      }
      case "left" -> plain(stretched());
      case "begin" -> plain(environment());
      default -> throw new IllegalArgumentException("\\" + name + " is not known");
    };
  }

  private String within(Font wanted) {
    Font before = font;
    font = wanted;
    String inside = argument();
    font = before;
    return inside;
  }

  /** A group of mere words. */
  private String words(String command) {
    String text = raw().replaceAll("\\\\([_%#&${} ,;])", "$1");
    Check.that(
        text.indexOf('\\') < 0 && text.indexOf('$') < 0, "\\%s has a command in it", command);
    return Html.escape(text);
  }

  /** Letters that make one name together; with anything else in it, an upright formula. */
  private Atom name(String command) {
    int from = at;
    if (peek().equals("{")) {
      String text = raw();
      if (text.matches("[\\p{L}\\p{N}\\p{Zs}.-]+")) {
        String variant = text.length() == 1 ? "<mi mathvariant=\"normal\">" : "<mi>";
        return new Atom(variant + text + "</mi>", command.equals("operatorname*") && display);
      }
    }
    at = from;
    return plain(within(Font.NORMAL));
  }

  private String root() {
    if (!peek().equals("[")) {
      return tag("msqrt", argument());
    }
    at++;
    String degree = row("]"::equals);
    expect("]", "\\sqrt[ without ]");
    return tag("mroot", argument() + degree);
  }

  private String stretched() {
    String opening = fence();
    Predicate<String> ends = Set.of("\\right", "\\middle")::contains;
    StringBuilder inside = new StringBuilder(row(ends));
    while (peek().equals("\\middle")) {
      at++;
      inside.append("<mo stretchy=\"true\">").append(fence()).append("</mo>").append(row(ends));
    }
    expect("\\right", "\\left without \\right");
    return fenced(opening, inside.toString(), fence());
  }

  /** A fence as HTML; empty for none. */
  private String fence() {
    String token = next();
    if (token.equals(".")) {
      return "";
    }
    String sign =
        "()[]|/<>".contains(token)
            ? token
            : token.startsWith("\\") ? TexSigns.SIGNS.get(token.substring(1)) : null;
    Check.that(sign != null, "%s is no fence", token);
    return Html.escape(sign);
  }

  private static String fenced(String opening, String inside, String closing) {
    String left = opening.isEmpty() ? "" : edge("prefix", opening);
    String right = closing.isEmpty() ? "" : edge("postfix", closing);
    return tag("mrow", left + inside + right);
  }

  private static String edge(String form, String sign) {
    return "<mo stretchy=\"true\" form=\"" + form + "\">" + sign + "</mo>";
  }

  private String environment() {
    String name = raw();
    String fences = TexSigns.ENVIRONMENTS.get(name);
    Check.that(fences != null, "the environment %s is not known", name);
    if (name.equals("array")) {
      raw(); // how its columns are aligned
    }
    StringBuilder rows = new StringBuilder();
    StringBuilder cells = new StringBuilder();
    while (true) {
      cells.append(tag("mtd", row(Set.of("&", "\\\\", "\\end")::contains)));
      String token = next();
      if (token.equals("&")) {
        continue;
      }
      rows.append(tag("mtr", cells.toString()));
      cells.setLength(0);
      if (token.equals("\\end")) {
        Check.that(raw().equals(name), "\\begin{%s} has another \\end", name);
        break;
      }
    }
    boolean aligned = name.startsWith("align") || name.equals("split");
    String kind = aligned ? " class=\"aligned\"" : name.equals("cases") ? " class=\"cases\"" : "";
    String table = "<mtable" + kind + ">" + rows + "</mtable>";
    String left = fences.substring(0, 1).replace(".", "");
    return fenced(left, table, fences.substring(1).replace(".", ""));
  }
}
