"""TeX formulas to MathML, which browsers draw by themselves: no script, no font, no network.

It knows what notebooks about sound and tables use: fractions, roots, sums, sub- and superscripts,
accents, fonts, fences, matrices and cases, text, Greek and the usual signs. A formula with anything
else raises ValueError, and the caller shows its TeX.
"""

import html
import re

SYMBOLS = {
    # Greek
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ϱ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    # letters of their own
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "emptyset": "∅", "hbar": "ℏ",
}
OPERATORS = {
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆",
    "circ": "∘", "bullet": "∙", "oplus": "⊕", "otimes": "⊗", "odot": "⊙", "cup": "∪", "cap": "∩",
    "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "neg": "¬", "lnot": "¬",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈",
    "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃",
    "supseteq": "⊇", "mid": "∣", "parallel": "∥", "perp": "⟂", "forall": "∀", "exists": "∃",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "Leftarrow": "⇐", "Leftrightarrow": "⇔", "mapsto": "↦", "gets": "←", "implies": "⟹",
    "iff": "⟺", "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱",
    "colon": ":", "prime": "′", "vert": "|", "Vert": "‖", "|": "‖", "lbrace": "{", "rbrace": "}",
    "{": "{", "}": "}", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖",
    "%": "%", "#": "#", "&": "&", "_": "_", "$": "$", "backslash": "\\",
}
LARGE = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "int": "∫",
    "iint": "∬", "oint": "∮",
}
FUNCTIONS = {
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "deg", "det", "dim", "exp", "gcd",
    "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sin",
    "sinh", "sup", "tan", "tanh",
}
BELOW = {"lim", "liminf", "limsup", "max", "min", "sup", "inf", "det", "gcd", "Pr"}
ACCENTS = {
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~",
    "vec": "→", "dot": "˙", "ddot": "¨", "check": "ˇ",
}
FONTS = {
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "mathrm": "normal", "mathit": "italic",
    "mathcal": "script", "mathbb": "double", "mathsf": "normal", "mathtt": "normal",
    "operatorname": "function",
}
SPACES = {",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "!": "-0.17em",
          " ": "0.25em", "quad": "1em", "qquad": "2em"}
MATRICES = {"matrix": "", "pmatrix": "()", "bmatrix": "[]", "vmatrix": "||", "cases": "{.",
            "aligned": "..", "align": "..", "align*": "..", "split": "..", "gathered": ".."}
IGNORED = {"displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl",
           "bigr", "Bigl", "Bigr", "biggl", "biggr", "nonumber", "notag", "left.", "relax"}
TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def mathml(tex, display):
    """The formula as a <math> element. Raises ValueError where it meets what it does not know."""
    parser = _Parser(tex, display)
    body = parser.row(lambda token: False)
    kind = ' display="block"' if display else ""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"{kind}>{body}</math>'


def _styled(letter, font):
    """A letter of a mathematical alphabet, by its own code point, as MathML Core wants it."""
    if not (letter.isascii() and letter.isalnum()):
        return letter
    if font == "bold":
        start = {"d": 0x1D7CE, "U": 0x1D400, "l": 0x1D41A}
    elif font == "double":
        named = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
        if letter in named:
            return named[letter]
        start = {"d": 0x1D7D8, "U": 0x1D538, "l": 0x1D552}
    elif font == "script":
        named = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
                 "e": "ℯ", "g": "ℊ", "o": "ℴ"}
        if letter in named or letter.isdigit():
            return named.get(letter, letter)
        start = {"U": 0x1D49C, "l": 0x1D4B6}
    else:
        return letter
    if letter.isdigit():
        return chr(start["d"] + ord(letter) - ord("0"))
    if letter.isupper():
        return chr(start["U"] + ord(letter) - ord("A"))
    return chr(start["l"] + ord(letter) - ord("a"))


