"""Writes what sed_eval and psds_eval say of events that were found.

Versions: Python 3.11, NumPy 2.3.5 (psds_eval fails with 2.4), pandas 2.3.3, sed_eval 0.2.1, psds_eval 0.5.3 (both from their
repositories, TUT-ARG/sed_eval and DCASE-REPO/psds_eval, as sources on the PYTHONPATH).
sed_eval needs two small containers of dcase_util; where that is not installed, the stand-ins below
are used. They do no arithmetic.
Run from the project's folder: python src/test/python/detection_fixtures.py
- src/test/resources/detect/detection.json: random truth and detections, each [start, end, class,
  confidence], and the scores
"""

import json
import math
import pathlib
import sys
import types
import warnings

import numpy as np
import pandas as pd

try:
    import dcase_util  # noqa: F401
except ImportError:

    class MetaDataContainer(list):
        @property
        def unique_files(self):
            return sorted({e["file"] for e in self if "file" in e})

        @property
        def max_offset(self):
            return max((e["event_offset"] for e in self), default=0)

        def filter(self, event_label):
            return MetaDataContainer(e for e in self if e["event_label"] == event_label)

    stand_in = types.ModuleType("dcase_util")
    stand_in.containers = types.SimpleNamespace(MetaDataContainer=MetaDataContainer)
    stand_in.ui = types.SimpleNamespace(FancyStringifier=lambda: None)
    sys.modules["dcase_util"] = stand_in

import sed_eval  # noqa: E402
from psds_eval import PSDSEval  # noqa: E402

warnings.simplefilter("ignore")
OUT = pathlib.Path("src/test/resources/detect/detection.json")
CLASSES = ["bell", "clap", "siren"]


def events(random, seconds, crowded):
    """Truth without overlap within a class, and what a poor detector finds of it."""
    truth, found = [], []
    for name in CLASSES:
        t = random.uniform(0, 3)
        while t < seconds - 4:
            length = random.uniform(0.3, 3)
            truth.append([round(t, 3), round(t + length, 3), name, 1.0])
            t += length + (random.uniform(0.05, 1) if crowded else random.uniform(0.5, 8))
    for start, end, name, _ in truth:
        if random.random_sample() < 0.85:
            label = name if random.random_sample() < 0.8 else CLASSES[random.randint(3)]
            a = max(0, start + random.normal(0, 0.12))
            b = max(a + 0.1, end + random.normal(0, 0.3))
            found.append([round(a, 3), round(b, 3), label, round(random.uniform(0.2, 1), 2)])
    for _ in range(int(seconds / 8)):
        a = random.uniform(0, seconds - 2)
        b = a + random.uniform(0.2, 2)
        label = CLASSES[random.randint(3)]
        found.append([round(a, 3), round(b, 3), label, round(random.uniform(0, 0.8), 2)])
    return sorted(truth), without_overlap(sorted(found))


def without_overlap(found):
    """psds_eval refuses events of a class that overlap."""
    kept = []
    for e in found:
        if all(e[2] != k[2] or e[0] >= k[1] for k in kept):
            kept.append(e)
    return kept


def plain(values):
    return {k: None if math.isnan(v) else float(v) for k, v in values.items()}


def sed(metric, truth, found, seconds):
    def listed(rows):
        return [
            {"file": "f", "event_onset": r[0], "event_offset": r[1], "event_label": r[2]}
            for r in rows
        ]

    if isinstance(metric, sed_eval.sound_event.SegmentBasedMetrics):
        metric.evaluate(listed(truth), listed(found), evaluated_length_seconds=seconds)
    else:
        metric.evaluate(
            sys.modules["dcase_util"].containers.MetaDataContainer(listed(truth)),
            sys.modules["dcase_util"].containers.MetaDataContainer(listed(found)),
        )
    classes = {
        name: plain(metric.class_wise_f_measure(name))
        | {"error_rate": metric.class_wise_error_rate(name)["error_rate"]}
        for name in CLASSES
    }
    average = metric.results_class_wise_average_metrics()["f_measure"]["f_measure"]
    return {
        "overall": plain(metric.overall_f_measure()) | plain(metric.overall_error_rate()),
        "classes": classes,
        "macro_f": average,
    }


def frame(rows):
    table = pd.DataFrame(rows, columns=["onset", "offset", "event_label", "confidence"])
    table["filename"] = "f"
    return table


def psds(truth, found, seconds, dtc, gtc, cttc, alpha_ct, alpha_st, most):
    metadata = pd.DataFrame({"filename": ["f"], "duration": [seconds]})
    judge = PSDSEval(dtc, gtc, cttc, ground_truth=frame(truth), metadata=metadata)
    for least in sorted({e[3] for e in found}):
        judge.add_operating_point(frame([e for e in found if e[3] >= least]))
    score = judge.psds(alpha_ct=alpha_ct, alpha_st=alpha_st, max_efpr=most)
    return {
        "options": [dtc, gtc, cttc, alpha_ct, alpha_st, most],
        "score": float(score.value),
        "x": [float(v) for v in score.plt.xp],
        "y": [float(v) for v in score.plt.yp],
    }


def case(seed, seconds, crowded):
    random = np.random.RandomState(seed)
    truth, found = events(random, seconds, crowded)
    out = {"seconds": seconds, "truth": truth, "found": found, "events": [], "psds": []}
    for collar, share, offset in [(0.2, 0.5, True), (0.1, 0.2, True), (0.25, 0.5, False)]:
        metric = sed_eval.sound_event.EventBasedMetrics(
            CLASSES, t_collar=collar, percentage_of_length=share, evaluate_offset=offset
        )
        scores = sed(metric, truth, found, seconds)
        out["events"].append({"collar": collar, "share": share, "offset": offset} | scores)
    segments = sed_eval.sound_event.SegmentBasedMetrics(CLASSES, time_resolution=1.0)
    out["segments"] = sed(segments, truth, found, seconds)
    for options in [(0.5, 0.5, 0.3, 0, 0, 300), (0.7, 0.7, 0.1, 0.5, 1, 500)]:
        out["psds"].append(psds(truth, found, seconds, *options))
    return out


OUT.parent.mkdir(parents=True, exist_ok=True)
cases = [case(1, 60.0, False), case(2, 75.5, False), case(3, 40.0, True)]
OUT.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
