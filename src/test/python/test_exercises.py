"""Tests of exercises.py, run by NotebookRunIT."""

import sys
import unittest
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import exercises  # noqa: E402

TEXT = """## Exercises
1. Double it.

<details><summary>Solution</summary>

```java
int twice = 2 * x;
```

Then print it:

```java
twice
```
</details>

<details><summary>More about numbers</summary>

```java
no solution, not run
```
</details>

```java
shown, not run
```
"""


class SolutionsTest(unittest.TestCase):
    def test_java_in_a_folded_solution(self):
        notebook = new_notebook(cells=[new_code_cell("int x = 1;"), new_markdown_cell(TEXT, id="tasks")])
        self.assertEqual(
            [("tasks", "int twice = 2 * x;\n"), ("tasks", "twice\n")], exercises.solutions(notebook)
        )
        self.assertEqual([], exercises.solutions(new_notebook(cells=[new_code_cell(TEXT)])))

    def test_the_notebook_is_as_before(self):
        notebook = new_notebook(cells=[new_code_cell("int x = 1;"), new_markdown_cell(TEXT, id="tasks")])
        with exercises.Appended(notebook) as appended:
            self.assertEqual(["code", "markdown", "code", "code"], [c.cell_type for c in notebook.cells])
            self.assertIsNone(appended.where(1))
            self.assertEqual("solution 2 (in the text cell 'tasks')", appended.where(3))
        self.assertEqual(2, len(notebook.cells))

    def test_the_notebook_is_as_before_after_a_failure(self):
        notebook = new_notebook(cells=[new_markdown_cell(TEXT)])
        with self.assertRaises(ValueError), exercises.Appended(notebook):
            raise ValueError
        self.assertEqual(1, len(notebook.cells))


if __name__ == "__main__":
    unittest.main()
