package fieldnotes.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * TeX formulas as MathML, which browsers draw by themselves: no script, no font, no network. It
 * knows what notes on sound and tables use: fractions, roots, scripts, sums, Greek, text, fences,
 * accents, matrices and cases.
 */
final class Tex {
  private static final Map<String, String> LETTERS = new HashMap<>();
  private static final Map<String, String> SIGNS = new HashMap<>();
  private static final Map<String, String> LARGE = new HashMap<>();
  private static final Map<String, String> ACCENTS = new HashMap<>();
  private static final Map<String, String> FENCES = new HashMap<>();
  private static final Set<String> FUNCTIONS =
      Set.of(
          "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "det", "dim", "exp", "inf", "lim",
          "ln", "log", "max", "min", "sin", "sinh", "sup", "tan", "tanh", "Pr");
  private static final Set<String> FONTS =
      Set.of("mathbf", "boldsymbol", "mathrm", "mathit", "mathcal", "mathbb", "mathsf", "mathtt");

  static {
    pairs(
        LETTERS,
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ"
            + " iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ"
            + " varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ"
            + " Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ ell ℓ emptyset ∅ hbar ℏ");
    pairs(
        SIGNS,
        "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ otimes ⊗ odot ⊙ cup ∪"
            + " cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠"
            + " approx ≈ equiv ≡ sim ∼ simeq ≃ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ subset ⊂ subseteq ⊆"
            + " mid ∣ parallel ∥ perp ⟂ forall ∀ exists ∃ to → rightarrow → leftarrow ← Rightarrow"
            + " ⇒ Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ mapsto ↦ ldots … dots … cdots ⋯"
            + " vdots ⋮ ddots ⋱ colon : prime ′ vert | Vert ‖ | ‖ lbrace { rbrace } { { } } langle"
            + " ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | lVert ‖ rVert ‖ % % #"
            + " # & & _ _ $ $ lt < gt >");
    pairs(LARGE, "sum ∑ prod ∏ bigcup ⋃ bigcap ⋂ int ∫ iint ∬ oint ∮");
    pairs(
        ACCENTS, "hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙ ddot ¨ check ˇ");
    pairs(FENCES, "pmatrix () bmatrix [] vmatrix || Vmatrix ‖‖ cases {. matrix .. aligned ..");
  }

  private final String tex;
  private int at;
  private int depth;

  private Tex(String tex) {
    this.tex = tex;
  }

  private static void pairs(Map<String, String> map, String words) {
    String[] all = words.split(" ");
    for (int i = 0; i < all.length; i += 2) {
      map.put(all[i], all[i + 1]);
    }
  }

  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The formula as MathML; empty where it has a sign that is not known. */
  static Optional<String> mathml(String tex, boolean display) {
    Tex parser = new Tex(tex);
    try {
      String body = parser.row("");
      if (parser.at < tex.length()) {
        return Optional.empty();
      }
      return Optional.of(
          "<math"
              + (display ? " display=\"block\"" : "")
              + "><semantics><mrow>"
              + body
              + "</mrow><annotation encoding=\"application/x-tex\">"
              + Site.escape(tex)
              + "</annotation></semantics></math>");
    } catch (NotUnderstood e) {
      return Optional.empty();
    }
  }

  /** Atoms up to one of the {@code ends}, a closing brace, a cell's end, or the end. */
  private String row(String ends) {
    if (++depth > 60) {
      throw new NotUnderstood();
    }
    StringBuilder out = new StringBuilder();
    while (true) {
      blanks();
      if (at >= tex.length()
          || tex.charAt(at) == '}'
          || tex.charAt(at) == '&'
          || tex.startsWith("\\\\", at)
          || tex.startsWith("\\end{", at)
          || (!ends.isEmpty() && tex.startsWith(ends, at))) {
        depth--;
        return out.toString();
      }
      out.append(scripted());
    }
  }

  private void blanks() {
    while (at < tex.length() && Character.isWhitespace(tex.charAt(at))) {
      at++;
    }
  }

  private String scripted() {
    boolean large = at + 1 < tex.length() && tex.charAt(at) == '\\' && isLarge();
    String base = atom();
    String below = null;
    String above = null;
    for (blanks(); at < tex.length(); blanks()) {
      char c = tex.charAt(at);
      if (c == '_' && below == null) {
        at++;
        below = argument();
      } else if (c == '^' && above == null) {
        at++;
        above = argument();
      } else if (c == '\'' && above == null) {
        at++;
        above = "<mo>′</mo>";
      } else {
        break;
      }
    }
    if (below == null && above == null) {
      return base;
    }
    String kind =
        large
            ? (below == null ? "mover" : above == null ? "munder" : "munderover")
            : (below == null ? "msup" : above == null ? "msub" : "msubsup");
    return tag(kind, base + (below == null ? "" : below) + (above == null ? "" : above));
  }

  private boolean isLarge() {
    String name = peekName();
    return (LARGE.containsKey(name) && !name.endsWith("int"))
        || Set.of("max", "min", "lim", "sup", "inf", "argmin", "argmax").contains(name);
  }

  private String peekName() {
    int end = at + 1;
    while (end < tex.length() && Character.isLetter(tex.charAt(end))) {
      end++;
    }
    return tex.substring(at + 1, Math.max(end, Math.min(tex.length(), at + 2)));
  }

  private String argument() {
    blanks();
    if (at >= tex.length()) {
      throw new NotUnderstood();
    }
    return atom();
  }

