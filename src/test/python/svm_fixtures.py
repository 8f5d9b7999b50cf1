"""Writes src/test/resources/classify/svm.json: support vectors of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/svm_fixtures.py
Rows are drawn on both sides from RandomState(seed).random_sample (see Drawn): only what was learnt
is written. Decisions are those of pairs of classes, above 0 for the first, for 10 rows not learnt
from. One case a line.
"""

import json
import pathlib

import numpy as np
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier
from sklearn.svm import SVC, OneClassSVM

OUT = pathlib.Path("src/test/resources/classify")
NEW = 10


def drawn(seed, rows, columns, classes):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows + NEW, columns)) * 3
    noise = r.random_sample(rows + NEW)
    w = r.random_sample(rows)
    w[w < 0.1] = 0
    signal = np.sin(x[:, 0]) + x[:, 1] * x[:, 2] / 9 + noise / 4
    y = np.minimum((signal / 2.2 * classes).astype(int), classes - 1)
    return x[:rows], y[:rows], 2 * w, x[rows:]


def intersection(a, b):
    return np.minimum(a[:, None, :], b[None, :, :]).sum(axis=2)


def svc():
    specs = [
        # seed, rows, columns, classes, weighted, options
        (1, 40, 3, 2, False, {"kernel": "linear"}),
        (2, 60, 4, 3, False, {"kernel": "rbf"}),
        (3, 60, 4, 3, True, {"kernel": "rbf", "C": 10, "gamma": 0.7}),
        (4, 90, 5, 4, False, {"kernel": "poly", "degree": 3}),
        (5, 90, 5, 4, True, {"kernel": "poly", "degree": 2, "gamma": "auto", "coef0": 1.5, "C": 0.3}),
        (6, 70, 3, 3, False, {"kernel": "sigmoid", "C": 2}),
        (7, 70, 3, 2, True, {"kernel": "sigmoid", "gamma": 0.1, "coef0": -0.5}),
        (8, 200, 6, 6, False, {"kernel": "linear", "C": 100}),
        (9, 300, 3, 2, False, {"kernel": "rbf", "C": 1000, "gamma": 5}),
        (10, 250, 6, 5, True, {"kernel": "rbf", "C": 30, "tol": 1e-5}),
        (11, 60, 3, 3, False, {"kernel": "own"}),
        (12, 50, 3, 2, True, {"kernel": "linear", "C": 0.01}),
        (13, 2000, 4, 2, False, {"kernel": "rbf", "C": 50}),
    ]
    for seed, rows, columns, classes, weighted, options in specs:
        x, y, w, new = drawn(seed, rows, columns, classes)
        given = {**options, "kernel": intersection} if options["kernel"] == "own" else options
        pairs = SVC(**given, decision_function_shape="ovo").fit(x, y, w if weighted else None)
        rest = SVC(**given).fit(x, y, w if weighted else None)
        decisions = pairs.decision_function(new)
        kept = np.flatnonzero(w > 0) if weighted else np.arange(rows)
        yield {
            "kind": "svc",
            "seed": seed,
            "rows": rows,
            "columns": columns,
            "classes": classes,
            "weighted": weighted,
            "options": options,
            # scikit-learn counts them among the rows of weight above 0
            "support": kept[pairs.support_].tolist() if rows < 1000 else [],
            "counts": pairs.n_support_.tolist(),
            "decisions": (-decisions[:, None] if classes == 2 else decisions).tolist(),
            "codes": pairs.predict(new).tolist(),
            "scores": rest.decision_function(new).tolist() if classes > 2 else [],
        }


def one_class():
    specs = [
        (21, 60, 3, False, {}),
        (22, 60, 3, False, {"nu": 0.1, "gamma": 0.5}),
        (23, 80, 4, True, {"nu": 0.2, "gamma": "auto"}),
        (24, 150, 5, False, {"nu": 0.05, "kernel": "poly", "degree": 2, "coef0": 1}),
        (25, 150, 5, True, {"nu": 0.3, "kernel": "linear", "tol": 1e-6}),
        (26, 900, 3, False, {"nu": 0.15, "gamma": 3}),
    ]
    for seed, rows, columns, weighted, options in specs:
        x, _, w, new = drawn(seed, rows, columns, 2)
        model = OneClassSVM(**options).fit(x, sample_weight=w if weighted else None)
        yield {
            "kind": "one class",
            "seed": seed,
            "rows": rows,
            "columns": columns,
            "weighted": weighted,
            "options": options,
            "vectors": len(model.support_),
            "decisions": model.decision_function(new).tolist(),
        }


def several():
    for seed, rows, columns, classes in [(31, 80, 4, 4), (32, 60, 3, 2), (33, 90, 4, 6)]:
        x, y, _, new = drawn(seed, rows, columns, classes)
        base = SVC(C=3)
        case = {"kind": "several", "seed": seed, "rows": rows, "columns": columns, "classes": classes}
        rest = OneVsRestClassifier(base).fit(x, y)
        case["rest"] = np.reshape(rest.decision_function(new), (NEW, -1)).tolist()
        case["restCodes"] = rest.predict(new).tolist()
        ones = OneVsOneClassifier(base).fit(x, y)
        case["ones"] = np.reshape(ones.decision_function(new), (NEW, -1)).tolist()
        case["onesCodes"] = ones.predict(new).tolist()
        for size, code_seed in [(2, 0), (1.5, 7), (0.9, 3)]:
            codes = OutputCodeClassifier(base, code_size=size, random_state=code_seed).fit(x, y)
            if (codes.code_book_ == codes.code_book_[0]).all():
                continue  # tells no classes apart
            yield {
                **case,
                "size": size,
                "codeSeed": code_seed,
                "book": codes.code_book_.tolist(),
                "codeCodes": codes.predict(new).tolist(),
            }


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    cases = [*svc(), *one_class(), *several()]
    (OUT / "svm.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


if __name__ == "__main__":
    main()
