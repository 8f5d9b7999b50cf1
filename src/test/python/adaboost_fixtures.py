"""Writes what scikit-learn's AdaBoost learns.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/adaboost_fixtures.py
- src/test/resources/classify/adaboost.json: stages on data that both sides draw from
  RandomState(seed).random_sample (see AdaBoostTest.data); nodes depth first, and what is decided
  for the first 20 rows
"""

import json
import pathlib

import numpy as np
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

OUT = pathlib.Path("src/test/resources/classify/adaboost.json")


def data(seed, rows, columns, classes, digits):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows, columns))
    if digits > 0:
        x = np.floor(x * 10**digits)
    u = r.random_sample(rows)
    w = r.random_sample(rows)
    signal = x[:, 0] * x[:, 1] + x[:, 2]
    signal = signal / signal.max() + 0.3 * u
    y = np.floor(signal / 1.30001 * classes).astype(int)
    return x, y, np.floor(w * 5)


def nodes(model):
    t = model.tree_
    return {
        "feature": [int(f) if f >= 0 else -1 for f in t.feature],
        "threshold": [float(v) if f >= 0 else 0.0 for v, f in zip(t.threshold, t.feature)],
        "value": [float(v) for v in t.value[:, 0, :].ravel()],
    }


CASES = [
    # seed, rows, columns, classes, digits, weighted, stages, learning rate, base
    (1, 300, 6, 2, 0, False, 50, 1.0, "stump"),
    (2, 400, 6, 6, 0, False, 40, 0.5, "stump"),
    (3, 300, 5, 3, 0, True, 30, 1.0, "stump"),
    (4, 250, 5, 4, 2, False, 12, 0.7, "tree"),
    (5, 200, 5, 3, 0, True, 6, 1.0, "forest"),
    (6, 60, 4, 3, 0, False, 30, 1.0, "deep"),
]
BASES = {
    "stump": None,
    "tree": DecisionTreeClassifier(max_depth=3, max_features=2),
    "forest": RandomForestClassifier(n_estimators=4, max_depth=3),
    "deep": DecisionTreeClassifier(),
}


def main():
    lines = []
    for seed, rows, columns, classes, digits, weighted, stages, rate, base in CASES:
        x, y, w = data(seed, rows, columns, classes, digits)
        model = AdaBoostClassifier(
            BASES[base], n_estimators=stages, learning_rate=rate, random_state=seed
        ).fit(x, y, sample_weight=w if weighted else None)
        used = len(model.estimators_)
        trees = [
            t
            for member in model.estimators_
            for t in (member.estimators_ if base == "forest" else [member])
        ]
        case = dict(
            seed=seed, rows=rows, columns=columns, classes=classes, digits=digits,
            weighted=weighted, stages=stages, rate=rate, base=base,
            weights=model.estimator_weights_[:used].tolist(),
            errors=model.estimator_errors_[:used].tolist(),
            trees=[nodes(t) for t in trees],
            decisions=np.reshape(model.decision_function(x[:20]), (20, -1)).tolist(),
            probabilities=model.predict_proba(x[:20]).tolist(),
            predicted=model.predict(x).tolist(),
        )
        print(seed, used, [len(t["feature"]) for t in case["trees"]][:5])
        lines.append(json.dumps(case, separators=(",", ":")))
    OUT.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
