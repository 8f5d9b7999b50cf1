"""Text for a terminal: control characters are shown, never sent."""

import re
import sys

# C0 and C1 controls but line feed and tab; marks that change the direction of text or hide in it;
# separators that some terminals take for a new line; halves of surrogate pairs
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def quote(text):
    """The text with control characters as escapes such as \\u001b; line feeds and tabs stay."""
    return _UNSAFE.sub(lambda found: _escape(found[0]), str(text))


def line(text):
    """The text on one line: line feeds and tabs are escaped as well."""
    return quote(text).replace("\n", "\\n").replace("\t", "\\t")


def _escape(character):
    known = {"\r": "\\r", "\b": "\\b", "\f": "\\f"}
    # as in Java and JSON, two escapes for characters beyond 16 bits
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return known.get(character) or "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4))


def say(text="", file=None):
    """Prints quoted text."""
    print(quote(text), file=file or sys.stdout, flush=True)


def error(text):
    """Prints quoted text to the error stream."""
    say(text, sys.stderr)
