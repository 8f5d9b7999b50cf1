"""Writes the reference numbers of preparation, embedding, clustering and their scores.

Written with scikit-learn 1.9.1, SciPy 1.17.1 and NumPy 2.4.6 on Python 3. Run from the repository:

    python src/test/python/cluster_fixtures.py

It writes src/test/resources/cluster/*.json. Data are rounded to six decimals first, so that both
sides start from the same bits.
"""

import json
import os
import warnings

import numpy as np
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist
from sklearn import cluster, datasets, decomposition, impute, manifold, metrics, mixture, preprocessing

OUT = os.path.join(os.path.dirname(__file__), "..", "resources", "cluster")
warnings.simplefilter("ignore")


def data():
    rng = np.random.RandomState(7)
    sets = {}
    sets["blobs"] = datasets.make_blobs(100, 4, centers=4, cluster_std=1.2, random_state=1)
    sets["moons"] = datasets.make_moons(120, noise=0.06, random_state=2)
    x, y = datasets.make_blobs(100, 2, centers=3, random_state=170)
    sets["aniso"] = (x @ np.array([[0.6, -0.6], [-0.4, 0.8]]), y)
    sets["iris"] = datasets.load_iris(return_X_y=True)
    x = rng.randn(20, 3)
    sets["duplicates"] = (x[rng.randint(0, 20, 60)], rng.randint(0, 3, 60))
    g = np.stack(np.meshgrid(np.arange(7.0), np.arange(7.0)), -1).reshape(-1, 2)
    sets["ties"] = (g, (g[:, 0] > 3).astype(int))
    sets["one"] = (rng.randn(60, 3), np.zeros(60, int))
    sets["few"] = (rng.randn(5, 3), np.array([0, 0, 1, 1, 2]))
    x = rng.randn(40, 4)
    x[:, 2] = 3.25
    sets["constant"] = (x, rng.randint(0, 2, 40))
    x = np.concatenate([rng.randn(25, 1), 8 + rng.randn(25, 1)])
    sets["single"] = (x, np.repeat([0, 1], 25))
    sets["wide"] = (rng.randn(12, 30), np.repeat([0, 1, 2], 4))
    return {k: (np.round(np.asarray(x, float), 6), np.asarray(y, int)) for k, (x, y) in sets.items()}


def plain(value):
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value


def write(name, value):
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, name + ".json"), "w") as f:
        json.dump(plain(value), f, separators=(",", ":"))
        f.write("\n")


def scaling(sets):
    out = {}
    for name in ["blobs", "constant", "single", "duplicates"]:
        x = sets[name][0]
        standard = preprocessing.StandardScaler().fit(x)
        minmax = preprocessing.MinMaxScaler().fit(x)
        robust = preprocessing.RobustScaler().fit(x)
        out[name] = {
            "STANDARD": {"centre": standard.mean_, "scale": standard.scale_},
            "MIN_MAX": {"centre": minmax.data_min_, "scale": 1 / minmax.scale_},
            "ROBUST": {"centre": robust.center_, "scale": robust.scale_},
        }
    return out


def missing(sets):
    x = sets["blobs"][0][::3].round(1).copy()
    rng = np.random.RandomState(3)
    x[rng.rand(*x.shape) < 0.2] = np.nan
    other = sets["blobs"][0][1::12].copy()
    other[rng.rand(*other.shape) < 0.3] = np.nan
    x += np.round(rng.rand(*x.shape) * 1e-3, 6)  # nearest rows without ties
    x[[0, 3, 5, 8], 1] = 2.5  # the most frequent
    out = {"x": x, "other": other}
    for how, strategy in [("MEAN", "mean"), ("MEDIAN", "median"), ("MOST_FREQUENT", "most_frequent")]:
        filler = impute.SimpleImputer(strategy=strategy).fit(x)
        out[how] = {"x": filler.transform(x), "other": filler.transform(other)}
    for k in [1, 3, 5]:
        filler = impute.KNNImputer(n_neighbors=k).fit(x)
        out["KNN%d" % k] = {"x": filler.transform(x), "other": filler.transform(other)}
    return out


def pca(sets):
    out = {}
    for name in ["blobs", "iris", "constant", "single", "wide", "moons"]:
        x = sets[name][0]
        p = decomposition.PCA(svd_solver="full").fit(x)
        w = decomposition.PCA(n_components=min(2, x.shape[1]), whiten=True, svd_solver="full").fit(x)
        keep = int((p.explained_variance_ > 1e-12 * p.explained_variance_[0]).sum())
        out[name] = {
            "keep": keep,
            "mean": p.mean_,
            "variance": p.explained_variance_[:keep],
            "ratio": p.explained_variance_ratio_[:keep],
            "components": p.components_[:keep],
            "scores": p.transform(x)[:4, :keep],
            "whitened": w.transform(x)[:4],
        }
    return out


def main():
    sets = data()
    write("data", {k: {"x": x, "y": y} for k, (x, y) in sets.items()})
    write("scaling", scaling(sets))
    write("missing", missing(sets))
    write("pca", pca(sets))


if __name__ == "__main__":
    main()
