"""The site of executed notebooks: one page per notebook and an index, without external resources.

Formulas are MathML, images are embedded, links between notebooks lead to their pages, and there are
no scripts.
"""

import html
import json
import os
import posixpath
import re
from pathlib import Path
from urllib.parse import quote, unquote

import formulas
import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

try:
    from jinja2 import pass_context
except ImportError:  # Jinja before version 3
    from jinja2 import contextfilter as pass_context

HERE = Path(__file__).resolve().parent
FOOTER = "Made by <code>./workbench run</code>"


def write(notebook, path, folder, site):
    """Writes the executed copy and its page to site, at the notebook's relative path."""
    relative = path.relative_to(folder)
    copy = site / relative
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    resources = {
        "metadata": {"path": str(path.parent), "name": relative.stem},
        "title": title(notebook) or relative.stem,
        "name": relative.with_suffix("").as_posix(),
        "up": "../" * (len(relative.parts) - 1),
        "style": (HERE / "page" / "style.css").read_text(encoding="utf-8"),
        "footer": FOOTER,
        "from": path.parent,
        "to": copy.parent,
        "folder": folder,
    }
    body, _ = Page().from_notebook_node(notebook, resources)
    copy.with_suffix(".html").write_text(body, encoding="utf-8")


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
        page = MarkdownWithMath(renderer=renderer).render(source)
        return re.sub(
            r'(<a\b[^>]*?\bhref=")([^"]*)(")',
            lambda match: match[1] + link(html.unescape(match[2]), resources) + match[3],
            page,
        )


class Renderer(IPythonRenderer):
    """Formulas as MathML; unsupported ones remain TeX."""

    def block_math(self, body):
        return f"<p>{formulas.html(body, True)}</p>\n"

    def multiline_math(self, text):
        return f"<p>{formulas.html(text.strip().removeprefix('$$').removesuffix('$$'), True)}</p>\n"

    def latex_environment(self, name, body):
        return f"<p>{formulas.html(chr(92) + f'begin{{{name}}}{body}{chr(92)}end{{{name}}}', True)}</p>\n"

    def inline_math(self, body):
        return formulas.html(body, False)


def link(target, resources):
    """Converts a relative link of a notebook for its page."""
    if not target or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|#|/", target) or "from" not in resources:
        return html.escape(target)
    file, mark, fragment = target.partition("#")
    wanted = Path(os.path.normpath(resources["from"] / unquote(file)))
    if wanted.suffix == ".ipynb" and resources["folder"] in wanted.parents:
        address = posixpath.splitext(file)[0] + ".html"
    else:
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


def record(site, name, notebook, result):
    """Records the result of a notebook, so that the index also lists those of earlier runs."""
    known = recorded(site)
    known[name] = {
        "title": title(notebook) or name,
        "question": question(notebook),
        "state": result.state,
        "seconds": round(result.seconds, 1),
        "reason": result.reason + result.differences[:20],
    }
    waiting = site / "notebooks.json.new"
    waiting.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(waiting, site / "notebooks.json")


def recorded(site):
    try:
        return json.loads((site / "notebooks.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def index(site, folder):
    """Writes the index page of recorded notebooks that still exist; returns its path."""
    known = {n: r for n, r in recorded(site).items() if (folder / f"{n}.ipynb").exists()}
    groups = {}
    for name in sorted(known, key=lambda n: order(Path(n + ".ipynb"))):
        groups.setdefault(posixpath.dirname(name), []).append(name)
    parts = []
    for group, names in groups.items():
        if group:
            parts.append(f"<h2>{html.escape(group.replace('_', ' ').capitalize())}</h2>")
        parts.append('<ul class="list">')
        parts += [entry(name, known[name]) for name in names]
        parts.append("</ul>")
    states = [one["state"] for one in known.values()]
    counts = ", ".join(
        f"{states.count(state)} {state}"
        for state in ("ok", "failed", "differs", "skipped")
        if state in states
    )
    seconds = sum(one["seconds"] for one in known.values())
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
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fieldnotes: the notebooks</title>
<style>
{(HERE / "page" / "style.css").read_text(encoding="utf-8")}</style>
</head>
<body>
<main>
<h1>Fieldnotes: the notebooks</h1>
<p class="counts">{len(known)} notebooks, {counts}, {seconds:.0f} s{journal}</p>
{chr(10).join(parts)}
</main>
<footer>{FOOTER}</footer>
</body>
</html>
"""
    target = site / "index.html"
    target.write_text(page, encoding="utf-8")
    return target


def entry(name, one):
    reason = "\n".join(one["reason"])
    return "".join(
        [
            f'<li class="{one["state"]}">',
            f'<div><a href="{quote(name)}.html">{html.escape(one["title"])}</a>',
            f'<span class="file">{html.escape(name)}</span></div>',
            f'<div class="state"><b>{one["state"]}</b> · {one["seconds"]:.1f} s</div>',
            f'<p class="question">{html.escape(one["question"])}</p>' if one["question"] else "",
            f'<p class="reason">{html.escape(reason)}</p>' if reason else "",
            "</li>",
        ]
    )
