"""Run All, twice in one kernel: each code cell has to run again and show the same."""

import copy

import saved
import truth


class Again:
    """A notebook with, if wanted, its code cells once more at its end, for the time of a run."""

    def __init__(self, notebook, wanted):
        self.notebook = notebook
        self.own = [
            cell for cell in notebook.cells if wanted and cell.cell_type == "code" and cell.source.strip()
        ]
        self.start = len(notebook.cells)
        self.copies = []

    def __enter__(self):
        for number, cell in enumerate(self.own, 1):
            twin = copy.deepcopy(cell)
            twin["id"] = f"again-{number}"
            self.copies.append(twin)
        self.notebook.cells += self.copies
        return self

    def __exit__(self, *_):
        del self.notebook.cells[self.start :]

    def where(self, index):
        """What a message calls the cell at this index if it is one that runs again, else None."""
        number = index - self.start
        return f"cell [{number + 1}], run again," if 0 <= number < len(self.copies) else None

    def differences(self):
        """How the second outputs differ from the first, as lines to show."""
        found = []
        for number, (first, second) in enumerate(zip(self.own, self.copies), 1):
            for cell in (first, second):
                cell.outputs = saved.merged(cell.outputs)
            found += truth.of_cell(first, second, f"cell [{number}], run again,")
        return found
