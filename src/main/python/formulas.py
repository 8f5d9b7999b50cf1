"""TeX formulas as HTML, by './workbench formulas', the converter of the journal's pages.

One Java process converts all formulas of a run: it starts with the first, which takes about half a
second, and ends with this process.
"""

import functools
import html as escaping
import json
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
_process = None


def start(command=(str(HOME / "workbench"), "formulas")):
    """Starts the converter."""
    global _process
    _process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C must reach only the runner, which still writes its pages
    )


@functools.lru_cache(maxsize=None)
def html(tex, display):
    """The formula as MathML; if unsupported, its TeX with the reason as a tooltip."""
    if _process is None:
        start()
    try:
        print(json.dumps({"tex": tex, "display": display}), file=_process.stdin, flush=True)
        return json.loads(_process.stdout.readline())
    except (OSError, ValueError):  # the process ended: show the TeX instead
        return f'<code title="not drawn: ./workbench formulas ended">{escaping.escape(tex.strip())}</code>'
