"""Executes notebooks, each in a new kernel, and writes them as HTML pages: './workbench run'.

Needs nbclient, nbconvert and JUPYTER_PATH to find the kernel; the launcher provides them. Executed
copies and pages go to target/site/ or the folder of --site, and with --save the outputs are written
back into the notebooks.
"""

import argparse
import asyncio
import copy
import difflib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Imported by nbformat's validator for the format of addresses, which no schema of notebooks names; its
# grammar is built at each import, which took half of all time before the first kernel started.
sys.modules.setdefault("rfc3987_syntax", None)

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

import exercises
import finding
import kernels
import live
import machine
import night
import pages
import saved
import takes
import terminal
import truth
import turns
import twice

HOME = Path(__file__).resolve().parents[3]


class Result:
    """The result of one notebook: state is ok, failed, skipped, differs or interrupted."""

    def __init__(self, state, seconds, reason=(), notes=()):
        self.state = state
        self.seconds = seconds
        self.reason = list(reason)
        self.notes = list(notes)
        self.differences = []


def main(arguments):
    options = parse(arguments)
    place = pages.Place(Path(options.notebooks).resolve(), Path(options.site).resolve(), HOME)
    found = finding.find(place.folder, options.notebook)
    try:
        place.site.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place.site):
            pass
    except OSError as error:
        terminal.error(
            f"workbench run: {terminal.line(place.site)}: cannot be written: {error.strerror}; choose another folder with --site"
        )
        return 1
    runtime_folder()
    run = Run(place, found, options)
    terminal.say(f"pages, as they come: {place.site / 'index.html'}")
    try:
        asyncio.run(run.all())
    except KeyboardInterrupt:
        run.stopped = True
    return run.close()


def runtime_folder():
    """Keeps connection files in the checkout, too, if it can be written."""
    folder = HOME / "target" / "jupyter" / "runtime"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        folder = tempfile.mkdtemp(prefix="fieldnotes-")
    os.environ.setdefault("JUPYTER_RUNTIME_DIR", str(folder))


class Parser(argparse.ArgumentParser):
    """Prints usage errors as the other commands do."""

    def error(self, message):
        terminal.error(f"workbench run: {terminal.line(message)}\n  for usage: ./workbench run --help")
        sys.exit(2)


def parse(arguments):
    parser = Parser(prog="./workbench run", add_help=False, allow_abbrev=False)
    parser.add_argument("notebook", nargs="*")
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--lenient", action="store_true")  # report differences, but do not fail
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--jobs", type=positive)
    parser.add_argument("--timeout", type=positive, default=900)
    parser.add_argument("--site", default=str(HOME / "target" / "site"))
    # for the tests of this script
    parser.add_argument("--notebooks", default=str(HOME / "notebooks"))
    parser.add_argument("--kernel")
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        public = ["--save", "--check", "--strict", "--twice", "--site", "--jobs", "--timeout"]
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


