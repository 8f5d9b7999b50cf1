"""Writes gradient boosting of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6, SciPy 1.17, glibc 2.36 on x86-64 with FMA.
Run from the project's folder: python src/test/python/boosting_fixtures.py
- src/test/resources/tree/boosting.json: one fit a line on data that both sides draw from
  RandomState(seed).random_sample (see BoostingTest.data). Of every stage: the CRC-32 of features and
  thresholds of its trees (">id" a node, depth first, -1 and 0 for a leaf) and the sum of leaf values
  times leaf number. Of the last stage: every value. Losses, improvements and predictions.

NumPy's own logarithm and exponential for AVX-512 are switched off: they round otherwise than those
that every other machine uses.
"""

import json
import os
import pathlib
import struct
import sys
import zlib

if "NPY_DISABLE_CPU_FEATURES" not in os.environ:
    os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V4 AVX512_ICL"
    os.execv(sys.executable, [sys.executable] + sys.argv)

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

OUT = pathlib.Path("src/test/resources/tree/boosting.json")


def data(seed, rows, columns, digits, classes):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows, columns))
    noise = r.random_sample(rows)
    weights = r.random_sample(rows)
    if digits >= 0:
        x = np.floor(x * 10**digits) / 10**digits
    signal = x[:, 0] + 0.5 * x[:, 1] + noise
    y = np.floor(signal * classes / 2.5001) if classes else 10 * signal
    return x, y, weights


def fit(seed, rows, columns, digits, classes, weighted, options):
    x, y, weights = data(seed, rows, columns, digits, classes)
    maker = GradientBoostingClassifier if classes else GradientBoostingRegressor
    model = maker(random_state=seed, **options)
    model.fit(x, y, sample_weight=weights if weighted else None)
    codes, sums = [], []
    for stage in model.estimators_:
        bytes_, total = b"", 0.0
        for tree in stage:
            t = tree.tree_
            number = 0
            for f, v, value in zip(t.feature, t.threshold, t.value[:, 0, 0]):
                bytes_ += struct.pack(">id", int(f) if f >= 0 else -1, float(v) if f >= 0 else 0.0)
                if f < 0:
                    number += 1
                    total += number * float(value)
        codes.append(zlib.crc32(bytes_))
        sums.append(float("%.15g" % total))
    last = [[float(v) for v in t.tree_.value[:, 0, 0]] for t in model.estimators_[-1]]
    some = x[:6]
    if classes:
        predicted = model.predict_proba(some).ravel()
        staged = list(model.staged_predict_proba(some))[len(codes) // 2].ravel()
    else:
        predicted = model.predict(some)
        staged = list(model.staged_predict(some))[len(codes) // 2]
    case = dict(
        seed=seed, rows=rows, columns=columns, digits=digits, classes=classes, weighted=weighted,
        options=options, codes=codes, sums=sums, last=last,
        losses=model.train_score_[[0, len(codes) // 2, -1]].tolist(),
        importances=model.feature_importances_.tolist(),
        predicted=predicted.tolist(), staged=staged.tolist(),
    )
    if options.get("subsample", 1) < 1:
        case["improvements"] = model.oob_improvement_[[0, 1, -1]].tolist()
    return case


def main():
    cases = []
    tables = [(1, 150, 5, -1), (2, 200, 6, 1), (3, 400, 8, -1), (4, 300, 4, 2), (5, 120, 12, 1)]
    for seed, rows, columns, digits in tables:
        for classes in (2, 6):
            for subsample in (1.0, 0.7):
                options = {"subsample": subsample}
                cases.append(fit(seed, rows, columns, digits, classes, False, options))
    more = [
        (11, 150, 5, 1, 2, True, {"n_estimators": 20, "loss": "exponential"}),
        (12, 150, 5, -1, 3, True, {"n_estimators": 20, "subsample": 0.5, "max_features": 2}),
        (13, 200, 5, 1, 4, False, {"n_estimators": 60, "n_iter_no_change": 3, "learning_rate": 0.4}),
        (14, 150, 4, -1, 2, False, {"n_estimators": 20, "max_depth": None, "min_samples_leaf": 4, "min_samples_split": 12}),
        (15, 100, 4, 1, 3, False, {"n_estimators": 15, "ccp_alpha": 0.002}),
        (16, 150, 5, -1, 2, False, {"n_estimators": 20, "loss": "exponential", "subsample": 0.6}),
    ]
    for k, loss in enumerate(["squared_error", "absolute_error", "huber", "quantile"]):
        seed = 20 + 5 * k
        more += [
            (seed, 150, 5, -1, 0, False, {"n_estimators": 40, "loss": loss}),
            (seed + 1, 120, 5, 1, 0, True, {"n_estimators": 20, "loss": loss, "max_features": 2}),
            (seed + 2, 150, 4, 2, 0, False, {"n_estimators": 20, "loss": loss, "subsample": 0.5, "alpha": 0.7}),
            (seed + 3, 150, 4, 1, 0, True, {"n_estimators": 60, "loss": loss, "n_iter_no_change": 2, "learning_rate": 0.5}),
        ]
    cases += [fit(*one) for one in more]
    lines = [json.dumps(case, separators=(",", ":")) for case in cases]
    OUT.write_text("[" + ",\n".join(lines) + "]\n")


main()
