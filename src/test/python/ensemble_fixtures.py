"""Writes src/test/resources/classify/ensembles.json: several learners as one, of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/ensemble_fixtures.py
Rows are drawn by both sides from RandomState(seed).random_sample (see EnsembleTest.rows); the rows
to predict from RandomState(seed + 1000). Learners are decision trees with the seeds and depths
named, so that only what is around them is compared, or support vectors. "calibrators" are one calibration alone: scores,
whether each row is of the class, weights, and what comes out for a grid of scores.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.calibration import CalibratedClassifierCV, _SigmoidCalibration, calibration_curve
from sklearn.ensemble import BaggingClassifier, StackingClassifier, VotingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_class_weight

OUT = pathlib.Path("src/test/resources/classify")
COLUMNS = 4
TESTED = 12


def data(seed, rows, classes):
    r = np.random.RandomState(seed)
    x = r.random_sample((rows, COLUMNS))
    noise = r.random_sample(rows)
    weights = r.random_sample(rows)
    y = np.minimum(classes - 1, np.floor((0.7 * x[:, 0] + 0.3 * noise) ** 2 * 1.4 * classes)).astype(int)
    assert len(set(y)) == classes, (seed, np.bincount(y))
    return x, np.array(list("abcdefgh"))[y], weights


def tree(seed, depth):
    return DecisionTreeClassifier(random_state=seed, max_depth=depth)


def members():
    return [("one", tree(1, 1)), ("two", tree(2, 3)), ("three", tree(3, 6))]


def case(kind, seed, rows, classes, weighted, model, **options):
    x, y, w = data(seed, rows, classes)
    tested = np.random.RandomState(seed + 1000).random_sample((TESTED, COLUMNS))
    model.fit(x, y, sample_weight=w if weighted else None)
    out = dict(kind=kind, seed=seed, rows=rows, classes=classes, weighted=weighted, options=options)
    if hasattr(model, "predict_proba"):
        out["probabilities"] = model.predict_proba(tested).tolist()
    out["predicted"] = model.predict(tested).tolist()
    if hasattr(model, "oob_score_"):
        decision = model.oob_decision_function_
        known = ~np.isnan(decision[:, 0])
        guess = model.classes_[decision[known].argmax(axis=1)]
        out["oob"] = [int(known.sum()), int((guess == y[known]).sum())]
    return out


def cases():
    for seed, classes in ((1, 2), (2, 3), (3, 5)):
        yield case("balanced", seed, 90, classes, False, DecisionTreeClassifier(random_state=3, max_depth=3, class_weight="balanced"))
        w = {"a": 2.5, "b": 0.5}
        for weighted in (False, True):
            yield case("weighted", seed, 90, classes, weighted, DecisionTreeClassifier(random_state=3, max_depth=3, class_weight=w | {c: 1 for c in "cde"[: classes - 2]}))
    for seed, classes in ((4, 2), (5, 4)):
        for weighted in (False, True):
            for voting in ("soft", "hard"):
                for weights in (None, [1, 2.5, 0.5]):
                    model = VotingClassifier(members(), voting=voting, weights=weights)
                    yield case("voting", seed, 60, classes, weighted, model, voting=voting, weights=weights)
    for seed, classes in ((6, 2), (7, 3)):
        for weighted in (False, True):
            for passthrough in (False, True):
                model = StackingClassifier(members(), final_estimator=tree(9, 3), passthrough=passthrough)
                yield case("stacking", seed, 80, classes, weighted, model, passthrough=passthrough)
    for seed, classes in ((6, 2), (7, 3)):
        svm = SVC(gamma=1.5, C=2.0)
        yield case("stacked svm", seed, 80, classes, False, StackingClassifier([("svm", svm)] + members()[:1], final_estimator=LogisticRegression(tol=1e-12, max_iter=10000)))
        for method in ("sigmoid", "isotonic"):
            yield case("calibrated svm", seed, 80, classes, False, CalibratedClassifierCV(svm, method=method), method=method, ensemble=True)
    bagging = [
        {},
        {"oob_score": True},
        {"oob_score": True, "n_estimators": 3},
        {"max_samples": 0.6, "bootstrap": False},
        {"max_samples": 0.35, "max_features": 0.5},
        {"max_features": 0.8, "bootstrap": False},
        {"max_samples": 0.995, "bootstrap": False, "n_estimators": 4},
    ]
    for at, options in enumerate(bagging):
        for weighted in (False, True):
            rows = 240 if options.get("max_samples") == 0.995 else 70
            if weighted and "max_samples" in options:
                # a share of the rows here, of the weights there
                given = options | {"max_samples": int(options["max_samples"] * rows)}
            else:
                given = options
            model = BaggingClassifier(DecisionTreeClassifier(max_depth=4), random_state=20 + at, **given)
            yield case("bagging", 8 + at, rows, 3, weighted, model, random_state=20 + at, **options)
    for seed, classes in ((31, 2), (32, 3)):
        for weighted in (False, True):
            for method in ("sigmoid", "isotonic"):
                for ensemble in (True, False):
                    model = CalibratedClassifierCV(tree(4, 4), method=method, ensemble=ensemble)
                    yield case("calibrated", seed, 150, classes, weighted, model, method=method, ensemble=ensemble)


def calibrators():
    pick = np.random.RandomState(5)
    for at in range(10):
        n = int(pick.randint(8, 60))
        scores = pick.normal(0, (1, 50, 0.1, 1, 3)[at % 5], n)
        if at % 3 == 0:
            scores = np.round(scores, 1)
        if at == 8:
            scores[:] = 0.25
        inside = pick.random_sample(n) < 1 / (1 + np.exp(-scores))
        weights = pick.random_sample(n) if at % 2 else np.ones(n)
        if at == 5:
            weights[::3] = 0
        grid = np.linspace(scores.min() - 0.5, scores.max() + 0.5, 13)
        sigmoid = _SigmoidCalibration().fit(scores, inside, weights)
        isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, inside, weights)
        yield dict(
            scores=scores.tolist(), inside=inside.astype(int).tolist(), weights=weights.tolist(), grid=grid.tolist(),
            sigmoid=sigmoid.predict(grid).tolist(), isotonic=isotonic.predict(grid).tolist(),
            corners=isotonic.X_thresholds_.tolist(),
        )


def class_weights():
    y = np.array(list("abbcccccab"))
    w = np.array([0.5, 1, 2, 0, 1, 1, 3, 1, 0.25, 1])
    return compute_class_weight("balanced", classes=np.unique(y), y=y, sample_weight=w).tolist()


def curves():
    pick = np.random.RandomState(6)
    for n, bins in ((7, 5), (60, 5), (200, 10), (200, 3)):
        p = pick.random_sample(n)
        if n == 60:
            p = np.round(p, 1)  # on the edges, with ties
        inside = pick.random_sample(n) < p**1.5
        for strategy in ("uniform", "quantile"):
            true, predicted = calibration_curve(inside, p, n_bins=bins, strategy=strategy)
            yield dict(
                probabilities=p.tolist(), inside=inside.astype(int).tolist(), bins=bins, quantile=strategy == "quantile",
                true=true.tolist(), predicted=predicted.tolist(),
            )


def lines(values):
    return "[\n" + ",\n".join(json.dumps(v, separators=(",", ":")) for v in values) + "\n]"


def main():
    warnings.simplefilter("ignore")
    OUT.mkdir(exist_ok=True)
    (OUT / "ensembles.json").write_text(
        '{"cases": ' + lines(cases()) + ',\n"calibrators": ' + lines(calibrators())
        + ',\n"balanced": ' + json.dumps(class_weights()) + "}\n"
    )
    (OUT.parent / "evaluate" / "reliability.json").write_text(lines(curves()) + "\n")


main()
