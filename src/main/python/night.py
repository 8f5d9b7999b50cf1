"""The dark forms of figures: in the outputs of a run for its pages, and not in what is saved.

A run asks the kernel for them by FIELDNOTES_NIGHT. Each stands before its light form; the pages'
style sheet shows one of the two.
"""

import copy
import re

ASKED = {"FIELDNOTES_NIGHT": "1"}
"""What a kernel's environment says where its figures are to have a dark form."""

_DARK = re.compile(r'<img class="fieldnotes-night"[^<>]*>')


def without(notebook):
    """A copy of a notebook whose figures have their light form only."""
    light = copy.copy(notebook)
    light.cells = [_light(cell) for cell in notebook.cells]
    return light


def _light(cell):
    if not any(_DARK.search(_html(output)) for output in cell.get("outputs", [])):
        return cell
    changed = copy.deepcopy(cell)
    for output in changed.outputs:
        if _html(output):
            output.data["text/html"] = _DARK.sub("", _html(output))
    return changed


def _html(output):
    value = output.get("data", {}).get("text/html", "")
    return "".join(value) if isinstance(value, list) else value if isinstance(value, str) else ""
