"""Starts JupyterLab quietly: prints the link and how to stop it, then only errors.

Called by './workbench lab', which passes the options for JupyterLab. With --debug, --verbose or a log
level, JupyterLab prints all that it prints on its own.
"""

import logging
import re
import sys

# Its grammar is built at each import, a quarter of all time to the page; see run_notebooks.py.
sys.modules.setdefault("rfc3987_syntax", None)

from jupyterlab.labapp import LabApp
from traitlets.config.application import Application

LOUD = re.compile(r"--(debug|verbose|generate-config|version|help.*|show-config.*|.*log_level.*|log-level.*)")
PORT = re.compile(r"[Pp]ort \d+")
LINK = "To access the server"

# Errors of a page's connection to a kernel: a page that was closed or loaded again leaves some behind, and the
# page says itself what its kernel does. The server prints the fields of a failed request in a record of their own.
PAGE = re.compile(r"/api/kernels/[^/ ]+/channels\b|\A\s*\{\s*\"Host\":")


class Quiet(logging.Filter):
    """Passes errors, and what is said of the port; other records were for developers."""

    def filter(self, record):
        text = record.getMessage()
        if LINK in text or PAGE.search(text):
            return False
        return record.levelno >= logging.ERROR or (record.name == "ServerApp" and PORT.search(text) is not None)


class Plain(logging.Formatter):
    """A message as the other commands print theirs, without its time and place."""

    def format(self, record):
        text = record.getMessage().strip().removeprefix("ERROR: ")
        if record.exc_info and record.exc_info[1] is not None:
            text += f"\n  {type(record.exc_info[1]).__name__}: {record.exc_info[1]}"
        return "workbench lab: " + text


def main(arguments):
    if any(LOUD.fullmatch(one) for one in arguments):
        LabApp.launch_instance(argv=[one for one in arguments if one != "--verbose"])
        return
    quieten()
    server = LabApp.initialize_server(argv=arguments)
    server.io_loop.add_callback(tell, server)
    server.start()


def quieten():
    """Makes the loggers of Jupyter's applications print errors only, each as a plain line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Quiet())
    handler.setFormatter(Plain())
    logging.captureWarnings(True)
    logging.getLogger().handlers = [handler]

    def configure(application):
        logger = logging.getLogger(type(application).__name__)
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)

    Application._configure_logging = configure


def tell(server):
    """Prints the link, once the server listens."""
    print(f"JupyterLab is at {server.connect_url.split()[0]}", flush=True)
    print("Stop it with Ctrl+C. Notebooks are saved; kernels end with it.", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
