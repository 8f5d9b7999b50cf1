package fieldnotes.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What TeX's commands stand for. */
final class TexSigns {
  /** Letters, which are set as identifiers. */
  static final Map<String, String> LETTERS =
      pairs(
          "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ"
              + " iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ varrho ϱ sigma σ tau τ"
              + " upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ"
              + " Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ ell ℓ"
              + " emptyset ∅ hbar ℏ");

  /** Operators, relations and fences, which do not stretch by themselves. */
  static final Map<String, String> SIGNS =
      pairs(
          "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ otimes ⊗ odot ⊙"
              + " cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ leq ≤ le ≤ geq ≥"
              + " ge ≥ neq ≠ ne ≠ lt < gt > approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ ll ≪"
              + " gg ≫ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ parallel ∥"
              + " perp ⟂ forall ∀ exists ∃ to → gets ← rightarrow → leftarrow ← leftrightarrow ↔"
              + " Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ implies ⟹ iff ⟺ ldots … dots"
              + " … cdots ⋯ vdots ⋮ ddots ⋱ colon : prime ′ vert | Vert ‖ | ‖ lbrace { rbrace } {"
              + " { } } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | lVert"
              + " ‖ rVert ‖ backslash \\ % % # # & & _ _ $ $");

  /** Signs that grow with the formula and have bounds. */
  static final Map<String, String> LARGE =
      pairs("sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ int ∫ iint ∬ oint ∮");

  /** Those of {@link #LARGE} whose bounds stand at the side. */
  static final Set<String> INTEGRALS = Set.of("int", "iint", "oint");

  static final Set<String> FUNCTIONS =
      Set.of(
          "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "deg", "dim", "exp", "hom",
          "ker", "lg", "ln", "log", "sin", "sinh", "tan", "tanh");

  /** Functions whose bounds stand below. */
  static final Set<String> FUNCTIONS_WITH_BOUNDS =
      Set.of(
          "argmax", "argmin", "det", "gcd", "inf", "lim", "liminf", "limsup", "max", "min", "Pr",
          "sup");

  static final Map<String, String> ACCENTS =
      pairs("hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙ ddot ¨ check ˇ");

  /** Accents as wide as what is below them. */
  static final Set<String> WIDE_ACCENTS = Set.of("overline", "widehat", "widetilde");

  static final Map<String, Font> FONTS =
      Map.of(
          "mathbf", Font.BOLD,
          "boldsymbol", Font.BOLD,
          "bm", Font.BOLD,
          "mathcal", Font.SCRIPT,
          "mathbb", Font.DOUBLE,
          "mathit", Font.ITALIC);

  /** Commands whose argument is one name in upright letters. */
  static final Set<String> NAMES =
      Set.of("mathrm", "mathsf", "mathtt", "operatorname", "operatorname*", "mathop");

  static final Set<String> TEXTS =
      Set.of("text", "textrm", "textbf", "textit", "textsf", "texttt", "mbox");

  static final Map<String, String> SPACES =
      Map.of(
          ",", "0.17em", ":", "0.22em", ">", "0.22em", ";", "0.28em", "!", "-0.17em", " ", "0.25em",
          "quad", "1em", "qquad", "2em");

  /** Environments with the fences around them; a dot stands for none. */
  static final Map<String, String> ENVIRONMENTS =
      pairs(
          "matrix .. pmatrix () bmatrix [] vmatrix || Vmatrix ‖‖ cases {. array .. aligned .. align"
              + " .. align* .. split .. gathered ..");

  /** Commands about looks that a browser decides. */
  static final Set<String> PASSED_OVER =
      Set.of(
          "\\displaystyle",
          "\\textstyle",
          "\\big",
          "\\Big",
          "\\bigg",
          "\\Bigg",
          "\\bigl",
          "\\bigr",
          "\\Bigl",
          "\\Bigr",
          "\\biggl",
          "\\biggr",
          "\\Biggl",
          "\\Biggr",
          "\\nonumber",
          "\\notag",
          "\\relax");

  private TexSigns() {}

  /** A mathematical alphabet. */
  enum Font {
    ITALIC(0, 0, 0, ""),
    NORMAL(0, 0, 0, ""),
    BOLD(0x1D400, 0x1D41A, 0x1D7CE, ""),
    DOUBLE(0x1D538, 0x1D552, 0x1D7D8, "CℂHℍNℕPℙQℚRℝZℤ"),
    SCRIPT(0x1D49C, 0x1D4B6, 0, "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ");

    private final int capitals;
    private final int small;
    private final int digits;
    private final String older;

    /** Where the alphabet begins in Unicode, 0 for nowhere, and letters that stand elsewhere. */
    Font(int capitals, int small, int digits, String older) {
      this.capitals = capitals;
      this.small = small;
      this.digits = digits;
      this.older = older;
    }

    /** A character of this alphabet by its own code point, as MathML Core wants it. */
    String of(int c) {
      int at = older.indexOf(c);
      if (at >= 0) {
        return older.substring(at + 1, at + 2);
      }
      int point = c;
      if (c >= '0' && c <= '9' && digits > 0) {
        point = digits + c - '0';
      } else if (c >= 'A' && c <= 'Z' && capitals > 0) {
        point = capitals + c - 'A';
      } else if (c >= 'a' && c <= 'z' && small > 0) {
        point = small + c - 'a';
      } else if (this == BOLD && c >= 'Α' && c <= 'Ω') {
        point = 0x1D6A8 + c - 'Α';
      } else if (this == BOLD && c >= 'α' && c <= 'ω') {
        point = 0x1D6C2 + c - 'α';
      }
      return Character.toString(point);
    }
  }

  /** Whether a token is a function's name, which stands a little apart. */
  static boolean isFunction(String token) {
    String name = token.startsWith("\\") ? token.substring(1) : "";
    return FUNCTIONS.contains(name)
        || FUNCTIONS_WITH_BOUNDS.contains(name)
        || name.startsWith("operatorname");
  }

  /** Whether a token begins what a function is applied to, without a fence around it. */
  static boolean beginsOperand(String token) {
    if (!token.startsWith("\\")) {
      return token.equals("{")
          || (!token.isEmpty() && Character.isLetterOrDigit(token.codePointAt(0)));
    }
    String name = token.substring(1);
    return !SIGNS.containsKey(name)
        && !SPACES.containsKey(name)
        && !Set.of("left", "right", "middle", "end", "\\").contains(name);
  }

  private static Map<String, String> pairs(String words) {
    Map<String, String> map = new HashMap<>();
    String[] all = words.split(" ");
    for (int i = 0; i < all.length; i += 2) {
      map.put(all[i], all[i + 1]);
    }
    return Map.copyOf(map);
  }
}
