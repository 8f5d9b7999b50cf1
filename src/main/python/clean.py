"""Removes from HTML of notebooks what could run a script, load something or leave the page.

Bleach parses HTML as browsers do and keeps the elements, attributes, addresses and CSS properties
that are allowed here.
"""

import base64
import copy
import re
from html import escape
from html import unescape as html_entities

import nbformat
from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner

_TAGS = set(
    """a abbr audio b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark meter ol p pre progress q s samp
    small source span strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video
    wbr""".split()
)
_REMOVED_WHOLE = re.compile(
    r"<(script|style|iframe|object|noscript|template|svg|math|title|textarea|select)\b.*?(</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTES = {
    "*": ["align", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "class", "dir", "height", "id", "lang", "role", "style",
          "title", "valign", "width"],
    "a": ["href", "name"],
    "audio": ["controls", "loop", "muted", "preload", "src"],
    "col": ["span"],
    "colgroup": ["span"],
    "details": ["open"],
    "img": ["alt", "src"],
    "li": ["value"],
    "meter": ["high", "low", "max", "min", "optimum", "value"],
    "ol": ["reversed", "start", "type"],
    "progress": ["max", "value"],
    "source": ["src", "type"],
    "td": ["colspan", "headers", "rowspan"],
    "th": ["abbr", "colspan", "headers", "rowspan", "scope"],
    "time": ["datetime"],
    "video": ["controls", "loop", "muted", "preload", "src"],
}  # fmt: skip
_STYLES = """background-color border border-bottom border-collapse border-color border-left
    border-radius border-right border-spacing border-style border-top border-width color column-gap
    display flex flex-basis flex-direction flex-grow flex-shrink flex-wrap float font-family
    font-size font-style font-variant font-variant-numeric font-weight gap grid-template-columns
    height align-items justify-content letter-spacing line-height list-style-type margin
    margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width
    opacity overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left
    padding-right padding-top row-gap text-align text-decoration text-indent text-transform
    vertical-align white-space width word-break""".split()
_MEDIA = re.compile(r"data:(image/(png|jpeg|gif|webp|avif|bmp|svg\+xml)|(audio|video)/[\w.+-]+);", re.I)
_LINK = re.compile(r"(https?|mailto):", re.I)
_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.I | re.S)
_SCROLLED = re.compile(r'<div (style="(?:[^"]*;)?\s*overflow-x:\s*auto\b)')
_SCHEME = re.compile(r"[^/?#]*:")
_PICTURES = ("image/png", "image/jpeg")


def _allowed(tag, name, value):
    if name not in _ATTRIBUTES["*"] and name not in _ATTRIBUTES.get(tag, ()):
        return False
    if name not in ("href", "src"):
        return True
    # as a browser reads it: entities replaced, blanks and control characters ignored
    address = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]", "", html_entities(value))
    address = address.replace("\\", "/")
    if name == "href":
        return bool(_LINK.match(address)) or not _SCHEME.match(address)
    # only data of pictures and sound, and files next to the page: others would be loaded from elsewhere
    return bool(_MEDIA.match(address)) or not (_SCHEME.match(address) or address.startswith("//"))


_CLEANER = Cleaner(
    tags=_TAGS,
    attributes=_allowed,
    protocols={"http", "https", "mailto", "data"},
    css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
    strip=True,
    strip_comments=True,
)


def html(text):
    """HTML without scripts, forms, frames, style sheets and addresses that load or run something.

    The keyboard reaches what scrolls, as a wide table does.
    """
    text = _SVG.sub(lambda found: f'<img alt="" src="{picture(found[0])}">', text)
    return _SCROLLED.sub(r'<div tabindex="0" \1', _CLEANER.clean(_REMOVED_WHOLE.sub("", text)))


def notebook(original):
    """A copy of a notebook for its page: its outputs hold only what the page can show safely."""
    cleaned = copy.deepcopy(original)
    cleaned.metadata.pop("widgets", None)
    for cell in cleaned.cells:
        if cell.cell_type == "raw":
            rich = cell.metadata.get("raw_mimetype") == "text/html"
            cell.source = html(cell.source) if rich else f"<pre>{escape(cell.source)}</pre>"
            cell.metadata.raw_mimetype = "text/html"
        for output in cell.get("outputs", []):
            if "data" in output:
                _output(output)
    return cleaned


def _output(output):
    output.pop("svg_filename", None)
    data = {}
    metadata = {}
    for kind, value in output.data.items():
        value = "".join(value) if isinstance(value, list) else value
        if not isinstance(value, str):
            continue
        if kind in ("text/plain", "text/latex", "text/markdown", "image/svg+xml"):
            data[kind] = value
        elif kind == "text/html":
            data[kind] = html(value)
        elif kind in _PICTURES:
            data[kind] = re.sub(r"[^A-Za-z0-9+/=]", "", value)
        if kind in data and isinstance(output.metadata.get(kind), dict):
            metadata[kind] = {
                name: shown
                for name, shown in output.metadata[kind].items()
                if (name in ("width", "height") and isinstance(shown, (int, float)))
                or (name == "alt" and isinstance(shown, str))
            }
    if not data:
        data["text/plain"] = f"({', '.join(sorted(output.data)) or 'nothing'}: cannot be shown on this page)"
    output.data = nbformat.from_dict(data)
    output.metadata = nbformat.from_dict(metadata)


def picture(svg):
    """An SVG as an address for an image, in which no script runs and nothing is loaded."""
    if "xmlns=" not in svg.partition(">")[0]:
        svg = re.sub(r"(?i)\A<svg", '<svg xmlns="http://www.w3.org/2000/svg"', svg)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8", "replace")).decode()
