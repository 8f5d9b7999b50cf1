package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class TexTest {
  private static String body(String tex) {
    String whole = Tex.mathml(tex, false).orElse("none");
    return whole
        .replaceFirst("^<math><semantics><mrow>", "")
        .replaceFirst("</mrow><annotation.*$", "");
  }

  @ParameterizedTest
  @CsvSource({
    "x, <mi>x</mi>",
    "x_1^2, <msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>",
    "\\frac{1}{n}, <mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>",
    "\\sqrt 2, <msqrt><mn>2</mn></msqrt>",
    "a < b, <mi>a</mi><mo>&lt;</mo><mi>b</mi>",
    "\\alpha - 1.5, <mi>α</mi><mo>−</mo><mn>1.5</mn>",
    "\\sum_i x_i, <munder><mo>∑</mo><mi>i</mi></munder><msub><mi>x</mi><mi>i</mi></msub>",
  })
  void small(String tex, String mathml) {
    assertThat(body(tex)).isEqualTo(mathml);
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
      })
  @DisplayName("formulas of the chapters are understood and are well-formed XML")
  void chapters(String tex) throws Exception {
    String mathml = Tex.mathml(tex, true).orElseThrow();
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(mathml)));
  }

  @Test
  @DisplayName("what is not known is left to show as its TeX")
  void unknown() {
    assertThat(Tex.mathml("\\href{javascript:x}{y}", false)).isEmpty();
    assertThat(Tex.mathml("\\frac{1}", false)).isEmpty();
    assertThat(Tex.mathml("}", false)).isEmpty();
    assertThat(Tex.mathml("{".repeat(100_000), false)).isEmpty();
  }

  @Property(tries = 1000)
  @Label("any text gives well-formed MathML or nothing, and never fails")
  void anything(@ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') String tex)
      throws Exception {
    var mathml = Tex.mathml(tex, false);
    if (mathml.isPresent()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(mathml.get())));
    }
  }
}
