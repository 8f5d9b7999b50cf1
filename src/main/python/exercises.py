"""The solutions of a notebook's exercises: folded Java in its Markdown, which a run tries, too.

A solution reads

    <details><summary>Solution</summary>

    ```java
    …
    ```
    </details>

and uses the variables of the cells above it. A run executes all solutions after the last cell, in the
same kernel; their outputs are not saved.
"""

import re

from nbformat.v4 import new_code_cell

_FOLDED = re.compile(r"<details>\s*<summary>(?P<title>.*?)</summary>(?P<body>.*?)</details>", re.S)
_JAVA = re.compile(r"^```java[ \t]*\n(.*?)^```[ \t]*$", re.S | re.M)


def solutions(notebook):
    """The solutions in their order: pairs of the Markdown cell's id and the code."""
    return [
        (cell.get("id", "?"), code)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for folded in _FOLDED.finditer(cell.source)
        if "solution" in folded["title"].lower()
        for code in _JAVA.findall(folded["body"])
    ]


class Appended:
    """A notebook with its solutions as cells at its end, for the time of a run."""

    def __init__(self, notebook):
        self.notebook = notebook
        self.own = len(notebook.cells)
        self.ids = []

    def __enter__(self):
        for number, (name, code) in enumerate(solutions(self.notebook), 1):
            self.ids.append(name)
            cell = new_code_cell(code)
            cell["id"] = f"solution-{number}"
            self.notebook.cells.append(cell)
        return self

    def __exit__(self, *_):
        del self.notebook.cells[self.own :]

    def where(self, index):
        """What a message calls the cell at this index if it is a solution, else None."""
        if index < self.own:
            return None
        number = index - self.own
        return f"solution {number + 1} (in the text cell '{self.ids[number]}')"
