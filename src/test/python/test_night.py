"""Tests of src/main/python/night.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import sys
import unittest
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import clean  # noqa: E402
import night  # noqa: E402

DARK = '<img class="fieldnotes-night" hidden alt="a &lt;b&gt;" src="data:image/png;base64,AAAA">'
LIGHT = '<img alt="a &lt;b&gt;" src="data:image/png;base64,BBBB">'


def notebook(html):
    outputs = [new_output("display_data", {"text/html": html, "text/plain": "a"})]
    return new_notebook(cells=[new_markdown_cell(DARK), new_code_cell("x", outputs=outputs)])


class NightTest(unittest.TestCase):
    def test_what_is_saved_has_the_light_forms_only(self):
        run = notebook(f"<div>{DARK}{LIGHT}</div><div>{DARK}{LIGHT}</div>")
        light = night.without(run)
        self.assertEqual(
            light.cells[1].outputs[0].data["text/html"], f"<div>{LIGHT}</div><div>{LIGHT}</div>"
        )
        self.assertEqual(light.cells[0].source, DARK, "a text of the writer")
        self.assertIn(DARK, run.cells[1].outputs[0].data["text/html"], "the run's own keeps both")

    def test_what_has_none_stays_as_it_is(self):
        run = notebook(["<p>", LIGHT, "</p>"])
        self.assertIs(night.without(run).cells[1], run.cells[1])

    def test_a_page_keeps_both_in_order(self):
        page = clean.html(DARK + LIGHT)
        self.assertRegex(page, r'^<img [^<>]*class="fieldnotes-night"[^<>]*>\s*<img [^<>]*BBBB')


if __name__ == "__main__":
    unittest.main()
