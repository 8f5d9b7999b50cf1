"""Tests of what run_notebooks.py is made of, run by NotebookRunIT: python -m unittest discover -s src/test/python"""

import contextlib
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from nbformat.v4 import new_markdown_cell, new_notebook

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import finding  # noqa: E402
import kernels  # noqa: E402
import machine  # noqa: E402
import run_notebooks  # noqa: E402
import takes  # noqa: E402
import terminal  # noqa: E402
from pages import Place  # noqa: E402


class TerminalTest(unittest.TestCase):
    def test_control_characters_are_shown(self):
        self.assertEqual("\\u001b[31m\\r\\b\\u0007\\u202e\\u009b\\udb40\\udc41é中\u200d\n\t",
                         terminal.quote("\x1b[31m\r\b\x07\u202e\x9b\U000e0041é中\u200d\n\t"))  # fmt: skip
        self.assertEqual("a\\nb\\t", terminal.line("a\nb\t"))
        self.assertEqual("\\ud800", terminal.quote("\ud800"))


class UsageTest(unittest.TestCase):
    """A line feed in an argument never starts a line."""

    def test_line_feeds(self):
        forged = "x\nworkbench:_all_is_well"
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.ipynb").write_text("{}")
            os.chdir(folder)
            text = Path(folder, forged)
            text.write_text("no notebook")
            for attempt in (
                lambda: finding.find(Path(folder), [forged]),
                lambda: finding.find(Path(folder), ["no" + forged]),
                lambda: finding.find(Path(folder) / forged, []),
                lambda: run_notebooks.parse(["--" + forged]),
                lambda: run_notebooks.parse(["--jobs", forged]),
            ):
                printed = io.StringIO()
                with contextlib.redirect_stderr(printed), self.assertRaises(SystemExit):
                    attempt()
                lines = printed.getvalue().splitlines()
                self.assertTrue(lines[0].startswith("workbench run: "))
                self.assertFalse([line for line in lines if line.startswith("workbench:")])


class FindingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.folder = self.root / "notebooks"
        for name in ("notebooks/00_a.ipynb", "notebooks/g/10_c.ipynb", "notebooks/g/2_b.ipynb",
                     "notebooks/.ipynb_checkpoints/x.ipynb", "my/d.ipynb", "my/e.txt"):  # fmt: skip
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}")
        os.chdir(self.root)
        self.addCleanup(os.chdir, Path(__file__).parent)

    def names(self, *words):
        return [str(path.relative_to(self.root)) for path in finding.find(self.folder, words)]

    def fails(self, *words):
        said = io.StringIO()
        with contextlib.redirect_stderr(said), self.assertRaises(SystemExit) as ended:
            finding.find(self.folder, words)
        self.assertEqual(2, ended.exception.code)
        return said.getvalue()

    def test_all_notebooks_in_order_without_hidden_ones(self):
        self.assertEqual(["notebooks/00_a.ipynb", "notebooks/g/2_b.ipynb", "notebooks/g/10_c.ipynb"], self.names())

    def test_paths_folders_and_parts_of_names(self):
        self.assertEqual(["my/d.ipynb"], self.names("my"))
        self.assertEqual(["my/d.ipynb"], self.names("my/d.ipynb", str(self.root / "my" / "d.ipynb")))
        self.assertEqual(["notebooks/g/2_b.ipynb", "notebooks/g/10_c.ipynb"], self.names("notebooks/g"))
        self.assertEqual(["notebooks/g/10_c.ipynb"], self.names("g/10"))

    def test_links_in_circles_and_entries_that_cannot_be_read_are_no_end(self):
        (self.folder / "loop").symlink_to(".")
        (self.folder / "z.ipynb").symlink_to("nowhere")
        (self.folder / "f.ipynb").mkdir()
        self.assertEqual(
            ["notebooks/00_a.ipynb", "notebooks/f.ipynb", "notebooks/z.ipynb", "notebooks/g/2_b.ipynb",
             "notebooks/g/10_c.ipynb"], self.names())  # fmt: skip

    def test_what_is_not_there_is_told_with_what_is_like_it(self):
        self.assertTrue(
            self.fails("00_b").startswith("workbench run: no notebook '00_b'; did you mean 00_a?; available:\n  00_a")
        )
        self.assertIn("e.txt: is not a notebook; the name must end in .ipynb", self.fails("my/e.txt"))
        (self.root / "empty").mkdir()
        self.assertIn("empty: no notebooks (*.ipynb) in this folder", self.fails("empty"))
        self.assertIn("'\\u001b[31m'", self.fails("\x1b[31m"))


class Manager:
    def find_kernel_specs(self):
        return {"java": "", "python3": ""}


