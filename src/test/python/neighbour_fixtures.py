"""Writes src/test/resources/classify/neighbours.json: classes by nearest rows of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/neighbour_fixtures.py
Rows are drawn as in svm_fixtures.py. The first two of the rows to classify are rows learnt from. One
case a line.
"""

import json
import pathlib

import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from svm_fixtures import drawn

OUT = pathlib.Path("src/test/resources/classify")


def main():
    specs = [
        # seed, rows, columns, classes, options
        (1, 60, 3, 3, {}),
        (2, 60, 3, 3, {"weights": "distance"}),
        (3, 200, 4, 5, {"n_neighbors": 15, "weights": "distance"}),
        (4, 300, 20, 4, {"n_neighbors": 7, "weights": "distance", "algorithm": "kd_tree"}),
        (5, 120, 4, 3, {"metric": "manhattan", "weights": "distance"}),
        (6, 120, 4, 3, {"metric": "manhattan", "n_neighbors": 8}),
        (7, 120, 4, 3, {"metric": "chebyshev", "weights": "distance"}),
        (8, 120, 4, 3, {"metric": "minkowski", "p": 3, "weights": "distance"}),
        (9, 120, 4, 3, {"metric": "minkowski", "p": 1.5, "n_neighbors": 1}),
        (10, 120, 4, 3, {"metric": "cosine", "n_neighbors": 6}),
        (11, 700, 3, 6, {"n_neighbors": 40}),
        (12, 20, 3, 2, {"n_neighbors": 20, "weights": "distance"}),
    ]
    cases = []
    for seed, rows, columns, classes, options in specs:
        x, y, _, new = drawn(seed, rows, columns, classes)
        model = KNeighborsClassifier(**options).fit(x, y)
        new = np.vstack([x[:2], new])
        cases.append(
            {
                "kind": "neighbours",
                "seed": seed,
                "rows": rows,
                "columns": columns,
                "classes": classes,
                "options": options,
                "probabilities": model.predict_proba(new).tolist(),
                "codes": model.predict(new).tolist(),
            }
        )
    (OUT / "neighbours.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


if __name__ == "__main__":
    main()
