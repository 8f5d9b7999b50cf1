"""Executes notebooks, each in a new kernel, and writes them as HTML pages: './workbench run'.

Needs nbclient, nbconvert and JUPYTER_PATH to find the kernel; the launcher provides them. Nothing is
written outside the checkout: executed copies and pages go to target/site/, and with --save the
outputs are written back into the notebooks.
"""

import argparse
import asyncio
import copy
import difflib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

import pages
import saved

HOME = Path(__file__).resolve().parents[3]


class Result:
    """The result of one notebook: state is ok, failed, skipped, differs or interrupted."""

    def __init__(self, state, seconds, reason=(), differences=()):
        self.state = state
        self.seconds = seconds
        self.reason = list(reason)
        self.differences = list(differences)


def main(arguments):
    options = parse(arguments)
    folder = Path(options.notebooks).resolve()
    found = find(folder, options.notebook)
    # connection files are kept in the checkout, too
    os.environ.setdefault("JUPYTER_RUNTIME_DIR", str(HOME / "target" / "jupyter" / "runtime"))
    run = Run(folder, Path(options.site).resolve(), found, options)
    try:
        asyncio.run(run.all())
    except KeyboardInterrupt:
        run.stopped = True
    return run.close()


class Parser(argparse.ArgumentParser):
    """Prints usage errors as the other commands do."""

    def error(self, message):
        print(f"workbench run: {message}\n  for usage: ./workbench run --help", file=sys.stderr)
        sys.exit(2)


def parse(arguments):
    parser = Parser(prog="./workbench run", add_help=False, allow_abbrev=False)
    parser.add_argument("notebook", nargs="*")
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--lenient", action="store_true")  # report differences, but do not fail
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--jobs", type=positive, default=1)
    parser.add_argument("--timeout", type=positive, default=900)
    # for the tests of this script
    parser.add_argument("--notebooks", default=str(HOME / "notebooks"))
    parser.add_argument("--site", default=str(HOME / "target" / "site"))
    parser.add_argument("--kernel")
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        public = ["--save", "--check", "--strict", "--jobs", "--timeout"]
        near = difflib.get_close_matches(unknown[0], public)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        parser.error(f"unknown argument '{unknown[0]}'{hint}")
    if options.save and options.check:
        parser.error("--save and --check cannot be used together")
    return options


def positive(text):
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: must be a whole number of at least 1")
    return number


def find(folder, wanted):
    """The given notebooks, or all, ordered by folder and number."""
    everything = sorted(
        (
            path
            for path in folder.rglob("*.ipynb")
            if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ),
        key=lambda path: pages.order(path.relative_to(folder)),
    )
    if not everything:
        sys.exit(f"workbench run: {folder}: no notebooks (*.ipynb) in this folder")
    if not wanted:
        return everything
    chosen = []
    for name in wanted:
        given = Path(name).resolve()
        matches = [
            path for path in everything if path == given or given in path.parents
        ] or [
            path
            for path in everything
            if name.removeprefix("notebooks/").removesuffix(".ipynb")
            in path.relative_to(folder).with_suffix("").as_posix()
        ]
        if not matches:
            known = "\n".join(f"  {path.relative_to(folder).as_posix()}" for path in everything)
            print(f"workbench run: no notebook '{name}'; available:\n{known}", file=sys.stderr)
            sys.exit(2)
        chosen += [path for path in matches if path not in chosen]
    return chosen


