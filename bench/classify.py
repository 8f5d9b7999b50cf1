"""Classifiers compared with scikit-learn: same rows, same options, both on all cores.

    ./workbench bench classify [--budget SECONDS] [--only TASK,...] [--rows N,...] [--memory]

The rows are generated: 38 columns, 6 classes, as many rows to predict as to learn from. Tasks are
fitted and predicted apart; short ones in several turns, each of as many repeats as fill a tenth of a
second, long ones once. With --memory each task runs alone in a fresh process on both sides instead,
which gives the largest memory that it needed; Java with the smallest heap that suffices.
"""

import functools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import scipy.stats
from sklearn.datasets import make_classification
from sklearn.ensemble import AdaBoostClassifier, ExtraTreesClassifier, GradientBoostingClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RandomizedSearchCV, StratifiedKFold, cross_val_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

import sides

SEED = 42
COLUMNS, CLASSES = 38, 6
LEARNERS = {
    "forest": lambda: RandomForestClassifier(random_state=SEED, n_jobs=-1),
    "extra trees": lambda: ExtraTreesClassifier(random_state=SEED, n_jobs=-1),
    "boosting": lambda: GradientBoostingClassifier(random_state=SEED),
    "histogram boosting": lambda: HistGradientBoostingClassifier(random_state=SEED, early_stopping=False),
    "AdaBoost": lambda: AdaBoostClassifier(DecisionTreeClassifier(max_depth=2), random_state=SEED),
    "logistic": lambda: LogisticRegression(max_iter=1000),
    "SVC linear": lambda: SVC(kernel="linear", cache_size=200),
    "SVC RBF": lambda: SVC(cache_size=200),
    "k-NN": lambda: KNeighborsClassifier(n_jobs=-1),
    "naive Bayes": lambda: GaussianNB(),
}
LARGEST = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
WHOLE = ("random search", "ten folds")
TURN = 0.1  # s, which the repeats of a short task fill
LONG = 20  # s, from which a task is measured once, with the first turn
HEAPS = (96, 160, 256, 384, 512, 1024)  # MB, for measuring memory


def rows(count):
    """Training and test rows, scaled, as 64-bit floats."""
    x, y = make_classification(
        2 * count, COLUMNS, n_informative=20, n_redundant=8, n_classes=CLASSES, flip_y=0.05, random_state=7
    )
    x = StandardScaler().fit(x[:count]).transform(x)
    return x[:count], y[:count], x[count:], y[count:]


def write(path, parts):
    x, y, xt, yt = parts
    with open(path, "wb") as out:
        np.array([len(x), COLUMNS], dtype=">i4").tofile(out)
        for block, kind in ((x, ">f8"), (y, ">i4"), (xt, ">f8"), (yt, ">i4")):
            np.ascontiguousarray(block, dtype=kind).tofile(out)


def read(path):
    with open(path, "rb") as data:
        count, columns = np.fromfile(data, ">i4", 2)
        parts = []
        for _ in range(2):
            parts.append(np.fromfile(data, ">f8", count * columns).astype(float).reshape(count, columns))
            parts.append(np.fromfile(data, ">i4", count).astype(int))
    return parts


class Peer:
    def __init__(self, parts):
        self.x, self.y, self.xt, self.yt = parts
        self.model = None

    def fit(self, task):
        self.model = LEARNERS[task]()
        self.model.fit(self.x, self.y)

    def predict(self, task):
        """Probabilities where there are some, as our models give them with each prediction."""
        if hasattr(self.model, "predict_proba"):
            return float(np.mean(self.model.predict_proba(self.xt).argmax(axis=1) == self.yt))
        return float(np.mean(self.model.predict(self.xt) == self.yt))

    def whole(self, task):
        folds = StratifiedKFold(3, shuffle=True, random_state=SEED)
        if task == "random search":  # 20 settings on 3 folds
            space = {
                "max_features": scipy.stats.randint(2, 20),
                "min_samples_leaf": scipy.stats.randint(1, 10),
                "n_estimators": scipy.stats.randint(20, 100),
            }
            search = RandomizedSearchCV(
                RandomForestClassifier(random_state=SEED), space, n_iter=20, cv=folds, random_state=SEED,
                n_jobs=-1, refit=False,
            )
            return float(search.fit(self.x, self.y).best_score_)
        model = make_pipeline(StandardScaler(), RandomForestClassifier(random_state=SEED))
        folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
        return float(cross_val_score(model, self.x, self.y, cv=folds, n_jobs=-1).mean())


