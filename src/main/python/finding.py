"""Finds the notebooks that the words of a command mean."""

import difflib
import os
import sys
from pathlib import Path

import pages
import terminal


def find(folder, words):
    """The notebooks that words name, or all below the folder, ordered by folder and number.

    A word is a path of a notebook or of a folder, anywhere, or a part of the name of a notebook below
    the folder. Ends the process with a message if a word names none.
    """
    everything = below(folder)
    if not words:
        if not everything:
            fail(f"{terminal.line(folder)}: no notebooks (*.ipynb) in this folder")
        return everything
    chosen = []
    for word in words:
        chosen += [path for path in matches(word, folder, everything) if path not in chosen]
    return chosen


def matches(word, folder, everything):
    given = Path(os.path.abspath(word))
    if given.suffix == ".ipynb" and os.path.lexists(given):
        return [given]
    if given.is_dir():
        found = [path for path in everything if path.is_relative_to(given)] or below(given)
        if found:
            return found
    name = word.removeprefix("notebooks/").removesuffix(".ipynb")
    found = [path for path in everything if name in shown(path, folder)]
    if found:
        return found
    if given.is_dir():
        fail(f"{terminal.line(word)}: no notebooks (*.ipynb) in this folder")
    if given.exists():
        fail(f"{terminal.line(word)}: is not a notebook; the name must end in .ipynb")
    known = [shown(path, folder) for path in everything]
    near = difflib.get_close_matches(name, known) + difflib.get_close_matches(
        name.rpartition("/")[2], [one.rpartition("/")[2] for one in known]
    )
    hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    listed = "\n".join(f"  {one}.ipynb" for one in known)
    fail(f"no notebook '{terminal.line(word)}'{hint}" + (f"; available:\n{listed}" if known else ""))
    return []


def below(folder):
    """All notebooks below a folder, also through links, without hidden folders.

    Entries that cannot be read are included: the run gives the reason.
    """
    found = []
    seen = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        if os.path.realpath(parent) in seen:  # a link to a folder above
            folders.clear()
            continue
        seen.add(os.path.realpath(parent))
        found += [
            Path(parent, name)
            for name in files + folders
            if name.endswith(".ipynb") and not name.startswith(".")
        ]
        folders[:] = [name for name in folders if not name.startswith(".") and not name.endswith(".ipynb")]
    return sorted(found, key=lambda path: pages.order(path.relative_to(folder)))


def shown(path, folder):
    """The name of a notebook in messages: below the folder without its ending, else its path."""
    if path.is_relative_to(folder):
        return terminal.line(path.relative_to(folder).with_suffix("").as_posix())
    relative = os.path.relpath(path)
    return terminal.line(path if relative.startswith("..") else relative)


def fail(message):
    terminal.error(f"workbench run: {message}")
    sys.exit(2)
