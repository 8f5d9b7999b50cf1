"""Clustering beside scikit-learn and SciPy, and beside Smile's own where it has the method.

    ./workbench bench clustering [--rows 5000,30000] [--only TASK,...] [--turns N]

The data are eight blobs in 38 scaled columns. Both sides do the same piece of work in turns on all
cores, and their answers are compared. A run of some rows replaces these rows in the results and
leaves the others as they are.
"""

import argparse
import json
import resource
import time

import numpy as np
from scipy.cluster.hierarchy import linkage
from sklearn.cluster import DBSCAN, HDBSCAN, KMeans
from sklearn.datasets import make_blobs
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.metrics import silhouette_samples

import sides

KS = range(2, 9)
EPS = np.linspace(0.01, 3, 30)
SAMPLES = range(3, 10)


def data(rows):
    x, _ = make_blobs(rows, 38, centers=8, cluster_std=2.5, random_state=0)
    return np.ascontiguousarray((x - x.mean(axis=0)) / x.std(axis=0))


class Peer:
    """scikit-learn's side; every task gives what it found in one number or a few, to be compared."""

    def __init__(self, x):
        self.x = x
        self.labels = None

    def pca(self):
        pca = PCA()
        pca.fit_transform(self.x)  # ours gives the scores with the fit
        return [pca.explained_variance_ratio_[0]]

    def kmeans(self):
        fits = [KMeans(k, n_init=10, random_state=42).fit(self.x) for k in KS]
        self.labels = [f.labels_ for f in fits]
        return [f.inertia_ for f in fits]

    def silhouettes(self):
        return [silhouette_samples(self.x, labels).mean() for labels in self.labels]

    def grid(self):
        # above 10,000 rows every fifth radius at one minSamples stands for all 210 settings
        whole = len(self.x) <= 10_000
        found = []
        for eps in EPS if whole else EPS[4::5]:
            for samples in SAMPLES if whole else [5]:
                fit = DBSCAN(eps=eps, min_samples=samples, n_jobs=-1).fit(self.x)
                found.append(int(fit.labels_.max()) + 1)
        return found

    def hdbscan(self):
        return [int(HDBSCAN(min_cluster_size=10, n_jobs=-1, copy=True).fit(self.x).labels_.max()) + 1]

    def ward(self):
        return [linkage(self.x, "ward")[-1, 2]]

    def tsne(self):
        fit = TSNE(2, init="pca", random_state=42, n_jobs=-1).fit(self.x)
        return [float(fit.kl_divergence_)]


NAMES = {
    "pca": "PCA with its scores, all 38 components",
    "kmeans": "k-means, k = 2…8, 10 restarts",
    "silhouettes": "silhouettes for seven k",
    "grid": "DBSCAN grid, 210 settings",
    "hdbscan": "HDBSCAN",
    "ward": "Ward linkage",
    "tsne": "t-SNE",
}
ALIKE = {"kmeans": 5e-3, "tsne": 0.02, "hdbscan": 0.2}  # others: 1e-6


def alike(task, ours, theirs):
    worst = max(abs(a - b) / max(abs(b), 1e-9) for a, b in zip(ours, theirs))
    if worst > ALIKE.get(task, 1e-6):
        print(f"  {task}: ours {ours}, peer {theirs}")
    return sides.significant(worst)


def measure(rows, tasks, turns, folder):
    x = data(rows)
    file = folder / f"clustering-{rows}.f64"
    x.astype("<f8").tofile(file)
    peer = Peer(x)
    java = sides.JavaSide("fieldnotes.bench.ClusteringBench", file, rows, options=["-Xmx4g"])
    if "silhouettes" in tasks:
        peer.kmeans()
        java.ask("kmeans")
    results = []
    for task in tasks:
        if turns > 1:
            java.ask(task)  # once to warm up, as a session is warm
        ours, theirs = [], []
        for _ in range(turns):
            answer = java.ask(task)
            start = time.perf_counter()
            found = getattr(peer, task)()
            seconds = time.perf_counter() - start
            share = 1
            if task == "grid":
                mine = answer["found"]
                if len(found) < 210:
                    mine = [mine[e * 7 + 2] for e in range(4, 30, 5)]
                    share = 210 / len(found)
                answer["found"] = mine
            ours.append(answer["seconds"])
            theirs.append(seconds * share)
        more = {"difference": alike(task, answer["found"], found)}
        if rows <= 5_000 and task not in ("silhouettes",):
            more["smile"] = java.ask("smile-" + task)["seconds"]
        if task == "grid":
            more["note"] = (
                f"peer measured on {len(found)} of 210 settings; Smile on one setting, times 210"
            )
        more["megabytes"] = {  # the most that each process has held up to here
            "ours": java.ask("memory")["megabytes"],
            "peer": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        results.append(sides.row(f"{NAMES[task]}, {rows:,} × 38", ours, theirs, **more))
        print(results[-1], flush=True)
    java.close()
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", default="5000,30000")
    parser.add_argument("--only", default=",".join(NAMES))
    parser.add_argument("--turns", type=int)
    options = parser.parse_args()
    folder = sides.HOME / "target" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [t for t in NAMES if t in options.only.split(",")]
    results = []
    for rows in map(int, options.rows.split(",")):
        turns = options.turns or (3 if rows <= 10_000 else 1)
        results += measure(rows, tasks, turns, folder)
    path = sides.RESULTS / "clustering.json"
    if path.exists():
        new = {r["name"] for r in results}
        old = json.loads(path.read_text(encoding="utf-8"))["rows"]
        results = [r for r in old if r["name"] not in new] + results
    order = [f"{name}, {size} × 38" for size in ("5,000", "30,000") for name in NAMES.values()]
    results.sort(key=lambda r: order.index(r["name"]) if r["name"] in order else len(order))
    sides.write("clustering", results, versions=sides.versions("scikit-learn", "scipy", "numpy"))


if __name__ == "__main__":
    main()
