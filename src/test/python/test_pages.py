"""Tests of src/main/python/pages.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import html
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from html.parser import HTMLParser
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import formulas  # noqa: E402
import pages  # noqa: E402
from test_clean import PAYLOADS, RUN  # noqa: E402

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)


class Result:
    state = "ok"
    seconds = 1.5
    reason = []
    differences = []


class Tags(HTMLParser):
    """The start tags of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))


def hostile():
    """A notebook whose cells and outputs try to run a script in every way."""
    cells = [new_markdown_cell("# Calm")]
    for payload in PAYLOADS:
        cells.append(new_markdown_cell(payload))
        cells.append(new_markdown_cell(f"text {payload} text"))
        cells.append(
            new_code_cell(
                "x",
                outputs=[
                    new_output("display_data", {"text/html": payload, "text/plain": "x"}),
                    new_output("display_data", {"text/markdown": payload, "text/plain": "x"}),
                    new_output("display_data", {"image/svg+xml": payload, "text/plain": "x"}),
                    new_output("display_data", {"image/png": f'"><script>{RUN}</script>', "text/plain": "x"}),
                    new_output("display_data", {"application/javascript": RUN, "text/plain": "x"}),
                    new_output("stream", text=payload),
                    new_output("error", ename=payload, evalue=payload, traceback=[payload]),
                ],
                metadata={"tags": [f'"><script>{RUN}</script>']},
            )
        )
        cells.append(new_raw_cell(payload, metadata={"raw_mimetype": "text/html"}))
    cells += [
        new_markdown_cell(f"[x](javascript:{RUN}) ![x](javascript:{RUN}) <javascript:{RUN}>"),
        new_markdown_cell(f"[x][1]\n\n[1]: data:text/html,<script>{RUN}</script>"),
        new_markdown_cell(
            "![x](attachment:a.svg)", attachments={"a.svg": {f'x"><script>{RUN}</script>': "AAAA"}}
        ),
    ]
    return new_notebook(cells=cells)


class PagesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name).resolve()
        self.notebooks = self.home / "notebooks"
        self.notebooks.mkdir()
        self.place = pages.Place(self.notebooks, self.home / "site", self.home)

    def write(self, name, notebook):
        path = self.notebooks / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
        pages.write(notebook, path, self.place)
        pages.record(self.place, path, notebook, Result())
        return self.place.page(path)

    def chromium(self, page, *options):
        if CHROMIUM is None:
            self.skipTest("SKIPPED: no Chromium on the PATH; install it to test the pages in a browser")
        return subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.home / 'user'}",
             "--virtual-time-budget=3000", *options, page.as_uri()],
            capture_output=True, encoding="utf-8", timeout=120,
        ).stdout  # fmt: skip

    def test_a_browser_runs_no_payload(self):
        page = self.write("a.ipynb", hostile())
        shown = self.chromium(page, "--dump-dom")
        self.assertIn("<title>Calm · Fieldnotes</title>", shown)
        self.assertNotRegex(shown, r"<(script|iframe|object|embed|form|base|link)\b")

    def test_nothing_that_runs_is_on_the_page_whatever_the_browser(self):
        page = self.write("a.ipynb", hostile()).read_text(encoding="utf-8")
        tags = Tags()
        tags.feed(page)
        names = {name for name, _ in tags.found}
        self.assertLessEqual(
            names & {"script", "iframe", "object", "embed", "form", "base", "link", "svg", "input", "button"}, set()
        )
        for name, attributes in tags.found:
            for key, value in attributes:
                self.assertFalse(key.startswith("on"), (name, key, value))
                if key == "href":
                    self.assertNotRegex(value, r"(?i)^\s*(javascript|vbscript|data)")
                if key == "src":
                    self.assertNotRegex(value, r"(?i)^\s*(javascript|vbscript|data:text|https?:|//|\\\\)")
        self.assertEqual(1, page.count('<meta content="default-src') + page.count("<meta http-equiv"))

    def test_pages_of_other_notebooks_lie_by_their_path(self):
        self.assertEqual("group/a", self.place.name(self.notebooks / "group/a.ipynb"))
        self.assertEqual("checkout/my/a", self.place.name(self.home / "my/a.ipynb"))
        self.assertEqual("elsewhere/x y/a", self.place.name(Path("/x y/a.ipynb")))

    def test_links_lead_to_pages_and_files(self):
        source = "[a](b.ipynb#c) [d](../data/e%20f.csv) [g](https://example.org/) [h](mailto:a@b.c) [i](#j)"
        page = self.write("group/a.ipynb", new_notebook(cells=[new_markdown_cell(source)]))
        links = [html.unescape(found) for found in re.findall(r'href="([^"]*)"', page.read_text())]
        self.assertEqual(
            ["../index.html", "b.html#c", "../../notebooks/data/e%20f.csv", "https://example.org/",
             "mailto:a@b.c", "#j"], links)  # fmt: skip

    def test_markdown_and_formulas_of_outputs_are_set_as_those_of_texts(self):
        outputs = [
            new_output("display_data", {"text/latex": "$$\\frac{a}{b} < c$$", "text/plain": "no"}),
            new_output("display_data", {"text/markdown": "**k** is $x$", "text/plain": "no"}),
        ]
        asked = []
        with unittest.mock.patch.object(
            formulas, "html", lambda tex, display: asked.append((tex, display)) or f"<math>{len(asked)}</math>"
        ):
            page = self.write("a.ipynb", new_notebook(cells=[new_code_cell("x", outputs=outputs)])).read_text()
        self.assertEqual([("\\frac{a}{b} < c", True), ("x", False)], asked)
        self.assertIn("<p><math>1</math></p>", page)
        self.assertEqual(1, page.count("@font-face"))
        self.assertIn("<strong>k</strong> is <math>2</math>", page)
        self.assertNotIn("$", re.sub(r"(?s)<style>.*?</style>", "", page))
        plain = self.write("b.ipynb", new_notebook(cells=[new_markdown_cell("# no formula")])).read_text()
        self.assertNotIn("@font-face", plain)

    def test_what_unfolds_holds_the_markdown_in_it(self):
        text = "1. Try\n\n<details><summary>Solution</summary>\n\n```java\nint x;\n```\n</details>\n\nafter"
        page = self.write("a.ipynb", new_notebook(cells=[new_markdown_cell(text)])).read_text()
        inside = re.search(r"(?s)<details>(.*?)</details>", page)[1]
        self.assertIn("<summary>Solution</summary>", inside)
        self.assertIn('<div class="highlight">', inside)
        self.assertNotIn("after", inside)
        page = self.write("b.ipynb", new_notebook(cells=[new_markdown_cell("<details>\n\nopen"), new_markdown_cell("next")])).read_text()
        self.assertLess(page.index("</details>"), page.index("next"))

    def test_the_index_lists_bad_notebooks_without_a_link_and_shows_control_characters(self):
        bad = self.notebooks / "bad.ipynb"
        bad.write_text("")
        result = Result()
        result.state, result.reason = "failed", ["is \x1b[31mempty\u202e <script>"]
        pages.record(self.place, bad, None, result)
        self.write("ok.ipynb", new_notebook(cells=[new_markdown_cell("# A < B")]))
        index = pages.index(self.place).read_text(encoding="utf-8")
        self.assertIn("is \\u001b[31mempty\\u202e &lt;script&gt;", index)
        self.assertIn('<a href="ok.html">A &lt; B</a>', index)
        self.assertNotIn('href="bad.html"', index)

    def test_the_index_fits_400_pixels(self):
        for name in ("a_very_long_name_of_a_notebook_without_any_blank_in_it", "b"):
            notebook = new_notebook(cells=[new_markdown_cell(f"# {'Long words ' * 12}\n\n**Question.** {'q' * 90}?")])
            self.write(f"group/{name}.ipynb", notebook)
        index = pages.index(self.place)
        frame = self.home / "frame.html"
        frame.write_text(  # Chromium's own window is at least 500 pixels wide
            f"<iframe src='{index.as_uri()}' style='width:400px;height:900px'></iframe><script>onload = () => setTimeout("
            "() => { const d = frames[0].document.documentElement;"
            " document.title = d.scrollWidth + ' of ' + d.clientWidth; }, 300)</script>"
        )
        shown = self.chromium(frame, "--dump-dom", "--allow-file-access-from-files", "--disable-web-security")
        found = re.search(r"<title>(\d+) of (\d+)</title>", shown)
        self.assertIsNotNone(found, shown[:500])
        self.assertLessEqual(int(found[1]), int(found[2]))


if __name__ == "__main__":
    unittest.main()
