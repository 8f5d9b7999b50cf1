"""A feature table of 30,000 generated 10 s clips: time and peak memory, without and with the cache."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sides


def peak_mib(pid):
    """Peak memory of a process so far, in MiB."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def run(options, *arguments):
    """Runs a workbench command; returns seconds, peak memory in MiB and the last line printed."""
    command = [*shlex.split(os.environ["FIELDNOTES_JAVA"]), *options, "fieldnotes.cli.Main", *map(str, arguments)]
    begun = time.perf_counter()
    peak = 0.0
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=sides.HOME)
        while process.poll() is None:
            peak = max(peak, peak_mib(process.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        out.seek(0)
        lines = out.read().strip().split("\n")
    if process.returncode != 0:
        sys.exit(f"bench folder: workbench {arguments[0]} failed with exit code {process.returncode}: {lines[-1]}")
    return seconds, peak, lines[-1]


def main():
    options = sides.parser(__doc__)
    options.add_argument("--clips", type=int, default=30_000, help="number of clips (default: %(default)s)")
    options.add_argument("--set", default="JOURNAL_38", help="feature set (default: %(default)s)")
    options.add_argument("--heap", default="512m", help="Java heap limit (default: %(default)s)")
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fieldnotes-folder-"))
    try:
        sides.java("fieldnotes.bench.FolderBench", folder / "sound", chosen.clips)
        size = sum(f.stat().st_size for f in (folder / "sound").rglob("*.wav"))
        call = ("features", folder / "sound", "--set", chosen.set, "--cache", folder / "cache")
        heap = (f"-Xmx{chosen.heap}",)
        measured = run(heap, *call, "--out", folder / "first.csv")
        cached = run(heap, *call, "--out", folder / "second.csv")
        same = (folder / "first.csv").read_bytes() == (folder / "second.csv").read_bytes()
    finally:
        shutil.rmtree(folder)
    rows = []
    for name, (seconds, peak, line) in (("measured", measured), ("again, from the cache", cached)):
        rows.append({"name": f"{name}: time", "ours": sides.significant(seconds), "unit": "s", "said": line.split(" -> ")[0]})
        rows.append({"name": f"{name}: peak memory of the process", "ours": sides.significant(peak), "unit": "MiB"})
    sides.write(
        "folder",
        rows,
        load_average=os.getloadavg()[2],
        clips=chosen.clips,
        sound=f"10 s, 22,050 Hz mono WAV, {size / 1e9:.2f} GB, all files different; see FolderBench",
        set=chosen.set,
        heap=chosen.heap,
        tables_the_same=same,
    )


if __name__ == "__main__":
    main()
