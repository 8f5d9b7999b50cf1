"""Executes notebooks, each in a fresh kernel, and makes pages of them: './workbench run'.

It needs nbclient and nbconvert, and JUPYTER_PATH set so that the kernel is found; the launcher sees
to both. Nothing is written outside the checkout: executed copies and pages go to target/site/, and
with --save the outputs go back into the notebooks themselves.
"""

import argparse
import asyncio
import copy
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
    """How one notebook went: state is ok, failed, skipped, differs or interrupted."""

    def __init__(self, state, seconds, reason=(), differences=()):
        self.state = state
        self.seconds = seconds
        self.reason = list(reason)
        self.differences = list(differences)


def main(arguments):
    options = parse(arguments)
    folder = Path(options.notebooks).resolve()
    found = find(folder, options.notebook)
    # connection files stay in the checkout, too
    os.environ.setdefault("JUPYTER_RUNTIME_DIR", str(HOME / "target" / "jupyter" / "runtime"))
    run = Run(folder, Path(options.site).resolve(), found, options)
    try:
        asyncio.run(run.all())
    except KeyboardInterrupt:
        run.stopped = True
    return run.close()


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./workbench run", add_help=False)
    parser.add_argument("notebook", nargs="*")
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--lenient", action="store_true")  # differences are told, not failures
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--jobs", type=positive, default=1)
    parser.add_argument("--timeout", type=positive, default=900)
    # for the tests of this script
    parser.add_argument("--notebooks", default=str(HOME / "notebooks"))
    parser.add_argument("--site", default=str(HOME / "target" / "site"))
    parser.add_argument("--kernel")
    options = parser.parse_args(arguments)
    if options.save and options.check:
        parser.error("--save and --check exclude each other")
    return options


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: must be at least 1")
    return number


def find(folder, wanted):
    """The notebooks wanted, in their stepping order: by folder and number."""
    everything = sorted(
        (
            path
            for path in folder.rglob("*.ipynb")
            if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ),
        key=lambda path: pages.order(path.relative_to(folder)),
    )
    if not everything:
        sys.exit(f"workbench run: no notebook under {folder}")
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
            print(f"workbench run: no notebook '{name}'; there are\n{known}", file=sys.stderr)
            sys.exit(2)
        chosen += [path for path in matches if path not in chosen]
    return chosen


class Run:
    """One call of the runner."""

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
        # nbclient sets handlers of its own for each notebook, which stop that one only
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
        """Runs the cells into the notebook; never raises for what a notebook can do wrong."""
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
        client.log.disabled = True  # what it would log is in the result
        reason = None
        # what the kernel's process itself prints is no cell's output; it tells why one died
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
                [f"cell [{at['number']}] took longer than {self.options.timeout} s (--timeout)"],
            )
        except DeadKernelError:
            reason = ("failed", [f"cell [{at['number']}] the kernel died", *last_lines(log)])
        except NoSuchKernel as error:
            reason = ("failed", [f"there is no kernel '{error.name}'; './workbench build' makes it"])
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
                [f"not saved: {size:,} bytes, more than {saved.LARGEST:,}", *saved.largest(notebook)],
            )
        if path.read_text(encoding="utf-8") != text:
            waiting = path.with_suffix(".ipynb.new")
            waiting.write_text(text, encoding="utf-8")
            os.replace(waiting, path)
        return result

    def show(self, path, number, started):
        """On a terminal: what is being done now, on a line that the next one replaces."""
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
            first = f"{state}, but prints other text than was saved" if state == "ok" else state
        print(start + head + first)
        for line in result.reason[1:] + result.differences[:20]:
            print("    " + line)
        if len(result.differences) > 20:
            print(f"    … and {len(result.differences) - 20} more lines")
        sys.stdout.flush()

    def close(self):
        """The last lines and the exit code."""
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
        print(f"{', '.join(counts)}; the pages: {pages.index(self.site, self.folder)}")
        if "failed" in states or "differs" in states:
            return 1
        if self.options.strict:
            if "skipped" in states or any(r.differences for r in self.results.values()):
                print("--strict: skipped notebooks and differences count as failed", file=sys.stderr)
                return 1
        return 0

    def journal_pages(self):
        """Writes the journal's pages beside these, where notebooks wrote to the project's own."""
        if (
            self.site == HOME / "target" / "site"
            and "FIELDNOTES_JOURNAL" not in os.environ
            and (HOME / "data" / "journal.jsonl").exists()
        ):
            subprocess.run([HOME / "workbench", "journal", "render", "--quiet"], check=False)


def environment(path):
    """The kernel's: which notebook it runs, as the journal notes it, and that nobody watches."""
    name = path.relative_to(HOME) if HOME in path.parents else path
    return {**os.environ, "FIELDNOTES_NOTEBOOK": str(name)}


def last_lines(log):
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]


def clean(text):
    """Without the terminal's colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
