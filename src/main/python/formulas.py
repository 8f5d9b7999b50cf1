"""TeX formulas as HTML, by './workbench formulas': the converter is the one of the journal's pages.

One Java process answers all questions of a run: it starts with the first formula, which takes about
half a second, and ends with this process.
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
        start_new_session=True,  # Ctrl-C is for the runner, which still writes its pages
    )


@functools.lru_cache(maxsize=None)
def html(tex, display):
    """The formula as MathML; where it cannot be drawn, its TeX with the reason as the tool tip."""
    if _process is None:
        start()
    try:
        print(json.dumps({"tex": tex, "display": display}), file=_process.stdin, flush=True)
        return json.loads(_process.stdout.readline())
    except (OSError, ValueError):  # it ended: one missing formula must not cost the page
        return f'<code title="not drawn: ./workbench formulas ended">{escaping.escape(tex.strip())}</code>'
