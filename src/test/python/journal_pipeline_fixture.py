"""Writes src/test/resources/classify/journal_clips.csv and journal_pipeline.txt.

The table has the form of the journal's: 330 clips with 38 features, of music, dialogue or both, and
some missing cells. The text is what scikit-learn prints for the journal's week on it: 83 clips held
back, a random search of 20 candidates on 3 folds for a forest and for boosting, and the soft vote
that leans to boosting. JournalPipelineIT prints the same lines.

Versions: Python 3.11, scikit-learn 1.9.1, NumPy 2.4.6, SciPy 1.17.1.
Run from the project's folder: python src/test/python/journal_pipeline_fixture.py

Numbers are printed with all digits (repr) where both sides compute them with the same operations,
and with 12 decimals otherwise: the learning rates drawn, as NumPy's exponential differs in the last
bit from processor to processor, and boosting, where scikit-learn adds up the rows of a node in
another order.
"""

import contextlib
import csv
import pathlib

import numpy as np
from scipy.stats import loguniform, randint, uniform
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier, VotingClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    classification_report,
    cohen_kappa_score,
    confusion_matrix,
    log_loss,
    matthews_corrcoef,
    roc_auc_score,
)
from sklearn.model_selection import (
    RandomizedSearchCV,
    StratifiedKFold,
    cross_val_score,
    train_test_split,
)
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

OUT = pathlib.Path("src/test/resources/classify")
SEED = 42
ROWS = 330
KINDS = ["mfcc_mean", "mfcc_std", "chroma"]
NAMES = [f"{kind}_{n:02d}" for kind, count in zip(KINDS, (13, 13, 12)) for n in range(1, count + 1)]


def write_table(path):
    r = np.random.RandomState(2024)
    part = r.choice([0.0, 1.0, 0.5], ROWS, p=[0.42, 0.36, 0.22])  # how much of a clip is dialogue
    heard = np.clip(part + 0.19 * r.standard_normal(ROWS), 0, 1)
    centre = 1.4 * r.standard_normal(len(NAMES))
    slope = 1.7 * r.standard_normal(len(NAMES)) * (r.random_sample(len(NAMES)) < 0.45)
    bend = 2.0 * r.standard_normal(len(NAMES)) * (r.random_sample(len(NAMES)) < 0.2)
    x = centre + np.outer(heard, slope) + np.outer(4 * heard * (1 - heard), bend)
    x += 1.1 * r.standard_normal(x.shape)
    missing = r.random_sample(x.shape) < 0.004
    kinds = {0.0: "music", 1.0: "dialogue", 0.5: "both"}
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*NAMES, "kind"])
        for cells, gone, share in zip(x, missing, part):
            out.writerow(["" if g else f"{c:.2f}" for c, g in zip(cells, gone)] + [kinds[share]])


def read_table(path):
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    x = np.array([[float(cell) if cell else np.nan for cell in row[:-1]] for row in rows])
    return x, np.array([row[-1] for row in rows])


