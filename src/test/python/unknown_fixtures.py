"""Writes src/test/resources/classify/unknown.json: how well rows are known, by scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/unknown_fixtures.py
Both sides draw the rows from RandomState(seed) (see UnknownTest.rows). One case a line.
"""

import json
import pathlib

import numpy as np
from sklearn.covariance import EmpiricalCovariance
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score, roc_curve
from sklearn.neighbors import NearestNeighbors
from sklearn.svm import OneClassSVM

OUT = pathlib.Path("src/test/resources/classify/unknown.json")


def rows(seed, count, columns, classes):
    """Rows around the means of classes, and their classes; tests beyond them, too."""
    r = np.random.RandomState(seed)
    x = r.random_sample((count, columns))
    code = np.arange(count) % classes
    x = x + 1.5 * ((code[:, None] + np.arange(columns)[None, :]) % classes)
    tests = r.random_sample((25, columns)) * (classes + 2)
    return x, code, tests


def distance(seed, count, columns, classes):
    x, code, tests = rows(seed, count, columns, classes)
    means = np.array([x[code == c].mean(axis=0) for c in range(classes)])
    shared = EmpiricalCovariance(assume_centered=True).fit(x - means[code])
    all_classes = np.array([shared.mahalanobis(tests - m) for m in means])
    near = NearestNeighbors().fit(x)
    return {
        "kind": "distance", "seed": seed, "rows": count, "columns": columns, "classes": classes,
        "mahalanobis": (-all_classes.min(axis=0)).tolist(),
        "nearest1": (-near.kneighbors(tests, 1)[0][:, 0]).tolist(),
        "nearest4": (-near.kneighbors(tests, 4)[0][:, 3]).tolist(),
    }


def isolation(seed, count, columns, trees, most, digits):
    x, _, tests = rows(seed, count, columns, 3)
    if digits >= 0:
        x, tests = np.floor(x * 10**digits), np.floor(tests * 10**digits)
    forest = IsolationForest(
        n_estimators=trees, max_samples=most or "auto", random_state=seed
    ).fit(x)
    return {
        "kind": "isolation", "seed": seed, "rows": count, "columns": columns, "trees": trees,
        "most": most, "digits": digits,
        "scores": forest.score_samples(tests).tolist(),
        "training": forest.score_samples(x[:25]).tolist(),
    }


def one_class(seed, count, columns, nu, gamma):
    x, _, tests = rows(seed, count, columns, 2)
    machine = OneClassSVM(nu=nu, gamma=gamma, tol=1e-9).fit(x)
    return {
        "kind": "one class", "seed": seed, "rows": count, "columns": columns, "nu": nu,
        "gamma": gamma, "decision": machine.decision_function(tests).tolist(),
    }


def told(seed, known, unknown, digits):
    r = np.random.RandomState(seed)
    scores = np.concatenate([r.random_sample(known) + 0.3, r.random_sample(unknown)])
    scores = np.round(scores * 10**digits) / 10**digits
    truth = np.repeat([1, 0], [known, unknown])
    fpr, tpr, _ = roc_curve(truth, scores, drop_intermediate=False)
    return {
        "kind": "told", "seed": seed, "known": known, "unknown": unknown, "digits": digits,
        "auroc": roc_auc_score(truth, scores),
        "fpr95": fpr[np.argmax(tpr >= 0.95)], "fpr80": fpr[np.argmax(tpr >= 0.8)],
    }


def main():
    cases = [
        distance(1, 40, 3, 2), distance(2, 90, 5, 4), distance(3, 200, 8, 3),
        isolation(1, 60, 3, 20, 0, -1), isolation(2, 400, 4, 30, 0, -1),
        isolation(3, 300, 5, 25, 50, 0), isolation(4, 120, 2, 15, 1000, 1),
        one_class(1, 50, 3, 0.2, 0.5), one_class(2, 150, 5, 0.05, 0.1),
        told(1, 30, 20, 1), told(2, 200, 77, 2), told(3, 41, 300, 6),
    ]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(c) + "\n" for c in cases))


if __name__ == "__main__":
    main()
