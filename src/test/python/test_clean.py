"""Tests of src/main/python/clean.py, run by WorkbenchIT: python -m unittest discover -s src/test/python"""

import re
import sys
import unittest
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook, new_output, new_raw_cell

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main" / "python"))

import clean  # noqa: E402

RUN = "document.title='ran'"

PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<scr<script></script>ipt>{RUN}</script>",
    f"<ScRiPt src='data:text/javascript,{RUN}'></sCrIpT>",
    f"<script>{RUN}",
    f'<img src=x onerror="{RUN}">',
    f"<img src=x onerror={RUN.replace(' ', '')}//",
    f'<svg onload="{RUN}"></svg>',
    f"<svg><script>{RUN}</script></svg>",
    f'<svg><animate onbegin="{RUN}" attributeName="x" dur="1s"/></svg>',
    f'<svg><a xlink:href="javascript:{RUN}"><text>x</text></a></svg>',
    f'<math><mtext><img src=x onerror="{RUN}"></mtext></math>',
    f'<math href="javascript:{RUN}">x</math>',
    f'<a href="javascript:{RUN}">x</a>',
    f'<a href=" java\nscript:{RUN}">x</a>',
    f'<a href="java&Tab;script:{RUN}">x</a>',
    f'<a href="&#106;avascript&colon;{RUN}">x</a>',
    f'<a href="\x01javascript:{RUN}">x</a>',
    f'<a href="JaVaScRiPt:{RUN}">x</a>',
    f'<a href="vbscript:{RUN}">x</a>',
    f'<a href="data:text/html,<script>{RUN}</script>">x</a>',
    f'<a href="&#100;ata:text/html;base64,PHNjcmlwdD4=">x</a>',
    f"<iframe srcdoc=\"<script>parent.{RUN}</script>\"></iframe>",
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f'<form action="javascript:{RUN}"><button autofocus>x</button></form>',
    f'<button formaction="javascript:{RUN}">x</button><input onfocus="{RUN}" autofocus>',
    f'<meta http-equiv="refresh" content="0;url=data:text/html,<script>{RUN}</script>">',
    f'<object data="data:text/html,<script>{RUN}</script>"></object>',
    f'<embed src="data:text/html,<script>{RUN}</script>">',
    "<style>@import 'http://127.0.0.1:9/x.css'; *{background:url(http://127.0.0.1:9/)}</style>",
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<base href="http://127.0.0.1:9/">',
    '<p style="background:url(http://127.0.0.1:9/x);position:fixed">x</p>',
    '<img src="http://127.0.0.1:9/x.png"><img srcset="http://127.0.0.1:9/y.png 1x">',
    '<img src="//127.0.0.1:9/x.png"><img src="\\\\127.0.0.1:9/x.png"><img src="/\\127.0.0.1:9/x.png">',
    '<video poster="http://127.0.0.1:9/x.png" src="http://127.0.0.1:9/x.mp4"></video>',
    f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    f'<body onload="{RUN}">',
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>"></noscript>',
    f"<!--><img src=x onerror={RUN}>-->",
    f'<textarea><img title="</textarea><img src=x onerror={RUN}>"></textarea>',
    f"<template><script>{RUN}</script></template>",
    f'<svg></p><style><a title="</style><img src=x onerror={RUN}>">',
    f'<audio src=x onerror="{RUN}" controls></audio>',
    f'<xml:script>{RUN}</xml:script><x onclick="{RUN}" tabindex=1 onfocus="{RUN}" autofocus>',
    f'<table background="javascript:{RUN}"><td background="http://127.0.0.1:9/x">',
]

BAD = re.compile(
    r"<(script|iframe|object|embed|form|meta|link|base|style|svg|math|body|noscript|template|input|button)\b"
    r"|<[a-z][^>]*\son\w+\s*=|(href|src|action|formaction|background|poster|srcset)\s*=\s*[\"']?\s*"
    r"(javascript|vbscript|data:text|http://127|//127|\\)",
    re.IGNORECASE,
)


class CleanTest(unittest.TestCase):
    def test_what_scrolls_is_reached_by_the_keyboard(self):
        table = '<div style="overflow-x:auto"><table><tr><td>1</td></tr></table></div>'
        self.assertIn('<div tabindex="0" style="overflow-x', clean.html(table))
        self.assertNotIn("tabindex", clean.html('<div style="color:red">overflow-x:auto</div>'))

    def test_no_payload_is_left(self):
        for payload in PAYLOADS:
            with self.subTest(payload):
                self.assertIsNone(BAD.search(clean.html(payload)), clean.html(payload))

    def test_what_notebooks_show_stays(self):
        for kept in (
            '<p>a <b>b</b> <a href="https://example.org/?a=b&amp;c">c</a> <a href="../x.html#y">d</a></p>',
            '<table><tbody><tr><td style="text-align: right;" colspan="2">1</td></tr></tbody></table>',
            '<img alt="waveform" height="3" src="data:image/png;base64,AAAA" width="5">',
            '<audio controls="" preload="metadata" src="data:audio/wav;base64,AAAA"></audio>',
            "<kbd>Shift</kbd>",
        ):
            words = re.compile(r'(?:="")?[<> ]+|(?<=;")')  # the order of attributes may change
            self.assertEqual(sorted(words.split(kept)), sorted(words.split(clean.html(kept))))

    def test_a_drawing_becomes_a_picture(self):
        page = clean.html('a <svg width="9"><circle r="3"/></svg> b')
        self.assertTrue(page.startswith('a <img alt="" src="data:image/svg+xml;base64,'), page)
        self.assertTrue(page.endswith(" b"), page)

    def test_outputs_keep_only_what_can_be_shown(self):
        output = new_output(
            "display_data",
            {
                "text/html": "<b>x</b><script>y</script>",
                "application/javascript": "y",
                "image/png": '"><script>y</script>AAAA',
                "application/vnd.jupyter.widget-view+json": {"model_id": "y"},
            },
            metadata={"image/png": {"width": "1 onload=y", "height": 7, "alt": "z"}, "filenames": {"image/png": "y"}},
        )
        cells = [new_code_cell("a", outputs=[output]), new_raw_cell("<script>y</script>")]
        original = new_notebook(cells=cells)
        shown = clean.notebook(original)
        self.assertEqual({"text/html": "<b>x</b>", "image/png": "scriptyscriptAAAA"},
                         {k: v.replace("/", "") if k == "image/png" else v for k, v in shown.cells[0].outputs[0].data.items()})
        self.assertEqual({"image/png": {"height": 7, "alt": "z"}}, shown.cells[0].outputs[0].metadata)
        self.assertEqual("<pre>&lt;script&gt;y&lt;/script&gt;</pre>", shown.cells[1].source)
        self.assertEqual("<script>y</script>", original.cells[1].source)

    def test_an_output_of_a_script_alone_says_so(self):
        output = new_output("display_data", {"application/javascript": "y"})
        shown = clean.notebook(new_notebook(cells=[new_code_cell("a", outputs=[output])]))
        self.assertEqual(
            {"text/plain": "(application/javascript: cannot be shown on this page)"}, shown.cells[0].outputs[0].data
        )


if __name__ == "__main__":
    unittest.main()
