"""Shared by the benchmarks: options, calling the Java side, writing the results.

A benchmark is a script in this folder, run by './workbench bench NAME'. Its Java side is a main class
in src/test/java/fieldnotes/bench. Both sides run the same tasks in turn, so that other load on the
machine affects both; the result is the ratio of neighbouring turns.
"""

import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
RESULTS = HOME / "bench" / "results"
# The fastest settings of the peers' libraries where the work is small.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def begin_with(settings):
    """Starts the script again with these settings, which libraries read when they are loaded."""
    if any(os.environ.get(k) != v for k, v in settings.items()):
        os.environ.update(settings)
        os.execv(sys.executable, [sys.executable, *sys.argv])


class Parser(argparse.ArgumentParser):
    """Prints usage errors as the other commands do."""

    def error(self, message):
        print(f"{self.prog.removeprefix('./')}: {message}\n  {self.format_usage()}", end="", file=sys.stderr)
        sys.exit(2)


def parser(text):
    """A parser of options whose help is the documentation of the script."""
    return Parser(
        prog=f"./workbench bench {Path(sys.argv[0]).stem}",
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def command(main_class, *arguments, options=()):
    """The command that runs a main class with the library and the tests on its class path."""
    if "FIELDNOTES_JAVA" not in os.environ:
        sys.exit("FIELDNOTES_JAVA is not set: run './workbench bench NAME', which sets it")
    return [*shlex.split(os.environ["FIELDNOTES_JAVA"]), *options, main_class, *map(str, arguments)]


def java(main_class, *arguments, options=(), **more):
    """Runs a main class with the library and the tests on its class path; returns what it printed."""
    line = command(main_class, *arguments, options=options)
    done = subprocess.run(line, stdout=subprocess.PIPE, text=True, cwd=HOME, **more)
    if done.returncode != 0:
        sys.exit(f"{main_class} failed with exit code {done.returncode}")
    return done.stdout


class JavaSide:
    """A Java process that runs the task named on each line it reads and answers with one line."""

    def __init__(self, main_class, *arguments, options=()):
        self.process = subprocess.Popen(
            command(main_class, *arguments, options=options),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOME,
        )

    def ask(self, line):
        """Sends a line; returns the answer, parsed if it is JSON.

        Waits 100 ms first: the threads of NumPy's BLAS keep spinning for about 30 ms after their work
        and would occupy a core.
        """
        time.sleep(0.1)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"the Java side stopped at '{line}' with exit code {self.process.wait()}")
        try:
            return json.loads(answer)
        except ValueError:
            return answer.rstrip("\n")

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def row(name, ours, peer, unit="s", **more):
    """One row of the results, from the times of neighbouring turns. The ratio is peer / ours."""
    ratios = [p / o for o, p in zip(ours, peer)]
    return {
        "name": name,
        "ours": significant(statistics.median(ours)),
        "peer": significant(statistics.median(peer)),
        "unit": unit,
        "ratio": {
            "min": significant(min(ratios)),
            "median": significant(statistics.median(ratios)),
            "max": significant(max(ratios)),
        },
        "runs": len(ratios),
        **more,
    }


def significant(value, digits=4):
    return float(f"{value:.{digits}g}")


def machine():
    cpu = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            cpu = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {"cpu": cpu, "cores": os.cpu_count(), "system": platform.system()}


def versions(*packages):
    from importlib.metadata import version

    return {"python": platform.python_version(), **{name: version(name) for name in packages}}


def write(name, rows, command=None, **more):
    """Prints the rows as a table and writes them to bench/results/NAME.json."""
    result = {
        "command": command or f"./workbench bench {name}",
        "machine": machine(),
        **more,
        "rows": rows,
    }
    width = max((len(r["name"]) for r in rows), default=0)
    for r in rows:
        if "ratio" in r:
            spread = f"{r['ratio']['min']:.2f} … {r['ratio']['max']:.2f}"
            print(
                f"{r['name']:{width}}  ours {r['ours']:>9.4g} {r['unit']}  peer {r['peer']:>9.4g} "
                f"{r['unit']}  ratio {r['ratio']['median']:>6.2f}  ({spread})"
            )
        else:
            print(f"{r['name']:{width}}  ours {r['ours']:>9.4g} {r['unit']}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    waiting = path.with_suffix(".json.new")
    waiting.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(waiting, path)
    print(f"written to {path.relative_to(HOME)}")
