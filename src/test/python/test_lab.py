"""Tests of src/main/python/lab.py, run by WorkbenchIT: what of JupyterLab's messages reaches the terminal."""

import json
import logging
import sys
import unittest
from pathlib import Path

MAIN = Path(__file__).resolve().parents[2] / "main" / "python"
sys.path.insert(0, str(MAIN))

import lab  # noqa: E402


def printed(level, text, name="ServerApp", error=None):
    """A message as it is printed, or None."""
    record = logging.LogRecord(name, level, "", 0, text, (), error)
    return lab.Plain().format(record) if lab.Quiet().filter(record) else None


class QuietTest(unittest.TestCase):
    def test_errors_are_one_plain_line(self):
        self.assertEqual(
            printed(logging.CRITICAL, "ERROR: port 8888 is not available."),
            "workbench lab: port 8888 is not available.",
        )
        try:
            raise OSError("disk full")
        except OSError:
            self.assertEqual(
                printed(logging.ERROR, "not saved", "LabApp", sys.exc_info()),
                "workbench lab: not saved\n  OSError: disk full",
            )

    def test_another_port_is_told(self):
        text = "The port 8888 is already in use, trying another port."
        self.assertEqual(printed(logging.INFO, text), "workbench lab: " + text)

    def test_connections_that_pages_leave_behind_are_not_printed(self):
        address = "GET /api/kernels/934d089d-95fd-47a9-8868-4d3bb89c1f0c/channels?session_id=db78fef8"
        for text in (
            f"Uncaught exception {address} (127.0.0.1)\nHTTPServerRequest(protocol='http')",
            f"500 {address} (127.0.0.1) 60158.39ms referer=None",
            '{\n  "Host": "localhost:45707",\n  "User-Agent": "Mozilla/5.0"\n}',
        ):
            self.assertIsNone(printed(logging.ERROR, text), text)
        self.assertIsNotNone(printed(logging.ERROR, "500 PUT /api/contents/a.ipynb (127.0.0.1) 8.39ms"))

    def test_the_rest_is_not(self):
        self.assertIsNone(printed(logging.INFO, "Serving notebooks from local directory"))
        self.assertIsNone(printed(logging.WARNING, "jupyter_lsp: no language server found"))
        self.assertIsNone(printed(logging.CRITICAL, "\n\nTo access the server, copy this URL"))

    def test_options_that_print_more(self):
        for option in ("--debug", "--verbose", "--log-level=INFO", "--version"):
            self.assertTrue(lab.LOUD.fullmatch(option), option)
        for option in ("--no-browser", "--port=9999", "9999"):
            self.assertFalse(lab.LOUD.fullmatch(option), option)

    def test_settings_ask_nothing(self):
        file = MAIN / "settings" / "labconfig" / "default_setting_overrides.json"
        settings = json.loads(file.read_text(encoding="utf-8"))
        self.assertEqual(
            settings["@jupyterlab/apputils-extension:notification"],
            {"fetchNews": "false", "checkForUpdates": False},
        )


if __name__ == "__main__":
    unittest.main()