def pipeline(name, learner):
    steps = [("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())]
    return Pipeline([*steps, (name, learner)])


def folds():
    return StratifiedKFold(n_splits=3, shuffle=True, random_state=SEED)


def search(name, learner, options, x, y):
    print(f"\n== {name}: random search")
    options = {f"{name}__{option}": values for option, values in options.items()}
    found = RandomizedSearchCV(
        pipeline(name, learner),
        options,
        n_iter=20,
        cv=folds(),
        random_state=SEED,
        scoring="accuracy",
        verbose=1,
    ).fit(x, y)
    table = found.cv_results_
    for c, setting in enumerate(table["params"]):
        scores = [float(table[f"split{f}_test_score"][c]) for f in range(3)]
        mean, std, rank = (table[f"{what}_test_score"][c] for what in ("mean", "std", "rank"))
        print(f"{c:2d} {plain(setting)} {scores} mean {mean} std {std} rank {rank}")
    print(f"Best parameters: {plain(found.best_params_)}")
    print(f"Best score: {found.best_score_}")
    return found.best_estimator_


def plain(setting):
    """NumPy's numbers as Python's, which print without their type; the rate to 12 decimals."""
    values = {k: v.item() if isinstance(v, np.generic) else v for k, v in setting.items()}
    return {k: round(v, 12) if k.endswith("rate") else v for k, v in values.items()}


def report(name, model, x, y, tested, truth, exact):
    print(f"\n== {name}: {len(truth)} clips held back")
    model.fit(x, y)
    predicted = model.predict(tested)
    p = model.predict_proba(tested)
    print(f"Accuracy: {accuracy_score(truth, predicted)}")
    print(classification_report(truth, predicted))
    print(classification_report(truth, predicted, digits=4))
    print("Confusion matrix")
    print(confusion_matrix(truth, predicted))
    print(f"Balanced accuracy: {balanced_accuracy_score(truth, predicted):.12f}")
    print(f"Kappa: {cohen_kappa_score(truth, predicted):.12f}")
    print(f"Matthews: {matthews_corrcoef(truth, predicted):.12f}")
    print(f"Log loss: {log_loss(truth, p):.12f}")
    print(f"ROC AUC: {roc_auc_score(truth, p, multi_class='ovr'):.12f}")
    for i, (kind, row) in enumerate(zip(truth, p)):
        shown = " ".join(str(v) if exact else f"{v:.12f}" for v in row)
        print(f"{i:2d} {kind} {predicted[i]} {shown}")
    scores = cross_val_score(model, x, y, cv=folds())
    print(f"Cross-validation: {scores.tolist()}")
    print(f"{scores.mean()} (+/- {scores.std():.12f})")
    return model


def importances(name, model, exact):
    print(f"\n== {name}: the ten most important features")
    shares = model.named_steps[name].feature_importances_
    for j in np.argsort(-shares, kind="stable")[:10]:
        print(f"{NAMES[j]} {shares[j]}" if exact else f"{NAMES[j]} {shares[j]:.12f}")


def run():
    x, y = read_table(OUT / "journal_clips.csv")
    names, counts = np.unique(y, return_counts=True)
    print(f"{len(x)} clips, {x.shape[1]} features, {np.isnan(x).sum()} missing cells")
    print({str(n): int(c) for n, c in zip(names, counts)})
    train, test = train_test_split(np.arange(ROWS), test_size=0.25, stratify=y, random_state=SEED)
    print(f"Training: {train.tolist()}")
    print(f"Held back: {test.tolist()}")
    x, y, tested, truth = x[train], y[train], x[test], y[test]

    forest = search(
        "forest",
        RandomForestClassifier(random_state=SEED),
        {
            "n_estimators": [20, 30, 50, 80],
            "max_depth": [None, 4, 8, 16],
            "min_samples_split": [2, 5, 10],
            "min_samples_leaf": [1, 2, 4],
            "max_features": ["sqrt", "log2", 12],
            "criterion": ["gini", "entropy"],
            "bootstrap": [True, False],
        },
        x,
        y,
    )
    boosting = search(
        "boosting",
        GradientBoostingClassifier(random_state=SEED),
        {
            "n_estimators": randint(10, 31),
            "learning_rate": loguniform(0.03, 0.4),
            "max_depth": randint(1, 5),
            "subsample": uniform(0.5, 0.5),
            "min_samples_leaf": [1, 3, 8],
            "max_features": [None, 6, 12],
        },
        x,
        y,
    )
    vote = VotingClassifier(
        [("forest", forest), ("boosting", boosting)], voting="soft", weights=[1, 2]
    )
    report("forest", forest, x, y, tested, truth, True)
    importances("forest", forest, True)
    report("boosting", boosting, x, y, tested, truth, False)
    importances("boosting", boosting, False)
    report("soft vote", vote, x, y, tested, truth, False)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    write_table(OUT / "journal_clips.csv")
    with (OUT / "journal_pipeline.txt").open("w", newline="\n") as file:
        with contextlib.redirect_stdout(file):
            run()


main()
