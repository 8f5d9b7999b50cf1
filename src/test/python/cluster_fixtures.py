"""Writes the reference numbers of preparation, embedding, clustering and their scores.

Written with scikit-learn 1.9.1, SciPy 1.17.1 and NumPy 2.4.6 on Python 3. Run from the repository:

    python src/test/python/cluster_fixtures.py [TELEPHONE]

TELEPHONE is the table written by './workbench features telephone --out TELEPHONE'; default: the rows
already in data.json. Writes src/test/resources/cluster/*.json. Data are rounded to six decimals
first, so that both sides start from the same bits.
"""

import csv
import json
import os
import sys
import warnings

import numpy as np
from scipy.cluster import hierarchy
from scipy.spatial.distance import cdist, pdist
from sklearn.cluster._hdbscan import hdbscan
from sklearn.manifold import _t_sne
from sklearn.neighbors import NearestNeighbors
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
    sets["telephone"] = telephone()
    return {k: (np.round(np.asarray(x, float), 6), np.asarray(y, int)) for k, (x, y) in sets.items()}


def telephone():
    """Every eighth row of the telephone features, scaled; classes are the top-level folders."""
    if len(sys.argv) < 2:
        with open(os.path.join(OUT, "data.json")) as f:
            kept = json.load(f)["telephone"]
        return kept["x"], kept["y"]
    with open(sys.argv[1]) as f:
        rows = list(csv.DictReader(f))[::8]
    left_out = ("file", "label", "chunk", "start_s", "duration_s")
    x = np.array([[float(v) for k, v in row.items() if k not in left_out] for row in rows])
    groups = [row["file"].split("/")[0] for row in rows]
    names = sorted(set(groups))
    return np.round(preprocessing.scale(x), 3), [names.index(g) for g in groups]


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
    x += np.round(rng.rand(*x.shape) * 1e-3, 6)  # avoids ties of distances
    x[[0, 3, 5, 8], 1] = 2.5  # the most frequent value
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
    for name in ["blobs", "iris", "constant", "single", "wide", "moons", "telephone"]:
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


def agreement(truth, labels):
    h, c, v = metrics.homogeneity_completeness_v_measure(truth, labels)
    table = metrics.cluster.contingency_matrix(truth, labels)
    return {
        "homogeneity": h,
        "completeness": c,
        "vMeasure": v,
        "adjustedRand": metrics.adjusted_rand_score(truth, labels),
        "mutualInformation": metrics.mutual_info_score(truth, labels),
        "normalizedMutualInformation": metrics.normalized_mutual_info_score(truth, labels),
        "adjustedMutualInformation": metrics.adjusted_mutual_info_score(truth, labels),
        "fowlkesMallows": metrics.fowlkes_mallows_score(truth, labels),
        "purity": table.max(axis=0).sum() / table.sum(),
    }


