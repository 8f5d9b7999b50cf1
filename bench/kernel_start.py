"""Process start to first result, this kernel beside ipykernel, in turns on the same machine.

A run starts the kernel's process, sends 1+1 at once, and stops the clock when the answer is there.
Needs jupyter_client and ipykernel (8.6 and 6.29 when written). Run in the repository's root after
the kernel was built and trained (./workbench does both):

    python bench/kernel_start.py [--runs 20] [--out bench/results/kernel.json]
"""

import argparse
import json
import os
import pathlib
import shlex
import shutil
import statistics
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

ROOT = pathlib.Path(__file__).resolve().parent.parent


def java_command():
    java = os.environ.get("JAVA_HOME")
    java = str(pathlib.Path(java, "bin", "java")) if java else shutil.which("java")
    options = (ROOT / "src/main/resources/fieldnotes/kernel/jvm.options").read_text()
    flags = [f for line in options.splitlines() if not line.startswith("#") for f in shlex.split(line)]
    path = os.pathsep.join(
        [str(ROOT / "target/fieldnotes.jar"), (ROOT / "target/classpath.txt").read_text().strip()]
    )
    cache = ROOT / "target/kernel.aot"
    if cache.exists():
        flags += [f"-XX:AOTCache={cache}"]
    else:
        print("no target/kernel.aot: measuring without it", file=sys.stderr)
    return [java, *flags, "-cp", path, "fieldnotes.kernel.JavaKernel", "{connection_file}"]


def python_command():
    return [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


def start(command):
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(
        argv=command, display_name="measured", interrupt_mode="message"
    )
    begin = time.perf_counter()
    manager.start_kernel(stderr=open(os.devnull, "w"))
    client = manager.client()
    client.start_channels(iopub=False, stdin=False, hb=False)
    client.execute("1+1", silent=False, user_expressions={"sum": "1+1"})
    while True:
        message = client.get_shell_msg(timeout=60)
        if message["msg_type"] == "execute_reply":
            break
    seconds = time.perf_counter() - begin
    content = message["content"]
    assert content["status"] == "ok", content
    assert content["user_expressions"]["sum"]["data"]["text/plain"] == "2", content
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "bench/results/kernel.json")
    parser.add_argument("--ours", help="another command for our kernel, as a JSON list")
    options = parser.parse_args()
    ours_command = json.loads(options.ours) if options.ours else java_command()
    for command in (ours_command, python_command()):
        start(command)  # the first start reads the files from disk
    ours, peer = [], []
    for run in range(options.runs):
        ours.append(start(ours_command))
        peer.append(start(python_command()))
        print(f"{run + 1:3d}  ours {ours[-1]:.3f} s  ipykernel {peer[-1]:.3f} s", flush=True)
    ratios = [a / b for a, b in zip(ours, peer)]
    row = {
        "name": "kernel: process start to first result",
        "ours": round(statistics.median(ours), 3),
        "peer": round(statistics.median(peer), 3),
        "unit": "s",
        "ratio": {
            "min": round(min(ratios), 3),
            "median": round(statistics.median(ratios), 3),
            "max": round(max(ratios), 3),
        },
        "runs": options.runs,
        "command": f"python bench/kernel_start.py --runs {options.runs}",
    }
    print(json.dumps(row, indent=2))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps([row], indent=2) + "\n")


if __name__ == "__main__":
    main()
