"""Time from process start to the first result, compared with ipykernel.

A turn starts the kernel process, sends 1+1 at once and stops the clock when the result arrives. Our
kernel is started as in the specification that './workbench' gives to Jupyter; ipykernel by the same
Python.

    ./workbench bench kernel [--runs 20]
"""

import json
import os
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

import sides

SPECIFICATION = sides.HOME / "target/jupyter/kernels/java/kernel.json"
PEER = {
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python",
    "language": "python",
}


def start(specification):
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(**specification)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        begin = time.perf_counter()
        manager.start_kernel(stdout=nowhere, stderr=nowhere)
        client = manager.client()
        client.start_channels(iopub=False, stdin=False, hb=False)
        client.execute("1+1", user_expressions={"sum": "1+1"})
        while True:
            message = client.get_shell_msg(timeout=60)
            if message["msg_type"] == "execute_reply":
                break
        seconds = time.perf_counter() - begin
    content = message["content"]
    assert content["user_expressions"]["sum"]["data"]["text/plain"] == "2", content
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--runs", type=int, default=20, help="measured turns (default: %(default)s)")
    options = parser.parse_args()
    with open(SPECIFICATION, encoding="utf-8") as file:
        own = json.load(file)
    for specification in (own, PEER):
        start(specification)  # warm-up: the first start reads the files from disk
    ours, peer = [], []
    for _ in range(options.runs):
        ours.append(start(own))
        peer.append(start(PEER))
    sides.write(
        "kernel",
        [sides.row("kernel: process start to first result", ours, peer)],
        versions=sides.versions("ipykernel", "jupyter_client"),
    )


if __name__ == "__main__":
    main()