def turns(budget, measured):
    """Repeats a measurement until the time for it is used up, at least once, at most 15 times."""
    found = [measured()]
    begun = time.perf_counter()
    while len(found) < 15 and (time.perf_counter() - begun) * (len(found) + 1) / len(found) < budget:
        found.append(measured())
    return found


def timed(work, repeats=1):
    begun = time.perf_counter()
    for _ in range(repeats):
        answer = work()
    return (time.perf_counter() - begun) / repeats, answer


def compare(side, peer, task, count, budget):
    """Rows of the results for one task."""
    made = []
    for verb in ("whole",) if task in WHOLE else ("fit", "predict"):
        answers = {}

        def once(repeats=1, verb=verb, answers=answers):
            ours = side.ask(f"{verb} {repeats} {task}")
            theirs, answers["peer"] = timed(lambda: getattr(peer, verb)(task), repeats)
            answers["ours"] = ours["answer"]
            return ours["seconds"], theirs

        # warm-up, in which the JVM compiles hot code; of a long task that makes no difference
        warm, first = timed(once)
        repeats = 1
        if warm < 2:
            shortest = min(min(pair) for pair in turns(min(budget, 4), once))
            repeats = max(1, round(TURN / shortest))
        pairs = [first] if warm > LONG else turns(budget, functools.partial(once, repeats))
        name = f"{task}, {count:,} rows" + ("" if verb == "whole" else f", {verb}")
        more = {} if verb == "fit" else {"answers": [answers["ours"], answers["peer"]]}
        made.append(sides.row(name, [o for o, _ in pairs], [p for _, p in pairs], **more))
        ratio = made[-1]["ratio"]["median"]
        print(f"{name}: {ratio:.2f}, {more}", file=sys.stderr, flush=True)
    return made


def largest(command):
    """The largest resident memory of a process in MB, or None if it failed."""
    line = [sys.executable, "-c", LARGEST, *map(str, command)]
    done = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else None


def memory(path, task):
    """The largest memory of a process that only does one task, in MB, on both sides.

    Java uses what heap it may have before it collects garbage, so it gets the smallest that suffices.
    """
    theirs = largest([sys.executable, __file__, "--alone", task, "--file", path])
    for heap in HEAPS:
        limits = (f"-Xmx{heap}m", "-XX:+UseSerialGC")
        ours = largest(sides.command("fieldnotes.bench.ClassifyBench", "alone", path, task, options=limits))
        if ours is not None:
            return theirs, ours
    sys.exit(f"{task} failed with a heap of {HEAPS[-1]} MB")


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--budget", type=float, default=10, help="seconds per measurement (default: %(default)s)")
    parser.add_argument("--only", default=",".join([*LEARNERS, *WHOLE]), help="tasks to run (default: %(default)s)")
    parser.add_argument("--rows", default="5000,30000", help="numbers of rows (default: %(default)s)")
    parser.add_argument("--memory", action="store_true", help="measure the memory, not the time")
    parser.add_argument("--alone", help="run one task on the rows of --file and end")
    parser.add_argument("--file", help="a file of rows")
    options = parser.parse_args()
    sizes = [int(n) for n in options.rows.split(",")]
    if options.alone:
        peer = Peer(read(options.file))
        peer.fit(options.alone)
        peer.predict(options.alone)
        return
    tasks = options.only.split(",")
    results = []
    with tempfile.TemporaryDirectory(prefix="fieldnotes-bench-") as folder:
        for count in sizes:
            path = Path(folder) / f"{count}.bin"
            parts = rows(count)
            write(path, parts)
            if options.memory:
                for task in (task for task in tasks if task not in WHOLE):
                    theirs, ours = memory(path, task)
                    results.append(sides.row(f"{task}, {count:,} rows, memory", [ours], [theirs], "MB"))
                    print(results[-1], file=sys.stderr, flush=True)
                continue
            side = sides.JavaSide("fieldnotes.bench.ClassifyBench", "serve", path)
            peer = Peer(parts)
            for task in tasks:
                results += compare(side, peer, task, count, options.budget)
            side.close()
    name = "classify-memory" if options.memory else "classify"
    command = "./workbench bench classify" + (" --memory" if options.memory else "")
    sides.write(name, results, command, versions=sides.versions("scikit-learn", "numpy", "scipy"))


if __name__ == "__main__":
    main()