class Run:
    """One execution of './workbench run'."""

    def __init__(self, folder, site, notebooks, options):
        self.folder = folder
        self.site = site
        self.notebooks = notebooks
        self.options = options
        self.results = {}
        self.stopped = False
        self.tasks = []
        self.current = ""
        self.width = max(len(self.name(path)) for path in notebooks)
        self.on_terminal = sys.stdout.isatty()

    def name(self, path):
        return path.relative_to(self.folder).with_suffix("").as_posix()

    async def all(self):
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        # nbclient installs its own handlers for each notebook, which would stop only that one
        loop.add_signal_handler = lambda *_: None
        loop.remove_signal_handler = lambda *_: True
        free = asyncio.Semaphore(self.options.jobs)
        self.tasks = [asyncio.create_task(self.one(path, free)) for path in self.notebooks]
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for task in self.tasks:
            if not task.cancelled() and task.exception() is not None:
                raise task.exception()

    def stop(self):
        self.stopped = True
        for task in self.tasks:
            task.cancel()

    async def one(self, path, free):
        async with free:
            if self.stopped:
                return
            started = time.monotonic()
            notebook = saved.read(path)
            before = copy.deepcopy(notebook)
            result = await self.execute(path, notebook, started)
            saved.tidy(notebook, HOME)
            if result.state == "ok" and self.options.save:
                result = self.save(path, notebook, result)
            elif result.state == "ok" and self.options.check:
                result.differences = saved.differences(before, notebook)
                if result.differences and not self.options.lenient:
                    result.state = "differs"
            self.results[path] = result
            self.tell(path, result)
            if not self.stopped:
                pages.write(notebook, path, self.folder, self.site)
                pages.record(self.site, self.name(path), notebook, result)

    async def execute(self, path, notebook, started):
        """Runs the cells and stores their outputs; an error in a notebook raises nothing here."""
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = None
        at = {"number": 0}

        def on_cell_start(cell, cell_index):
            if cell.cell_type == "code" and cell.source.strip():
                at["number"] += 1
                self.show(path, at["number"], started)

        client = NotebookClient(
            notebook,
            timeout=self.options.timeout,
            startup_timeout=120,
            kernel_name=self.options.kernel
            or notebook.metadata.get("kernelspec", {}).get("name", "java"),
            resources={"metadata": {"path": str(path.parent)}},
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
            shutdown_kernel="immediate",
            on_cell_start=on_cell_start,
        )
        client.log.disabled = True  # the result holds the same information
        reason = None
        # output of the kernel process, outside any cell: it explains why a kernel died
        log = self.site / "logs" / (self.name(path).replace("/", "-") + ".log")
        log.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(log, "wb") as output:
                await client.async_execute(stdout=output, stderr=output, env=environment(path))
        except CellExecutionError as error:
            lines = clean(error.evalue).splitlines() or [""]
            if error.ename.endswith("DataMissingException"):
                reason = ("skipped", lines)
            else:
                short = error.ename.rpartition(".")[2]
                first = f"{short}: {lines[0]}" if lines[0] else short
                reason = ("failed", [f"cell [{at['number']}] {first}", *lines[1:8]])
        except CellTimeoutError:
            reason = (
                "failed",
                [f"cell [{at['number']}] exceeded {self.options.timeout} s; allow more with --timeout"],
            )
        except DeadKernelError:
            reason = ("failed", [f"cell [{at['number']}] the kernel died", *last_lines(log)])
        except NoSuchKernel as error:
            reason = ("failed", [f"no kernel '{error.name}'; run ./workbench build"])
        except asyncio.CancelledError:
            reason = ("interrupted", [])
        except RuntimeError as error:
            reason = ("failed", [f"the kernel does not start: {error}", *last_lines(log)])
        if self.stopped:
            reason = ("interrupted", [])
        seconds = time.monotonic() - started
        return Result("ok", seconds) if reason is None else Result(reason[0], seconds, reason[1])

    def save(self, path, notebook, result):
        text = saved.text(notebook)
        size = len(text.encode())
        if size > saved.LARGEST:
            return Result(
                "failed",
                result.seconds,
                [
                    f"not saved: {size:,} bytes, must be at most {saved.LARGEST:,}; the largest cells:",
                    *saved.largest(notebook),
                ],
            )
        if path.read_text(encoding="utf-8") != text:
            waiting = path.with_suffix(".ipynb.new")
            waiting.write_text(text, encoding="utf-8")
            os.replace(waiting, path)
        return result

    def show(self, path, number, started):
        """On a terminal: the running cell, on a line that the next one overwrites."""
        if self.on_terminal:
            seconds = time.monotonic() - started
            print(
                f"\r{self.name(path):{self.width}}  {seconds:6.1f} s  cell [{number}] …\x1b[K",
                end="",
                flush=True,
            )

    def tell(self, path, result):
        start = "\r\x1b[K" if self.on_terminal else ""
        head = f"{self.name(path):{self.width}}  {result.seconds:6.1f} s  "
        state = result.state
        first = f"{state}: {result.reason[0]}" if result.reason else state
        if result.differences:
            first = f"{state}, but the printed text differs from the saved" if state == "ok" else state
        print(start + head + first)
        for line in result.reason[1:] + result.differences[:20]:
            print("    " + line)
        if len(result.differences) > 20:
            print(f"    … and {len(result.differences) - 20} more lines")
        sys.stdout.flush()

    def close(self):
        """Prints the summary; returns the exit code."""
        if self.stopped:
            print("interrupted", file=sys.stderr)
            return 130
        states = [result.state for result in self.results.values()]
        counts = [
            f"{states.count(state)} {state}"
            for state in ("ok", "failed", "skipped", "differs")
            if states.count(state) or state == "ok"
        ]
        self.journal_pages()
        print(f"{', '.join(counts)}; pages: {pages.index(self.site, self.folder)}")
        if "failed" in states or "differs" in states:
            return 1
        if self.options.strict:
            if "skipped" in states or any(r.differences for r in self.results.values()):
                print("workbench run: --strict: a notebook was skipped or differs", file=sys.stderr)
                return 1
        return 0

    def journal_pages(self):
        """Writes the journal's pages next to these if the notebooks wrote to the project's journal."""
        if (
            self.site == HOME / "target" / "site"
            and "FIELDNOTES_JOURNAL" not in os.environ
            and (HOME / "data" / "journal.jsonl").exists()
        ):
            subprocess.run([HOME / "workbench", "journal", "render", "--quiet"], check=False)


def environment(path):
    """The environment of a kernel: with the notebook's path, which the journal records."""
    name = path.relative_to(HOME) if HOME in path.parents else path
    return {**os.environ, "FIELDNOTES_NOTEBOOK": str(name)}


def last_lines(log):
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]


def clean(text):
    """The text without terminal colour codes."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
