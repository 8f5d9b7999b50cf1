"""What the index page shows of a run that goes on: which notebooks wait, run and have ended."""

import base64
import hashlib
import html
import json
import time
from pathlib import Path

import nbformat
import pages

_AGAIN = (Path(__file__).resolve().parent / "page" / "again.js").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(_AGAIN.encode()).digest()).decode()


class Live:
    """The notebooks of a run; from the start of the run to its end the index shows their states."""

    policy = f"{pages.POLICY}; script-src 'sha256-{_HASH}'"
    """Of the index: the browser runs its own script, which loads it again, and no other."""

    def __init__(self, place, notebooks):
        self.names = {path: place.name(path) for path in notebooks}
        self.headings = {}
        self.running = {}
        self.ended = set()

    def look(self):
        """Reads the headings of the notebooks."""
        self.headings = {name: heading(path) for path, name in self.names.items()}

    def begins(self, path, cells):
        self.running[self.names[path]] = {"since": time.monotonic(), "cell": 0, "cells": cells}

    def cell(self, path, number):
        self.running[self.names[path]]["cell"] = number

    def ends(self, path):
        self.running.pop(self.names[path], None)
        self.ended.add(self.names[path])

    def entries(self, known):
        """The recorded entries, with those of this run that have no result yet in place of older ones."""
        shown = dict(known)
        for path, name in self.names.items():
            if name not in self.ended:
                state, detail = "waiting", ""
                if name in self.running:
                    at = self.running[name]
                    seconds = time.monotonic() - at["since"]
                    where = f"cell {at['cell']} of {at['cells']}" if at["cell"] else "the kernel starts"
                    state, detail = "running", f" · {seconds:.0f} s, {where}"
                shown[name] = {
                    "path": str(path),
                    **self.headings[name],
                    "state": state,
                    "seconds": 0,
                    "detail": detail,
                    "reason": [],
                }
        return shown

    def line(self):
        """The part of the index that says that the run goes on, with the script that loads it again."""
        return (
            f'<p class="again" data-written="{time.time():.0f}"><span id="again-said">Load this page again to see more.</span>'
            ' <button id="again-stop" type="button" hidden></button></p>'
            f"<script>{_AGAIN}</script>\n"
        )


def heading(path):
    """The title and the question of a notebook; of one that cannot be read, its name."""
    notebook = text_of(path)
    return {"title": pages.title(notebook) or path.stem, "question": pages.question(notebook)}


def text_of(path):
    """The Markdown cells of a notebook; none of one that cannot be read: its result will say why."""
    try:
        cells = [
            {"cell_type": "markdown", "source": "".join(cell["source"])}
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
            if cell["cell_type"] == "markdown"
        ]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        cells = []
    return nbformat.from_dict({"cells": cells})
