"""Listening to a stream: 37 features of windows, a forest, events; next to librosa and scikit-learn."""

import os
import statistics
import tempfile
import time
from pathlib import Path

import features
import sides

RATE = 22_050
# One thread on the Java side, too, for the garbage collector included.
JAVA = ("-XX:+UseSerialGC", "-Xmx1g", "-Dfieldnotes.threads=1")


def sound(kind, seconds, random):
    """A sound of one of four classes."""
    t = np.arange(int(seconds * RATE)) / RATE
    loud = random.uniform(0.1, 0.4)
    noise = random.uniform(-0.5, 0.5, len(t))
    if kind == "hiss":
        return loud * noise
    hz = {"low": random.uniform(150, 250), "high": random.uniform(2000, 2800), "chirp": 400 + 300 * (t % 0.4)}[kind]
    return loud * np.sin(2 * np.pi * hz * t) + noise / 100


def make(folder, seconds):
    """Training clips, a folder a class, and a stream."""
    random = np.random.default_rng(1)
    kinds = ("low", "high", "hiss", "chirp")
    for kind in kinds:
        (folder / "train" / kind).mkdir(parents=True)
        for i in range(20):
            soundfile.write(folder / "train" / kind / f"{kind}{i}.wav", sound(kind, 3, random), RATE)
    parts = []
    while sum(map(len, parts)) < seconds * RATE:
        parts.append(sound(kinds[len(parts) % 4], random.uniform(1, 4), random))
    soundfile.write(folder / "stream.wav", np.concatenate(parts)[: seconds * RATE], RATE)


def peer_model(folder):
    rows, classes = [], []
    for path in sorted((folder / "train").glob("*/*.wav")):
        y, _ = librosa.load(path, sr=RATE)
        for at in range(0, len(y) - RATE + 1, RATE):
            rows.append(features.shared_transform(y[at : at + RATE], RATE))
            classes.append(path.parent.name)
    return RandomForestClassifier(100, random_state=1, n_jobs=1).fit(np.array(rows), classes)


def peer_listen(model, y):
    """Seconds for the stream, by the clock and of the processor, and milliseconds of each window."""
    latency = []
    used, begun = time.process_time(), time.perf_counter()
    for at in range(0, len(y) - RATE + 1, RATE // 2):
        since = time.perf_counter()
        model.predict_proba(features.shared_transform(y[at : at + RATE], RATE).reshape(1, -1))
        latency.append(1e3 * (time.perf_counter() - since))
    return time.perf_counter() - begun, time.process_time() - used, sorted(latency)


def main():
    options = sides.parser(__doc__)
    options.add_argument("--rounds", type=int, default=7, help="measured turns (default: %(default)s)")
    options.add_argument("--seconds", type=int, default=60, help="length of the stream (default: %(default)s)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="fieldnotes-bench-") as folder:
        make(Path(folder), chosen.seconds)
        model = peer_model(Path(folder))
        stream, _ = librosa.load(Path(folder) / "stream.wav", sr=RATE)
        side = sides.JavaSide("fieldnotes.bench.DetectBench", folder, options=JAVA)
        for _ in range(8):
            side.ask("37")
            side.ask("38")
        peer_listen(model, stream)
        ours, more, peer = [], [], []
        for _ in range(chosen.rounds):
            ours.append(side.ask("37"))
            more.append(side.ask("38"))
            peer.append(peer_listen(model, stream))
        side.close()

    def row(name, of_ours, of_peer, unit, **more):
        return sides.row(name, [of_ours(o) for o in ours], [of_peer(*p) for p in peer], unit, **more)

    rows = [
        row(
            "time per second of sound",
            lambda o: 1e3 * o["seconds"] / o["stream"],
            lambda s, *_: 1e3 * s / chosen.seconds,
            "ms",
            times_real_time=sides.significant(statistics.median(o["stream"] / o["seconds"] for o in ours)),
            peer_times_real_time=sides.significant(statistics.median(chosen.seconds / s for s, *_ in peer)),
        ),
        row(
            "processor time per second of sound",
            lambda o: 1e3 * o["cpu"] / o["stream"],
            lambda _, used, __: 1e3 * used / chosen.seconds,
            "ms",
            times_real_time=sides.significant(statistics.median(o["stream"] / o["cpu"] for o in ours)),
            peer_times_real_time=sides.significant(statistics.median(chosen.seconds / u for _, u, __ in peer)),
            times_real_time_with_hnr=sides.significant(statistics.median(o["stream"] / o["cpu"] for o in more)),
        ),
        row("end of a window to its scores, median", lambda o: o["median"], lambda _, __, l: l[len(l) // 2], "ms"),
        row(
            "end of a window to its scores, 99th percentile",
            lambda o: o["p99"],
            lambda _, __, l: l[len(l) * 99 // 100],
            "ms",
        ),
    ]
    sides.write(
        "detect",
        rows,
        load_average=os.getloadavg()[2],
        stream=f"{chosen.seconds} s, {ours[0]['windows']} windows of 1 s every 0.5 s, 100 trees, one thread each;"
        " ours with smoothing, events and their boundaries, too",
        peer=sides.versions("librosa", "scikit-learn", "numpy", "scipy", "numba"),
        peer_environment=sides.ONE_THREAD,
    )


if __name__ == "__main__":
    sides.begin_with(sides.ONE_THREAD)

    import librosa
    import numpy as np
    import soundfile
    from sklearn.ensemble import RandomForestClassifier

    features.librosa, features.np = librosa, np
    main()
