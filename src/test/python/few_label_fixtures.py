"""Writes src/test/resources/classify/few_labels.json: learning from few labels, of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/few_label_fixtures.py
Rows are drawn by both sides as in ensemble_fixtures.py; of them every fifth keeps its class, all
others have none. The rows to predict come from RandomState(seed + 1000).
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.semi_supervised import LabelPropagation, LabelSpreading, SelfTrainingClassifier
from sklearn.tree import DecisionTreeClassifier

OUT = pathlib.Path("src/test/resources/classify/few_labels.json")
COLUMNS = 4
TESTED = 6


def data(seed, rows, classes):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows, COLUMNS))
    noise = r.random_sample(rows)
    y = np.minimum(classes - 1, np.floor((0.7 * x[:, 0] + 0.3 * noise) ** 2 * 1.4 * classes)).astype(int)
    y[np.arange(rows) % 5 != 0] = -1
    assert len(set(y)) == classes + 1, (seed, np.bincount(y + 1))
    return x, y


def case(kind, seed, rows, classes, model, **options):
    x, y = data(seed, rows, classes)
    tested = np.random.RandomState(seed + 1000).random_sample((TESTED, COLUMNS))
    model.fit(x, y)
    out = dict(kind=kind, seed=seed, rows=rows, classes=classes, options=options)
    out["probabilities"] = model.predict_proba(tested).tolist()
    out["rounds"] = int(model.n_iter_)
    if hasattr(model, "label_distributions_"):
        out["shares"] = model.label_distributions_.tolist()
    else:
        out["labels"] = model.transduction_.tolist()
        out["labelled"] = model.labeled_iter_.tolist()
        out["end"] = model.termination_condition_
    return out


def cases():
    for seed, classes in ((1, 2), (7, 3), (8, 4)):
        for name, make in (("propagation", LabelPropagation), ("spreading", LabelSpreading)):
            for options in (
                {"gamma": 20.0},
                {"gamma": 2.0},
                {"gamma": 5.0, "max_iter": 3},
                {"n_neighbors": 7},
                {"n_neighbors": 3, "max_iter": 50, "tol": 0.0},
            ):
                given = dict(options, kernel="knn" if "n_neighbors" in options else "rbf")
                if name == "spreading" and "max_iter" in options:
                    given["alpha"] = options["alpha"] = 0.7
                yield case(name, seed, 40, classes, make(**given), **options)
    for seed, classes in ((1, 2), (7, 3), (8, 4)):
        for depth in (1, 3):
            for options in ({}, {"threshold": 0.4}, {"threshold": 0.9, "max_iter": 1}):
                tree = DecisionTreeClassifier(random_state=3, max_depth=depth)
                yield case("tree", seed, 60, classes, SelfTrainingClassifier(tree, **options), depth=depth, **options)
        for options in ({}, {"threshold": 0.5, "max_iter": None}, {"criterion": "k_best", "k_best": 4}, {"criterion": "k_best", "k_best": 30}):
            base = LabelSpreading(gamma=2)
            yield case("self", seed, 60, classes, SelfTrainingClassifier(base, **options), **options)


def main():
    warnings.simplefilter("ignore")
    OUT.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases()) + "\n]\n")


main()
