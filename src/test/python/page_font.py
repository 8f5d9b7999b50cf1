"""Makes the font of the formulas on pages, src/main/resources/fieldnotes/publish/math.woff2.

    python page_font.py STIX_TWO_MATH

STIX_TWO_MATH is stix-two-math-latin-400-normal.woff2 of the npm package @fontsource/stix-two-math
5.3.0. Needs fonttools and brotli. It keeps letters and signs of formulas with their larger forms.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[2] / "main/resources/fieldnotes/publish/math.woff2"
RANGES = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x302, 0x30C), (0x338, 0x338), (0x391, 0x3F6), (0x2010, 0x2057),
    (0x20D7, 0x20D7), (0x2102, 0x2135), (0x2190, 0x21D5), (0x2200, 0x22FF), (0x2308, 0x230B), (0x2329, 0x232A),
    (0x23B4, 0x23DF), (0x27E8, 0x27E9), (0x2A7D, 0x2AB0), (0x1D400, 0x1D467), (0x1D49C, 0x1D4CF), (0x1D538, 0x1D56B),
    (0x1D6A8, 0x1D71B), (0x1D7CE, 0x1D7E1),
]  # fmt: skip

font = TTFont(sys.argv[1])
options = subset.Options()
options.layout_features = ["ssty", "dtls", "flac"]
options.hinting = False
options.flavor = "woff2"
options.name_IDs = [0, 1, 2, 4, 5, 6, 13]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
subsetter.subset(font)
for record in font["name"].names:
    if record.nameID in (1, 4, 6):
        record.string = "Fieldnotes Math" if record.nameID != 6 else "FieldnotesMath"
font["head"].modified = font["head"].created  # the same file each time
font.recalcTimestamp = False
font.flavor = "woff2"
font.save(TARGET)
print(TARGET.name, TARGET.stat().st_size, "bytes,", len(font.getBestCmap()), "characters")
