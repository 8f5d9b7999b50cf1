"""Tests of what the index shows while a run goes on, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import live  # noqa: E402
import pages  # noqa: E402
import turns  # noqa: E402
from test_pages import CHROMIUM  # noqa: E402


class Result:
    state = "ok"
    seconds = 1.5
    reason = []
    differences = []


class LiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        home = Path(folder.name).resolve()
        self.place = pages.Place(home / "notebooks", home / "site", home)
        self.paths = [self.place.folder / f"{name}.ipynb" for name in ("00_a", "01_b", "02_c")]
        self.place.folder.mkdir()
        for path in self.paths:
            cells = [
                new_markdown_cell(f"# Title of {path.stem}\n\n**Question.** Is <b>it</b> so?\n**Takes** 20 seconds."),
                new_code_cell("1"),
            ]
            path.write_text(writes(new_notebook(cells=cells)))
        self.live = live.Live(self.place, self.paths)
        self.live.look()

    def index(self, state):
        return pages.index(self.place, state).read_text()

    def states(self, page):
        return re.findall(r'<li class="(\w+)"><div class="name">.*?Title of (\w+)', page)

    def test_the_index_is_as_the_run_is(self):
        page = self.index(self.live)
        self.assertEqual([("waiting", "00_a"), ("waiting", "01_b"), ("waiting", "02_c")], self.states(page))
        self.assertIn("3 notebooks, 3 waiting", page)
        self.assertIn("Is &lt;b&gt;it&lt;/b&gt; so?", page)
        self.live.begins(self.paths[0], 7)
        self.live.begins(self.paths[1], 9)
        self.live.cell(self.paths[1], 4)
        page = self.index(self.live)
        self.assertEqual([("running", "00_a"), ("running", "01_b"), ("waiting", "02_c")], self.states(page))
        self.assertRegex(page, r"<b>running</b> · \d+ s, cell 4 of 9<")
        self.assertRegex(page, r"<b>running</b> · \d+ s, the kernel starts<")
        pages.record(self.place, self.paths[0], new_notebook(cells=[new_markdown_cell("# Title of 00_a")]), Result())
        self.live.ends(self.paths[0])
        page = self.index(self.live)
        self.assertEqual([("ok", "00_a"), ("running", "01_b"), ("waiting", "02_c")], self.states(page))
        self.assertIn("3 notebooks, 1 ok, 1 running, 1 waiting", page)
        self.assertIn("<b>ok</b> · 1.5 s<", page)

    def test_the_page_loads_itself_again_only_while_the_run_goes_on(self):
        page = self.index(self.live)
        self.assertEqual(1, page.count("<script>"))
        self.assertIn("script-src 'sha256-", page)
        done = self.index(None)
        self.assertNotIn("<script", done)
        self.assertNotIn("script-src", done)
        self.assertEqual(["index.html"], [path.name for path in self.place.site.iterdir()])

    def test_in_a_browser_it_follows_the_run_and_says_when_nothing_writes_it_any_more(self):
        if CHROMIUM is None:
            self.skipTest("SKIPPED: no Chromium on the PATH; install it to test the pages in a browser")
        page = pages.index(self.place, self.live)
        self.assertIn("This page follows the run.</span>", self.shown(page))
        page.write_text(re.sub(r'data-written="\d+"', 'data-written="1"', page.read_text()))
        self.assertIn("The run has ended without a word", self.shown(page))

    def shown(self, page):
        return subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.place.home / 'user'}",
             "--virtual-time-budget=500", "--dump-dom", page.as_uri()],
            capture_output=True, encoding="utf-8", timeout=120,
        ).stdout  # fmt: skip

    def test_results_of_earlier_runs_are_not_taken_for_those_of_this_one(self):
        for path in self.paths:
            pages.record(self.place, path, new_notebook(cells=[new_markdown_cell("# Title of x")]), Result())
        other = live.Live(self.place, self.paths[:2])
        other.look()
        self.assertEqual(["waiting", "waiting", "ok"], [state for state, _ in self.states(self.index(other))])

    def test_what_cannot_be_read_is_shown_by_its_name(self):
        for text in ("", "{", "[1]", '{"cells": [1]}', '{"cells": [{"cell_type": "markdown"}]}', "[" * 100_000, "\udcff"):
            with self.subTest(text[:40]):
                self.paths[0].write_text(text, errors="surrogateescape")
                self.assertEqual({"title": "00_a", "question": ""}, live.heading(self.paths[0]))
        self.paths[0].unlink()
        self.assertEqual({"title": "00_a", "question": ""}, live.heading(self.paths[0]))

    def test_the_expected_time_is_that_of_the_last_run_or_the_stated_one(self):
        pages.record(self.place, self.paths[1], None, Result())
        self.assertEqual([20, 1.5, 20], list(turns.expected(self.place, self.paths).values()))


class TurnsTest(unittest.TestCase):
    def order(self, seconds, jobs):
        """The names in the order in which they begin, each of them after its predecessors at the same place."""
        waiting = turns.Turns(list(seconds), seconds, jobs)
        free = [0.0] * jobs
        begun = []
        while one := waiting.next():
            place = free.index(min(free))
            free[place] += seconds[one]
            begun.append(one)
        return "".join(begun), max(free)

    def test_in_the_order_given_while_nothing_is_lost_by_it(self):
        self.assertEqual(("abcdef", 3), self.order(dict.fromkeys("abcdef", 1), 2))
        self.assertEqual(("abc", 0), self.order(dict.fromkeys("abc", 0), 2))
        self.assertEqual(("abc", 111), self.order({"a": 1, "b": 10, "c": 100}, 1))

    def test_the_longest_begins_before_it_would_be_left_alone(self):
        # in the given order: 2 places, 1 + 1, 1 + 1, then 10 alone: 12
        self.assertEqual(("eabcd", 10), self.order({"a": 1, "b": 1, "c": 1, "d": 1, "e": 10}, 2))
        # 4 + 4, then the 6 while the others end
        self.assertEqual(("abecd", 10), self.order({"a": 4, "b": 4, "c": 2, "d": 2, "e": 6}, 2))


if __name__ == "__main__":
    unittest.main()
