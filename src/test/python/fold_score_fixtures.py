"""Writes src/test/resources/evaluate/folds.json, repeated.json and scores.json: folds and scores of scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/fold_score_fixtures.py
A fold is the list of its test rows; its training rows are all others, except for time series folds,
which list them. Folds "empty": a fold would have no rows. Weights null: equal weights. Score "nan":
undefined.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics
from sklearn import model_selection as ms

OUT = pathlib.Path("src/test/resources/evaluate")
# the last two are ordered differently by code point and by UTF-16 unit
NAMES = np.array(["b", "a", "B", "é", "ab", "10", "9", "\uff5e", "\U0001d11e", "Z", "z", "ß"])


def fold_sets(pick):
    """Name, classes and groups of small sets of rows."""

    def texts(numbers):
        return NAMES[np.asarray(numbers)]

    def groups(numbers):
        return np.array([f"r{g}" for g in numbers])

    yield "even", texts([0, 1] * 6), groups(np.repeat(np.arange(6), 2))
    yield "ties", texts(np.repeat([2, 1, 0], 4)), groups(np.tile(np.arange(6), 2))
    yield "rare", texts([0] * 17 + [7] * 3 + [8] * 2 + [3]), groups(pick.randint(0, 11, 23))
    yield "uneven groups", texts(pick.randint(0, 3, 30)), groups([0] * 12 + [1] * 7 + [2] * 4 + [3] * 4 + [10, 9, 11])
    yield "pure groups", texts(np.repeat([7, 8, 0], 9)), NAMES[np.repeat(np.arange(9), 3)]
    yield "many classes", texts(pick.randint(0, 12, 70)), groups(pick.randint(0, 15, 70))
    yield "a fold left empty", texts([0, 1, 2, 3, 0] * 2 + [0, 1]), groups([0, 1, 2, 3, 4] * 2 + [0, 1])
    for number in range(14):
        n = int(pick.randint(12, 60))
        classes = pick.choice(int(pick.randint(2, 9)), n, p=None)
        skewed = np.minimum(classes, pick.randint(0, 9, n)) if number % 2 else classes
        if len(set(skewed)) < 2:
            skewed[0] = 1 - skewed[0]
        yield f"random {number}", texts(skewed), groups(pick.randint(0, int(pick.randint(4, 20)), n))


def folds(pick):
    sets, cases = {}, []
    for name, classes, groups in fold_sets(pick):
        n = len(classes)
        rows = np.arange(n)
        sets[name] = {"classes": classes.tolist(), "groups": groups.tolist()}

        def add(kind, folds, k=0, seed=None):
            try:
                made = [(a.tolist(), b.tolist()) for a, b in folds.split(rows, classes, groups)]
            except ValueError:
                return  # too few rows of a class, or groups
            case = {"set": name, "kind": kind, "k": k, "seed": seed, "test": [test for _, test in made]}
            if kind == "inTime":
                case["train"] = [train for train, _ in made]
            else:
                for train, test in made:
                    assert train == sorted(set(range(n)) - set(test)), (name, kind)
            if any(not test for _, test in made):
                case["test"] = "empty"
            cases.append(case)

        for k in (2, 3, 5, 10):
            add("of", ms.KFold(k), k)
            add("stratified", ms.StratifiedKFold(k), k)
            add("grouped", ms.GroupKFold(k), k)
            add("stratifiedGrouped", ms.StratifiedGroupKFold(k), k)
            add("inTime", ms.TimeSeriesSplit(k), k)
            for seed in (42, 4294967295 if k == 3 else k):
                shuffle = {"shuffle": True, "random_state": seed}
                add("shuffled", ms.KFold(k, **shuffle), k, seed)
                add("stratified", ms.StratifiedKFold(k, **shuffle), k, seed)
                add("stratifiedGrouped", ms.StratifiedGroupKFold(k, **shuffle), k, seed)
        add("leaveOneGroupOut", ms.LeaveOneGroupOut())
        if n < 20:
            add("leaveOneOut", ms.LeaveOneOut())
    return {"sets": sets, "cases": cases}


def repeated(pick):
    """Folds several times over, shuffled groups, and random splits, whose training rows are listed too."""
    sets, cases = {}, []
    for name, classes, groups in list(fold_sets(pick))[:9]:
        sets[name] = {"classes": classes.tolist(), "groups": groups.tolist()}
        seed = len(name)

        def add(kind, folds, k, times=1):
            try:
                made = [(a.tolist(), b.tolist()) for a, b in folds.split(np.arange(len(classes)), classes, groups)]
            except ValueError:
                return  # too few rows of a class, or groups
            case = {"set": name, "kind": kind, "k": k, "times": times, "seed": seed, "test": [test for _, test in made]}
            if any(not test for _, test in made):
                case["test"] = "empty"
            elif kind.startswith("random"):
                case["train"] = [train for train, _ in made]
            cases.append(case)

        def groups_again(folds, times):
            """As RepeatedKFold does for its folds."""
            draws = np.random.RandomState(seed)

            class Again:
                def split(self, *rows):
                    for _ in range(times):
                        yield from folds(draws).split(*rows)

            return Again()

        add("shuffled", ms.RepeatedKFold(n_splits=3, n_repeats=2, random_state=seed), 3, 2)
        add("stratified", ms.RepeatedStratifiedKFold(n_splits=3, n_repeats=3, random_state=seed), 3, 3)
        add("stratified", ms.RepeatedStratifiedKFold(n_splits=2, n_repeats=5, random_state=seed), 2, 5)
        add("grouped", ms.GroupKFold(4, shuffle=True, random_state=seed), 4)
        add("grouped", groups_again(lambda r: ms.GroupKFold(3, shuffle=True, random_state=r), 2), 3, 2)
        add("stratifiedGrouped", groups_again(lambda r: ms.StratifiedGroupKFold(2, shuffle=True, random_state=r), 3), 2, 3)
        add("random", ms.ShuffleSplit(2, test_size=0.3, random_state=seed), 2)
        add("randomStratified", ms.StratifiedShuffleSplit(2, test_size=0.3, random_state=seed), 2)
        add("randomGrouped", ms.GroupShuffleSplit(2, test_size=0.3, random_state=seed), 2)
    return {"sets": sets, "cases": cases}


def number_cases(pick):
    for n in (2, 3, 8, 129, 400):
        truth = pick.normal(100, 30, n)
        predicted = truth + pick.normal(0, 10, n)
        for weights in (None, pick.uniform(0, 3, n), pick.randint(0, 2, n) + np.eye(n)[0]):
            yield truth, predicted, weights
    yield np.full(4, 2.5), np.array([2.5, 1, 2, 3]), None
    yield np.full(4, 2.5), np.full(4, 2.5), np.arange(4.0)
    yield np.array([1.0]), np.array([2.0]), None
    yield np.array([1.0, 2.0, 2.0]), np.array([1.0, 2.0, 2.5]), np.array([0.0, 1.0, 2.0])


def class_cases(pick):
    """True classes, class order of the predictions, probabilities, weights."""
    for case in range(36):
        k = (2, 3, 3, 5)[case % 4]
        n = int(pick.randint(5, 60))
        classes = pick.choice(NAMES, k, replace=False)
        if case % 3 == 0:  # with many ties
            probabilities = np.array([pick.multinomial(4, np.full(k, 1 / k)) / 4 for _ in range(n)])
        else:
            probabilities = pick.dirichlet(np.full(k, 0.7), n)
        drawn = [pick.choice(k, p=(p + 0.3) / (p + 0.3).sum()) for p in probabilities]
        truth = classes[np.array(drawn)]
        if case in (9, 10, 11):  # a true class that is not in the training data
            truth[:2] = "q"
        if case in (13, 14, 15):  # a class without rows
            truth[truth == classes[0]] = classes[1]
        weights = (None, pick.uniform(0, 2, n), pick.randint(0, 3, n).astype(float) + np.eye(n)[0])[pick.randint(3)]
        yield truth, classes, probabilities, weights


def score(value):
    return "nan" if np.isnan(value) else float(value)


def scores(pick):
    numbers, classes, clusters = [], [], []
    for truth, predicted, w in number_cases(pick):
        numbers.append(
            {
                "truth": truth.tolist(),
                "predicted": predicted.tolist(),
                "weights": None if w is None else w.tolist(),
                "RMSE": score(metrics.root_mean_squared_error(truth, predicted, sample_weight=w)),
                "MAE": score(metrics.mean_absolute_error(truth, predicted, sample_weight=w)),
                "R²": score(metrics.r2_score(truth, predicted, sample_weight=w)),
            }
        )
    for truth, names, p, w in class_cases(pick):
        labels = names[p.argmax(axis=1)]
        every = np.unique(np.concatenate([truth, names]))
        padded = np.zeros((len(truth), len(every)))
        padded[:, np.searchsorted(every, names)] = p
        area = (
            metrics.roc_auc_score(truth, padded[:, 1], sample_weight=w)
            if len(every) == 2
            else metrics.roc_auc_score(truth, padded, multi_class="ovr", labels=every, sample_weight=w)
        )
        classes.append(
            {
                "truth": truth.tolist(),
                "classes": names.tolist(),
                "probabilities": p.tolist(),
                "weights": None if w is None else w.tolist(),
                "accuracy": score(metrics.accuracy_score(truth, labels, sample_weight=w)),
                "balanced accuracy": score(metrics.balanced_accuracy_score(truth, labels, sample_weight=w)),
                "macro F1": score(metrics.f1_score(truth, labels, average="macro", sample_weight=w)),
                "weighted F1": score(metrics.f1_score(truth, labels, average="weighted", sample_weight=w)),
                "log loss": score(metrics.log_loss(truth, padded, labels=every, sample_weight=w)),
                "ROC AUC": score(area),
            }
        )
    for _ in range(8):
        n = int(pick.randint(4, 40))
        truth = NAMES[pick.randint(0, 4, n)]
        labels = pick.randint(-1, 3, n)
        clusters.append(
            {
                "truth": truth.tolist(),
                "labels": labels.tolist(),
                "adjusted Rand": score(metrics.adjusted_rand_score(truth, labels)),
                "V-measure": score(metrics.v_measure_score(truth, labels)),
            }
        )
    return {"numbers": numbers, "classes": classes, "clusters": clusters}


def write(name, made):
    """One line for each set or case."""
    parts = []
    for key, values in made.items():
        items = values.items() if isinstance(values, dict) else [(None, v) for v in values]
        lines = [(f"{json.dumps(k, ensure_ascii=False)}: " if k else "") + json.dumps(v, ensure_ascii=False, separators=(",", ":")) for k, v in items]
        left, right = ("{", "}") if isinstance(values, dict) else ("[", "]")
        parts.append(f'"{key}": {left}\n' + ",\n".join(lines) + f"\n{right}")
    OUT.mkdir(exist_ok=True)
    (OUT / name).write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def main():
    warnings.simplefilter("ignore")
    write("folds.json", folds(np.random.RandomState(7)))
    write("repeated.json", repeated(np.random.RandomState(9)))
    write("scores.json", scores(np.random.RandomState(8)))


main()
