"""Starts the kernel and sends it requests, like a front end. Used by kernel_checks.py.

Needs jupyter_client (8.10 when written). The environment variable FIELDNOTES_KERNEL_SPEC
names the kernel's specification file.
"""

import json
import os
import queue
import re
import subprocess
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec


class Manager(KernelManager):
    """A manager of the kernel in FIELDNOTES_KERNEL_SPEC."""

    def __init__(self, **options):
        super().__init__(**options)
        specification = os.environ["FIELDNOTES_KERNEL_SPEC"]
        with open(specification, encoding="utf-8") as file:
            self._kernel_spec = KernelSpec(**json.load(file))
        self.shutdown_wait_time = 10.0


class Answer:
    """The outputs of a cell."""

    def __init__(self):
        self.stdout = ""
        self.stderr = ""
        self.data = None
        self.displays = []
        self.updates = []
        self.error = None
        self.reply = None
        self.messages = []
        self.seconds = 0.0

    @property
    def text(self):
        return None if self.data is None else self.data["text/plain"]

    @property
    def traceback(self):
        return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(self.error["traceback"])) if self.error else ""

    def __repr__(self):
        return (
            f"text={self.text!r} stdout={self.stdout[:500]!r} stderr={self.stderr[:500]!r}"
            f" error={self.error and (self.error['ename'], self.error['evalue'])}\n{self.traceback}"
        )


class Session:
    """A running kernel. The with block ends its process."""

    def __init__(self, ready=True, heap=None):
        self.manager = Manager()
        environment = {**os.environ, "FIELDNOTES_HEAP": heap} if heap else {**os.environ}
        self.manager.start_kernel(
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        self.client = self.manager.client()
        self.client.start_channels()
        if ready:
            self.client.wait_for_ready(timeout=60)

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=False)

    def run(self, code, timeout=60, during=None, stdin=None, **options):
        answer = Answer()
        begin = time.monotonic()
        message_id = self.client.execute(code, **{"allow_stdin": stdin is not None, **options})
        deadline = begin + timeout
        while True:
            if during is not None and during(answer, time.monotonic() - begin):
                during = None
            if stdin:
                try:
                    question = self.client.get_stdin_msg(timeout=0.05)
                    self.client.input(stdin.pop(0))
                    answer.messages.append(question)
                except queue.Empty:
                    pass
            try:
                message = self.client.get_iopub_msg(timeout=0.05 if during or stdin else 0.5)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no end of {code!r} after {timeout} s: {answer}") from None
                continue
            if message["parent_header"].get("msg_id") != message_id:
                continue
            answer.messages.append(message)
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                if content["name"] == "stdout":
                    answer.stdout += content["text"]
                else:
                    answer.stderr += content["text"]
            elif kind == "execute_result":
                answer.data = content["data"]
            elif kind == "display_data":
                answer.displays.append(content)
            elif kind == "update_display_data":
                answer.updates.append(content)
            elif kind == "error":
                answer.error = content
            elif kind == "status" and content["execution_state"] == "idle":
                break
        answer.seconds = time.monotonic() - begin
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message_id:
                answer.reply = reply["content"]
                return answer

    def ask(self, method, *arguments, timeout=30, **options):
        message_id = getattr(self.client, method)(*arguments, **options)
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message_id:
                return reply["content"]
        raise TimeoutError(f"no answer to {method}")

