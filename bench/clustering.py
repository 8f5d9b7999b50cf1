"""Clustering compared with scikit-learn and SciPy, and with Smile where it has the method.

    ./workbench bench clustering [--rows 5000,30000] [--only TASK,...] [--turns N]

The data are eight blobs in 38 scaled columns. Both sides run the same tasks in turn on all cores,
each task in its own process, and their results are compared. The Java side has a heap limit (64 MB
at 5,000 rows; 128 MB at 30,000, 160 MB for k-means and 256 MB for t-SNE) to make memory comparable:
without a limit, the JVM uses as much as it is allowed. Each result is written as soon as it is
measured and replaces an earlier one; a run that is stopped keeps its finished results.
"""

import argparse
import contextlib
import io
import json
import resource
import statistics
import subprocess
import sys
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
    """The scikit-learn side. Every task returns one or a few numbers that are compared with ours."""

    def __init__(self, x):
        self.x = x
        self.labels = None

    def serve(self):
        """Reads a task and a repeat count per line; writes median seconds, result and peak memory."""
        for line in sys.stdin:
            task, times = line.split()
            seconds = []
            for _ in range(int(times)):
                start = time.perf_counter()
                found = getattr(self, task)()
                seconds.append(time.perf_counter() - start)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            answer = {"seconds": statistics.median(seconds), "found": found, "megabytes": round(peak)}
            print(json.dumps(answer), flush=True)

    def pca(self):
        pca = PCA()
        pca.fit_transform(self.x)  # our fit includes the scores
        return [pca.explained_variance_ratio_[0]]

    def kmeans(self):
        fits = [KMeans(k, n_init=10, random_state=42).fit(self.x) for k in KS]
        self.labels = [f.labels_ for f in fits]
        return [f.inertia_ for f in fits]

    def silhouettes(self):
        return [silhouette_samples(self.x, labels).mean() for labels in self.labels]

    def grid(self):
        # above 10,000 rows, every fifth radius at one minSamples represents all 210 settings
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
TIMES = {"pca": 20}  # calls per turn, of which the median is used: one takes about a millisecond
WARM = {"pca": 20, "kmeans": 4, "silhouettes": 2}  # warm-up turns; others: 1


def alike(task, ours, theirs):
    worst = max(abs(a - b) / max(abs(b), 1e-9) for a, b in zip(ours, theirs))
    if worst > ALIKE.get(task, 1e-6):
        print(f"  {task}: results differ: ours {ours}, peer {theirs}")
    return sides.significant(worst)


class PeerSide(sides.JavaSide):
    """This script in a second process, called like the Java side."""

    def __init__(self, rows):
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", "--rows", str(rows)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def measure(task, rows, turns, file):
    megabytes = 64 if rows <= 10_000 else {"kmeans": 160, "tsne": 256}.get(task, 128)
    heap = ["-XX:+UseSerialGC", f"-Xmx{megabytes}m"]
    java = sides.JavaSide("fieldnotes.bench.ClusteringBench", file, rows, options=heap)
    peer = PeerSide(rows)
    times = TIMES.get(task, 1)
    if task == "silhouettes":
        java.ask("kmeans 1")
        peer.ask("kmeans 1")
    long = rows > 10_000 and task not in ("pca", "kmeans")
    for _ in range(0 if long else WARM.get(task, 1)):  # warm up, as in a session
        java.ask(f"{task} {times}")
        peer.ask(f"{task} {times}")
    ours, theirs = [], []
    for _ in range(turns):
        answer = java.ask(f"{task} {times}")
        found = peer.ask(f"{task} {times}")
        share, mine = 1, answer["found"]
        if task == "grid" and len(found["found"]) < 210:
            mine = [mine[e * 7 + 2] for e in range(4, 30, 5)]
            share = 210 / len(mine)
        ours.append(answer["seconds"])
        theirs.append(found["seconds"] * share)
    more = {
        "difference": alike(task, mine, found["found"]),
        "megabytes": {"ours": answer["megabytes"], "peer": found["megabytes"]},  # peak of the process
        "heap": heap[1],
    }
    java.close()
    peer.close()
    if rows <= 5_000 and task not in ("silhouettes", "pca"):  # Smile's PCA needs OpenBLAS
        smile = sides.JavaSide("fieldnotes.bench.ClusteringBench", file, rows, options=["-Xmx4g"])
        more["smile"] = sides.significant(smile.ask(f"smile-{task} {times}")["seconds"])
        if more["smile"] < 10:
            more["smile"] = sides.significant(smile.ask(f"smile-{task} {times}")["seconds"])
        smile.close()
    if task == "pca":
        more["note"] = "peer: PCA().fit_transform; each turn is the median of 20 calls"
    if task == "grid":
        more["note"] = (
            f"peer measured on {len(found['found'])} of 210 settings; Smile on one setting, times 210"
        )
    return sides.row(f"{NAMES[task]}, {rows:,} × 38", ours, theirs, **more)


def keep(row, show=False):
    """Merges a row into the results of earlier runs and writes them."""
    order = [f"{name}, {size} × 38" for size in ("5,000", "30,000") for name in NAMES.values()]
    path = sides.RESULTS / "clustering.json"
    rows = {}
    if path.exists():
        old = json.loads(path.read_text(encoding="utf-8"))["rows"]
        rows = {r["name"]: r for r in old if r["name"] in order or r["name"] == row["name"]}
    rows[row["name"]] = row
    results = sorted(rows.values(), key=lambda r: order.index(r["name"]) if r["name"] in order else 99)
    with contextlib.redirect_stdout(sys.stdout if show else io.StringIO()):
        sides.write("clustering", results, versions=sides.versions("scikit-learn", "scipy", "numpy"))


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--rows", default="5000,30000", help="numbers of rows (default: %(default)s)")
    parser.add_argument("--only", default=",".join(NAMES), help="tasks to run (default: %(default)s)")
    parser.add_argument("--turns", type=int, help="measured turns (default: 5, or 1 above 10,000 rows)")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        Peer(data(int(options.rows))).serve()
        return
    folder = sides.HOME / "target" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    todo = [(n, t) for n in map(int, options.rows.split(",")) for t in NAMES if t in options.only.split(",")]
    for rows, task in todo:
        file = folder / f"clustering-{rows}.f64"
        data(rows).astype("<f8").tofile(file)
        row = measure(task, rows, options.turns or (5 if rows <= 10_000 else 1), file)
        print(row, flush=True)
        keep(row, show=(rows, task) == todo[-1])


if __name__ == "__main__":
    main()
