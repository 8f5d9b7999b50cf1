"""Writes trees and forests of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/tree_fixtures.py [housing.csv]
- src/test/resources/tree/trees.json: trees and forests on data that both sides draw from
  RandomState(seed).random_sample (see TreeTest.data), nodes depth first
- src/test/resources/tree/random_pruned_trees.json: the same with random thresholds, extra trees and
  cost-complexity pruning, one case a line
- src/test/resources/tree/housing_trees.csv: node count and sha256 of the nodes of the 20 trees of a
  forest on the raw numbers of the housing table (needs the table's path)
"""

import hashlib
import json
import pathlib
import struct
import sys

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

OUT = pathlib.Path("src/test/resources/tree")


def data(seed, rows, columns, digits, kind):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows, columns))
    y = r.random_sample(rows)
    w = r.random_sample(rows)
    if digits >= 0:
        x = np.floor(x * 10**digits)
    signal = x[:, 0] / max(1.0, 10.0 ** max(0, digits)) + y
    if kind == "fraction":
        target = signal
    elif kind == "whole":
        target = np.floor(signal * 100000)
    else:
        target = np.floor(signal * int(kind) / 2.0001).astype(int)
    return x, target, w


def nodes(model):
    t = model.tree_
    return {
        "feature": [int(f) if f >= 0 else -1 for f in t.feature],
        "threshold": [float(v) if f >= 0 else 0.0 for v, f in zip(t.threshold, t.feature)],
        "rows": t.n_node_samples.tolist(),
        "value": [float(v) for v in t.value[:, 0, :].ravel()],
        "impurity": t.impurity.tolist(),
    }


def random_or_pruned(options):
    return "extra" in options or "ccp_alpha" in options or "splitter" in options


