"""Tests of src/main/python/truth.py and twice.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import base64
import copy
import sys
import unittest
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook, new_output
from test_pictures import BLACK, WHITE, png
from test_saved import notebook, ran, stream

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import truth  # noqa: E402
import twice  # noqa: E402

SQUARE = [[BLACK if 3 <= x < 9 and 3 <= y < 9 else WHITE for x in range(20)] for y in range(20)]
MOVED = [[BLACK if 6 <= x < 12 and 3 <= y < 9 else WHITE for x in range(20)] for y in range(20)]


def base(data):
    return base64.b64encode(data).decode()


def display(**kinds):
    return new_output("display_data", {"text/plain": "p"} | {kind.replace("__", "/"): data for kind, data in kinds.items()})


def figure(rows, alt="Squares", level=9):
    return f'<figure>\n<img alt="{alt}" width="20" src="data:image/png;base64,{base(png(rows, level=level))}"></figure>'


def player(sound):
    return f'<audio controls aria-label="clip 3" src="data:audio/mpeg;base64,{base(sound)}"></audio>'


def compared(first, second):
    return truth.differences(notebook(ran("a", *first)), notebook(ran("a", *second)))


class TextTest(unittest.TestCase):
    def test_other_text_is_shown_line_by_line(self):
        lines = compared([stream("1\n2\n")], [stream("1\n3\n")])
        self.assertEqual(["cell [7] printed different text:", "  -2", "  +3"], lines)

    def test_cells_about_time_may_print_what_they_like(self):
        before = notebook(ran("a", stream("1 s"), tags=["timing"]), ran("%%time\nb", stream("2 s")))
        after = notebook(ran("a", stream("3 s"), tags=["timing"]), ran("%%time\nb", stream("4 s")))
        self.assertEqual([], truth.differences(before, after))
        for source in ("%timeit b", "%%timeit\nb"):
            self.assertTrue(truth.is_about_time(ran(source)))
        self.assertFalse(truth.is_about_time(ran("// %time is not used")))

    def test_a_notebook_never_saved_has_nothing_to_differ_from(self):
        self.assertEqual([], truth.differences(notebook(new_code_cell("a")), notebook(ran("a", stream("1")))))

    def test_an_output_that_is_gone_is_a_difference(self):
        self.assertNotEqual([], compared([stream("1")], []))
        self.assertEqual(
            ["cell [7] has 2 displays, saved are 1"],
            compared([stream("p\n"), display()], [display(), display()]),
        )

    def test_html_is_compared_although_there_is_plain_text(self):
        self.assertEqual([], compared([display(text__html="<td>1")], [display(text__html=["<td>", "1"])]))
        self.assertEqual(
            ["cell [7] shows different text/html:", "  -1</td>", "  +2</td>"],
            compared([display(text__html="<td>1</td>")], [display(text__html="<td>2</td>")]),
        )

    def test_other_types_and_metadata(self):
        self.assertEqual(
            ["cell [7] has text/plain; saved is text/html, text/plain"],
            compared([display(text__html="<b>")], [display()]),
        )
        wide = display()
        wide.metadata = {"width": 3}
        self.assertEqual(["cell [7] has other metadata: {\"width\": 3}; saved is {}"], compared([display()], [wide]))


class MediaTest(unittest.TestCase):
    def test_a_picture_packed_in_another_way_is_the_same(self):
        again = figure(SQUARE, level=1)
        self.assertNotEqual(figure(SQUARE), again)
        self.assertEqual([], compared([display(text__html=figure(SQUARE))], [display(text__html=again)]))

    def test_another_picture_is_named_by_its_text(self):
        page = figure(SQUARE, "First") + "{}" + player(b"sound")
        before, after = (display(text__html=page.format(figure(rows, "Where it is"))) for rows in (SQUARE, MOVED))
        lines = compared([stream("x"), before, display()], [stream("x"), after, display()])
        self.assertEqual(1, len(lines))
        self.assertRegex(
            lines[0], r"^cell \[7\] output 1 picture 2 \(Where it is\): \d of 4 patches differ, most at x=\d+, y=\d+ by 67 %"
        )

    def test_a_picture_of_its_own(self):
        before, after = (display(image__png=base(png(rows))) for rows in (SQUARE, MOVED))
        self.assertEqual([], compared([before], [copy.deepcopy(before)]))
        self.assertRegex(compared([before], [after])[0], r"^cell \[7\] picture: \d of 4 patches differ")

    def test_the_text_of_a_picture_counts(self):
        before, after = (display(text__html=figure(SQUARE, alt)) for alt in ("k = 3", "k = 4"))
        lines = compared([before], [after])
        self.assertEqual("cell [7] shows different text/html:", lines[0])
        self.assertIn('alt="k = 4"', lines[2])

    def test_sound_is_compared_by_its_bytes(self):
        before, after = (display(text__html=player(sound)) for sound in (b"one", b"three"))
        self.assertEqual([], compared([before], [copy.deepcopy(before)]))
        self.assertEqual(
            ["cell [7] sound 1 (clip 3): other audio/mpeg: 5 bytes (8b5b9db0); saved are 3 (7692c3ad)"],
            compared([before], [after]),
        )

    def test_what_cannot_be_decoded_differs_by_its_bytes(self):
        before, after = (display(image__png=base(data)) for data in (b"one", b"two"))
        self.assertEqual(["cell [7] picture: other bytes, and a PNG that is not a PNG"], compared([before], [after]))


class ChartTest(unittest.TestCase):
    """Interactive charts: data and marks, numbers within a relative 1e-9."""

    KIND = "application__vnd.vegalite.v5+json"
    CHART = {
        "mark": {"type": "point", "filled": True},
        "data": {"values": [{"x": 1.0, "file": "a.wav"}, {"x": 2, "file": "b.wav"}]},
        "height": 300,
    }

    def lines(self, change):
        chart = copy.deepcopy(self.CHART)
        change(chart)
        return compared([display(**{self.KIND: self.CHART})], [display(**{self.KIND: chart})])

    def test_numbers_may_differ_by_rounding_only(self):
        self.assertEqual([], self.lines(lambda c: c["data"]["values"][0].update(x=1 + 1e-12)))
        self.assertEqual([], self.lines(lambda c: c.update(height=300.0)))
        self.assertEqual(
            ["cell [7] application/vnd.vegalite.v5+json $.data.values[0].x is 1.00001; saved is 1.0"],
            self.lines(lambda c: c["data"]["values"][0].update(x=1.00001)),
        )

    def test_marks_rows_and_words(self):
        for change, said in [
            (lambda c: c["mark"].update(type="bar"), "$.mark.type shows different text:"),
            (lambda c: c["mark"].update(filled=1), "$.mark.filled is 1; saved is true"),
            (lambda c: c["data"]["values"].pop(), "$.data.values has 1 entries; saved are 2"),
            (lambda c: c["data"]["values"][1].pop("file"), "$.data.values[1].file is gone"),
            (lambda c: c.update(width=3), "$.width is new"),
        ]:
            with self.subTest(said):
                self.assertTrue(self.lines(change)[0].endswith(said), self.lines(change))

    def test_pictures_in_a_chart_are_compared_by_what_they_show(self):
        address = "data:image/png;base64," + base(png(SQUARE, level=1))
        first = [display(**{self.KIND: {"url": "data:image/png;base64," + base(png(SQUARE))}})]
        self.assertEqual([], compared(first, [display(**{self.KIND: {"url": address}})]))
        moved = "data:image/png;base64," + base(png(MOVED))
        self.assertIn("$.url picture 1: ", compared(first, [display(**{self.KIND: {"url": moved}})])[0])


class TwiceTest(unittest.TestCase):
    def of(self, first, second):
        nb = new_notebook(cells=[ran("a", stream("x")), new_code_cell(" "), ran("b")])
        with twice.Again(nb, True) as again:
            self.assertEqual(["a", " ", "b", "a", "b"], [cell.source for cell in nb.cells])
            self.assertEqual([None, None, None, "cell [1], run again,", "cell [2], run again,", None],
                             [again.where(index) for index in range(6)])  # fmt: skip
            nb.cells[2].outputs, nb.cells[4].outputs = first, second
        self.assertEqual(["a", " ", "b"], [cell.source for cell in nb.cells])
        return again.differences()

    def test_the_same_again(self):
        self.assertEqual([], self.of([stream("1\n2")], [stream("1\n"), stream("2")]))

    def test_what_differs_is_named(self):
        self.assertEqual(
            ["cell [2], run again, printed different text:", "  -1", "  +2"], self.of([stream("1")], [stream("2")])
        )

    def test_once_is_enough_unless_wanted(self):
        nb = notebook(ran("a"))
        with twice.Again(nb, False) as again:
            self.assertEqual((1, None), (len(nb.cells), again.where(1)))
        self.assertEqual([], again.differences())


if __name__ == "__main__":
    unittest.main()
