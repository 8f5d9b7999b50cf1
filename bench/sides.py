"""What the measurements share: calling the Java side, taking turns, writing the results.

A measurement is a script in this folder; './workbench bench NAME' runs it. Its Java side is a main
class in src/test/java/fieldnotes/bench. Both sides do the same work in turns, so that whatever else
the machine does meets both; what counts is the ratio of two neighbours.
"""

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


def java(main_class, *arguments, options=(), **more):
    """Runs a main class with the library and the tests on its class path; gives what it printed."""
    if "FIELDNOTES_JAVA" not in os.environ:
        sys.exit("call this by './workbench bench NAME', which says how to start Java")
    command = [*shlex.split(os.environ["FIELDNOTES_JAVA"]), *options, main_class, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=HOME, **more)
    if done.returncode != 0:
        sys.exit(f"{main_class} failed with exit code {done.returncode}")
    return done.stdout


class JavaSide:
    """A Java process that does a named piece of work for each line it is sent, and answers with one."""

    def __init__(self, main_class, *arguments, options=()):
        if "FIELDNOTES_JAVA" not in os.environ:
            sys.exit("call this by './workbench bench NAME', which says how to start Java")
        self.process = subprocess.Popen(
            [*shlex.split(os.environ["FIELDNOTES_JAVA"]), *options, main_class, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOME,
        )

    def ask(self, line):
        """Sends a line; gives the next line that comes back, as JSON where it is JSON.

        Waits a moment first: the threads of NumPy's BLAS go on spinning for some 30 ms after their
        work, and would hold a core meanwhile.
        """
        time.sleep(0.1)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"the Java side ended at '{line}' with exit code {self.process.wait()}")
        try:
            return json.loads(answer)
        except ValueError:
            return answer.rstrip("\n")

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def row(name, ours, peer, unit="s", **more):
    """One row of the results from the figures of neighbouring turns. The ratio is peer to ours."""
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