def main():
    cases = []
    specs = [
        # seed, rows, columns, digits, kind, weights, options
        (1, 30, 3, -1, "whole", "none", {}),
        (2, 60, 5, 1, "whole", "none", {"max_features": 2}),
        (3, 200, 6, 1, "fraction", "none", {"max_features": 3}),
        (4, 200, 6, 2, "fraction", "fraction", {"max_features": 4}),
        (5, 120, 4, 0, "fraction", "none", {}),
        (6, 300, 8, 2, "whole", "whole", {"max_features": 3, "max_depth": 6}),
        (7, 150, 4, -1, "fraction", "none", {"min_samples_leaf": 4, "min_samples_split": 12}),
        (8, 150, 4, 1, "whole", "none", {"min_samples_leaf": 3}),
        (9, 100, 5, 1, "2", "none", {}),
        (10, 200, 6, 1, "4", "none", {"max_features": 2}),
        (11, 200, 6, -1, "3", "fraction", {"max_features": 3}),
        (12, 150, 5, 1, "5", "none", {"criterion": "entropy"}),
        (13, 150, 5, -1, "3", "whole", {"criterion": "entropy", "max_features": 2}),
        (14, 150, 5, 1, "3", "fraction", {"criterion": "entropy", "max_depth": 5}),
        (15, 40, 12, 0, "2", "none", {"max_features": 3}),
        (16, 400, 3, 2, "fraction", "none", {"max_depth": 7}),
        (31, 80, 6, 1, "whole", "none", {"splitter": "random", "max_features": 3}),
        (32, 90, 5, -1, "fraction", "none", {"splitter": "random"}),
        (33, 90, 6, 2, "fraction", "fraction", {"splitter": "random", "max_features": 2, "min_samples_leaf": 3}),
        (34, 120, 5, 1, "4", "none", {"splitter": "random", "max_features": 2}),
        (35, 100, 5, -1, "3", "fraction", {"splitter": "random", "criterion": "entropy"}),
        (36, 80, 8, 1, "2", "whole", {"splitter": "random", "max_features": 3, "min_samples_leaf": 2}),
        (37, 150, 4, 1, "3", "none", {"ccp_alpha": 0.008}),
        (38, 150, 4, -1, "fraction", "fraction", {"ccp_alpha": 0.002}),
        (39, 100, 4, -1, "3", "whole", {"ccp_alpha": 0.01, "criterion": "entropy", "splitter": "random"}),
        (40, 30, 3, 1, "whole", "none", {"ccp_alpha": 1e12}),
    ]
    for seed, rows, columns, digits, kind, weights, options in specs:
        x, y, w = data(seed, rows, columns, digits, kind)
        weight = {"none": None, "whole": np.floor(w * 4), "fraction": w}[weights]
        number = kind in ("whole", "fraction")
        maker = DecisionTreeRegressor if number else DecisionTreeClassifier
        model = maker(random_state=seed, **options).fit(x, y, sample_weight=weight)
        case = dict(
            seed=seed, rows=rows, columns=columns, digits=digits, kind=kind, weights=weights,
            options=options, forest=False, trees=[nodes(model)],
            importances=model.feature_importances_.tolist(),
        )
        if "ccp_alpha" in options:
            path = model.cost_complexity_pruning_path(x, y, weight)
            case["alphas"] = path.ccp_alphas.tolist()
            case["impurities"] = path.impurities.tolist()
        cases.append(case)
    forests = [
        (21, 60, 4, 1, "whole", "none", {"n_estimators": 3}),
        (22, 60, 4, -1, "fraction", "none", {"n_estimators": 3, "max_features": 2}),
        (23, 80, 5, 1, "3", "none", {"n_estimators": 3}),
        (24, 60, 4, 1, "whole", "fraction", {"n_estimators": 2}),
        (25, 60, 4, 1, "3", "fraction", {"n_estimators": 2, "bootstrap": False, "criterion": "entropy"}),
        (26, 50, 9, 1, "3", "none", {"n_estimators": 3, "extra": True}),
        (27, 40, 4, -1, "fraction", "none", {"n_estimators": 3, "extra": True}),
        (28, 50, 9, -1, "4", "fraction", {"n_estimators": 2, "extra": True, "bootstrap": True}),
        (29, 40, 4, 1, "whole", "none", {"n_estimators": 2, "extra": True, "ccp_alpha": 5e6}),
    ]
    for seed, rows, columns, digits, kind, weights, options in forests:
        x, y, w = data(seed, rows, columns, digits, kind)
        weight = {"none": None, "fraction": w}[weights]
        number = kind in ("whole", "fraction")
        own = {name: value for name, value in options.items() if name != "extra"}
        if "extra" in options:
            maker = ExtraTreesRegressor if number else ExtraTreesClassifier
        else:
            maker = RandomForestRegressor if number else RandomForestClassifier
        model = maker(random_state=seed, **own).fit(x, y, sample_weight=weight)
        predicted = model.predict(x) if number else model.predict_proba(x).ravel()
        cases.append(
            dict(
                seed=seed, rows=rows, columns=columns, digits=digits, kind=kind, weights=weights,
                options=options, forest=True, trees=[nodes(t) for t in model.estimators_],
                importances=model.feature_importances_.tolist(),
                predicted=predicted.tolist(),
            )
        )
    new = [case for case in cases if random_or_pruned(case["options"])]
    old = [case for case in cases if not random_or_pruned(case["options"])]
    OUT.joinpath("trees.json").write_text(json.dumps(old, separators=(",", ":")) + "\n")
    lines = [json.dumps(case, separators=(",", ":")) for case in new]
    OUT.joinpath("random_pruned_trees.json").write_text("[" + ",\n".join(lines) + "]\n")
    if len(sys.argv) > 1:
        housing(sys.argv[1])


def housing(path):
    lines = pathlib.Path(path).read_text().splitlines()[1:]
    cells = [line.split(",") for line in lines]
    x = np.array([[float(c) if c else -1.0 for c in row[:8]] for row in cells])
    y = np.array([float(row[8]) for row in cells])
    model = RandomForestRegressor(n_estimators=20, max_features=6, random_state=42, n_jobs=2)
    model.fit(x, y)
    out = ["nodes,depth,sha256"]
    for one in model.estimators_:
        t = one.tree_
        bytes_ = b"".join(
            struct.pack(">idid", int(f) if f >= 0 else -1, float(v) if f >= 0 else 0.0, int(n), float(m))
            for f, v, n, m in zip(t.feature, t.threshold, t.n_node_samples, t.value[:, 0, 0])
        )
        out.append(f"{t.node_count},{t.max_depth},{hashlib.sha256(bytes_).hexdigest()}")
    OUT.joinpath("housing_trees.csv").write_text("\n".join(out) + "\n")


main()