class KernelsTest(unittest.TestCase):
    def choose(self, **metadata):
        return kernels.Kernels(manager=Manager()).choose(metadata)

    def test_the_kernel_is_the_notebooks_or_java(self):
        self.assertEqual(("java", [], None), self.choose(kernelspec={"name": "java", "language": "java"}))
        self.assertEqual(("java", [], None), self.choose())
        self.assertEqual(("java", [], None), self.choose(kernelspec={"language": "java"}))
        self.assertEqual(
            ("python3", ["ran with the kernel 'python3'"], None), self.choose(kernelspec={"name": "python3"})
        )
        self.assertEqual(
            ("java", ["the kernel 'ijava' is not installed; ran with 'java'"], None),
            self.choose(kernelspec={"name": "ijava", "language": "java"}),
        )

    def test_a_missing_kernel_is_named_with_its_language(self):
        self.assertEqual(
            "needs the kernel 'ir' for the language R, which is not installed; installed: java, python3",
            self.choose(kernelspec={"name": "ir", "language": "R"})[2],
        )
        self.assertEqual(
            "names no kernel for the language julia, which is not installed; installed: java, python3",
            self.choose(language_info={"name": "julia"})[2],
        )


class MachineTest(unittest.TestCase):
    def test_two_at_a_time_need_two_cores_and_the_memory(self):
        gigabyte = 10**9
        self.assertEqual(2, machine.jobs(2, 8 * gigabyte))
        self.assertEqual(2, machine.jobs(64, 512 * gigabyte))
        self.assertEqual(1, machine.jobs(1, 8 * gigabyte))
        self.assertEqual(1, machine.jobs(2, 5 * gigabyte))
        self.assertIn(machine.jobs(), (1, 2))

    def test_kernels_share_three_quarters_of_the_memory(self):
        self.assertEqual("3072m", machine.heap(2, 8 << 30))
        self.assertEqual("1536m", machine.heap(4, 8 << 30))
        self.assertRegex(machine.heap(2), "^[1-9][0-9]+m$")

    def test_a_kernel_alone_or_with_a_given_heap_keeps_it(self):
        with mock.patch.dict(os.environ):
            os.environ.pop("FIELDNOTES_HEAP", None)
            self.assertNotIn("FIELDNOTES_HEAP", run_notebooks.environment(Path("/a.ipynb"), 1))
            self.assertEqual(machine.heap(2), run_notebooks.environment(Path("/a.ipynb"), 2)["FIELDNOTES_HEAP"])
            os.environ["FIELDNOTES_HEAP"] = "5g"
            self.assertEqual("5g", run_notebooks.environment(Path("/a.ipynb"), 2)["FIELDNOTES_HEAP"])


class OrderTest(unittest.TestCase):
    """The lines are those of the notebooks in order, whichever ends first."""

    def run_of(self, *names):
        folder = Path("/none/notebooks")
        options = run_notebooks.parse(["--jobs", "3", "--kernel", "java"])
        return run_notebooks.Run(Place(folder, Path("/none/site"), Path("/none")), [folder / n for n in names], options)

    def test_a_notebook_is_told_after_those_before_it(self):
        run = self.run_of("a.ipynb", "b.ipynb", "c.ipynb")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            for path in (run.notebooks[2], run.notebooks[0], run.notebooks[1]):
                run.results[path] = run_notebooks.Result("ok", 1)
                run.tell_in_order()
                self.assertEqual(path != run.notebooks[2], said.getvalue().startswith("a "))
        self.assertEqual(["a", "b", "c"], [line.split()[0] for line in said.getvalue().splitlines()])

    def test_an_interrupted_run_tells_all_that_has_ended(self):
        run = self.run_of("a.ipynb", "b.ipynb")
        run.results[run.notebooks[1]] = run_notebooks.Result("failed", 1, ["why"])
        run.tell_in_order()
        run.stopped = True
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(130, run.close())
        self.assertIn("failed: why", said.getvalue())

    def test_no_more_at_a_time_than_there_are(self):
        self.assertEqual(1, self.run_of("a.ipynb").jobs)
        self.assertEqual(2, self.run_of("a.ipynb", "b.ipynb").jobs)


class TakesTest(unittest.TestCase):
    def test_the_stated_time(self):
        for words, seconds in {
            "two minutes": 120, "a minute": 60, "half a minute": 30, "a quarter of a minute": 15,
            "15 seconds": 15, "three quarters of an hour": 2700, "a minute and a half": 90,
            "about 10 seconds": 10, "2.5 minutes": 150, "one to two minutes": 120, "20 to 40 seconds": 40,
        }.items():  # fmt: skip
            with self.subTest(words):
                cells = [new_markdown_cell(f"# A\n\n**Question.** b?\n**Takes** {words}. **Data** c")]
                self.assertEqual(seconds, takes.seconds(new_notebook(cells=cells)))
        self.assertIsNone(takes.seconds(new_notebook(cells=[new_markdown_cell("It takes two minutes.")])))

    def test_each_notebook_of_this_project_that_states_a_time_can_be_read(self):
        for path in sorted(Path(__file__).resolve().parents[3].glob("notebooks/*/*.ipynb")):
            import saved

            notebook, _ = saved.read(path)
            with self.subTest(path.name):
                self.assertGreater(takes.seconds(notebook), 0)


if __name__ == "__main__":
    unittest.main()
