"""Start-up next to Python's: JupyterLab to its page; a kernel to its first result, chart, feature table.

A turn starts the process and stops the clock when the last result has arrived. Each side begins with the
imports that a user of it has: none here; NumPy, pandas, matplotlib and librosa there, as far as the task
needs them. The chart is a line of 200 points, shown as an image; the table has 13 MFCCs (mean of
each), centroid and zero crossings of eight recordings of ten seconds. Our kernel is started as in the
specification that './workbench' gives to Jupyter, our JupyterLab by './workbench lab'; ipykernel and
Python's JupyterLab by the Python of the peers. A kernel of three seconds is what a reader meets who opens a
notebook and looks at it before the first cell, and what a kernel kept in reserve would be; its turn is the
time from the request to the answer.

    ./workbench bench kernel [--runs 20]
"""

import json
import os
import queue
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

import sides

SPECIFICATION = sides.HOME / "target/jupyter/kernels/java/kernel.json"
PEER = {
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python",
    "language": "python",
}
SOUND = "FOLDER"

JAVA_CHART = """
var random = new Random(1);
var x = IntStream.range(0, 200).asDoubleStream().toArray();
var y = random.doubles(200).toArray();
Lines.of("Values", "x", "y", x, y)
"""
PYTHON_CHART = """
import numpy as np
import matplotlib.pyplot as plt
rng = np.random.default_rng(1)
x = np.arange(200)
y = rng.random(200)
plt.figure(figsize=(7.2, 4.2))
plt.plot(x, y)
plt.title("Values")
plt.xlabel("x")
plt.ylabel("y")
plt.show()
"""
JAVA_TABLE = """
DataSets.samples("FOLDER").table()
"""
PYTHON_TABLE = """
from pathlib import Path
import librosa
import numpy as np
import pandas as pd
rows = []
for path in sorted(Path("FOLDER").glob("*.wav")):
    y, rate = librosa.load(path, sr=22050)
    mfcc = librosa.feature.mfcc(y=y, sr=rate, n_mfcc=13)
    row = {f"mfcc{i}_mean": v for i, v in enumerate(mfcc.mean(axis=1), 1)}
    row["centroid_hz"] = librosa.feature.spectral_centroid(y=y, sr=rate).mean()
    row["zero_crossings"] = librosa.feature.zero_crossing_rate(y).mean()
    rows.append({"file": path.name, **row})
pd.DataFrame(rows)
"""


def kernel(specification, cells, wanted, age=0):
    """Seconds from the start of a kernel, or from this age of it, to the end of the last cell.

    That cell must show one of the wanted types. A turn is repeated in which nothing arrived on the channel of
    outputs, to which a client that does not wait for it can be subscribed too late.
    """
    for _ in range(5):
        seconds, shown = turn(specification, cells, age)
        if shown.intersection(wanted):
            return seconds
        if shown:
            break
    sys.exit(f"bench kernel: the last cell showed {sorted(shown)}, not one of {wanted}")


def turn(specification, cells, age):
    """The seconds, and the types of what the cells have shown."""
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(**specification)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        begin = time.perf_counter()
        manager.start_kernel(stdout=nowhere, stderr=nowhere)
        client = manager.client()
        client.start_channels(stdin=False, hb=False)
        if age:
            time.sleep(max(0, begin + age - time.perf_counter()))
            begin = time.perf_counter()
        for cell in cells:
            client.execute(cell)
        left, shown = len(cells), set()
        while left:
            message = client.get_shell_msg(timeout=120)
            if message["msg_type"] == "execute_reply":
                if message["content"]["status"] != "ok":
                    sys.exit(f"bench kernel: a cell failed: {message['content']}")
                left -= 1
        seconds = time.perf_counter() - begin
    while True:
        try:
            message = client.get_iopub_msg(timeout=0.5)
        except queue.Empty:
            break
        shown.update(message["content"].get("data", {}))
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds, shown


def lab(command, folder):
    """Seconds from the start of JupyterLab to the answer of its page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    environment = dict(os.environ, JUPYTER_RUNTIME_DIR=str(folder), JUPYTER_TOKEN=token)
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    line = [*command, "--no-browser", f"--port={port}", "--ServerApp.port_retries=0", *root]
    begin = time.perf_counter()
    with subprocess.Popen(
        line,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=sides.HOME,
        start_new_session=True,
    ) as process:
        try:
            while process.poll() is None and time.perf_counter() - begin < 120:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/lab?token={token}", timeout=60) as page:
                        if b"jupyter-config-data" in page.read():
                            return time.perf_counter() - begin
                except OSError:
                    pass
                time.sleep(0.005)
            sys.exit(f"bench kernel: '{' '.join(line)}' does not answer")
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def recordings(folder):
    """Eight recordings of ten seconds, 22,050 Hz, of noise under a moving tone."""
    import numpy
    import soundfile

    rng = numpy.random.default_rng(1)
    seconds = numpy.arange(10 * 22050) / 22050
    for i in range(8):
        sound = 0.3 * numpy.sin(2 * numpy.pi * (200 + 50 * i) * seconds * (1 + 0.05 * seconds))
        soundfile.write(folder / f"recording-{i}.wav", sound + 0.05 * rng.standard_normal(len(seconds)), 22050)


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--runs", type=int, default=20, help="measured turns (default: %(default)s)")
    options = parser.parse_args()
    with open(SPECIFICATION, encoding="utf-8") as file:
        own = json.load(file)
    rows = []
    with tempfile.TemporaryDirectory(prefix="fieldnotes-start-") as name:
        sound = Path(name) / "sound"
        sound.mkdir()
        recordings(sound)
        with_sound = [cell.replace(SOUND, sound.as_posix()) for cell in (JAVA_TABLE, PYTHON_TABLE)]
        images = {"image/png", "text/html", "image/svg+xml", "application/vnd.vegalite.v5+json"}
        tasks = [
            (
                "lab: command to page",
                lambda: lab([str(sides.HOME / "workbench"), "lab"], Path(name)),
                lambda: lab([sys.executable, "-m", "jupyterlab"], Path(name)),
            ),
            ("kernel: process start to first result", ["1+1"], ["1+1"], {"text/plain"}),
            ("kernel: process start to first chart", [JAVA_CHART], [PYTHON_CHART], images),
            ("kernel: process start to first feature table", *([cell] for cell in with_sound), {"text/html"}),
            ("kernel of three seconds: first result", ["1+1"], ["1+1"], {"text/plain"}, 3),
            ("kernel of three seconds: first chart", [JAVA_CHART], [PYTHON_CHART], images, 3),
        ]
        for title, ours, peers, *wanted in tasks:
            if wanted:
                ours = lambda cells=ours: kernel(own, cells, *wanted)
                peers = lambda cells=peers: kernel(PEER, cells, *wanted)
            ours(), peers()  # warm-up: the first start reads the files from disk
            mine, theirs = [], []
            for _ in range(options.runs):
                mine.append(ours())
                theirs.append(peers())
            rows.append(sides.row(title, mine, theirs))
    sides.write(
        "kernel",
        rows,
        versions=sides.versions("ipykernel", "jupyter_client", "jupyterlab", "librosa", "matplotlib", "pandas"),
    )


if __name__ == "__main__":
    main()
