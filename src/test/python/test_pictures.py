"""Tests of src/main/python/pictures.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import math
import struct
import sys
import unittest
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import pictures  # noqa: E402

WHITE, BLACK, BLUE, ORANGE, GREY = (255,) * 3, (0,) * 3, (0, 114, 178), (213, 94, 0), (230,) * 3
SIZE = 64


class Drawing:
    """A small chart, drawn by what covers the middle of each of samples × samples parts of a pixel."""

    def __init__(self, **changes):
        said = {"points": [(12, 12), (40, 20), (25, 50)], "label": "H", "colours": (BLUE, ORANGE), "lines": [30], "steps": 1}
        self.said = said | changes

    def colour(self, x, y):
        for number, (at, row) in enumerate(self.said["points"]):
            if (x - at) ** 2 + (y - row) ** 2 < 16:
                return self.said["colours"][number % 2]
        if abs(y - (40 + 8 * math.sin(x / 6))) < 1:
            return BLACK
        if self.said["label"] and 50 <= x < 60 and 4 <= y < 16:  # strokes of 2 pixels
            strokes = {"H": (x < 52, x >= 58, 9 <= y < 11), "E": (x < 52, y < 6, 9 <= y < 11, y >= 14)}
            if any(strokes[self.said["label"]]):
                return BLACK
        if any(line <= y < line + 1 for line in self.said["lines"]):
            return GREY
        return WHITE

    def pixels(self, samples=4):
        """Rows of RGB, by the mean of the samples."""
        parts = [(i + 0.5) / samples for i in range(samples)]
        rows = []
        for y in range(SIZE):
            row = []
            for x in range(SIZE):
                seen = [self.colour(x + dx, y + dy) for dx in parts for dy in parts]
                row.append(tuple(round(sum(channel) / len(seen)) for channel in zip(*seen)))
            rows.append(row)
        return rows


def png(rows, colours=2, level=9, kind=0):
    """A PNG: grey (0), RGB (2), palette (3) or RGBA (6), each row with this filter."""
    height, width = len(rows), len(rows[0])
    table = sorted({pixel for row in rows for pixel in row})
    samples = {0: lambda p: p[:1], 2: lambda p: p[:3], 3: lambda p: (table.index(p),), 6: lambda p: (*p, 255)[:4]}[colours]
    step = len(samples(rows[0][0]))
    packed = bytearray()
    above = bytes(width * step)
    for row in rows:
        plain = bytes(value for pixel in row for value in samples(pixel))
        packed.append(kind)
        for i, value in enumerate(plain):
            left = plain[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            guess = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))[kind]
            packed.append((value - guess) & 255)
        above = plain
    head = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    chunks = [(b"IHDR", head)]
    if colours == 3:
        chunks.append((b"PLTE", bytes(value for pixel in table for value in pixel[:3])))
        if len(table[0]) == 4:
            chunks.append((b"tRNS", bytes(pixel[3] for pixel in table)))
    data = zlib.compress(bytes(packed), level)
    chunks += [(b"IDAT", data[: len(data) // 2]), (b"IDAT", data[len(data) // 2 :]), (b"IEND", b"")]
    return pictures.SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def paeth(a, b, c):
    """The predictor by its definition: the one of the three that is nearest to a + b - c, in this order."""
    return min((a, b, c), key=lambda one: abs(a + b - c - one))


def grey(rows):
    return [[(pixel[0],) * 3 for pixel in row] for row in rows]


class DecodeTest(unittest.TestCase):
    def test_by_hand(self):
        rows = [[(1, 2, 3), (4, 5, 6)], [(7, 8, 9), (10, 11, 12)]]
        picture = pictures.decode(png(rows))
        self.assertEqual((2, 2), (picture.width, picture.height))
        self.assertEqual([bytes([1, 4, 7, 10]), bytes([2, 5, 8, 11]), bytes([3, 6, 9, 12]), b"\xff" * 4], picture.planes)

    def test_transparent_pixels_are_over_white_and_keep_their_alpha(self):
        rows = [[(0, 0, 0, 255), (0, 0, 0, 0), (100, 0, 255, 51)]]
        for colours in (3, 6):
            planes = pictures.decode(png(rows, colours)).planes
            self.assertEqual([[0, 255, 224], [0, 255, 204], [0, 255, 255], [255, 0, 51]], [list(one) for one in planes])

    def test_damage_and_other_forms_have_a_reason(self):
        good = png([[(1, 1, 1)]])
        for data, reason in [
            (b"GIF89a", "is not a PNG"),
            (good[:40], "is damaged"),
            (good.replace(b"\x08\x02\x00", b"\x10\x02\x00"), "has 16 bits, colour type 2: not read here"),
            (good.replace(b"\x08\x02\x00\x00\x00", b"\x08\x02\x00\x00\x01"), "interlaced"),
        ]:
            with self.subTest(reason), self.assertRaisesRegex(pictures.Unreadable, reason):
                pictures.decode(data)


class SameTest(unittest.TestCase):
    """Another encoding or antialiasing shows the same."""

    @classmethod
    def setUpClass(cls):
        cls.rows = Drawing().pixels()
        cls.base = png(cls.rows)

    def test_same_bytes(self):
        self.assertEqual("", pictures.differ(b"anything", b"anything"))

    def test_encoded_in_another_way(self):
        for colours in (2, 3, 6):
            for kind in range(5):
                with self.subTest(f"colour type {colours}, filter {kind}"):
                    again = png(self.rows, colours, level=1, kind=kind)
                    self.assertNotEqual(self.base, again)
                    self.assertEqual("", pictures.differ(self.base, again))
        self.assertEqual("", pictures.differ(png(grey(self.rows)), png(self.rows, colours=0)))

    def test_another_antialiasing(self):
        for samples in (2, 3, 8):
            again = png(Drawing().pixels(samples))
            with self.subTest(samples):
                self.assertNotEqual(self.base, again)
                self.assertEqual("", pictures.differ(self.base, again))

    def test_a_tenth_of_a_pixel(self):
        moved = Drawing(points=[(12.1, 12), (40, 20.1), (25, 50)])
        self.assertEqual("", pictures.differ(self.base, png(moved.pixels())))


class DifferentTest(unittest.TestCase):
    """What a reader would see is found, and where."""

    def differs(self, **changes):
        first, second = png(Drawing().pixels()), png(Drawing(**changes).pixels())
        there, back = pictures.differ(first, second), pictures.differ(second, first)
        self.assertRegex(there, r"^\d+ of 16 patches differ, most at x=\d+, y=\d+ by \d+ % of the range of colours$")
        self.assertEqual(there, back, "the same in both directions")
        return there

    def test_a_point_moved(self):
        self.assertIn("1 of 16 patches differ, most at x=30, y=50", self.differs(points=[(12, 12), (40, 20), (27, 50)]))

    def test_a_point_less(self):
        self.assertIn("by 100 %", self.differs(points=[(12, 12), (40, 20)]))

    def test_colours_swapped(self):
        self.differs(colours=(ORANGE, BLUE))

    def test_a_label_changed(self):
        self.assertIn("1 of 16 patches differ, most at x=5", self.differs(label="E"))

    def test_a_pale_line_more_or_less(self):
        self.assertIn("4 of 16 patches", self.differs(lines=[]))
        self.differs(lines=[30, 31])

    def test_a_line_three_pixels_lower(self):
        self.differs(lines=[33])

    def test_a_slightly_other_colour_of_an_area(self):
        flat = [[(100, 140, 180)] * 20] * 20
        other = [[(100, 144, 180)] * 20] * 20
        self.assertEqual(
            "4 of 4 patches differ, most at x=19, y=19 by 2 % of the range of colours", pictures.differ(png(flat), png(other))
        )
        self.assertEqual("", pictures.differ(png(flat), png([[(100, 142, 180)] * 20] * 20)))

    def test_a_ground_that_became_transparent(self):
        white, clear = [[(255, 255, 255, 255)] * 9] * 9, [[(255, 255, 255, 0)] * 9] * 9
        self.assertIn("by 100 %", pictures.differ(png(white, 6), png(clear, 3)))

    def test_another_size(self):
        rows = Drawing().pixels(1)
        self.assertEqual(
            "another size: 64 × 64 pixels, now 64 × 63", pictures.differ(png(rows), png(rows[:-1]))
        )

    def test_many_differences_are_not_all_counted(self):
        black, white = [[BLACK] * 16 * 9] * 16 * 9, [[WHITE] * 16 * 9] * 16 * 9
        self.assertTrue(pictures.differ(png(black), png(white)).startswith("at least 40 of 81 patches"))


if __name__ == "__main__":
    unittest.main()
