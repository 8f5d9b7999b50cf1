"""Makes the font of the charts, src/main/resources/fieldnotes/draw/chart-*.ttf.

    python chart_font.py INTER_FOLDER DEJAVU_FOLDER

INTER_FOLDER has Inter-Regular.woff2 and Inter-SemiBold.woff2 (npm package inter-ui 4.1.1, folder
web), DEJAVU_FOLDER has DejaVuSans.ttf and DejaVuSans-Bold.ttf (2.37). Needs fonttools and brotli.

It keeps the Latin, Greek and Cyrillic alphabets and the signs of charts, makes all digits equally
wide (Inter's feature tnum), drops what no chart uses (features, alternates, hints), and takes signs
that Inter lacks from DejaVu Sans. Those are DejaVu's own additions, which are in the public domain;
no letter of Bitstream Vera is taken.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

RESOURCES = Path(__file__).resolve().parents[3] / "src/main/resources/fieldnotes/draw"
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x1CD, 0x1DC), (0x1F4, 0x21B), (0x2B0, 0x2DD),
    (0x300, 0x30C), (0x370, 0x3FF), (0x400, 0x45F), (0x490, 0x493), (0x4AE, 0x4E9), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E),
    (0x1EA0, 0x1EF9), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F),
    (0x2150, 0x215E), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2605, 0x2606),
    (0x2713, 0x2718), (0x266D, 0x266F),
]  # fmt: skip
BORROWED = "∀∃∄∇∈∉∋∓∗∘∝∠∥∦∧∨∩∪∬∮∴∼≃≅≡≢≪≫⊂⊃⊆⊇⊕⊗⊤⊥⋅⋮⋯⌈⌉⌊⌋ℂℏℓℕℙℚℝℤ⇐⇑⇒⇓⇔⟨⟩∙▬◌♩♪♫♬♭♮♯ʹ◀"


def make(source, signs, style, target):
    font = TTFont(source)
    tabular(font)
    codes = {c for first, last in RANGES for c in range(first, last + 1)}
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13]
    options.drop_tables += ["GPOS", "GSUB", "GDEF"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    borrow(font, TTFont(signs), [c for c in map(ord, BORROWED) if c not in font.getBestCmap()])
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = f"Fieldnotes Charts{'' if record.nameID == 1 else ' ' + style}"
            if record.nameID == 6:
                record.string = f"FieldnotesCharts-{style}"
        elif record.nameID == 2:
            record.string = style
        elif record.nameID == 5:
            record.string = "Version 1, from Inter 4.001 and signs of DejaVu Sans 2.37"
    font["head"].modified = font["head"].created  # the same file each time
    font.recalcTimestamp = False
    font["OS/2"].usWeightClass = 700 if style == "Bold" else 400
    font["head"].macStyle = 1 if style == "Bold" else 0
    font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
    font.flavor = None
    font.save(target)
    print(target.name, target.stat().st_size, "bytes,", len(font.getBestCmap()), "characters")


def tabular(font):
    """Digits of equal width in place of the usual ones."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    equal = {}
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            equal.update(getattr(part, "ExtSubTable", part).mapping)
    digits = set(range(0x30, 0x3A)) | {0x2B, 0x2212}
    for part in font["cmap"].tables:
        for code in digits & part.cmap.keys():
            part.cmap[code] = equal.get(part.cmap[code], part.cmap[code])


def borrow(font, signs, codes):
    assert font["head"].unitsPerEm == signs["head"].unitsPerEm
    glyphs, names = signs.getGlyphSet(), signs.getBestCmap()
    order = font.getGlyphOrder()
    for code in codes:
        if code not in names:
            print(f"no {chr(code)} in DejaVu Sans")
            continue
        name = f"sign{code:04x}"
        pen = TTGlyphPen(None)
        whole = DecomposingRecordingPen(glyphs)
        glyphs[names[code]].draw(whole)
        whole.replay(pen)
        order.append(name)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = signs["hmtx"][names[code]]
        for part in font["cmap"].tables:
            if part.isUnicode():
                part.cmap[code] = name
    font.setGlyphOrder(order)
    font["maxp"].numGlyphs = len(order)


if __name__ == "__main__":
    inter, dejavu = map(Path, sys.argv[1:3])
    RESOURCES.mkdir(parents=True, exist_ok=True)
    make(inter / "Inter-Regular.woff2", dejavu / "DejaVuSans.ttf", "Regular", RESOURCES / "chart-regular.ttf")
    make(inter / "Inter-SemiBold.woff2", dejavu / "DejaVuSans-Bold.ttf", "Bold", RESOURCES / "chart-bold.ttf")
