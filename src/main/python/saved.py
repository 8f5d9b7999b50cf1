"""The saved form of a notebook: the same results give the same bytes on any machine."""

import difflib
import hashlib
import json
import re
from pathlib import Path

import nbformat

LARGEST = 1_000_000
"""Largest size of a saved notebook in bytes: code-hosting pages do not show larger files."""

PASSING = {"execution", "ExecuteTime", "collapsed", "scrolled", "trusted", "widgets"}
"""Metadata that belongs to a session or an editor and is not saved."""


def read(path):
    """Reads a notebook. Missing cell ids are derived from the cell; nbformat would draw random ones."""
    raw = json.loads(Path(path).read_text(encoding="utf-8"))
    if raw.get("nbformat") != 4:
        raise ValueError(
            f"{path}: nbformat={raw.get('nbformat')}: must be 4; save the notebook again in JupyterLab"
        )
    raw["nbformat_minor"] = 5
    seen = set()
    for cell in raw["cells"]:
        cell["id"] = stable_id(cell, seen)
    return nbformat.reads(json.dumps(raw), as_version=4)


def tidy(notebook, home):
    """Converts a notebook in place to its saved form, without paths, times or counts of this run."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": notebook.metadata.get("kernelspec", {}).get("display_name", "Java"),
                "language": notebook.metadata.get("kernelspec", {}).get("language", "java"),
                "name": notebook.metadata.get("kernelspec", {}).get("name", "java"),
            },
            **{
                key: without_nulls(value)
                for key, value in notebook.metadata.items()
                if key != "kernelspec" and key not in PASSING and value is not None
            },
        }
    )
    replace = machine_paths(home)
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(without_nulls(cell.metadata))
        if cell.cell_type != "code":
            continue
        if cell.get("execution_count") is not None:
            count += 1
            cell.execution_count = count
        for output in cell.outputs:
            output.pop("transient", None)
            if "metadata" in output:
                output.metadata = nbformat.from_dict(without_nulls(output.metadata))
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count
            if output.output_type == "stream":
                output.text = replace(output.text)
            elif output.output_type == "error":
                output.evalue = replace(output.evalue)
                output.traceback = [replace(line) for line in output.traceback]
            else:
                for kind, data in output.data.items():
                    if isinstance(data, str) and kind.startswith(("text/", "image/svg")):
                        output.data[kind] = replace(data)


def without_nulls(value):
    if isinstance(value, dict):
        return {
            key: without_nulls(inner)
            for key, inner in value.items()
            if inner is not None and key not in PASSING
        }
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value]
    return value


def stable_id(cell, seen):
    """The cell's id, or one derived from its source if it is missing or a duplicate."""
    wanted = cell.get("id")
    number = 0
    while not wanted or wanted in seen:
        text = f"{cell['cell_type']}\n{''.join(cell['source'])}\n{number}"
        wanted = hashlib.sha256(text.encode()).hexdigest()[:8]
        number += 1
    seen.add(wanted)
    return wanted


def machine_paths(home):
    """A function that makes paths of this machine relative to the checkout, or to '~'."""
    steps = []
    for folder, short in ((home, "."), (home.parent, ".."), (Path.home(), "~")):
        for form in {str(folder), str(folder.resolve())}:
            if len(form) > 1:
                steps.append((re.compile(re.escape(form) + r"(?![\w.-])"), short))

    def replace(text):
        for pattern, short in steps:
            # './data' reads as 'data'
            if short == ".":
                text = re.sub(pattern.pattern + "/", "", text)
            text = pattern.sub(short, text)
        return text

    return replace


def text(notebook):
    """The text of the file, as Jupyter writes it."""
    written = nbformat.writes(notebook, version=4)
    return written if written.endswith("\n") else written + "\n"


def largest(notebook):
    """Lines of text that name the largest cells."""
    sizes = sorted(
        (
            (len(nbformat.from_dict(cell).__repr__()), cell.get("execution_count"))
            for cell in notebook.cells
            if cell.cell_type == "code"
        ),
        reverse=True,
    )
    return [f"cell [{number}] has about {size:,} bytes" for size, number in sizes[:3]]


def differences(before, after):
    """Differences between the printed text of a new run and the saved text, as lines to show.

    A notebook saved without outputs has no differences. Cells tagged 'timing' and cells that use
    %time are not compared.
    """
    saved_cells = [cell for cell in before.cells if cell.cell_type == "code"]
    if not any(cell.outputs for cell in saved_cells):
        return []
    found = []
    fresh_cells = [cell for cell in after.cells if cell.cell_type == "code"]
    for old, new in zip(saved_cells, fresh_cells):
        if "timing" in new.metadata.get("tags", []) or re.search(r"^\s*%%?time\b", new.source, re.M):
            continue
        was, now = printed(old), printed(new)
        if was != now:
            found.append(f"cell [{new.execution_count}] printed different text:")
            found += [
                "  " + line.rstrip("\n")[:160]
                for line in difflib.unified_diff(was, now, n=0, lineterm="")
                if not line.startswith(("---", "+++", "@@"))
            ]
    return found


def printed(cell):
    """The lines of text in a cell's outputs."""
    lines = []
    for output in cell.outputs:
        if output.output_type == "stream":
            shown = output.text
        elif output.output_type == "error":
            shown = f"{output.ename}: {output.evalue}"
        else:
            shown = output.data.get("text/plain", output.data.get("text/html", ""))
        lines += ("".join(shown) if isinstance(shown, list) else shown).rstrip("\n").split("\n")
    return lines
