"""The saved form of a notebook: the same results give the same bytes on any machine."""

import codecs
import hashlib
import json
import os
import re
from pathlib import Path

import nbformat
from nbformat import reader
from nbformat.validator import iter_validate

LARGEST = 1_000_000
"""Largest size of a saved notebook in bytes: code-hosting pages do not show larger files."""

PASSING = {"execution", "ExecuteTime", "collapsed", "scrolled", "trusted", "widgets"}
"""Metadata that belongs to a session or an editor and is not saved."""

KERNEL = ("kernelspec", "language_info")
"""Metadata that says which kernel runs a notebook."""


class BadNotebook(Exception):
    """A file that cannot be read as a notebook; the text is the reason, without the file's name."""


def read(path):
    """Reads a notebook, of version 3 or older as well.

    Missing cell ids are derived from the cell; nbformat would draw random ones.

    Returns the notebook and notes on what was repaired. Throws BadNotebook with the reason.
    """
    raw = parse(path)
    notes = []
    version = raw.get("nbformat")
    if isinstance(version, int) and 1 <= version <= 3:
        notes.append(f"converted from nbformat {version}")
        raw = converted(raw, version)
    elif version != 4:
        raise BadNotebook(
            f"nbformat={shown(version)}: must be a whole number from 1 to 4; save it again in JupyterLab"
        )
    raw["nbformat_minor"] = 5
    if not isinstance(raw.get("cells"), list):
        raise BadNotebook(f"cells={shown(raw.get('cells'))}: must be a list; save it again in JupyterLab")
    raw["metadata"] = mapping(raw, "metadata", "the notebook", notes)
    for part in KERNEL:
        if part in raw["metadata"]:
            raw["metadata"][part] = mapping(raw["metadata"], part, "the notebook", notes)
            for key, value in list(raw["metadata"][part].items()):
                if key in ("name", "language", "display_name") and not isinstance(value, str):
                    del raw["metadata"][part][key]
            if not raw["metadata"][part].keys() & {"name", "language"}:
                del raw["metadata"][part]
    seen = set()
    for number, cell in enumerate(raw["cells"], 1):
        check(cell, number, notes)
        cell["id"] = stable_id(cell, seen)
        drop_what_is_not_allowed(cell, f"{cell['cell_type']}_cell", f"cell {number}", notes)
    of_kernel = {key: raw["metadata"].pop(key) for key in KERNEL if key in raw["metadata"]}
    drop_what_is_not_allowed({**raw, "cells": []}, None, "the notebook", notes)
    raw["metadata"] |= of_kernel  # the kernel is chosen by whatever they hold
    try:
        return nbformat.v4.reads(json.dumps(raw)), notes
    except Exception as error:  # whatever nbformat finds wrong is the reason
        raise BadNotebook(f"is not a valid notebook: {type(error).__name__}: {error}") from error


def parse(path):
    """The JSON object in a file."""
    try:
        if Path(path).exists() and not Path(path).is_file():  # a pipe would wait for ever
            raise BadNotebook("is a folder" if Path(path).is_dir() else "is not a regular file")
        data = Path(path).read_bytes()
    except OSError as error:
        if Path(path).is_symlink() and not Path(path).exists():
            raise BadNotebook(f"is a link to '{os.readlink(path)}', which does not exist") from error
        raise BadNotebook(f"cannot be read: {error.strerror or error}") from error
    if not data.strip():
        raise BadNotebook("is empty" if data else "is empty (0 bytes)")
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode(json.detect_encoding(data) if marked else "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadNotebook(
            f"is not {error.encoding.upper()} text: byte 0x{data[error.start]:02X} at position"
            f" {error.start}; save it again in JupyterLab"
        ) from error
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith("{"):
            raise BadNotebook(f"is not JSON: it starts with {shown(text.lstrip()[:20])}") from error
        end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        raise BadNotebook(
            f"is {'truncated' if end else 'not valid JSON'}: line {error.lineno}, column"
            f" {error.colno}: {error.msg.replace('control character at', 'control character')}"
        ) from error
    except RecursionError as error:
        raise BadNotebook("is nested too deeply to be a notebook") from error
    except ValueError as error:  # a number with thousands of digits
        raise BadNotebook(f"is not valid JSON: {str(error).partition(';')[0]}") from error
    if not isinstance(raw, dict):
        raise BadNotebook(f"is JSON, but not a notebook: must be an object, is {shown(raw)}")
    return without_surrogates(raw)


def converted(raw, version):
    """A notebook of an older version as one of version 4."""
    try:
        return json.loads(nbformat.v4.writes(nbformat.convert(reader.reads(json.dumps(raw)), 4)))
    except Exception as error:  # whatever nbformat stumbles over is the reason
        raise BadNotebook(
            f"nbformat={version}: could not be converted, since it is against its own format; open and"
            " save it in JupyterLab"
        ) from error


