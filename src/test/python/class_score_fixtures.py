"""Writes src/test/resources/evaluate/class_scores.json, curves.json and reports.json: scores, curves and reports
of predicted classes by scikit-learn.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6.
Run from the project's folder: python src/test/python/class_score_fixtures.py
Weights null: equal weights. Score "nan": undefined. Probabilities are rounded to few digits, so that many tie.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics

OUT = pathlib.Path("src/test/resources/evaluate")
NAMES = np.array(["b", "a", "B", "é", "ab", "10", "9", "\uff5e", "\U0001d11e", "Z", "z", "ß"])
LONG = np.array(["wren", "Bewick’s swan on a lake", "wréñ", "owl", "accuracy", "a rather long name of a class", "🦉"])


def score(value):
    return "nan" if np.isnan(value) else float(value)


def listed(values):
    return None if values is None else np.asarray(values).tolist()


def weights(pick, n, case):
    return (None, pick.uniform(0, 2, n).round(3), pick.randint(0, 3, n).astype(float) + np.eye(n)[0])[case % 3]


def predictions(pick):
    """True classes, sorted classes of the model, probabilities, weights. Every class is true of a row."""
    for case in range(30):
        k = (2, 3, 4, 6, 3)[case % 5]
        n = int(pick.randint(2 * k, 40))
        classes = np.sort(pick.choice(NAMES, k, replace=False))
        steps = (4, 20, 1000)[case % 3]
        p = np.array([pick.multinomial(steps, pick.dirichlet(np.full(k, 0.8))) / steps for _ in range(n)])
        truth = np.array([pick.choice(k, p=(row + 0.2) / (row + 0.2).sum()) for row in p])
        truth[:k] = np.arange(k)
        yield classes[truth], classes, p, weights(pick, n, case // 2)


def curve(truth, p, classes, w, name):
    at = list(classes).index(name)
    points = {}
    for drop in (True, False):
        x, y, t = metrics.roc_curve(truth == name, p[:, at], sample_weight=w, drop_intermediate=drop)
        points["corners" if drop else "every"] = [[score(v) for v in x], [score(v) for v in y], ["inf", *t[1:].tolist()]]
    points["precision recall"] = [v.tolist() for v in metrics.precision_recall_curve(truth == name, p[:, at], sample_weight=w)]
    points["area"] = score(metrics.auc(x, y))
    points["average precision"] = score(metrics.average_precision_score(truth == name, p[:, at], sample_weight=w))
    return points


def scores(pick):
    made, curves = [], []
    for number, (truth, classes, p, w) in enumerate(predictions(pick)):
        labels = classes[p.argmax(axis=1)]
        two = len(classes) == 2
        for_area = p[:, 1] if two else p
        one = {"truth": truth.tolist(), "classes": classes.tolist(), "probabilities": p.tolist(), "weights": listed(w)}
        values = {}
        for average in ("macro", "micro", "weighted"):
            with_weights = {"average": average, "sample_weight": w}
            values[f"{average} precision"] = metrics.precision_score(truth, labels, **with_weights)
            values[f"{average} recall"] = metrics.recall_score(truth, labels, **with_weights)
            values[f"{average} F1"] = metrics.f1_score(truth, labels, **with_weights)
            values[f"{average} F2"] = metrics.fbeta_score(truth, labels, beta=2, **with_weights)
            values[f"{average} F0.5"] = metrics.fbeta_score(truth, labels, beta=0.5, **with_weights)
            values[f"{average} Jaccard"] = metrics.jaccard_score(truth, labels, **with_weights)
            area = metrics.roc_auc_score(truth, for_area, multi_class="ovr", labels=None if two else classes, **with_weights)
            values["ROC AUC" if average == "macro" else f"{average} ROC AUC"] = area
            one_hot = (truth[:, None] == classes).astype(int)
            values[f"{average} average precision"] = metrics.average_precision_score(one_hot, p, **with_weights)
            if average != "micro" and w is None and not two:
                area = metrics.roc_auc_score(truth, p, multi_class="ovo", average=average)
                values["one-against-one ROC AUC" if average == "macro" else "weighted one-against-one ROC AUC"] = area
        name = str(classes[number % len(classes)])
        values[f"precision of {name}"] = metrics.precision_score(truth, labels, labels=[name], average=None, sample_weight=w)[0]
        values[f"recall of {name}"] = metrics.recall_score(truth, labels, labels=[name], average=None, sample_weight=w)[0]
        values[f"F1 of {name}"] = metrics.f1_score(truth, labels, labels=[name], average=None, sample_weight=w)[0]
        values[f"Jaccard of {name}"] = metrics.jaccard_score(truth, labels, labels=[name], average=None, sample_weight=w)[0]
        values["MCC"] = metrics.matthews_corrcoef(truth, labels, sample_weight=w)
        values["kappa"] = metrics.cohen_kappa_score(truth, labels, sample_weight=w)
        values["linear kappa"] = metrics.cohen_kappa_score(truth, labels, weights="linear", labels=classes, sample_weight=w)
        values["quadratic kappa"] = metrics.cohen_kappa_score(truth, labels, weights="quadratic", labels=classes, sample_weight=w)
        values["Brier score"] = metrics.brier_score_loss(truth, p, labels=classes, sample_weight=w)
        for k in (1, 2):
            values[f"top-{k} accuracy"] = metrics.top_k_accuracy_score(truth, for_area, k=k, labels=classes, sample_weight=w)
        one["of"] = name
        one["scores"] = {key: score(value) for key, value in values.items()}
        for normalize in ("true", "pred", "all", None):
            matrix = metrics.confusion_matrix(truth, labels, sample_weight=w, normalize=normalize)
            one[f"confusion {normalize}"] = matrix.tolist()
        made.append(one)
        if number < 20:
            curves.append({"case": number, "of": name, **curve(truth, p, classes, w, name)})
    return {"cases": made}, {"cases": curves}


def reports(pick):
    made = []
    for case in range(48):
        pool = (NAMES, LONG)[case % 2]
        k = int(pick.randint(2, min(len(pool), 7)))
        classes = pick.choice(pool, k, replace=False)
        n = int(pick.randint(4, 60))
        truth = classes[pick.randint(0, k, n)]
        labels = np.where(pick.rand(n) < 0.6, truth, classes[pick.randint(0, k, n)])
        if case % 5 == 1:  # a class that is never predicted, and one that is never true
            labels[labels == classes[0]] = classes[-1]
            truth[truth == classes[-1]] = classes[0]
        w = weights(pick, n, case // 3)
        if case % 16 == 7:
            w = pick.uniform(0, 1, n) * 10.0 ** int(pick.randint(-9, 17))
        chosen = None
        if case % 4 == 2:
            chosen = pick.permutation(classes)[: max(1, k - 1)]
        if case % 8 == 3:
            chosen = np.append(np.sort(classes), "never seen")
        digits = (2, 2, 3, 0, 15, 4, 1)[case % 7]
        text = metrics.classification_report(truth, labels, labels=chosen, digits=digits, sample_weight=w)
        made.append(
            {
                "truth": truth.tolist(),
                "predicted": labels.tolist(),
                "weights": listed(w),
                "labels": listed(chosen),
                "digits": digits,
                "report": text,
            }
        )
    return {"cases": made}


def write(name, made):
    """One line for each case."""
    lines = [json.dumps(one, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for one in made["cases"]]
    OUT.mkdir(exist_ok=True)
    (OUT / name).write_text('{"cases": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def main():
    warnings.simplefilter("ignore")
    made, curves = scores(np.random.RandomState(11))
    write("class_scores.json", made)
    write("curves.json", curves)
    write("reports.json", reports(np.random.RandomState(12)))


main()
