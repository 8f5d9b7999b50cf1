"""Tests of src/main/python/saved.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import json
import sys
import tempfile
import unittest
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import saved  # noqa: E402

HOME = Path("/somewhere/check out")


def notebook(*cells):
    return new_notebook(cells=list(cells))


def ran(source, *outputs, count=7, **metadata):
    return new_code_cell(source, outputs=list(outputs), execution_count=count, metadata=metadata)


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


class TidyTest(unittest.TestCase):
    def test_counts_run_from_one_and_cells_that_did_not_run_have_none(self):
        nb = notebook(ran("a", count=12), new_code_cell(""), ran("b", count=3))
        saved.tidy(nb, HOME)
        self.assertEqual([1, None, 2], [cell.execution_count for cell in nb.cells])

    def test_paths_of_the_machine_become_relative(self):
        text = f"{HOME}/data/a.wav {HOME}, {HOME}s {HOME.parent}/shared {Path.home()}/x"
        nb = notebook(ran("a", stream(text)))
        saved.tidy(nb, HOME)
        self.assertEqual(
            "data/a.wav ., ../check outs ../shared ~/x",
            nb.cells[0].outputs[0].text,
        )

    def test_metadata_of_a_session_goes_and_the_rest_stays(self):
        cell = ran("a", execution={"start": "now"}, tags=["timing"])
        nb = notebook(cell)
        cell.metadata.collapsed = None
        nb.metadata.widgets = {}
        nb.metadata.nothing = None
        saved.tidy(nb, HOME)
        self.assertEqual({"tags": ["timing"]}, dict(nb.cells[0].metadata))
        self.assertEqual({"kernelspec"}, set(nb.metadata))

    def test_ids_stay_and_missing_or_shared_ones_are_made_from_the_source(self):
        cells = [
            {"cell_type": "markdown", "metadata": {}, "source": source, **extra}
            for source, extra in (("x", {"id": "one"}), (["y\n", "z"], {"id": "one"}), ("y", {}), ("y", {}))
        ]
        raw = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.ipynb")
            path.write_text(json.dumps(raw))
            first, second = saved.read(path), saved.read(path)
        ids = [cell["id"] for cell in first.cells]
        self.assertEqual("one", ids[0])
        self.assertEqual(4, len(set(ids)))
        self.assertEqual(ids, [cell["id"] for cell in second.cells])
        self.assertEqual("y\nz", first.cells[1].source)
        nbformat.validate(first)

    def test_the_text_is_what_jupyter_writes(self):
        nb = notebook(ran("a", stream("ä\n")))
        saved.tidy(nb, HOME)
        text = saved.text(nb)
        self.assertTrue(text.startswith('{\n "cells": [\n'))
        self.assertTrue(text.endswith("}\n"))
        self.assertIn("ä", text)
        self.assertEqual(text, saved.text(nbformat.reads(text, as_version=4)))


class DifferencesTest(unittest.TestCase):
    def test_the_same_text_has_none_whatever_the_pictures(self):
        before = notebook(ran("a", stream("1\n"), new_output("display_data", {"text/plain": "p", "image/png": "x"})))
        after = notebook(ran("a", stream("1\n"), new_output("display_data", {"text/plain": "p", "image/png": "y"})))
        self.assertEqual([], saved.differences(before, after))

    def test_other_text_is_shown_line_by_line(self):
        lines = saved.differences(notebook(ran("a", stream("1\n2\n"))), notebook(ran("a", stream("1\n3\n"))))
        self.assertEqual(["cell [7] printed different text:", "  -2", "  +3"], lines)

    def test_cells_about_time_may_print_what_they_like(self):
        before = notebook(ran("a", stream("1 s"), tags=["timing"]), ran("%%time\nb", stream("2 s")))
        after = notebook(ran("a", stream("3 s"), tags=["timing"]), ran("%%time\nb", stream("4 s")))
        self.assertEqual([], saved.differences(before, after))

    def test_a_notebook_never_saved_has_nothing_to_differ_from(self):
        self.assertEqual([], saved.differences(notebook(new_code_cell("a")), notebook(ran("a", stream("1")))))

    def test_an_output_that_is_gone_is_a_difference(self):
        self.assertNotEqual([], saved.differences(notebook(ran("a", stream("1"))), notebook(ran("a"))))


if __name__ == "__main__":
    unittest.main()