class _Parser:
    def __init__(self, tex, display):
        tex = re.sub(r"(?<!\\)%.*", "", tex)
        self.tokens = [t if not t.isspace() else " " for t in TOKEN.findall(tex)]
        self.at = 0
        self.display = display
        self.font = None

    def peek(self, spaces=False):
        at = self.at
        while not spaces and at < len(self.tokens) and self.tokens[at] == " ":
            at += 1
        return self.tokens[at] if at < len(self.tokens) else None

    def next(self, spaces=False):
        while not spaces and self.at < len(self.tokens) and self.tokens[self.at] == " ":
            self.at += 1
        if self.at >= len(self.tokens):
            raise ValueError("the formula ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def row(self, ends):
        """Everything up to a token for which ends() is true, which stays; or to the end."""
        parts = []
        while self.peek() is not None and not ends(self.peek()):
            parts.append(self.scripted())
        return parts[0] if len(parts) == 1 else "<mrow>" + "".join(parts) + "</mrow>"

    def scripted(self):
        if self.peek() in ("_", "^"):
            base, moves = "<mrow></mrow>", False
        else:
            base, moves = self.atom()
        below = above = None
        primes = ""
        while self.peek() in ("_", "^", "'"):
            sign = self.next()
            if sign == "'":
                primes += "′"
            elif sign == "_" and below is None:
                below = self.argument()
            elif sign == "^" and above is None:
                above = self.argument()
            else:
                raise ValueError("two scripts in one place")
        if primes:
            mark = f"<mo>{primes}</mo>"
            above = mark if above is None else f"<mrow>{mark}{above}</mrow>"
        if below is None and above is None:
            return base
        tag = ("munder", "mover", "munderover") if moves else ("msub", "msup", "msubsup")
        if above is None:
            return f"<{tag[0]}>{base}{below}</{tag[0]}>"
        if below is None:
            return f"<{tag[1]}>{base}{above}</{tag[1]}>"
        return f"<{tag[2]}>{base}{below}{above}</{tag[2]}>"

    def argument(self):
        if self.peek() == "{":
            return self.group()
        return self.atom()[0]

    def group(self):
        if self.next() != "{":
            raise ValueError("an opening brace is missing")
        inside = self.row(lambda token: token == "}")
        if self.peek() is None:
            raise ValueError("a closing brace is missing")
        self.next()
        return inside

    def raw(self):
        """The text of a group as it stands."""
        if self.next() != "{":
            raise ValueError("an opening brace is missing")
        depth, text = 1, ""
        while True:
            token = self.next(spaces=True)
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth == 0:
                return text
            text += token

    def atom(self):
        """One thing, and whether its scripts go below and above it."""
        token = self.next()
        if token == "{":
            self.at -= 1
            return self.group(), False
        if token[0].isdigit():
            text = "".join(_styled(c, self.font) for c in token)
            return f"<mn>{text}</mn>", False
        if token.isalpha() and len(token) == 1:
            variant = ' mathvariant="normal"' if self.font == "normal" else ""
            return f"<mi{variant}>{_styled(token, self.font)}</mi>", False
        if not token.startswith("\\"):
            if token in "}&":
                raise ValueError(f"'{token}' out of place")
            if token == "~":
                return '<mspace width="0.25em"/>', False
            fence = ' stretchy="false"' if token in "()[]|" else ""
            sign = {"-": "−", "*": "∗"}.get(token, token)
            return f"<mo{fence}>{html.escape(sign)}</mo>", False
        return self.command(token[1:])

    def command(self, name):
        if name in IGNORED:
            return "", False
        if name in SYMBOLS:
            return f"<mi>{SYMBOLS[name]}</mi>", False
        if name in LARGE:
            return f"<mo>{LARGE[name]}</mo>", self.display and name not in ("int", "iint", "oint")
        if name in OPERATORS:
            return f'<mo stretchy="false">{html.escape(OPERATORS[name])}</mo>', False
        if name in FUNCTIONS:
            return f"<mi>{name}</mi>", self.display and name in BELOW
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}"/>', False
        if name in ("frac", "dfrac", "tfrac"):
            above = self.argument()
            return f"<mfrac>{above}{self.argument()}</mfrac>", False
        if name in ("binom", "dbinom", "tbinom"):
            above = self.argument()
            inner = f'<mfrac linethickness="0">{above}{self.argument()}</mfrac>'
            return f"<mrow><mo>(</mo>{inner}<mo>)</mo></mrow>", False
        if name == "sqrt":
            if self.peek() == "[":
                self.next()
                degree = self.row(lambda token: token == "]")
                self.next()
                return f"<mroot>{self.argument()}{degree}</mroot>", False
            return f"<msqrt>{self.argument()}</msqrt>", False
        if name in ACCENTS:
            stretch = "true" if name in ("overline", "widehat", "widetilde") else "false"
            return (f'<mover accent="true">{self.argument()}'
                    f'<mo stretchy="{stretch}">{ACCENTS[name]}</mo></mover>'), False
        if name == "underline":
            return f"<munder>{self.argument()}<mo>_</mo></munder>", False
        if name in ("underbrace", "overbrace"):
            tag, sign = ("munder", "⏟") if name == "underbrace" else ("mover", "⏞")
            return f"<{tag}>{self.argument()}<mo>{sign}</mo></{tag}>", True
        if name in ("underset", "overset", "stackrel"):
            tag = "munder" if name == "underset" else "mover"
            script = self.argument()
            return f"<{tag}>{self.argument()}{script}</{tag}>", False
        if name in ("text", "textrm", "textbf", "textit", "mbox", "mathrm", "operatorname",
                    "operatorname*", "textsf", "texttt", "mathsf", "mathtt"):
            if self.peek() != "{":
                return f'<mi mathvariant="normal">{html.escape(self.next())}</mi>', False
            text = re.sub(r"\\([_%#&${} ,;])", r"\1", self.raw())
            if "\\" in text or "$" in text:
                raise ValueError(f"\\{name} with a command in it")
            if name.startswith(("text", "mbox")):
                return f"<mtext>{html.escape(text).replace(' ', chr(160))}</mtext>", False
            variant = ' mathvariant="normal"' if len(text) == 1 else ""
            return f"<mi{variant}>{html.escape(text)}</mi>", name == "operatorname*" and self.display
        if name in FONTS:
            before, self.font = self.font, FONTS[name]
            inside = self.argument()
            self.font = before
            return inside, False
        if name == "left":
            opening = self.fence()
            inside = self.row(lambda token: token in ("\\right", "\\middle"))
            while self.peek() == "\\middle":
                self.next()
                inside += f'<mo stretchy="true">{self.fence()}</mo>'
                inside += self.row(lambda token: token in ("\\right", "\\middle"))
            if self.peek() is None:
                raise ValueError("\\left without \\right")
            self.next()
            return self.fenced(opening, inside, self.fence()), False
        if name == "begin":
            return self.environment(), False
        raise ValueError(f"\\{name} is not known")

    def fence(self):
        token = self.next()
        if token == ".":
            return ""
        if token.startswith("\\"):
            if token[1:] not in OPERATORS:
                raise ValueError(f"{token} is no fence")
            return OPERATORS[token[1:]]
        return html.escape(token)

    @staticmethod
    def fenced(opening, inside, closing):
        left = f'<mo stretchy="true" form="prefix">{opening}</mo>' if opening else ""
        right = f'<mo stretchy="true" form="postfix">{closing}</mo>' if closing else ""
        return f"<mrow>{left}{inside}{right}</mrow>"

    def environment(self):
        name = self.raw()
        if name == "array":
            self.raw()
        elif name not in MATRICES:
            raise ValueError(f"the environment {name} is not known")
        rows, cells = [], []

        def ends(token):
            return token in ("&", "\\\\", "\\end")

        while True:
            cells.append(f"<mtd>{self.row(ends)}</mtd>")
            token = self.next()
            if token == "&":
                continue
            rows.append("<mtr>" + "".join(cells) + "</mtr>")
            cells = []
            if token == "\\end":
                if self.raw() != name:
                    raise ValueError(f"\\begin{{{name}}} has another end")
                break
        aligned = name.startswith(("align", "split"))
        style = ' class="aligned"' if aligned else ' class="cases"' if name == "cases" else ""
        table = f"<mtable{style}>{''.join(rows)}</mtable>"
        fences = MATRICES.get(name, "") or ".."
        opening, closing = (("" if f == "." else f) for f in fences)
        return self.fenced(opening, table, closing)
