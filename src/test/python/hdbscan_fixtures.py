"""Writes the clusters that scikit-learn's HDBSCAN finds in random data sets.

Written with scikit-learn 1.9.1 and NumPy 2.4.6 on Python 3. Run from the repository:

    python src/test/python/hdbscan_fixtures.py [--sets N] [--out FILE]

Writes src/test/resources/cluster/hdbscan.json, 40 data sets by default: blobs of several densities,
uniform noise, repeated rows and grids, of 2 to 60 rows; each with random settings. scikit-learn
orders equal distances by an unstable sort, which differs between processors: here they are sorted
stably. Distances are differences squared (kd_tree): its brute force uses |a|² + |b|² − 2ab, whose
rounding breaks ties.
"""

import argparse
import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import HDBSCAN
from sklearn.cluster._hdbscan import hdbscan
from sklearn.datasets import make_blobs

HOME = Path(__file__).resolve().parent.parent
warnings.simplefilter("ignore")


def in_stable_order(tree):
    return hdbscan.make_single_linkage(tree[np.argsort(tree["distance"], kind="stable")])


hdbscan._process_mst = in_stable_order


def rows(random):
    n = int(random.integers(6, 61))
    columns = int(random.integers(1, 4))
    kind = random.choice(["blobs", "densities", "uniform", "repeated", "grid"])
    seed = int(random.integers(2**31))
    if kind == "blobs":
        x, _ = make_blobs(n, columns, centers=int(random.integers(1, 6)), random_state=seed)
    elif kind == "densities":
        spread = list(random.uniform(0.1, 3, 4))
        x, _ = make_blobs(n, columns, centers=4, cluster_std=spread, random_state=seed)
    elif kind == "uniform":
        x = random.uniform(size=(n, columns))
    elif kind == "repeated":
        x = random.normal(size=(n, columns))[random.integers(0, max(2, n // 3), n)]
    else:
        x = random.integers(0, 6, size=(n, columns)).astype(float)
    return kind, np.round(x, 4)


def case(random):
    kind, x = rows(random)
    size = int(random.integers(2, 12))
    samples = int(random.integers(1, min(len(x), 10) + 1))
    options = {
        "minClusterSize": size,
        "minSamples": samples,
        "leaves": bool(random.integers(2)),
        "allowSingle": bool(random.integers(2)),
    }
    found = HDBSCAN(
        min_cluster_size=size,
        min_samples=samples,
        cluster_selection_method="leaf" if options["leaves"] else "eom",
        allow_single_cluster=options["allowSingle"],
        algorithm="kd_tree",
        copy=True,
    ).fit(x)
    return {
        "kind": str(kind),
        "x": x.tolist(),
        **options,
        "labels": found.labels_.tolist(),
        "probabilities": np.round(found.probabilities_, 12).tolist(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=40)
    parser.add_argument("--out", type=Path, default=HOME / "resources" / "cluster" / "hdbscan.json")
    options = parser.parse_args()
    random = np.random.default_rng(11)
    cases = [case(random) for _ in range(options.sets)]
    text = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    options.out.write_text("[" + text + "]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
