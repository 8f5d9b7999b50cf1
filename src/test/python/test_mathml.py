"""Tests of src/main/python/mathml.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import sys
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

from mathml import mathml  # noqa: E402


def inside(tex, display=False):
    """The formula without its <math>, which must be well-formed XML."""
    whole = mathml(tex, display)
    ElementTree.fromstring(whole)
    return whole.partition(">")[2].removesuffix("</math>")


class MathMLTest(unittest.TestCase):
    def test_a_script_belongs_to_what_is_before_it(self):
        self.assertEqual("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", inside("x_i^2"))
        self.assertEqual("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", inside("x^2_i"))
        self.assertEqual("<msup><mi>f</mi><mo>′</mo></msup>", inside("f'"))

    def test_a_sum_has_its_bounds_above_and_below_only_when_displayed(self):
        self.assertIn("<munderover><mo>∑</mo>", inside(r"\sum_{i=1}^n x", True))
        self.assertIn("<msubsup><mo>∑</mo>", inside(r"\sum_{i=1}^n x", False))

    def test_fractions_roots_and_accents(self):
        self.assertEqual("<mfrac><mn>1</mn><mi>m</mi></mfrac>", inside(r"\frac1m"))
        self.assertEqual("<msqrt><mi>x</mi></msqrt>", inside(r"\sqrt{x}"))
        self.assertEqual("<mroot><mi>x</mi><mn>3</mn></mroot>", inside(r"\sqrt[3]{x}"))
        self.assertIn('<mover accent="true"><mi>y</mi>', inside(r"\hat{y}"))

    def test_letters_of_an_alphabet_are_their_own_code_points(self):
        self.assertEqual("<mi>𝐱</mi>", inside(r"\mathbf{x}"))
        self.assertEqual("<mi>ℝ</mi>", inside(r"\mathbb{R}"))
        self.assertEqual("<mi>RMSE</mi>", inside(r"\mathrm{RMSE}"))

    def test_text_keeps_its_spaces_and_is_escaped(self):
        self.assertEqual("<mtext>a\N{NO-BREAK SPACE}&lt;\N{NO-BREAK SPACE}b</mtext>", inside(r"\text{a < b}"))
        self.assertIn("&lt;", inside("a < b"))

    def test_tables_within_fences(self):
        cases = inside(r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}")
        self.assertIn("{</mo>", cases)
        self.assertEqual(2, cases.count("<mtr>"))
        self.assertEqual(4, cases.count("<mtd>"))
        self.assertEqual(2, inside(r"\begin{pmatrix} a \\ b \end{pmatrix}").count("<mo stretchy"))

    def test_what_is_unknown_or_broken_is_refused(self):
        for tex in (r"\foo{x}", r"\frac{1}", "{x", "x}", r"\left( x", "x_1_2", r"\begin{foo}x\end{foo}"):
            with self.subTest(tex), self.assertRaises(ValueError):
                mathml(tex, True)

    def test_formulas_of_the_notebooks_subject(self):
        for tex in (
            r"\mathrm{MAE} = \frac{1}{m}\sum_{i=1}^{m}\left|h(\mathbf{x}^{(i)}) - y^{(i)}\right|",
            r"s(i) = \frac{b(i) - a(i)}{\max\{a(i), b(i)\}}",
            r"f_c = \frac{\sum_k f_k\,|S_k|}{\sum_k |S_k|}\ \text{Hz}",
            r"\lVert x - \mu \rVert_2 \le \varepsilon, \quad \forall x \in C",
            r"\operatorname{KL}(P \,\|\, Q) = \sum_{i \neq j} p_{ij} \log \frac{p_{ij}}{q_{ij}}",
            r"\hat\theta = \theta^T \cdot \mathbf{x} = \theta_0 + \theta_1 x_1 + \dots + \theta_n x_n",
            r"m = 2595 \log_{10}\!\left(1 + \frac{f}{700}\right)",
        ):
            with self.subTest(tex):
                inside(tex, True)


if __name__ == "__main__":
    unittest.main()
