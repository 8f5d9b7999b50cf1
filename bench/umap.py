"""UMAP's layouts compared with Smile's UMAP and scikit-learn's t-SNE, over ten seeds.

    ./workbench bench umap [--seeds N]

There is no reference for UMAP among these libraries, so layouts are judged by what they keep:
trustworthiness (neighbours in the layout are neighbours in the data), continuity (neighbours in the
data are neighbours in the layout) and recall (the share of a row's nearest rows that are among its
nearest in the layout), each of 5, 15 and, with rows enough, 50 neighbours; 1 is best. Data: 700 of scikit-learn's digits
(64 columns), and the telephone clips of the tests (87 rows, scaled columns). Both UMAPs use
15 neighbours (ours counts the row itself, as umap-learn does) and a least distance of 0.1, t-SNE a perplexity of 30. Smile's needs OpenBLAS and ARPACK
on LD_LIBRARY_PATH and is left out without them. Results are means over the seeds with their standard
deviation.
"""

import json
import statistics
import tempfile
import time

import numpy as np
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors

import sides

NEAR = [5, 15, 50]


def digits():
    x = load_digits().data
    return x[np.sort(np.random.RandomState(0).permutation(len(x))[:700])]


def telephone():
    data = json.loads((sides.HOME / "src/test/resources/cluster/data.json").read_text())
    x = np.array(data["telephone"]["x"])
    return x[:, x.std(axis=0) > 0]


def scaled(x):
    return (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1)


def nearest(x, k):
    return NearestNeighbors(n_neighbors=k).fit(x).kneighbors(return_distance=False)


def quality(x, y):
    found = {}
    for k in (k for k in NEAR if 2 * k < len(x)):
        found[f"trustworthiness {k}"] = trustworthiness(x, y, n_neighbors=k)
        found[f"continuity {k}"] = trustworthiness(y, x, n_neighbors=k)
        pairs = zip(nearest(x, k), nearest(y, k))
        found[f"recall {k}"] = statistics.mean(len(set(a) & set(b)) / k for a, b in pairs)
    return found


def tsne(x, seed):
    return TSNE(random_state=seed, perplexity=30, init="random").fit_transform(x)


def row(name, unit, values):
    means = {method: sides.significant(statistics.mean(v)) for method, v in values.items()}
    deviations = {m: sides.significant(statistics.stdev(v) if len(v) > 1 else 0.0, 2) for m, v in values.items()}
    others = ", ".join(f"{m} {means[m]} ± {deviations[m]}" for m in means if m != "ours")
    print(f"{name}: ours {means['ours']} ± {deviations['ours']}, {others}")
    return {"name": name, "ours": means["ours"], "unit": unit, "means": means, "deviations": deviations}


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="number of seeds (default: %(default)s)")
    options = parser.parse_args()
    rows = []
    for name, x in [("digits", digits()), ("telephone", scaled(telephone()))]:
        with tempfile.NamedTemporaryFile(suffix=".f64") as file:
            file.write(np.ascontiguousarray(x, dtype="<f8").tobytes())
            file.flush()
            side = sides.JavaSide("fieldnotes.bench.UmapBench", file.name, len(x))
            found = {"ours": [], "smile": [], "t-SNE": []}
            seconds = {method: [] for method in found}
            for seed in range(options.seeds):
                for method in ("ours", "smile"):
                    answer = side.ask(f"{method} {seed}")
                    if "layout" in answer:
                        found[method].append(quality(x, np.array(answer["layout"])))
                        seconds[method].append(answer["seconds"])
                start = time.perf_counter()
                layout = tsne(x, seed)
                seconds["t-SNE"].append(time.perf_counter() - start)
                found["t-SNE"].append(quality(x, layout))
            side.close()
        for what in found["ours"][0]:
            values = {method: [one[what] for one in seeds] for method, seeds in found.items() if seeds}
            rows.append(row(f"{name}, {len(x)} × {x.shape[1]}: {what}", "of 1", values))
        rows.append(row(f"{name}: time", "s", {method: s for method, s in seconds.items() if s}))
    sides.write("umap", rows, seeds=options.seeds, versions=sides.versions("scikit-learn", "numpy"))


if __name__ == "__main__":
    main()
