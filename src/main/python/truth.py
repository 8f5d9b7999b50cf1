"""Compares the outputs of a new run with the saved ones: text to the letter, pictures by what they show.

Not compared are cells about time: those tagged 'timing' and those that use %time.
"""

import base64
import binascii
import difflib
import hashlib
import json
import re

import pictures

_MEDIA = re.compile(r"data:(?P<kind>(?:image|audio|video)/[\w.+-]+);base64,(?P<data>[A-Za-z0-9+/=]*)")
_TAG = re.compile(r"<(?:img|audio|source|video)\b[^>]*>", re.I)
_NAME = re.compile(r"\b(?:alt|aria-label)=\"([^\"]*)\"")
_TIMING = re.compile(r"^\s*%%?time(?:it)?\b", re.M)
_ALIKE = 1e-9
"""Relative difference up to which two numbers of an interactive chart are equal."""


def differences(before, after):
    """Differences between a notebook as it was saved and as it ran now, as lines to show.

    A notebook saved without outputs has none.
    """
    saved_cells = [cell for cell in before.cells if cell.cell_type == "code"]
    if not any(cell.outputs for cell in saved_cells):
        return []
    found = []
    for old, new in zip(saved_cells, (cell for cell in after.cells if cell.cell_type == "code")):
        found += of_cell(old, new, f"cell [{new.execution_count}]")
    return found


def of_cell(old, new, name):
    """The differences between the outputs of a cell, under this name."""
    if is_about_time(new):
        return []
    was, now = printed(old), printed(new)
    if was != now:
        return [f"{name} printed different text:", *_changed(was, now)]
    shown, again = ([one for one in cell.outputs if "data" in one] for cell in (old, new))
    if len(shown) != len(again):
        return [f"{name} has {len(again)} displays, saved are {len(shown)}"]
    found = []
    for number, (first, second) in enumerate(zip(shown, again), 1):
        found += _of_output(first, second, name if len(shown) == 1 else f"{name} output {number}")
    return found


def is_about_time(cell):
    return "timing" in cell.metadata.get("tags", []) or bool(_TIMING.search(cell.source))


def printed(cell):
    """The lines of text in a cell's outputs."""
    lines = []
    for output in cell.outputs:
        if output.output_type == "stream":
            shown = output.text
        elif output.output_type == "error":
            shown = f"{output.ename}: {output.evalue}"
        else:
            shown = output.data.get("text/plain", "")
        lines += _text(shown).rstrip("\n").split("\n")
    return lines


def _of_output(first, second, name):
    if set(first.data) != set(second.data):
        return [f"{name} has {', '.join(sorted(second.data))}; saved is {', '.join(sorted(first.data))}"]
    if first.metadata != second.metadata:
        return [f"{name} has other metadata: {_short(second.metadata)}; saved is {_short(first.metadata)}"]
    found = []
    for kind, was in first.data.items():
        now = second.data[kind]
        if kind == "text/plain":
            continue  # it is compared with the streams
        if kind.endswith("json"):
            found += [f"{name} {kind} {line}" for line in _of_json(was, now)]
        elif kind.startswith("image/") and kind != "image/svg+xml":
            found += _of_medium(f"{name} picture", kind, _text(was), _text(now))
        else:
            found += _of_text(name, kind, _text(was), _text(now))
    return found


def _of_text(name, kind, was, now):
    """Differences of text that may hold pictures and sound."""
    skeletons = [_MEDIA.sub(r"data:\g<kind>", text) for text in (was, now)]
    if skeletons[0] != skeletons[1]:
        parts = ([part for part in re.split(r"(?<=>)|\n", text) if part] for text in skeletons)
        return [f"{name} shows different {kind}:", *_changed(*parts)]
    found = []
    media = zip(_MEDIA.finditer(was), _MEDIA.finditer(now), _names(now))
    counts = {}
    for first, second, said in media:
        sort = {"image": "picture", "audio": "sound"}.get(first["kind"].partition("/")[0], "video")
        counts[sort] = counts.get(sort, 0) + 1
        label = f"{name} {sort} {counts[sort]}" + (f" ({said})" if said else "")
        found += _of_medium(label, first["kind"], first["data"], second["data"])
    return found


def _names(html):
    """What the element of each medium calls it, cut to a few words."""
    names = []
    for medium in _MEDIA.finditer(html):
        tag = next((tag for tag in _TAG.finditer(html) if tag.start() < medium.start() < tag.end()), None)
        said = _NAME.search(tag[0]) if tag else None
        names.append(_cut(said[1], 60) if said else "")
    return names


def _of_medium(name, kind, was, now):
    """Differences of two pictures or sounds in Base64."""
    try:
        first, second = base64.b64decode(was), base64.b64decode(now)
    except binascii.Error as error:
        return [f"{name}: is no Base64: {error}"]
    if first == second:
        return []
    if kind == "image/png":
        try:
            differs = pictures.differ(first, second)
        except pictures.Unreadable as error:
            differs = f"other bytes, and a PNG that {error}"
        return [f"{name}: {differs}"] if differs else []
    hashes = [hashlib.sha256(data).hexdigest()[:8] for data in (first, second)]
    return [f"{name}: other {kind}: {len(second):,} bytes ({hashes[1]}); saved are {len(first):,} ({hashes[0]})"]


def _of_json(was, now):
    """Differences of the data and marks of an interactive chart: numbers within a relative 1e-9."""
    if isinstance(was, str) and isinstance(now, str):  # saved as text
        try:
            was, now = json.loads(was), json.loads(now)
        except ValueError:
            pass
    return list(_unlike(was, now, "$"))[:5]


def _unlike(was, now, path):
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (was, now))
    if numbers:
        if not (was == now or abs(was - now) <= _ALIKE * max(abs(was), abs(now))):
            yield f"{path} is {now!r}; saved is {was!r}"
    elif isinstance(was, dict) and isinstance(now, dict):
        for key in [*was, *(key for key in now if key not in was)]:
            if key not in was or key not in now:
                yield f"{path}.{key} is {'new' if key in now else 'gone'}"
            else:
                yield from _unlike(was[key], now[key], f"{path}.{key}")
    elif isinstance(was, list) and isinstance(now, list):
        if len(was) != len(now):
            yield f"{path} has {len(now)} entries; saved are {len(was)}"
        for number, (first, second) in enumerate(zip(was, now)):
            yield from _unlike(first, second, f"{path}[{number}]")
    elif isinstance(was, str) and isinstance(now, str):
        yield from _of_text(path, "text", was, now)
    elif was != now or type(was) is not type(now):
        yield f"{path} is {_short(now)}; saved is {_short(was)}"


def _changed(was, now):
    return [
        "  " + line.rstrip("\n")[:160]
        for line in difflib.unified_diff(was, now, n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]


def _text(value):
    return "".join(value) if isinstance(value, list) else str(value)


def _short(value):
    return _cut(json.dumps(value, ensure_ascii=False), 60)


def _cut(text, length):
    return text if len(text) <= length else text[: length - 1] + "…"
