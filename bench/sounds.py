"""What sounds are: our forest on our features compared with scikit-learn's on librosa's.

    ./workbench bench sounds [--only TASK,...]

Tasks: telephone (music against speech, chunks of 3 s, five folds with one piece of music in each and
all chunks of a prompt in one), both (the same with speech over music, the music 0 to 20 dB below the
voice, from the same fold), voices (fitted on telephone, tried on the prompts in Spanish, Italian and
French), samples (the ten largest prefixes), sounds (studio/sounds) and esc50 (where ESC-50 is present: its
own five folds, forest and support vectors with an RBF kernel, next to the 44.3 % and 39.6 % of K. J.
Piczak, ESC: Dataset for Environmental Sound Classification, 2015). Both sides learn from the same
rows with the same folds: five statistics of MFCC, their deltas, centroid, bandwidth, rolloff, chroma,
RMS and zero-crossing rate, 200 trees, classes balanced by weight. Intervals are bootstrapped over
recordings, 95 %.
"""

import sys
import tempfile
import warnings
from pathlib import Path

import librosa
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import balanced_accuracy_score, f1_score, recall_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

import sides

TASKS = ("telephone", "both", "voices", "samples", "sounds", "esc50")
PUBLISHED = {"forest": 0.443, "support vectors": 0.396}
RATE = 22050


def features(y):
    """The features of one chunk, as the set EMOTION has them."""
    f = librosa.feature
    mfcc = f.mfcc(y=y, sr=RATE, n_mfcc=13)
    width = min(9, mfcc.shape[1] - 1 + mfcc.shape[1] % 2)
    mode = "interp" if width >= 3 else "nearest"
    deltas = [librosa.feature.delta(mfcc, width=max(3, width), order=o, mode=mode) for o in (1, 2)]
    parts = [
        mfcc,
        *deltas,
        f.spectral_centroid(y=y, sr=RATE),
        f.spectral_bandwidth(y=y, sr=RATE),
        f.spectral_rolloff(y=y, sr=RATE),
        f.chroma_stft(y=y, sr=RATE),
        f.rms(y=y),
        f.zero_crossing_rate(y),
    ]
    rows = np.vstack(parts)
    each = [rows.mean(1), rows.std(1), rows.min(1), rows.max(1), np.median(rows, 1)]
    return np.concatenate(each)


def measured(rows):
    found, files = [], {}
    for row in rows.itertuples():
        if row.file not in files:
            files = {row.file: librosa.load(row.file, sr=RATE)[0]}
        y = files[row.file]
        start = round(row.start_s * RATE)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.append(features(y[start : start + round(row.duration_s * RATE)]))
    return np.array(found)


def forest():
    return RandomForestClassifier(200, class_weight="balanced", random_state=42, n_jobs=-1)


def machine():
    return make_pipeline(StandardScaler(), SVC(C=10))


def held(rows, x, learner=forest):
    said = np.empty(len(rows), dtype=object)
    for fold in sorted(set(rows.fold)):
        test = (rows.fold == fold).to_numpy()
        train = (rows.fold == -1).to_numpy() if -1 in set(rows.fold) else ~test
        if fold >= 0:
            said[test] = learner().fit(x[train], rows.label[train]).predict(x[test])
    return said


def interval(rows, said, score, draws=1000):
    """Whole recordings are drawn, of each set of classes as many as there are."""
    random = np.random.RandomState(1)
    places = rows.reset_index(drop=True).groupby("recording").indices
    kinds = {}
    for recording, at in places.items():
        kinds.setdefault(tuple(sorted(set(rows.label.iloc[at]))), []).append(at)
    found = []
    for _ in range(draws):
        drawn = np.concatenate([g[i] for g in kinds.values() for i in random.randint(0, len(g), len(g))])
        found.append(score(rows.label.to_numpy()[drawn], said[drawn]))
    return [round(float(v), 4) for v in np.percentile(found, [2.5, 97.5])]


def row(name, rows, ours, peer, score):
    """A result: the score of both sides, with the interval of ours, and how they differ."""
    found = {}
    for side, said in (("ours", ours), ("peer", peer)):
        found[side] = round(float(score(rows.label, said)), 4)
        found[f"{side} interval"] = interval(rows, said, score)
    classes = sorted(set(rows.label))
    shares = {
        side: dict(zip(classes, np.round(recall_score(rows.label, said, average=None, labels=classes), 4).tolist()))
        for side, said in (("ours", ours), ("peer", peer))
    }
    print(f"{name}: ours {found['ours']} {found['ours interval']}, peer {found['peer']} {found['peer interval']}")
    print(f"  found of each class: ours {shares['ours']}, peer {shares['peer']}", flush=True)
    return {"name": name, "rows": len(rows), **found, "unit": "", "found of each class": shares}


def macro_f1(truth, said):
    return f1_score(truth, said, average="macro", zero_division=0)


def accuracy(truth, said):
    return float(np.mean(np.asarray(truth) == said))


def main():
    parser = sides.parser(__doc__)
    parser.add_argument("--only", default=",".join(TASKS), help="tasks to run (default: %(default)s)")
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix="fieldnotes-bench-") as folder:
        for task in options.only.split(","):
            sides.java("fieldnotes.bench.SoundsBench", task, folder)
            table = Path(folder) / f"{task}.csv"
            if not table.exists():
                continue  # the Java side has said why
            rows = pd.read_csv(table, keep_default_na=False)
            x = measured(rows)
            peer = held(rows, x)
            ours = rows.ours.to_numpy()
            if task == "voices":
                for language in ("es", "it", "fr"):
                    of = rows.file.str.contains(f"telephone-{language}", regex=False).to_numpy()
                    name = f"voices, {language}: share of chunks heard as speech"
                    results.append(row(name, rows[of], ours[of], peer[of], accuracy))
            elif task == "esc50":
                vectors = rows["ours machine"].to_numpy(), held(rows, x, machine)
                for learner, said in {"forest": (ours, peer), "support vectors": vectors}.items():
                    found = row(f"esc50, {learner}: accuracy", rows, *said, accuracy)
                    print(f"  published: {PUBLISHED[learner]}")
                    results.append({**found, "published": PUBLISHED[learner]})
            elif task in ("samples", "sounds"):
                results.append(row(f"{task}, macro F1", rows, ours, peer, macro_f1))
            else:
                results.append(row(f"{task}, balanced accuracy", rows, ours, peer, balanced_accuracy_score))
    if not results:
        sys.exit("nothing to compare: see above")
    sides.write("sounds", results, versions=sides.versions("librosa", "scikit-learn", "numpy"))


if __name__ == "__main__":
    main()