  private static String tag(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  private String atom() {
    char c = tex.charAt(at);
    if (c == '{') {
      at++;
      String inner = row("");
      expect('}');
      return tag("mrow", inner);
    }
    if (c == '\\') {
      return command();
    }
    if (Character.isDigit(c)) {
      int start = at;
      while (at < tex.length()
          && (Character.isDigit(tex.charAt(at))
              || (tex.charAt(at) == '.'
                  && at + 1 < tex.length()
                  && Character.isDigit(tex.charAt(at + 1))))) {
        at++;
      }
      return tag("mn", tex.substring(start, at));
    }
    if (c == '^' || c == '_' || c == '}' || c == '&') {
      throw new NotUnderstood();
    }
    int point = tex.codePointAt(at);
    at += Character.charCount(point);
    String sign = Site.escape(Character.toString(point));
    if (Character.isLetter(point)) {
      return tag("mi", sign);
    }
    return tag("mo", c == '-' ? "−" : c == '~' ? " " : sign);
  }

  private void expect(char c) {
    if (at >= tex.length() || tex.charAt(at) != c) {
      throw new NotUnderstood();
    }
    at++;
  }

  private String command() {
    String name = peekName();
    at += 1 + name.length();
    if (LETTERS.containsKey(name)) {
      return tag("mi", LETTERS.get(name));
    }
    if (SIGNS.containsKey(name)) {
      return tag("mo", Site.escape(SIGNS.get(name)));
    }
    if (LARGE.containsKey(name)) {
      return tag("mo", LARGE.get(name));
    }
    if (FUNCTIONS.contains(name)) {
      return tag("mi", name) + "<mspace width=\"0.17em\"/>";
    }
    if (FONTS.contains(name)) {
      String inner = argument();
      String style =
          switch (name) {
            case "mathbf", "boldsymbol" -> "font-weight:bold";
            case "mathrm", "mathsf" -> "font-style:normal";
            case "mathtt" -> "font-family:monospace";
            default -> "";
          };
      return "<mrow style=\"" + style + "\">" + inner + "</mrow>";
    }
    if (ACCENTS.containsKey(name)) {
      return "<mover accent=\"true\">" + argument() + tag("mo", ACCENTS.get(name)) + "</mover>";
    }
    return switch (name) {
      case "frac", "tfrac", "dfrac" -> tag("mfrac", argument() + argument());
      case "binom" ->
          "<mrow><mo>(</mo><mfrac linethickness=\"0\">"
              + argument()
              + argument()
              + "</mfrac><mo>)</mo></mrow>";
      case "sqrt" -> root();
      case "text", "mathop", "operatorname", "textrm", "mbox" -> text(name);
      case "underline" -> tag("munder", argument() + "<mo>_</mo>");
      case "left" -> fenced();
      case "begin" -> environment();
      case "argmin", "argmax" -> tag("mi", name);
      case "," -> "<mspace width=\"0.17em\"/>";
      case ":", ">" -> "<mspace width=\"0.22em\"/>";
      case ";", " " -> "<mspace width=\"0.28em\"/>";
      case "!" -> "";
      case "quad" -> "<mspace width=\"1em\"/>";
      case "qquad" -> "<mspace width=\"2em\"/>";
      case "big",
          "Big",
          "bigg",
          "Bigg",
          "bigl",
          "bigr",
          "Bigl",
          "Bigr",
          "displaystyle",
          "limits",
          "nolimits" ->
          "";
      default -> throw new NotUnderstood();
    };
  }

  private String root() {
    blanks();
    if (at < tex.length() && tex.charAt(at) == '[') {
      at++;
      String degree = row("]");
      expect(']');
      return tag("mroot", argument() + tag("mrow", degree));
    }
    return tag("msqrt", argument());
  }

  private String text(String name) {
    blanks();
    expect('{');
    int end = tex.indexOf('}', at);
    if (end < 0) {
      throw new NotUnderstood();
    }
    String words = Site.escape(tex.substring(at, end));
    at = end + 1;
    return name.equals("operatorname") || name.equals("mathop")
        ? tag("mi", words) + "<mspace width=\"0.17em\"/>"
        : tag("mtext", words);
  }

  private String fenced() {
    String left = fence();
    String inner = row("\\right");
    if (!tex.startsWith("\\right", at)) {
      throw new NotUnderstood();
    }
    at += 6;
    String right = fence();
    return tag("mrow", left + inner + right);
  }

  private String fence() {
    blanks();
    if (at >= tex.length()) {
      throw new NotUnderstood();
    }
    if (tex.charAt(at) == '.') {
      at++;
      return "";
    }
    return atom().replace("<mo>", "<mo stretchy=\"true\">");
  }

  private String environment() {
    String name = braced();
    String fences = FENCES.get(name.replace("*", ""));
    if (fences == null) {
      throw new NotUnderstood();
    }
    StringBuilder rows = new StringBuilder();
    while (true) {
      StringBuilder cells = new StringBuilder(tag("mtd", row("")));
      while (at < tex.length() && tex.charAt(at) == '&') {
        at++;
        cells.append(tag("mtd", row("")));
      }
      rows.append(tag("mtr", cells.toString()));
      if (!tex.startsWith("\\\\", at)) {
        break;
      }
      at += 2;
    }
    if (!tex.startsWith("\\end", at)) {
      throw new NotUnderstood();
    }
    at += 4;
    if (!braced().equals(name)) {
      throw new NotUnderstood();
    }
    String left = fences.charAt(0) == '.' ? "" : tag("mo", fences.substring(0, 1));
    String right = fences.charAt(1) == '.' ? "" : tag("mo", fences.substring(1));
    return tag("mrow", left + tag("mtable", rows.toString()) + right);
  }

  private String braced() {
    expect('{');
    int end = tex.indexOf('}', at);
    if (end < 0) {
      throw new NotUnderstood();
    }
    String name = tex.substring(at, end);
    at = end + 1;
    return name;
  }
}
