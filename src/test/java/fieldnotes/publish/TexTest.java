package fieldnotes.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.StringReader;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class TexTest {
  private static String body(String tex, boolean display) {
    String whole = Tex.mathml(tex, display);
    return whole
        .replaceFirst("^<math( display=\"block\")?><semantics>", "")
        .replaceFirst("<annotation.*$", "");
  }

  private static void wellFormed(String mathml) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(mathml)));
  }

  @ParameterizedTest
  @CsvSource({
    "x, <mi>x</mi>",
    "x_1^2, <msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>",
    "x^2_i, <msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
    "f', <msup><mi>f</mi><mo>′</mo></msup>",
    "\\frac{1}{n}, <mfrac><mn>1</mn><mi>n</mi></mfrac>",
    "\\frac1m, <mfrac><mn>1</mn><mi>m</mi></mfrac>",
    "\\sqrt 2, <msqrt><mn>2</mn></msqrt>",
    "\\sqrt[3]{x}, <mroot><mi>x</mi><mn>3</mn></mroot>",
    "\\hat{y}, <mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>",
    "a < b, <mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>",
    "\\alpha - 1.5, <mrow><mi>α</mi><mo>−</mo><mn>1.5</mn></mrow>",
    "2 \\log x, <mrow><mn>2</mn><mspace width=\"0.17em\"/><mi>log</mi>"
        + "<mspace width=\"0.17em\"/><mi>x</mi></mrow>",
    "\\exp(x), <mrow><mi>exp</mi><mo stretchy=\"false\">(</mo><mi>x</mi>"
        + "<mo stretchy=\"false\">)</mo></mrow>",
    "\\sum\\limits_i x, <mrow><munder><mo>∑</mo><mi>i</mi></munder><mi>x</mi></mrow>",
  })
  void small(String tex, String mathml) {
    assertThat(body(tex, false)).isEqualTo(mathml);
  }

  @Test
  @DisplayName("a sum has its bounds above and below only where it stands on a line of its own")
  void bounds() {
    assertThat(body("\\sum_{i=1}^n x", true)).contains("<munderover><mo>∑</mo>");
    assertThat(body("\\sum_{i=1}^n x", false)).contains("<msubsup><mo>∑</mo>");
    assertThat(body("\\int_0^1 x", true)).contains("<msubsup><mo>∫</mo>");
    assertThat(body("\\max_i x_i", true)).contains("<munder><mi>max</mi><mi>i</mi></munder>");
  }

  @ParameterizedTest
  @CsvSource({
    "\\mathbf{x}, <mi>𝐱</mi>",
    "\\boldsymbol\\theta, <mi>𝛉</mi>",
    "\\mathbb{R}, <mi>ℝ</mi>",
    "\\mathcal{L}, <mi>ℒ</mi>",
    "\\mathcal{N}, <mi>𝒩</mi>",
    "\\mathbf{1}, <mn>𝟏</mn>",
    "\\mathrm{RMSE}, <mi>RMSE</mi>",
    "\\mathrm{d}, <mi mathvariant=\"normal\">d</mi>",
    "\\operatorname{dB}, <mi>dB</mi>",
  })
  @DisplayName("letters of an alphabet are their own code points; a name is one identifier")
  void alphabets(String tex, String mathml) {
    assertThat(body(tex, false)).isEqualTo(mathml);
  }

  @Test
  @DisplayName("text keeps its blanks and is escaped")
  void text() {
    assertThat(body("\\text{a < b}", false)).isEqualTo("<mtext>a\u00A0&lt;\u00A0b</mtext>");
  }

  @Test
  @DisplayName("cases and matrices are tables within stretching fences")
  void tables() {
    String cases = body("\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}", false);
    assertThat(cases).contains("form=\"prefix\">{</mo><mtable class=\"cases\">");
    assertThat(cases.split("<mtr>")).hasSize(3);
    assertThat(cases.split("<mtd>")).hasSize(5);
    String matrix = body("\\begin{pmatrix} a \\\\ b \\end{pmatrix}", false);
    assertThat(matrix.split("<mo stretchy=\"true\"")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\operatorname{dB} = 20 \\log_{10} \\frac{|a|}{a_0}",
        "\\bar{s} = \\frac{1}{n} \\sum_{i=1}^{n} \\frac{b_i - a_i}{\\max(a_i, b_i)}",
        "\\left( \\begin{matrix} a & b \\\\ c & d \\end{matrix} \\right)",
        "f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}",
        "\\mathbf{X} \\in \\mathbb{R}^{n \\times p}, \\quad \\hat{y} = \\mathbf{X}\\beta",
        "p_{j|i} = \\frac{\\exp(-\\lVert x_i - x_j \\rVert^2 / 2\\sigma_i^2)}"
            + "{\\sum_{k \\ne i} \\exp(-\\lVert x_i - x_k \\rVert^2 / 2\\sigma_i^2)}",
        "\\mathrm{MAE} = \\frac{1}{m}\\sum_{i=1}^{m}\\left|h(\\mathbf{x}^{(i)}) - y^{(i)}\\right|",
        "\\mathrm{RMSE} = \\sqrt{\\frac{1}{m} \\sum_{i=1}^{m}"
            + " \\left( h(x^{(i)}) - y^{(i)} \\right)^2}",
        "\\exp(-\\gamma\\,(a - 35)^2)",
        "s(i) = \\frac{b(i) - a(i)}{\\max\\{a(i), b(i)\\}}",
        "f_c = \\frac{\\sum_k f_k\\,|S_k|}{\\sum_k |S_k|}\\ \\text{Hz}",
        "\\lVert x - \\mu \\rVert_2 \\le \\varepsilon, \\quad \\forall x \\in C",
        "\\operatorname{KL}(P \\,\\|\\, Q) = \\sum_{i \\neq j} p_{ij} \\log \\frac{p_{ij}}{q_{ij}}",
        "\\hat\\theta = \\theta^T \\cdot \\mathbf{x} = \\theta_0 + \\theta_1 x_1 + \\dots",
        "m = 2595 \\log_{10}\\!\\left(1 + \\frac{f}{700}\\right)",
        "\\begin{aligned} a &= b \\\\ &\\lt c \\end{aligned}",
        "\\underbrace{a + b}_{n} \\binom{n}{k} \\operatorname*{argmin}_x f''(x)",
        "\\left\\{ x \\middle| x > 0 \\right. \\bigl( \\mathrm{d}x \\bigr) \\vec{v} 5\\%",
      })
  @DisplayName("formulas of the notebooks are understood and are well-formed XML")
  void chapters(String tex) throws Exception {
    wellFormed(Tex.mathml(tex, true));
    wellFormed(Tex.mathml(tex, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\\foo{x}; \\foo is not known",
        "\\href{javascript:x}{y}; \\href is not known",
        "\\frac{1}; the formula ends too early",
        "{x; a closing brace is missing",
        "x}; '}' out of place",
        "\\left( x; \\left without \\right",
        "\\left a x \\right); a is no fence",
        "x_1_2; two scripts in one place",
        "\\begin{foo}x\\end{foo}; the environment foo is not known",
        "\\begin{matrix}x\\end{cases}; \\begin{matrix} has another \\end",
        "\\text{a $b$}; \\text has a command in it",
      })
  @DisplayName("what is unknown or broken is named, and shows as its TeX")
  void refused(String tex, String message) {
    assertThatThrownBy(() -> Tex.mathml(tex, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(Tex.html(tex, true))
        .isEqualTo(
            "<code title=\"not drawn: "
                + Html.escape(message)
                + "\">"
                + Html.escape(tex)
                + "</code>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "\\frac", "\\hat", "\\left(", "\\begin{matrix}", "x_", "\\mathrm{{"})
  @DisplayName("a formula nested without end is refused, soon")
  void bounded(String part) {
    String endless = part.repeat(100_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(catchThrowable(() -> Tex.mathml(endless, false)))
                .isInstanceOf(IllegalArgumentException.class));
  }

  @Property(tries = 1000)
  @Tag("long")
  @Label("any text gives well-formed MathML or its TeX, and never fails otherwise")
  void anything(@ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') String tex)
      throws Exception {
    wellFormed(Tex.html(tex, false));
  }
}
