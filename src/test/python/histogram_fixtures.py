"""Writes trees that scikit-learn boosts on histograms.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/histogram_fixtures.py
- src/test/resources/tree/histograms.json: trees on data that both sides draw from
  RandomState(seed).random_sample (see HistogramTest.data), nodes depth first, and raw predictions
  for the first rows
"""

import json
import pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

OUT = pathlib.Path("src/test/resources/tree/histograms.json")


def data(seed, rows, columns, classes, digits, weights):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows, columns))
    u = r.random_sample(rows)
    w = r.random_sample(rows)
    signal = x[:, 0] * x[:, 1 % columns] + x[:, 2 % columns] + 0.5 * u
    if digits > 0:
        x = np.floor(x * 10**digits)
    y = np.floor(signal / 2.50001 * classes).astype(int) if classes else signal
    return x, y, {"none": None, "whole": np.floor(w * 4), "fraction": w}[weights]


def nodes(predictor):
    n = predictor.nodes
    return {
        "feature": [int(f) if not leaf else -1 for f, leaf in zip(n["feature_idx"], n["is_leaf"])],
        "threshold": [float(t) if not leaf else 0.0 for t, leaf in zip(n["num_threshold"], n["is_leaf"])],
        "value": n["value"].tolist(),
    }


EARLY = dict(early_stopping=True, validation_fraction=0.15, n_iter_no_change=3, tol=1e-3, max_iter=60)
CASES = [
    # seed, rows, columns, classes (0: numbers), digits, weights, options
    (1, 700, 5, 2, 0, "none", dict(max_iter=8)),
    (2, 800, 5, 6, 2, "none", dict(max_iter=3, min_samples_leaf=10)),
    (3, 700, 5, 0, 0, "none", dict(max_iter=10, max_leaf_nodes=8, max_depth=3, l2_regularization=1.5)),
    (4, 500, 4, 0, 0, "fraction", dict(max_iter=6, max_leaf_nodes=12, min_samples_leaf=5)),
    (5, 600, 4, 2, 1, "whole", dict(max_iter=8, max_leaf_nodes=12)),
    (6, 800, 4, 2, 0, "none", dict(EARLY, learning_rate=0.4, max_leaf_nodes=7)),
    (7, 600, 4, 0, 0, "none", dict(max_iter=5, max_bins=16, learning_rate=0.3)),
    (8, 700, 4, 3, 0, "fraction", dict(EARLY, learning_rate=0.5, max_leaf_nodes=6)),
    (9, 600, 4, 0, 2, "whole", dict(EARLY, learning_rate=0.4, max_leaf_nodes=6)),
    (10, 201000, 1, 0, 0, "none", dict(max_iter=1, early_stopping=False)),
    (11, 201000, 1, 0, 0, "fraction", dict(max_iter=1, early_stopping=False)),
    (12, 30, 2, 2, 0, "none", dict(max_iter=2)),
]


def main():
    lines = []
    for seed, rows, columns, classes, digits, weights, options in CASES:
        x, y, w = data(seed, rows, columns, classes, digits, weights)
        kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
        model = kind(random_state=seed, **options).fit(x, y, sample_weight=w)
        trees = [t for one in model._predictors for t in one]
        print(seed, model.n_iter_, len(trees), [len(t.nodes) for t in trees][:6])
        lines.append(json.dumps(dict(
            seed=seed, rows=rows, columns=columns, classes=classes, digits=digits, weights=weights,
            options=options, baseline=model._baseline_prediction.ravel().tolist(),
            trees=[nodes(t) for t in trees],
            raw=model._raw_predict(x[:10]).tolist(),
        ), separators=(",", ":")))
    OUT.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
