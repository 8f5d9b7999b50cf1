"""Writes reference numbers of hard inputs: constant targets, constant columns, rows far from zero.

Written with scikit-learn 1.9.1, SciPy 1.17.1, pandas 3.0.6 and NumPy 2.4.6 on Python 3. Run from the
repository:

    python src/test/python/number_fixtures.py

Writes src/test/resources/evaluate/numbers.json. The rows far from zero are multiples of 1/1024 plus
an offset, so that both are exact; the references are computed before the offset is added.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import linkage
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.metrics import (
    calinski_harabasz_score,
    davies_bouldin_score,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
    silhouette_score,
)
from sklearn.mixture import GaussianMixture

OUT = Path(__file__).resolve().parent.parent / "resources" / "evaluate" / "numbers.json"
warnings.simplefilter("ignore")


def word(value):
    value = float(value)
    return value if np.isfinite(value) else "nan" if np.isnan(value) else "inf"


def scores():
    cases = []
    for truth, predicted, weights in [
        ([3, 3, 3], [3, 3, 3], None),
        ([3, 3, 3], [3, 3, 4], None),
        ([0, 0], [0, 0], None),
        ([0, 0], [1e-9, 0], None),
        ([1, 2, 4], [1, 2, 4], None),
        ([1, 2, 4], [2, 2, 3], None),
        ([5], [5], None),
        ([5, 5, 9], [5, 5, 0], [1, 2, 0]),
        ([5, 5, 9], [5, 4, 9], [1, 2, 0]),
        ([1, 2, 4], [2, 2, 3], [1, 3, 0.5]),
    ]:
        cases.append(
            {
                "truth": truth,
                "predicted": predicted,
                "weights": weights,
                "r2": word(r2_score(truth, predicted, sample_weight=weights)),
                "mae": mean_absolute_error(truth, predicted, sample_weight=weights),
                "rmse": float(np.sqrt(mean_squared_error(truth, predicted, sample_weight=weights))),
            }
        )
    return cases


def correlations():
    nan = float("nan")
    cases = []
    for a, b in [
        ([0.1, 0.1, 0.1], [1, 2, 3]),
        ([1, 2, 3], [7, 7, 7]),
        ([0.3, 0.3, 0.3], [0.7, 0.7, 0.7]),
        ([1, 2, nan, 4], [2, 2, 9, 2]),
        ([1, nan, 3], [nan, 2, 5]),
        ([1, 2, 3, 4], [1, 3, 2, 9]),
        ([1, 2, 3], [-2, -4, -6]),
    ]:
        frame = pd.DataFrame({"a": a, "b": b}, dtype=float)
        cases.append(
            {
                "a": [word(v) for v in a],
                "b": [word(v) for v in b],
                "correlation": word(frame.corr().loc["a", "b"]),
                "own": word(frame.corr().loc["a", "a"]),
            }
        )
    return cases


def far():
    random = np.random.RandomState(3)
    x = np.vstack([random.normal(m, 1, size=(25, 3)) for m in (0, 4, 9)])
    x = np.round(x * 1024) / 1024
    labels = np.repeat([0, 1, 2], 25)
    mixture = GaussianMixture(3, random_state=0, tol=1e-12, max_iter=2000, means_init=[[0] * 3, [4] * 3, [9] * 3]).fit(x)
    return {
        "x": x.tolist(),
        "labels": labels.tolist(),
        "linkage": {m: linkage(x, m).tolist() for m in ("ward", "centroid", "median", "average")},
        "calinskiHarabasz": calinski_harabasz_score(x, labels),
        "daviesBouldin": davies_bouldin_score(x, labels),
        "silhouette": silhouette_score(x, labels),
        "kMeansInertia": KMeans(3, n_init=10, random_state=0).fit(x).inertia_,
        "kMeansLabels": KMeans(3, n_init=10, random_state=0).fit(x).labels_.tolist(),
        "pcaVariance": PCA().fit(x).explained_variance_.tolist(),
        "mixtureLogLikelihood": float(mixture.score(x) * len(x)),
        "deviations": x.std(axis=0).tolist(),
    }


def cut_off():
    """A column so wide that another falls below scikit-learn's cut-off, 1e-6 of the largest."""
    x = np.array([[0.5, 1e7], [1.5, 3e7], [2.5, 2e7], [3.5, 5e7], [4.5, 4e7], [6.5, 1e7]])
    y = 3 + 2 * x[:, 0] + 1e-7 * x[:, 1]
    now = LinearRegression().fit(x, y)
    exact = LinearRegression(tol=np.finfo(float).eps * len(x)).fit(x, y)
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "coefficients": now.coef_.tolist(),
        "rank": int(now.rank_),
        "exact": exact.coef_.tolist(),
        "exactRank": int(exact.rank_),
    }


def main():
    out = {"scores": scores(), "correlations": correlations(), "far": far(), "cutOff": cut_off()}
    OUT.write_text(json.dumps(out) + "\n", encoding="utf-8")
    print(out["cutOff"], [c["r2"] for c in out["scores"]], [(c["correlation"], c["own"]) for c in out["correlations"]])


if __name__ == "__main__":
    main()
