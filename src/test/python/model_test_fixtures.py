"""Writes src/test/resources/evaluate/model_tests.json: tests between two models, effect sizes and intervals of
shares, by statsmodels and SciPy.

Versions: Python 3.11, SciPy 1.17.1, statsmodels 0.15.0, NumPy 2.4.6.
Run from the project's folder: python src/test/python/model_test_fixtures.py
The corrected resampled t-test and the 5x2 t-test are written out as in their papers.
"""

import json
import pathlib
import warnings

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

OUT = pathlib.Path("src/test/resources/evaluate")


def number(value):
    return "nan" if np.isnan(value) else float(value)


def pair(result):
    return [number(result.statistic), number(result.pvalue)]


def mcnemars():
    for first, second in ((0, 0), (1, 0), (3, 12), (5, 5), (17, 40), (200, 260), (0, 30), (4, 11)):
        table = [[10, first], [second, 7]]
        exact = mcnemar(table, exact=True)
        squared = mcnemar(table, exact=False, correction=True) if first + second else None
        yield {"first": first, "second": second, "exact": pair(exact), "chi": None if squared is None else pair(squared)}


def corrected(a, b, ratio):
    d = a - b
    t = d.mean() / np.sqrt((1 / len(d) + ratio) * d.var(ddof=1))
    return [number(t), number(2 * stats.t.sf(abs(t), len(d) - 1))]


def five_by_two(a, b):
    d = (a - b).reshape(5, 2)
    variances = ((d - d.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    t = d[0, 0] / np.sqrt(variances.mean())
    return [number(t), number(2 * stats.t.sf(abs(t), 5))]


def pairs(pick):
    for n in (2, 3, 5, 10, 10, 10, 13, 20, 50, 51, 60, 120):
        for digits in (16, 1):
            a = pick.normal(0.8, 0.1, n).round(digits)
            b = (a - pick.normal(0.02, 0.06, n)).round(digits)
            if digits == 1 and n > 5:
                b[:2] = a[:2]
            d = a - b
            yield {
                "a": a.tolist(),
                "b": b.tolist(),
                "t": pair(stats.ttest_rel(a, b)),
                "corrected": corrected(a, b, 0.25),
                "five by two": five_by_two(a, b) if n == 10 else None,
                "wilcoxon": pair(stats.wilcoxon(d.round(12))) if np.any(d.round(12)) else None,
                "cohen": number((a.mean() - b.mean()) / np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)),
                "paired": number(d.mean() / d.std(ddof=1)),
                "cliff": number(np.sign(a[:, None] - b[None, :]).mean()),
            }


def shares():
    for hits, rows in ((0, 10), (10, 10), (3, 7), (80, 83), (975, 1000), (1, 1)):
        for confidence in (0.95, 0.8):
            low, high = proportion_confint(hits, rows, 1 - confidence, method="wilson")
            yield {"hits": hits, "rows": rows, "confidence": confidence, "wilson": [float(low), float(high)]}


def differences():
    for a, m, b, n in ((8, 10, 5, 10), (70, 80, 60, 83), (0, 20, 3, 25), (9, 9, 8, 9)):
        low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff", alpha=0.05)
        yield {"counts": [a, m, b, n], "newcombe": [float(low), float(high)]}


def holms(pick):
    for n in (1, 2, 5, 12):
        p = pick.uniform(0, 0.2, n).round(3)
        yield {"p": p.tolist(), "holm": multipletests(p, method="holm")[1].tolist()}


def main():
    warnings.simplefilter("ignore")
    pick = np.random.RandomState(21)
    made = {
        "mcnemar": list(mcnemars()),
        "pairs": list(pairs(pick)),
        "shares": list(shares()),
        "differences": list(differences()),
        "holm": list(holms(pick)),
    }
    parts = []
    for key, cases in made.items():
        lines = [json.dumps(one, separators=(",", ":"), allow_nan=False) for one in cases]
        parts.append(f'"{key}": [\n' + ",\n".join(lines) + "\n]")
    OUT.mkdir(exist_ok=True)
    (OUT / "model_tests.json").write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


main()
