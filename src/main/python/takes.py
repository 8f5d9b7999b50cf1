"""The time that a notebook says it takes, as in '**Takes** half a minute.'; of a range, the longest."""

import re

_NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero|a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve".split("|")
    )
    for word in words.split()
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40}
_UNITS = {"second": 1, "minute": 60, "hour": 3600}
_TAKES = re.compile(
    r"\*\*Takes\*\*:?\s+(?:about\s+)?(?:[\w.]+\s+to\s+)?"
    r"(?P<part>half an?|(?:a|three) quarters? of an?)?\s*(?P<number>\d+(?:\.\d+)?|[a-z]+)?\s*"
    r"(?P<unit>second|minute|hour)s?\b(?P<more> and a half)?"
)


def seconds(notebook):
    """The stated time in seconds; None if the notebook states none."""
    for cell in notebook.cells:
        found = cell.cell_type == "markdown" and _TAKES.search(cell.source)
        if found:
            return stated(found)
    return None


def stated(found):
    number = found["number"] or "one"
    value = float(number) if number[0].isdigit() else _NUMBERS.get(number)
    if value is None:
        return None
    if found["part"]:
        value = 0.5 if found["part"].startswith("half") else 0.25 * (3 if "three" in found["part"] else 1)
    if found["more"]:
        value += 0.5
    return value * _UNITS[found["unit"]]
