"""Starts the Java kernel, runs one cell and prints how long that took.

Called by './workbench doctor' with JUPYTER_PATH set. Exit code 0 if the result was right, 1 if not.
"""

import subprocess
import sys
import time

from jupyter_client.manager import start_new_kernel


def main():
    started = time.perf_counter()
    try:
        manager, client = start_new_kernel(
            kernel_name="java", startup_timeout=60, stderr=subprocess.DEVNULL
        )
    except Exception as error:  # any error is the diagnosis
        print(f"does not start: {type(error).__name__}: {error}")
        return 1
    try:
        answers = []

        def keep(message):
            if message["msg_type"] in ("execute_result", "error"):
                content = message["content"]
                answers.append(content.get("evalue") or content.get("data", {}).get("text/plain"))

        client.execute_interactive("6 * 7", output_hook=keep, timeout=60)
        seconds = time.perf_counter() - started
    except Exception as error:
        print(f"starts but does not answer: {type(error).__name__}: {error}")
        return 1
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if answers != ["42"]:
        print(f"wrong result of 6 * 7: {answers}, must be 42")
        return 1
    print(f"java, first result after {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
