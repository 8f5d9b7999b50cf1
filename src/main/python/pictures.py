"""Compares pictures by what they show.

Two PNGs show the same if they have the same size and each pixel that differs is explained by the other
picture's neighbourhood: smoothed over 3 × 3 pixels, it lies within the range of the smoothed pixels at
most one pixel away, give or take 3 levels and a part of the contrast around it. Another antialiasing, palette
or compression passes; a line, a label, a colour or a point more, less or elsewhere does not.
fieldnotes.journal.Alike has the same measure for the journal.
"""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVELS = 3
"""Levels of 255 by which a smoothed pixel may leave the range."""
PART = 0.15
"""Part of the contrast within 5 × 5 pixels by which it may, in addition."""
TILE = 16
ENOUGH = 40
"""Tiles with a difference after which no more are looked for."""
_SAMPLES = {0: 1, 2: 3, 3: 1, 6: 4}


class Unreadable(Exception):
    """Not a PNG as this module reads them; the text is the reason."""


class Picture:
    """Pixels as four planes of bytes: red, green and blue over white, and alpha."""

    def __init__(self, width, height, planes):
        self.width = width
        self.height = height
        self.planes = planes


def differ(first, second):
    """What differs between two PNGs, in words; empty if they show the same."""
    if first == second:
        return ""
    a, b = decode(first), decode(second)
    if (a.width, a.height) != (b.width, b.height):
        return f"another size: {a.width} × {a.height} pixels, now {b.width} × {b.height}"
    planes = [number for number in range(4) if a.planes[number] != b.planes[number]]
    places = 0
    worst = (0, 0, 0)
    for x, y in _tiles(a, b, planes):
        found = max(_unexplained(a.planes[plane], b.planes[plane], a.width, a.height, x, y) for plane in planes)
        if found[0] > 0:
            places += 1
            worst = max(worst, found)
        if places == ENOUGH:
            break
    if not places:
        return ""
    whole = -(-a.width // TILE) * -(-a.height // TILE)
    more = "at least " if places == ENOUGH else ""
    return (
        f"{more}{places} of {whole} patches differ, most at x={worst[1]}, y={worst[2]}"
        f" by {worst[0] / 2.55:.0f} % of the range of colours"
    )


def _tiles(a, b, planes):
    """The corners of the tiles in which at least one pixel differs."""
    for top in range(0, a.height, TILE):
        rows = range(top, min(a.height, top + TILE))
        found = set()
        for plane in planes:
            p, q = a.planes[plane], b.planes[plane]
            for y in rows:
                start = y * a.width
                if p[start : start + a.width] != q[start : start + a.width]:
                    for x in range(0, a.width, TILE):
                        if x not in found:
                            at, end = start + x, start + min(a.width, x + TILE)
                            if p[at:end] != q[at:end]:
                                found.add(x)
        for x in sorted(found):
            yield x, top


def _unexplained(a, b, width, height, x, y):
    """The largest difference in a tile of two planes that its neighbourhood does not explain, with its place."""
    right, bottom = min(width, x + TILE), min(height, y + TILE)
    different = [
        (at, row) for row in range(y, bottom) for at in range(x, right) if a[row * width + at] != b[row * width + at]
    ]
    worst = (0, 0, 0)
    if not different:
        return worst
    of_a = _Smoothed(a, width, height, x, y)
    of_b = _Smoothed(b, width, height, x, y)
    for at, row in different:
        low, high = of_a.around(at, row)
        other_low, other_high = of_b.around(at, row)
        allowed = LEVELS + PART * (max(high, other_high) - min(low, other_low))
        left = max(of_a.outside(of_b, at, row), of_b.outside(of_a, at, row))
        if left > allowed:
            worst = max(worst, (left, at, row))
    return worst


class _Smoothed:
    """A tile of a plane with two pixels around it, at the picture's edges repeated; and its 3 × 3 means."""

    def __init__(self, plane, width, height, x, y):
        self.x, self.y = x, y
        columns = [min(max(at, 0), width - 1) for at in range(x - 2, x + TILE + 2)]
        self.rows = []
        for row in range(y - 2, y + TILE + 2):
            start = min(max(row, 0), height - 1) * width
            self.rows.append([plane[start + at] for at in columns])
        across = [[sum(row[i - 1 : i + 2]) for i in range(1, len(row) - 1)] for row in self.rows]
        self.means = [
            [sum(three) / 9 for three in zip(*across[i - 1 : i + 2])] for i in range(1, len(across) - 1)
        ]

    def around(self, at, row):
        """The least and the largest value within 5 × 5 pixels."""
        i, j = at - self.x, row - self.y
        values = [value for line in self.rows[j : j + 5] for value in line[i : i + 5]]
        return min(values), max(values)

    def outside(self, other, at, row):
        """How far the mean here is outside of the other's means at most one pixel away."""
        i, j = at - self.x, row - self.y
        values = [value for line in other.means[j : j + 3] for value in line[i : i + 3]]
        mean = self.means[j + 1][i + 1]
        return max(min(values) - mean, mean - max(values))


def decode(data):
    """The picture in a PNG of 8 bits a sample that is not interlaced: grey, RGB, RGBA or with a palette."""
    if not data.startswith(SIGNATURE):
        raise Unreadable("is not a PNG")
    chunks = {}
    at = len(SIGNATURE)
    try:
        while at < len(data):
            length, kind = struct.unpack(">I4s", data[at : at + 8])
            chunks.setdefault(kind, bytearray()).extend(data[at + 8 : at + 8 + length])
            at += 12 + length
        width, height, bits, colours, *_, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
        packed = zlib.decompress(bytes(chunks[b"IDAT"]))
    except (struct.error, KeyError, zlib.error) as error:
        raise Unreadable(f"is damaged: {error}") from error
    if bits != 8 or interlaced or colours not in _SAMPLES:
        raise Unreadable(f"has {bits} bits, colour type {colours}{', interlaced' if interlaced else ''}: not read here")
    samples = _SAMPLES[colours]
    if len(packed) != height * (width * samples + 1) or not packed:
        raise Unreadable(f"is damaged: {len(packed)} bytes of pixels")
    pixels = _unfiltered(packed, width * samples, height, samples)
    if colours == 3:
        return Picture(width, height, _of_palette(pixels, chunks.get(b"PLTE", b""), chunks.get(b"tRNS", b"")))
    opaque = bytes([255]) * (width * height)
    if samples == 1:
        return Picture(width, height, [pixels, pixels, pixels, opaque])
    planes = [pixels[plane::samples] for plane in range(samples)]
    if samples == 3:
        return Picture(width, height, [*planes, opaque])
    alpha = planes[3]
    over = [bytes(_over_white(value, a) for value, a in zip(plane, alpha)) for plane in planes[:3]]
    return Picture(width, height, [*over, alpha])


def _of_palette(pixels, palette, alpha):
    count = len(palette) // 3
    if pixels and max(pixels) >= count:
        raise Unreadable(f"is damaged: colour {max(pixels)} of a palette of {count}")
    alpha = bytes(alpha) + b"\xff" * (256 - len(alpha))
    tables = [
        bytes(_over_white(palette[3 * i + plane], alpha[i]) if i < count else 0 for i in range(256))
        for plane in range(3)
    ]
    return [pixels.translate(table) for table in [*tables, alpha]]


def _over_white(value, alpha):
    return (value * alpha + 255 * (255 - alpha) + 127) // 255


def _unfiltered(packed, length, height, step):
    """The rows without their filters (PNG specification, section 9)."""
    rows = bytearray()
    above = bytes(length)
    for number in range(height):
        start = number * (length + 1)
        kind = packed[start]
        row = bytearray(packed[start + 1 : start + 1 + length])
        if kind > 4:
            raise Unreadable(f"is damaged: row {number} has filter {kind}")
        for i in range(length if kind else 0):
            left = row[i - step] if i >= step else 0
            up = above[i]
            if kind == 1:
                guess = left
            elif kind == 2:
                guess = up
            elif kind == 3:
                guess = (left + up) // 2
            else:
                corner = above[i - step] if i >= step else 0
                guess = _paeth(left, up, corner)
            row[i] = (row[i] + guess) & 255
        rows += row
        above = row
    return bytes(rows)


def _paeth(left, up, corner):
    near = left + up - corner
    distances = abs(near - left), abs(near - up), abs(near - corner)
    return (left, up, corner)[distances.index(min(distances))]
