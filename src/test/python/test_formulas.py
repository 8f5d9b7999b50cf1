"""Tests of src/main/python/formulas.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import contextlib
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import formulas  # noqa: E402

ECHO = "import sys\nfor line in sys.stdin: print(line.strip().replace('tex', 'TeX'), flush=True)"


class FormulasTest(unittest.TestCase):
    def setUp(self):
        formulas.html.cache_clear()

    def tearDown(self):
        with contextlib.suppress(OSError):  # data the ended process did not read
            formulas._process.stdin.close()
        formulas._process.stdout.close()
        formulas._process.wait(20)
        formulas._process = None

    def test_one_process_answers_question_by_question(self):
        formulas.start((sys.executable, "-c", ECHO))
        first = formulas._process
        self.assertEqual({"TeX": "a\n\u03b1", "display": True}, formulas.html("a\n\u03b1", True))
        self.assertEqual({"TeX": "b", "display": False}, formulas.html("b", False))
        self.assertIs(first, formulas._process)

    def test_where_the_process_ended_the_formula_shows_as_its_tex(self):
        formulas.start((sys.executable, "-c", ""))
        formulas._process.wait(20)
        self.assertEqual(
            '<code title="not drawn: ./workbench formulas ended">a &lt; b</code>',
            formulas.html(" a < b ", False),
        )


if __name__ == "__main__":
    unittest.main()