class Run:
    """One execution of './workbench run'."""

    def __init__(self, place, notebooks, options):
        self.place = place
        self.notebooks = notebooks
        self.options = options
        self.jobs = min(options.jobs or machine.jobs(), len(notebooks))
        self.results = {}
        self.told = []
        self.stopped = False
        self.tasks = []
        self.names = {path: finding.shown(path, place.folder) for path in notebooks}
        self.width = min(48, max(len(name) for name in self.names.values()))
        self.started = time.monotonic()
        self.on_terminal = sys.stdout.isatty()
        self.kernels = kernels.Kernels(options.kernel)
        self.live = live.Live(place, notebooks)

    async def all(self):
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        # nbclient installs its own handlers for each notebook, which would stop only that one
        loop.add_signal_handler = lambda *_: None
        loop.remove_signal_handler = lambda *_: True
        self.live.look()
        following = asyncio.create_task(self.follow())
        waiting = turns.Turns(self.notebooks, turns.expected(self.place, self.notebooks), self.jobs)
        self.tasks = [asyncio.create_task(self.some(waiting)) for _ in range(self.jobs)]
        ended = await asyncio.gather(*self.tasks, return_exceptions=True)
        following.cancel()
        for reason in ended:
            if isinstance(reason, Exception):  # of this script, not of a notebook
                raise reason

    async def some(self, waiting):
        """Runs one notebook after the other until none waits."""
        while not self.stopped and (path := waiting.next()):
            await self.one(path)

    async def follow(self):
        """Keeps the index as the run is."""
        while True:
            self.index(self.live)
            await asyncio.sleep(2)

    def index(self, state):
        """Writes the index; what prevents it is told at the end."""
        try:
            pages.index(self.place, state)
        except OSError:
            pass

    def stop(self):
        self.stopped = True
        for task in self.tasks:
            task.cancel()

    async def one(self, path):
        """Runs one notebook; whatever is wrong with it is its result and ends no other."""
        started = time.monotonic()
        notebook = None
        try:
            notebook, notes = saved.read(path)
            before = copy.deepcopy(notebook)
            result = await self.execute(path, notebook, started)
            result.notes = notes + result.notes
            saved.tidy(notebook, HOME)
            if result.state == "ok" and self.options.check:
                result.differences += truth.differences(before, night.without(notebook))
            if result.state == "ok" and result.differences and not self.options.lenient:
                result.state = "differs"
            if result.state == "ok" and self.options.save:
                self.save(path, night.without(notebook), result)
            stated = takes.seconds(notebook)
            # several at a time share the cores
            share = self.jobs * (2 if self.options.twice else 1)
            if result.state == "ok" and stated and result.seconds > 2 * stated * share:
                result.notes.append(f"its text says that it takes {stated:.0f} s")
            if not self.stopped:
                pages.write(notebook, path, self.place)
        except saved.BadNotebook as error:
            result = Result("failed", time.monotonic() - started, [str(error)])
        except Exception as error:
            result = Result("failed", time.monotonic() - started, [problem(error)])
        self.results[path] = result
        self.tell_in_order()
        if not self.stopped:
            self.record(path, notebook, result)
            self.live.ends(path)
            self.index(self.live)

    def record(self, path, notebook, result):
        try:
            if notebook is None:
                self.place.remove(path)
            pages.record(self.place, path, notebook, result)
        except OSError as error:
            result.state = "failed"
            terminal.error(f"workbench run: the index lacks {self.names[path]}: {problem(error)}")

    async def execute(self, path, notebook, started):
        """Runs the cells and stores their outputs; an error in a notebook raises nothing here."""
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = None
        at = {"number": 0, "where": "cell [0]"}
        self.live.begins(path, sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells))

        def on_cell_start(cell, cell_index):
            if cell.cell_type == "code" and cell.source.strip():
                at["number"] += 1
                at["where"] = appended.where(cell_index) or again.where(cell_index) or f"cell [{at['number']}]"
                self.live.cell(path, at["number"])
                self.show(path, at["number"], started)

        again = twice.Again(notebook, self.options.twice)
        kernel, notes, missing = self.kernels.choose(notebook.metadata)
        if missing:
            return Result("failed", 0, [missing])
        client = NotebookClient(
            notebook,
            timeout=self.options.timeout,
            startup_timeout=120,
            kernel_name=kernel,
            resources={"metadata": {"path": str(path.parent)}},
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=False,  # saved.tidy does it; this one hangs on a line of megabytes
            shutdown_kernel="immediate",
            on_cell_start=on_cell_start,
        )
        client.log.disabled = True  # the result holds the same information
        reason = None
        # output of the kernel process, outside any cell: it explains why a kernel died
        log = self.place.site / "logs" / (self.place.name(path).replace("/", "-")[-200:] + ".log")
        log.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(log, "wb") as output, again, exercises.Appended(notebook) as appended:
                await client.async_execute(
                    stdout=output, stderr=output, env=environment(path, self.jobs)
                )
        except CellExecutionError as error:
            lines = clean(error.evalue).splitlines() or [""]
            if error.ename.endswith("DataMissingException"):
                reason = ("skipped", lines)
            else:
                short = error.ename.rpartition(".")[2]
                first = f"{short}: {lines[0]}" if lines[0] else short
                reason = ("failed", [f"{at['where']} {first}", *lines[1:8]])
        except CellTimeoutError:
            reason = (
                "failed",
                [f"{at['where']} exceeded {self.options.timeout} s; allow more with --timeout"],
            )
        except DeadKernelError:
            reason = ("failed", [f"{at['where']} the kernel died", *last_lines(log)])
        except asyncio.CancelledError:
            reason = ("interrupted", [])
        except RuntimeError as error:
            reason = ("failed", [f"the kernel does not start: {error}", *last_lines(log)])
        if self.stopped:
            reason = ("interrupted", [])
        seconds = time.monotonic() - started
        state, lines = reason or ("ok", [])
        result = Result(state, seconds, lines, notes)
        if state == "ok":
            result.differences = again.differences()
        return result

    def save(self, path, notebook, result):
        text = saved.text(notebook).encode("utf-8", "replace")
        if len(text) > saved.LARGEST:
            result.state = "failed"
            result.reason = [
                f"not saved: {len(text):,} bytes, must be at most {saved.LARGEST:,}; the largest cells:",
                *saved.largest(notebook),
            ]
        elif path.read_bytes() != text:
            waiting = path.resolve().with_suffix(".ipynb.new")
            try:
                waiting.write_bytes(text)
                os.replace(waiting, path.resolve())
            finally:
                waiting.unlink(missing_ok=True)

    def show(self, path, number, started):
        """On a terminal: the running cell, on a line that the next one overwrites."""
        if self.on_terminal:
            seconds = time.monotonic() - started
            text = f"{self.names[path]:{self.width}}  {seconds:6.1f} s  cell [{number}] …"
            text = text[: shutil.get_terminal_size().columns - 1]
            print(f"\r{text}\x1b[K", end="", flush=True)

    def tell_in_order(self):
        """Tells the results whose predecessors are told, so that the order is always the same."""
        for path in self.notebooks[len(self.told) :]:
            if path not in self.results:
                return
            self.told.append(path)
            self.tell(path, self.results[path])

    def tell(self, path, result):
        if self.on_terminal:
            print("\r\x1b[K", end="")
        state = result.state
        first = f"{state}: {result.reason[0]}" if result.reason else state
        if result.differences:
            first = f"{state}, but its outputs differ" if state == "ok" else state
        if result.notes:
            first += f" ({'; '.join(result.notes)})"
        terminal.say(f"{self.names[path]:{self.width}}  {result.seconds:6.1f} s  {terminal.line(first)}")
        for line in result.reason[1:] + result.differences[:20]:
            terminal.say("    " + line)
        if len(result.differences) > 20:
            terminal.say(f"    … and {len(result.differences) - 20} more lines")

    def close(self):
        """Prints the summary; returns the exit code."""
        for path in self.notebooks:
            if path in self.results and path not in self.told:
                self.tell(path, self.results[path])
        if self.stopped:
            if (self.place.site / "index.html").exists():
                self.index(None)  # those that ended
            terminal.error("interrupted")
            return 130
        states = [result.state for result in self.results.values()]
        counts = [
            f"{states.count(state)} {state}"
            for state in ("ok", "failed", "skipped", "differs")
            if states.count(state) or state == "ok"
        ]
        self.journal_pages()
        try:
            shown = f"pages: {pages.index(self.place)}"
        except OSError as error:
            states.append("failed")
            shown = f"no index: {problem(error)}"
        seconds = time.monotonic() - self.started
        terminal.say(f"{', '.join(counts)}, {seconds:.1f} s; {shown}")
        if "failed" in states or "differs" in states:
            return 1
        if self.options.strict:
            if "skipped" in states or any(r.differences for r in self.results.values()):
                terminal.error("workbench run: --strict: a notebook was skipped or differs")
                return 1
        return 0

    def journal_pages(self):
        """Writes the journal's pages next to these if the notebooks wrote to the project's journal."""
        if (
            self.place.site == HOME / "target" / "site"
            and "FIELDNOTES_JOURNAL" not in os.environ
            and (HOME / "data" / "journal.jsonl").exists()
        ):
            subprocess.run([HOME / "workbench", "journal", "render", "--quiet"], check=False)


def environment(path, together):
    """The environment of a kernel: with the notebook's path, which the journal records, and with its
    part of the memory if several run together."""
    name = path.relative_to(HOME) if HOME in path.parents else path
    share = {"FIELDNOTES_HEAP": machine.heap(together)} if together > 1 else {}
    return {**share, **os.environ, "FIELDNOTES_NOTEBOOK": str(name), **night.ASKED}


def problem(error):
    """What went wrong, with the file if there is one."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
    return f"{type(error).__name__}: {error}"


def last_lines(log):
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]


def clean(text):
    """The text without terminal colour codes."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
