"""The site of executed notebooks: one page per notebook and an index, without external resources.

Formulas are MathML, images are embedded, links between notebooks lead to their pages, and there are
no scripts.
"""

import base64
import functools
import html
import json
import os
import posixpath
import re
import secrets
from pathlib import Path
from urllib.parse import quote, unquote

import clean
import formulas
import nbformat
import night
import terminal
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

try:
    from jinja2 import pass_context
except ImportError:  # Jinja before version 3
    from jinja2 import contextfilter as pass_context

HERE = Path(__file__).resolve().parent
FOOTER = "Made by <code>./workbench run</code>"
POLICY = (
    "default-src 'none'; img-src 'self' file: data:; media-src 'self' file: data:;"
    " style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
"""A second wall behind clean.py: the browser runs no script and loads nothing from elsewhere."""


_UNFOLDS = re.compile(r"\s*(<details\b[^<>]*>\s*(<summary>[^<>]*</summary>)?|</details>)\s*", re.I)


class Place:
    """Where the pages of notebooks lie: those below a folder as they lie there, others below
    'checkout' or 'elsewhere' by their path."""

    def __init__(self, folder, site, home):
        self.folder = folder
        self.site = site
        self.home = home

    def name(self, path):
        """The path of a notebook's page in the site, without its ending."""
        for root, below in ((self.folder, ""), (self.home, "checkout"), (Path(path.anchor), "elsewhere")):
            if path.is_relative_to(root):
                return (Path(below) / path.relative_to(root)).with_suffix("").as_posix()
        raise ValueError(f"{path}: must be absolute")

    def page(self, path):
        """The page of a notebook; it may not have been written yet."""
        return self.site / (self.name(path) + ".html")

    def remove(self, path):
        """Removes the page and the executed copy of an earlier run."""
        for old in (self.page(path), self.page(path).with_suffix(".ipynb")):
            old.unlink(missing_ok=True)


def write(notebook, path, place):
    """Writes the executed copy of a notebook and its page."""
    page = place.page(path)
    name = place.name(path)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.with_suffix(".ipynb").write_text(nbformat.writes(night.without(notebook)) + "\n", encoding="utf-8", errors="replace")
    resources = {
        "metadata": {"path": str(path.parent), "name": path.stem},
        "title": title(notebook) or path.stem,
        "name": name,
        "up": "../" * name.count("/"),
        "style": (HERE / "page" / "style.css").read_text(encoding="utf-8"),
        "policy": POLICY,
        "footer": FOOTER,
        "from": path.parent,
        "place": place,
        "to": page.parent,
    }
    body, _ = Page().from_notebook_node(clean.notebook(notebook), resources)
    if "<math" in body:
        body = body.replace("</style>", font() + "</style>", 1)
    page.write_text(body, encoding="utf-8", errors="replace")


@functools.lru_cache(maxsize=None)
def font():
    """The font of formulas, whose signs stretch; without one, browsers draw formulas poorly."""
    data = base64.b64encode((HERE.parent / "resources/fieldnotes/publish/math.woff2").read_bytes()).decode()
    return f'@font-face {{ font-family: "Fieldnotes Math"; src: url(data:font/woff2;base64,{data}); }}\n'


class Page(HTMLExporter):
    """nbconvert's exporter with our template and our Markdown."""

    def __init__(self, **options):
        super().__init__(
            template_name="page",
            extra_template_basedirs=[str(HERE)],
            embed_images=True,
            **options,
        )

    @pass_context
    def markdown2html(self, context, source):
        resources = context.get("resources", {})
        renderer = Renderer(
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            embed_images=True,
            path=resources.get("metadata", {}).get("path", ""),
            exclude_anchor_links=True,
        )
        page = renderer.with_formulas(clean.html(MarkdownWithMath(renderer=renderer).render(source)))
        return re.sub(
            r'(<a\b[^>]*?\bhref=")([^"]*)(")',
            lambda match: match[1] + link(html.unescape(match[2]), resources) + match[3],
            page,
        )


class Renderer(IPythonRenderer):
    """Formulas as MathML; unsupported ones remain TeX.

    While the page is cleaned, words that nobody can guess stand for the formulas.
    """

    def __init__(self, **options):
        super().__init__(**options)
        self.formulas = []
        self.word = f"formula{secrets.token_hex(16)}x"

    def block_html(self, html):
        """As it stands if it only opens or closes what unfolds: nbconvert closes each piece by itself,
        and the Markdown in between would stand below."""
        return html if _UNFOLDS.fullmatch(html) else super().block_html(html)

    def formula(self, tex, display):
        self.formulas.append(formulas.html(tex, display))
        return f"{self.word}{len(self.formulas) - 1};"

    def with_formulas(self, page):
        return re.sub(self.word + r"(\d+);", lambda found: self.formulas[int(found[1])], page)

    def block_math(self, body):
        return f"<p>{self.formula(body, True)}</p>\n"

    def multiline_math(self, text):
        return f"<p>{self.formula(text.strip().removeprefix('$$').removesuffix('$$'), True)}</p>\n"

    def latex_environment(self, name, body):
        tex = chr(92) + f"begin{{{name}}}{body}{chr(92)}end{{{name}}}"
        return f"<p>{self.formula(tex, True)}</p>\n"

    def inline_math(self, body):
        return self.formula(body, False)


def link(target, resources):
    """Converts a relative link of a notebook for its page."""
    if not target or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|#|/", target) or "from" not in resources:
        return html.escape(target)
    file, mark, fragment = target.partition("#")
    wanted = Path(os.path.normpath(resources["from"] / unquote(file)))
    place = resources["place"]
    if wanted.suffix == ".ipynb" and (wanted.is_relative_to(place.folder) or place.page(wanted).exists()):
        wanted = place.page(wanted)
    address = quote(Path(os.path.relpath(wanted, resources["to"])).as_posix(), safe="/.~")
    return html.escape(address + mark + fragment)


def title(notebook):
    """The text of the first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = re.search(r"^#\s+(.+?)\s*#*$", cell.source, re.MULTILINE)
            if found:
                return plain(found[1])
    return None


def question(notebook):
    """The text after '**Question.**' in its paragraph."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = re.search(r"\*\*Question\.?\*\*\.?\s*(.+?)(?=\n\s*\n|\n\*\*|\Z)", cell.source, re.S)
            if found:
                return plain(" ".join(found[1].split()))
    return ""


def plain(markdown):
    """The text without Markdown syntax."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", text).strip()


def order(relative):
    """Sort key: files before folders, numbers by value."""
    parts = relative.parts
    return [
        (index < len(parts) - 1, [int(t) if t.isdigit() else t for t in re.split(r"(\d+)", part)])
        for index, part in enumerate(parts)
    ]


def record(place, path, notebook, result):
    """Records the result of a notebook, so that the index also lists those of earlier runs.

    The notebook is None if it could not be read.
    """
    site = place.site
    name = place.name(path)
    known = recorded(site)
    known[name] = {
        "path": str(path),
        "title": (title(notebook) if notebook else None) or path.stem,
        "question": question(notebook) if notebook else "",
        "state": result.state,
        "seconds": round(result.seconds, 1),
        "reason": result.reason + result.differences[:20],
    }
    waiting = site / "notebooks.json.new"
    site.mkdir(parents=True, exist_ok=True)
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    waiting.write_text(text, encoding="utf-8", errors="backslashreplace")
    os.replace(waiting, site / "notebooks.json")


def recorded(site):
    try:
        known = json.loads((site / "notebooks.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    needed = {"path", "title", "question", "state", "seconds", "reason"}
    return {name: one for name, one in known.items() if needed <= one.keys()}


def index(place, live=None):
    """Writes the index page of recorded notebooks that still exist; returns its path.

    While a run goes on, 'live' says which notebooks wait and run, and the page loads itself again.
    """
    site, folder = place.site, place.folder
    known = {name: one for name, one in recorded(site).items() if os.path.lexists(one["path"])}
    if live:
        known = live.entries(known)
    groups = {}
    for name in sorted(known, key=lambda n: order(Path(n + ".ipynb"))):
        groups.setdefault(posixpath.dirname(name), []).append(name)
    parts = []
    for group, names in groups.items():
        if group.partition("/")[0] in ("checkout", "elsewhere"):
            parent = os.path.dirname(known[names[0]]["path"])
            parts.append(f'<h2 class="path">{html.escape(terminal.line(parent))}</h2>')
        elif group:
            parts.append(f"<h2>{html.escape(group.replace('_', ' ').capitalize())}</h2>")
        parts.append('<ul class="list">')
        parts += [entry(name, known[name], (site / (name + ".html")).exists()) for name in names]
        parts.append("</ul>")
    states = [one["state"] for one in known.values()]
    counts = ", ".join(
        f"{states.count(state)} {state}"
        for state in ("ok", "failed", "differs", "skipped", "running", "waiting")
        if state in states
    )
    # the launcher writes the journal's pages after this one
    record = folder.parent / "data" / "journal.jsonl"
    journal = (
        ' · <a href="journal/index.html">the journal</a>'
        if record.exists() or (site / "journal" / "index.html").exists()
        else ""
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{live.policy if live else POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fieldnotes: the notebooks</title>
<style>
{(HERE / "page" / "style.css").read_text(encoding="utf-8")}</style>
</head>
<body>
<main>
<h1>Fieldnotes: the notebooks</h1>
<p class="counts">{len(known)} notebooks, {counts}{journal}</p>
{live.line() if live else ""}{chr(10).join(parts)}
</main>
<footer>{FOOTER}</footer>
</body>
</html>
"""
    target = site / "index.html"
    # replaced in one step, as it may be read at any time
    waiting = site / "index.html.new"
    site.mkdir(parents=True, exist_ok=True)
    waiting.write_text(page, encoding="utf-8", errors="replace")
    os.replace(waiting, target)
    return target


def entry(name, one, has_page):
    reason = terminal.quote("\n".join(one["reason"]))
    detail = one.get("detail", f" · {one['seconds']:.1f} s")
    heading = html.escape(terminal.line(one["title"]))
    if has_page:
        heading = f'<a href="{quote(name)}.html">{heading}</a>'
    return "".join(
        [
            f'<li class="{one["state"]}">',
            f'<div class="name">{heading} <span class="file">{html.escape(terminal.line(name))}</span></div>',
            f'<div class="state"><b>{one["state"]}</b>{html.escape(detail)}</div>',
            f'<p class="question">{html.escape(one["question"])}</p>' if one["question"] else "",
            f'<p class="reason">{html.escape(reason)}</p>' if reason else "",
            "</li>",
        ]
    )
