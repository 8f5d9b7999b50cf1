"""Writes src/test/resources/classify/*.json: linear and Bayesian classifiers of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/linear_class_fixtures.py
A case has the name of its table, its options, and what the fitted classifier knows and says of the
table's first rows. Weights null: equal weights. C null: no penalty.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB

OUT = pathlib.Path("src/test/resources/classify")
SAID = 6


def table(seed, rows, columns, classes, apart):
    pick = np.random.RandomState(seed)
    y = np.r_[np.arange(classes), np.arange(classes), pick.randint(0, classes, rows - 2 * classes)]
    x = pick.normal(0, 1, (rows, columns)) + apart * pick.normal(0, 1, (classes, columns))[y]
    x = x @ (np.eye(columns) + pick.normal(0, 0.3, (columns, columns)))
    return np.round(x, 3), y, np.round(pick.uniform(0, 3, rows), 2) + np.eye(rows)[:classes].sum(0)


def tables():
    made = {
        "two": table(1, 60, 3, 2, 0.6),
        "three": table(2, 80, 4, 3, 0.7),
        "six": table(3, 150, 5, 6, 0.8),
    }
    x, y, w = table(4, 70, 4, 3, 0.6)
    made["scales"] = np.round(x * [1, 100, 0.1, 10] + [0, 5000, 3, -20], 3), y, w
    return made


def twin(x):
    return np.c_[x, x[:, 0], np.full(len(x), 2.5)]


def floats(a):
    return np.asarray(a, dtype=float).tolist()


def logistic(sets):
    for name, (x, y, w) in sets.items():
        for c, ratio in ((1, 0), (0.05, 0), (100, 0), (None, 0), (0.2, 1), (1, 0.4)):
            if ratio and name == "six" or ratio and name == "scales":
                continue  # coefficients of an even number of classes are not unique; saga needs scaled columns
            for weights in (None, w):
                how = {"solver": "newton-cholesky"} if ratio == 0 else {"solver": "saga", "random_state": 0}
                model = LogisticRegression(
                    C=np.inf if c is None else c, l1_ratio=ratio, tol=1e-13 if ratio == 0 else 1e-14, max_iter=1000000, **how
                ).fit(x, y, sample_weight=weights)
                yield {
                    "table": name,
                    "c": c,
                    "ratio": ratio,
                    "weighted": weights is not None,
                    "coefficients": floats(model.coef_ - (model.coef_.mean(0) if c is None and len(model.coef_) > 1 else 0)),
                    "intercepts": floats(model.intercept_ - (model.intercept_.mean() if len(model.coef_) > 1 else 0)),
                    "says": floats(model.predict_proba(x[:SAID])),
                }


def linear(sets):
    for name, (x, y, _) in sets.items():
        k = len(set(y))
        for shrinkage in (None, "auto", 0, 0.3):
            for priors in (None, list(np.arange(1, k + 1) / (k * (k + 1) / 2))):
                for twins in (False, True):
                    if twins and shrinkage is not None:
                        continue
                    data = twin(x) if twins else x
                    model = LinearDiscriminantAnalysis(
                        solver="svd" if shrinkage is None else "lsqr", shrinkage=shrinkage, priors=priors
                    ).fit(data, y)
                    yield {
                        "table": name,
                        "shrinkage": shrinkage,
                        "priors": priors or [],
                        "twins": twins,
                        "coefficients": floats(model.coef_),
                        "intercepts": floats(model.intercept_),
                        "says": floats(model.predict_proba(data[:SAID])),
                    }


def quadratic(sets):
    for name, (x, y, _) in sets.items():
        k = len(set(y))
        for regularization in (0, 0.1, 1):
            for priors in (None, list(np.arange(1, k + 1) / (k * (k + 1) / 2))):
                model = QuadraticDiscriminantAnalysis(reg_param=regularization, priors=priors).fit(x, y)
                yield {
                    "table": name,
                    "regularization": regularization,
                    "priors": priors or [],
                    "scores": floats(model._decision_function(x[:SAID])),
                    "says": floats(model.predict_proba(x[:SAID])),
                }


def bayes(sets):
    for name, (x, y, w) in sets.items():
        k = len(set(y))
        for weights in (None, w):
            for priors in (None, list(np.arange(1, k + 1) / (k * (k + 1) / 2))):
                for kind, option, model, data in (
                    ("gaussian", 1e-9, GaussianNB(priors=priors), x),
                    ("gaussian", 0.1, GaussianNB(priors=priors, var_smoothing=0.1), x),
                    ("multinomial", 1, MultinomialNB(class_prior=priors), np.abs(x)),
                    ("multinomial", 0.01, MultinomialNB(alpha=0.01, class_prior=priors), np.abs(x)),
                    ("bernoulli", 0, BernoulliNB(class_prior=priors), x),
                    ("bernoulli", 0.5, BernoulliNB(alpha=0.2, binarize=0.5, class_prior=priors), x),
                ):
                    model.fit(data, y, sample_weight=weights)
                    yield {
                        "table": name,
                        "kind": kind,
                        "option": option,
                        "priors": priors or [],
                        "weighted": weights is not None,
                        "knows": floats(model.var_ if kind == "gaussian" else model.feature_log_prob_),
                        "says": floats(model.predict_proba(data[:SAID])),
                    }


def dummies(sets):
    for name, (x, y, w) in sets.items():
        for weights in (None, w):
            for kind in ("most_frequent", "prior", "stratified", "uniform", "constant"):
                for seed in (0, 4294967295) if kind in ("stratified", "uniform") else (None,):
                    model = DummyClassifier(strategy=kind, random_state=seed, constant=1).fit(x, y, sample_weight=weights)
                    yield {
                        "table": name,
                        "kind": kind.upper(),
                        "seed": seed,
                        "weighted": weights is not None,
                        "codes": model.predict(x).tolist(),
                        "says": floats(model.predict_proba(x[:SAID])),
                    }


def numbers(sets):
    for name, (x, _, w) in sets.items():
        for weights in (None, w):
            for kind, q in (("mean", None), ("median", None), ("quantile", 0.0), ("quantile", 0.3), ("quantile", 1.0)):
                if weights is not None and kind != "mean":
                    continue
                model = DummyRegressor(strategy=kind, quantile=q).fit(x, x[:, 0], sample_weight=weights)
                yield {"table": name, "kind": kind, "quantile": q, "weighted": weights is not None, "says": float(model.constant_.item())}


def main():
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message="Variables are collinear")
    sets = tables()
    made = {
        "tables": {n: {"x": floats(x), "y": y.tolist(), "weights": floats(w)} for n, (x, y, w) in sets.items()},
        "logistic": logistic(sets),
        "linear": linear(sets),
        "quadratic": quadratic(sets),
        "bayes": bayes(sets),
        "dummies": dummies(sets),
        "numbers": numbers(sets),
    }
    OUT.mkdir(exist_ok=True)
    for name, values in made.items():
        items = values.items() if isinstance(values, dict) else [(None, v) for v in values]
        lines = [(f"{json.dumps(k)}: " if k else "") + json.dumps(v, separators=(",", ":")) for k, v in items]
        left, right = ("{", "}") if isinstance(values, dict) else ("[", "]")
        (OUT / f"linear_{name}.json").write_text(f"{left}\n" + ",\n".join(lines) + f"\n{right}\n", encoding="utf-8")


main()
