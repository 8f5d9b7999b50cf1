"""Writes src/test/resources/model/search.json: searches and curves of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6, SciPy 1.17.
Run from the project's folder: python src/test/python/search_fixtures.py
One case a line. Draws: settings of ParameterSampler. Halving: for each round the rows, and the
settings with their mean scores. Curves: scores of training and test parts. Out of fold: predictions
of cross_val_predict. "Table" has the rows that they share.
"""

import json
import pathlib

import numpy as np
from scipy import stats
from sklearn import model_selection as ms
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import Ridge
from sklearn.tree import DecisionTreeClassifier

OUT = pathlib.Path("src/test/resources/model/search.json")

RANGES = {
    "integer": stats.randint,
    "uniform": lambda low, high: stats.uniform(low, high - low),
    "logUniform": stats.loguniform,
    "exponential": lambda mean: stats.expon(scale=mean),
    "oneOf": lambda *values: list(values),
}


def plain(value):
    return value.item() if isinstance(value, np.generic) else value


def draws(options, settings, seed):
    made = {name: RANGES[kind](*args) for name, (kind, *args) in options.items()}
    drawn = list(ms.ParameterSampler(made, settings, random_state=seed))
    return {
        "kind": "draws",
        "options": options,
        "settings": settings,
        "seed": seed,
        "drawn": [{k: plain(v) for k, v in one.items()} for one in drawn],
    }


def table():
    pick = np.random.RandomState(5)
    x = pick.normal(size=(180, 3)).round(3)
    y = (2 * x[:, 0] - x[:, 1] + pick.normal(scale=3, size=180)).round(3)
    classes = np.array(["a", "b", "c"])[np.digitize(x[:, 0] + pick.normal(scale=0.5, size=180), [-0.6, 0.6])]
    return x, y, classes


def halving(x, y, candidates, seed, **options):
    alphas = [float(a) for a in np.logspace(-2, 4, candidates).round(6)]
    search = ms.HalvingGridSearchCV(
        Ridge(), {"alpha": alphas}, cv=3, scoring="neg_root_mean_squared_error", random_state=seed, **options
    ).fit(x, y)
    return {
        "kind": "halving",
        "alphas": alphas,
        "seed": seed,
        "options": options,
        **rounds(search),
        "best": search.best_params_["alpha"],
    }


def random_halving(x, y, seed, **options):
    search = ms.HalvingRandomSearchCV(
        Ridge(),
        {"alpha": stats.loguniform(1e-2, 1e4)},
        cv=3,
        scoring="neg_root_mean_squared_error",
        random_state=seed,
        **options,
    ).fit(x, y)
    return {"kind": "random halving", "seed": seed, "options": options, **rounds(search)}


def rounds(search):
    found = search.cv_results_
    return {
        "rows": [int(r) for r in search.n_resources_],
        "rounds": [
            [
                [float(found["params"][i]["alpha"]), -float(found["mean_test_score"][i])]
                for i in np.flatnonzero(found["iter"] == r)
            ]
            for r in range(len(search.n_resources_))
        ],
    }


def curve(kind, x, classes, **options):
    tree = DecisionTreeClassifier(random_state=3, max_depth=4)
    if kind == "learning":
        sizes, train, test = ms.learning_curve(tree, x, classes, cv=4, scoring="accuracy", **options)
        options["train_sizes"] = [float(s) for s in options["train_sizes"]]
    else:
        train, test = ms.validation_curve(tree, x, classes, cv=4, scoring="accuracy", **options)
        sizes = options["param_range"]
    return {
        "kind": kind,
        "options": options,
        "at": [int(s) for s in sizes],
        "train": train.tolist(),
        "test": test.tolist(),
    }


def grid(x, classes):
    search = ms.GridSearchCV(
        DecisionTreeClassifier(random_state=3),
        {"max_depth": [1, 2, 3, 4, 5, 6], "min_samples_leaf": [1, 20, 40]},
        cv=3,
        scoring="accuracy",
    ).fit(x, classes)
    found = search.cv_results_
    return {
        "kind": "results",
        "mean": found["mean_test_score"].tolist(),
        "std": found["std_test_score"].tolist(),
        "rank": [int(r) for r in found["rank_test_score"]],
    }


def cases():
    yield draws({"C": ["logUniform", 20, 200000], "gamma": ["exponential", 1], "kernel": ["oneOf", "linear", "rbf"]}, 8, 42)
    yield draws({"b": ["uniform", -5, 10], "a": ["integer", 3, 50], "Z": ["oneOf", 7], "c": ["integer", 4, 5]}, 8, 7)
    yield draws({"trees": ["oneOf", 50, 100, 200], "depth": ["oneOf", 2, 4, 8, 16], "leaf": ["oneOf", 1, 5]}, 10, 42)
    yield draws({"x": ["oneOf", 1, 2, 3], "y": ["oneOf", "u", "v"]}, 6, 1)
    yield draws({"n": ["oneOf", *range(40)], "m": ["oneOf", *range(30)]}, 9, 3)
    x, y, classes = table()
    yield {"kind": "table", "x": x.tolist(), "y": y.tolist(), "classes": classes.tolist()}
    yield halving(x, y, 12, 0)
    yield halving(x, y, 20, 3, factor=2, min_resources="smallest")
    yield halving(x, y, 27, 9, min_resources=40)
    yield halving(x, y, 20, 4, min_resources=60, aggressive_elimination=True)
    yield random_halving(x, y, 11, n_candidates=10, min_resources="exhaust")
    yield random_halving(x, y, 2, n_candidates=9, min_resources=20)
    yield curve("learning", x, classes, train_sizes=np.linspace(0.1, 1, 5))
    yield curve("learning", x, classes, train_sizes=[0.3, 0.5, 0.9], shuffle=True, random_state=8)
    yield curve("validation", x, classes, param_name="min_samples_leaf", param_range=[1, 5, 20, 60])
    tree = DecisionTreeClassifier(random_state=3, max_depth=4)
    found = ms.cross_val_predict(tree, x, classes, cv=ms.KFold(5, shuffle=True, random_state=6), method="predict_proba")
    yield {"kind": "out of fold", "probabilities": found.tolist()}
    yield grid(x, classes)


def main():
    OUT.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(case) for case in cases()]
    OUT.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