def check(cell, number, notes):
    """Refuses a cell whose content is missing; repairs what a run does not need."""
    if not isinstance(cell, dict):
        raise BadNotebook(f"cell {number}: must be an object, is {shown(cell)}")
    kind = cell.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        raise BadNotebook(f"cell {number}: cell_type={shown(kind)}: must be code, markdown or raw")
    source = cell.get("source")
    if "source" not in cell:
        raise BadNotebook(f"cell {number}: has no source; open it in JupyterLab, then save it")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        cell["source"] = source = "".join(source)
    if not isinstance(source, str):
        raise BadNotebook(f"cell {number}: source={shown(source)}: must be text")
    cell["metadata"] = mapping(cell, "metadata", f"cell {number}", notes)
    tags = cell["metadata"].get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        notes.append(f"cell {number}: tags={shown(tags)}: must be a list of texts; ignored")
        del cell["metadata"]["tags"]
    if kind == "code":
        outputs = cell.get("outputs")
        if not isinstance(outputs, list):
            notes.append(f"cell {number}: outputs={shown(outputs)}: must be a list; read as none")
            outputs = []
        cell["outputs"] = [one for one in outputs if sound(one)]
        if len(cell["outputs"]) < len(outputs):
            notes.append(f"cell {number}: {len(outputs) - len(cell['outputs'])} damaged outputs ignored")
        cell.pop("attachments", None)
        count = cell.get("execution_count")
        cell["execution_count"] = count if isinstance(count, int) and count >= 0 else None
    elif "attachments" in cell:
        attached = mapping(cell, "attachments", f"cell {number}", notes)
        cell["attachments"] = {name: one for name, one in attached.items() if isinstance(one, dict)}
        if not cell["attachments"]:
            del cell["attachments"]


def drop_what_is_not_allowed(owner, kind, where, notes):
    """Drops metadata and outputs of a cell or notebook that are against the schema, with a note."""
    for _ in range(100):
        error = next(iter_validate(owner, ref=kind, version=4, version_minor=5, relax_add_props=True), None)
        if error is None:
            return
        path = list(error.path)
        if len(path) < 2 or path[0] not in ("metadata", "outputs"):
            break
        holder, name = owner[path[0]], path[1]
        label = f"outputs[{name}]" if path[0] == "outputs" else name
        notes.append(f"{where}: {label}={shown(holder[name])}: is against the format; ignored")
        del holder[name]
    raise BadNotebook(f"{where}: {'.'.join(map(str, path))}: {error.message}; save it again in JupyterLab")


def mapping(owner, name, where, notes):
    """A member that must be an object; an empty one, with a note, if it is something else."""
    value = owner.get(name)
    if isinstance(value, dict):
        return value
    if name in owner:
        notes.append(f"{where}: {name}={shown(value)}: must be an object; ignored")
    return {}


def sound(output):
    """Whether an output has what its type needs."""
    if not isinstance(output, dict):
        return False
    match output.get("output_type"):
        case "stream":
            return isinstance(output.get("name"), str) and textual(output.get("text"))
        case "error":
            return (
                isinstance(output.get("ename"), str)
                and isinstance(output.get("evalue"), str)
                and isinstance(output.get("traceback"), list)
            )
        case "display_data" | "execute_result":
            output.setdefault("metadata", {})
            return isinstance(output.get("data"), dict) and isinstance(output["metadata"], dict)
    return False


def textual(value):
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(line, str) for line in value)
    )


def without_surrogates(value):
    """The JSON value with halves of surrogate pairs, which no file can hold, replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [without_surrogates(inner) for inner in value]
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(inner) for key, inner in value.items()}
    return value


def shown(value):
    """A JSON value as a short text for a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:40] + "…"


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
        cell.outputs = merged(cell.outputs)
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


def merged(outputs):
    """The outputs with all text of a stream in one, as a terminal would show it, stdout first."""
    kept = []
    streams = {}
    for output in outputs:
        if output.output_type != "stream":
            kept.append(output)
        elif output.name in streams:
            streams[output.name].append(output.text)
        else:
            streams[output.name] = [output.text]
            kept.append(output)
    for output in kept:
        if output.output_type == "stream":
            output.text = overwritten("".join(streams[output.name]))
    for at in range(len(kept) - 1):
        pair = [output.get("name") for output in kept[at : at + 2]]
        if pair == ["stderr", "stdout"]:
            kept[at], kept[at + 1] = kept[at + 1], kept[at]
    return kept


def overwritten(text):
    """The text after its backspaces and carriage returns."""
    if "\b" in text:
        left = []
        for character in text:
            if character == "\b" and left and left[-1] != "\n":
                left.pop()
            else:
                left.append(character)
        text = "".join(left)
    if "\r" not in text:
        return text
    return "\n".join(line[line.rfind("\r", 0, -1) + 1 :] for line in text.split("\n"))


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
    """The cell's id, or one derived from its source if it is missing, a duplicate or not allowed."""
    wanted = cell.get("id")
    if not isinstance(wanted, str) or not re.fullmatch("[a-zA-Z0-9-_]{1,64}", wanted):
        wanted = None
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
