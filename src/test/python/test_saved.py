"""Tests of src/main/python/saved.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import json
import os
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
            (first, notes), (second, _) = saved.read(path), saved.read(path)
        self.assertEqual([], notes)
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


class ReadTest(unittest.TestCase):
    """What is wrong with a file is a reason or a note, never another exception."""

    CELL = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": "1+1"}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "a.ipynb")

    def read(self, content):
        self.path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return saved.read(self.path)

    def of(self, *cells, **changes):
        return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changes

    def reason(self, content):
        with self.assertRaises(saved.BadNotebook) as caught:
            self.read(content)
        return str(caught.exception)

    def test_bad_files_have_a_reason(self):
        cell = self.CELL
        for content, reason in [
            (b"", "is empty (0 bytes)"),
            (b" \n", "is empty"),
            (b'{"cells": [', "is truncated: line 1, column 12: Expecting value"),
            (b'{"cells": "abc', 'is truncated: line 1, column 11: Unterminated string starting at'),
            (b'{"a" 1, "b": 2}', "is not valid JSON: line 1, column 6: Expecting ':' delimiter"),
            (b"hello", 'is not JSON: it starts with "hello"'),
            (b'{"a": "\xe9"}', "is not UTF-8 text: byte 0xE9 at position 7; save it again in JupyterLab"),
            (b"[" * 100_000, "is nested too deeply to be a notebook"),
            ([1], "is JSON, but not a notebook: must be an object, is [1]"),
            ({"cells": []}, "nbformat=null: must be a whole number from 1 to 4; save it again in JupyterLab"),
            (self.of(nbformat=5), "nbformat=5: must be a whole number from 1 to 4; save it again in JupyterLab"),
            (self.of(cells={}), "cells={}: must be a list; save it again in JupyterLab"),
            (self.of(None), "cell 1: must be an object, is null"),
            (self.of(cell, {"source": "x"}), "cell 2: cell_type=null: must be code, markdown or raw"),
            (self.of({"cell_type": "code"}), "cell 1: has no source; open it in JupyterLab, then save it"),
            (self.of(cell | {"source": 7}), "cell 1: source=7: must be text"),
        ]:
            with self.subTest(reason):
                self.assertEqual(reason, self.reason(content))
        self.assertRegex(self.reason(b'{"a":' + b"1" * 5000 + b"}"), "^is not valid JSON: Exceeds the limit")
        self.assertRegex(self.reason(b'{"a":' * 5000), "nested too deeply|truncated")

    def test_what_is_no_file_has_a_reason(self):
        for make, reason in [
            (lambda path: path.mkdir(), "is a folder"),
            (lambda path: os.mkfifo(path), "is not a regular file"),
            (lambda path: path.symlink_to("nowhere"), "is a link to 'nowhere', which does not exist"),
            (lambda path: None, "cannot be read: No such file or directory"),
        ]:
            path = self.path.with_name(f"{len(reason)}.ipynb")
            make(path)
            with self.subTest(reason), self.assertRaisesRegex(saved.BadNotebook, reason):
                saved.read(path)

    def test_what_a_run_does_not_need_is_repaired_with_a_note(self):
        cell = self.CELL
        for content, note in [
            (self.of(cell | {"outputs": None}), "cell 1: outputs=null: must be a list; read as none"),
            (self.of(cell | {"outputs": [{}, None]}), "cell 1: 2 damaged outputs ignored"),
            (self.of(cell | {"metadata": None}), "cell 1: metadata=null: must be an object; ignored"),
            (self.of(cell, metadata=[]), "the notebook: metadata=[]: must be an object; ignored"),
            (
                self.of(cell, metadata={"kernelspec": "x"}),
                'the notebook: kernelspec="x": must be an object; ignored',
            ),
            (self.of(cell, metadata={"title": 5}), "the notebook: title=5: is against the format; ignored"),
            (self.of(cell, metadata={"authors": "me"}), 'the notebook: authors="me": is against the format; ignored'),
            (
                self.of(cell | {"metadata": {"name": 3}}),
                "cell 1: name=3: is against the format; ignored",
            ),
        ]:
            with self.subTest(note):
                notebook, notes = self.read(content)
                self.assertEqual([note], notes)
                self.assertEqual("1+1", notebook.cells[0].source)
                nbformat.validate(notebook)

    def test_what_says_the_kernel_is_kept(self):
        said = {"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R"}}
        notebook, notes = self.read(self.of(self.CELL, metadata=said))
        self.assertEqual((said, []), (dict(notebook.metadata), notes))

    def test_ids_that_are_not_allowed_are_made_anew(self):
        for wrong in ("has space", "x" * 65, 5, "", None, "é", ["a"]):
            with self.subTest(wrong):
                notebook, notes = self.read(self.of(self.CELL | {"id": wrong}))
                self.assertRegex(notebook.cells[0].id, "^[0-9a-f]{8}$")
                self.assertEqual([], notes)
                nbformat.validate(notebook)

    def test_other_encodings_and_versions_are_read(self):
        good = json.dumps(self.of(self.CELL))
        for content in (b"\xef\xbb\xbf" + good.encode(), good.encode("utf-16")):
            self.assertEqual("1+1", self.read(content)[0].cells[0].source)
        old = {"cell_type": "code", "input": ["1+1"], "language": "java", "outputs": []}
        notebook, notes = self.read({"metadata": {}, "nbformat": 3, "worksheets": [{"cells": [old]}]})
        self.assertEqual(("1+1", ["converted from nbformat 3"]), (notebook.cells[0].source, notes))
        nbformat.validate(notebook)
        for wrong in ({"worksheets": [{"cells": [1]}]}, {}):
            reason = self.reason({"nbformat": 3, "metadata": {}, **wrong})
            self.assertRegex(reason, "^nbformat=3: could not be converted, .* JupyterLab$")

    def test_half_a_surrogate_pair_can_be_written_again(self):
        notebook, _ = self.read(self.of(self.CELL | {"source": "\ud800"}))
        saved.text(notebook).encode()


class MergedTest(unittest.TestCase):
    def test_text_of_a_stream_is_joined_and_stdout_comes_first(self):
        outputs = [stream("e", "stderr"), stream("a\n"), new_output("display_data", {"text/plain": "p"}), stream("b")]
        self.assertEqual(
            [("stdout", "a\nb"), ("stderr", "e"), (None, None)],
            [(one.get("name"), one.get("text")) for one in saved.merged(outputs)],
        )

    def test_text_is_overwritten_as_on_a_terminal(self):
        self.assertEqual("c\nd\r\nac\n\bx\r", saved.overwritten("a\rb\rc\nd\r\nab\bc\n\bx\r"))

    def test_a_line_of_megabytes_takes_no_time(self):
        self.assertEqual("y", saved.overwritten("x" * 5_000_000 + "\ry"))


if __name__ == "__main__":
    unittest.main()