def scores(sets):
    out = {}
    for name, (x, y) in sets.items():
        exact = cdist(x, x)  # scikit-learn's distances of equal rows are not exactly 0
        cases = []
        for k in [1, 2, 3, 5, len(x)]:
            if k > len(x):
                continue
            labels = np.arange(len(x)) if k == len(x) else (np.arange(len(x)) * 7 // 3 + (x[:, 0] > x[0, 0])) % k
            if k == 3:
                labels = cluster.KMeans(3, n_init=1, random_state=0).fit(x).labels_
            case = {"labels": labels, "agreement": agreement(y, labels)}
            if 2 <= len(set(labels)) < len(x):
                case["silhouettes"] = metrics.silhouette_samples(exact, labels, metric="precomputed")[:12]
                case["silhouette"] = metrics.silhouette_score(exact, labels, metric="precomputed")
                case["daviesBouldin"] = metrics.davies_bouldin_score(x, labels)
                case["calinskiHarabasz"] = metrics.calinski_harabasz_score(x, labels)
            cases.append(case)
        out[name] = {"cases": cases}
        if x.shape[1] > 1 and len(x) > 14:
            out[name]["trustworthiness"] = {
                k: manifold.trustworthiness(x, x[:, :1], n_neighbors=k) for k in [1, 5]
            }
    # with ties, trustworthiness depends on the order of equal distances
    for name in ["ties", "duplicates", "iris", "telephone"]:
        out[name].pop("trustworthiness")
    return out


def kmeans(sets):
    out = {}
    for name in ["blobs", "moons", "aniso", "iris", "one", "constant", "single", "wide", "telephone"]:
        x = sets[name][0]
        out[name] = []
        for k in [1, 2, 4]:
            given = cluster.KMeans(k, init=x[:: len(x) // k][:k], n_init=1, tol=0).fit(x)
            seeded = cluster.KMeans(k, n_init=10, random_state=42).fit(x)
            out[name].append(
                {
                    "k": k,
                    "start": x[:: len(x) // k][:k],
                    "labels": given.labels_,
                    "centres": given.cluster_centers_,
                    "inertia": given.inertia_,
                    "rounds": given.n_iter_,
                    "seededLabels": seeded.labels_,
                    "seededInertia": seeded.inertia_,
                }
            )
    # all starts equal: clusters become empty and are relocated
    x = sets["blobs"][0]
    start = np.vstack([x[:1], x[:1] + 50, x[:1] + 60, x[:1] + 70])
    m = cluster.KMeans(4, init=start, n_init=1, tol=0).fit(x)
    out["empty"] = {"start": start, "labels": m.labels_, "inertia": m.inertia_, "rounds": m.n_iter_}
    w = np.round(np.random.RandomState(5).rand(100) * 5, 3)
    m = cluster.KMeans(4, n_init=10, random_state=0).fit(x, sample_weight=w)
    out["weighted"] = {"weights": w, "labels": m.labels_, "inertia": m.inertia_}
    return out


def in_stable_order(tree):
    """Single linkage with a stable sort. Mutual reachability has many equal distances, and NumPy's
    unstable sort in scikit-learn orders them differently on different processors."""
    return hdbscan.make_single_linkage(tree[np.argsort(tree["distance"], kind="stable")])


def density(sets):
    hdbscan._process_mst = in_stable_order
    out = {"dbscan": {}, "hdbscan": {}}
    for name, (x, y) in sets.items():
        grid = []
        for eps in [1.5, 3.0, 4.0, 5.0] if name == "telephone" else [0.1, 0.3, 0.5, 1.0, 1.5, 3.0]:
            for m in [1, 3, 4, 6, 9]:
                grid.append([eps, m, cluster.DBSCAN(eps=eps, min_samples=m).fit(x).labels_])
        out["dbscan"][name] = grid
    for name in ["blobs", "moons", "aniso", "one", "single", "constant", "telephone"]:
        x = sets[name][0]
        cases = []
        for size, samples, method, single in [
            (5, None, "eom", False),
            (10, 3, "eom", False),
            (5, None, "leaf", False),
            (4, 2, "leaf", False),
            (5, None, "eom", True),
            (3, 1, "eom", False),
        ]:
            m = cluster.HDBSCAN(
                min_cluster_size=size,
                min_samples=samples,
                cluster_selection_method=method,
                allow_single_cluster=single,
                algorithm="brute",
                copy=True,
            ).fit(x)
            cases.append(
                {
                    "minClusterSize": size,
                    "minSamples": samples or size,
                    "leaf": method == "leaf",
                    "single": single,
                    "labels": m.labels_,
                    "probabilities": m.probabilities_,
                }
            )
        out["hdbscan"][name] = cases
    return out


LINKAGES = ["single", "complete", "average", "weighted", "centroid", "median", "ward"]


def linkages(sets):
    out = {}
    for name in ["blobs", "moons", "aniso", "duplicates", "ties", "one", "few", "single", "wide", "telephone"]:
        x = sets[name][0][:60]
        out[name] = {}
        for method in LINKAGES:
            z = hierarchy.linkage(x, method)
            case = {
                "heights": z[:, 2],
                "cophenetic": hierarchy.cophenet(z, pdist(x))[0],
                "leaves": hierarchy.leaves_list(z),
            }
            if name in ("duplicates", "ties"):
                del case["cophenetic"], case["leaves"]
            else:
                case["linkage"] = z
                case["byCount"] = hierarchy.fcluster(z, 4, "maxclust")
                case["byHeight"] = hierarchy.fcluster(z, np.median(z[:, 2]), "distance")
            out[name][method] = case
    return out


def mixtures(sets):
    out = {}
    for name in ["blobs", "aniso", "iris", "one", "single"]:
        x = sets[name][0]
        out[name] = []
        for k in [1, 2, 3]:
            for kind in ["full", "diag"]:
                means = x[:: len(x) // k][:k]
                var = x.var(axis=0)
                precision = np.stack([np.diag(1 / var)] * k) if kind == "full" else np.stack([1 / var] * k)
                m = mixture.GaussianMixture(
                    k,
                    covariance_type=kind,
                    means_init=means,
                    weights_init=np.full(k, 1 / k),
                    precisions_init=precision,
                    max_iter=500,
                    tol=1e-10,
                ).fit(x)
                out[name].append(
                    {
                        "k": k,
                        "full": kind == "full",
                        "start": means,
                        "variance": var,
                        "weights": m.weights_,
                        "means": m.means_,
                        "covariances": m.covariances_,
                        "labels": m.predict(x),
                        "probabilities": m.predict_proba(x)[:5],
                        "logLikelihood": m.score(x) * len(x),
                        "bic": m.bic(x),
                        "aic": m.aic(x),
                    }
                )
    return out


def exact_divergence(x, y, perplexity):
    """The exact divergence; scikit-learn's is approximated by Barnes–Hut."""
    k = min(len(x) - 1, int(3 * perplexity + 1))
    near = NearestNeighbors(n_neighbors=k).fit(x).kneighbors_graph(mode="distance")
    near.data **= 2
    p = _t_sne._joint_probabilities_nn(near, perplexity, 0).toarray()
    q = 1 / (1 + cdist(y, y) ** 2)
    np.fill_diagonal(q, 0)
    q /= q.sum()
    at = p > 0
    return float(np.sum(p[at] * np.log(p[at] / q[at])))


def embeddings(sets):
    out = {}
    for name in ["blobs", "iris", "moons", "telephone"]:
        x = sets[name][0]
        y = manifold.TSNE(2, perplexity=15, init="pca", random_state=0).fit_transform(x).astype(float)
        out[name] = {
            "divergence": exact_divergence(x, y, 15),
            "trustworthiness": manifold.trustworthiness(x, y, n_neighbors=5),
        }
    return out


def main():
    sets = data()
    write("data", {k: {"x": x, "y": y} for k, (x, y) in sets.items()})
    write("scaling", scaling(sets))
    write("missing", missing(sets))
    write("pca", pca(sets))
    write("scores", scores(sets))
    write("kmeans", kmeans(sets))
    write("density", density(sets))
    write("linkage", linkages(sets))
    write("mixture", mixtures(sets))
    write("embedding", embeddings(sets))


if __name__ == "__main__":
    main()
