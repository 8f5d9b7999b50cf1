"""Writes src/test/resources/classify/networks.json: networks of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/network_fixtures.py
Rows are drawn as in svm_fixtures.py. One case a line.
"""

import json
import pathlib
import warnings

from sklearn.neural_network import MLPClassifier
from svm_fixtures import drawn

OUT = pathlib.Path("src/test/resources/classify")


def main():
    warnings.simplefilter("ignore")
    sgd = {"solver": "sgd"}
    specs = [
        # seed, rows, columns, classes, weighted, options
        (1, 60, 3, 3, False, {"max_iter": 30}),
        (2, 60, 4, 2, False, {"hidden_layer_sizes": [7, 5], "activation": "tanh", "max_iter": 40, "batch_size": 16}),
        (3, 90, 4, 4, True, {"hidden_layer_sizes": [9], "activation": "logistic", "max_iter": 30, "batch_size": 25}),
        (4, 90, 4, 3, False, {"hidden_layer_sizes": [], "max_iter": 25, "learning_rate_init": 0.05}),
        (5, 80, 3, 2, True, {"hidden_layer_sizes": [6], "activation": "identity", "max_iter": 300, "learning_rate_init": 0.1}),
        (6, 80, 3, 3, False, {**sgd, "hidden_layer_sizes": [12], "learning_rate_init": 0.1, "max_iter": 40}),
        (7, 80, 3, 3, False, {**sgd, "hidden_layer_sizes": [5], "learning_rate": "invscaling", "learning_rate_init": 0.5, "max_iter": 40, "nesterovs_momentum": False}),
        (8, 80, 3, 2, False, {**sgd, "hidden_layer_sizes": [5], "learning_rate": "adaptive", "learning_rate_init": 0.4, "max_iter": 400, "momentum": 0.5, "tol": 1e-3}),
        (9, 200, 4, 4, False, {"hidden_layer_sizes": [10], "early_stopping": True, "learning_rate_init": 0.02, "max_iter": 150}),
        (10, 200, 4, 2, False, {"hidden_layer_sizes": [10], "early_stopping": True, "learning_rate_init": 0.02, "max_iter": 150}),
        (11, 200, 4, 3, True, {"hidden_layer_sizes": [10], "early_stopping": True, "learning_rate_init": 0.02, "max_iter": 25, "alpha": 0.3}),
        (12, 450, 6, 5, False, {"hidden_layer_sizes": [40, 30, 20], "max_iter": 12, "learning_rate_init": 0.01}),
    ]
    cases = []
    for seed, rows, columns, classes, weighted, options in specs:
        x, y, w, new = drawn(seed, rows, columns, classes)
        model = MLPClassifier(random_state=seed + 40, **options).fit(x, y, w if weighted else None)
        cases.append(
            {
                "kind": "network",
                "seed": seed,
                "rows": rows,
                "columns": columns,
                "classes": classes,
                "weighted": weighted,
                "options": options,
                "losses": model.loss_curve_,
                "converged": model.n_iter_ < options["max_iter"],
                "probabilities": model.predict_proba(new).tolist(),
            }
        )
        print(seed, model.n_iter_, model.loss_curve_[-1])
    (OUT / "networks.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


if __name__ == "__main__":
    main()
