"""The service compared with FastAPI and uvicorn serving scikit-learn: requests a second, and times.

    ./workbench bench serve [--seconds N] [--turns N]

Both serve a forest of 100 trees on the same table of 38 features of generated clips. Asked are rows of
features as JSON and clips of 1 s as WAV, over 1, 16 and 64 connections that are kept open, each of which
sends its next request when the answer is there. The client is the same for both, in Java, on loopback and
on the same machine. uvicorn has as many processes as there are cores. Of clips the peer measures the 37
features that librosa has, from one shared STFT, and its forest is of these.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import sides

RATE = 22_050
TREES, SEED = 100, 42
CONNECTIONS = (1, 16, 64)
FOLDER = os.environ.get("FIELDNOTES_BENCH_SERVE")  # set for the processes of the peer


def fit_peer(folder):
    """The forests of the peer, in a file: each of its processes reads them."""
    import joblib
    import librosa
    import numpy as np
    import pandas as pd
    import soundfile
    from sklearn.ensemble import RandomForestClassifier

    import features

    features.librosa, features.np = librosa, np
    table = pd.read_csv(folder / "table.csv")
    columns = [c for c in table.columns if c != "label"]
    rows_forest = RandomForestClassifier(TREES, random_state=SEED).fit(table[columns].to_numpy(), table["label"])
    measured, labels = [], []
    for path in sorted((folder / "train").glob("*.wav")):
        y, _ = soundfile.read(path, dtype="float32")
        measured.append(features.shared_transform(y, RATE))
        labels.append(path.stem.split("-")[0])
    clip_forest = RandomForestClassifier(TREES, random_state=SEED).fit(np.array(measured), labels)
    joblib.dump((columns, rows_forest, clip_forest), folder / "peer.joblib")


def peer(folder):
    """The application of the peer."""
    import joblib
    import librosa
    import numpy as np
    import soundfile
    from fastapi import FastAPI, HTTPException, Request

    import features

    features.librosa, features.np = librosa, np
    columns, rows_forest, clip_forest = joblib.load(folder / "peer.joblib")
    app = FastAPI()

    def told(forest, rows):
        probabilities = forest.predict_proba(rows)
        return [
            {
                "label": str(forest.classes_[p.argmax()]),
                "probabilities": dict(zip(map(str, forest.classes_), p.tolist())),
            }
            for p in probabilities
        ]

    @app.post("/rows")
    async def rows(request: Request):
        body = await request.json()
        try:
            x = np.array([[float(row[c]) for c in columns] for row in body["rows"]])
        except (KeyError, TypeError, ValueError) as e:
            raise HTTPException(400, str(e))
        return {"predictions": told(rows_forest, x)}

    @app.post("/clip")
    async def clip(request: Request):
        try:
            y, rate = soundfile.read(io.BytesIO(await request.body()), dtype="float32")
        except soundfile.LibsndfileError as e:
            raise HTTPException(415, str(e))
        if rate != RATE:
            y = librosa.resample(y, orig_sr=rate, target_sr=RATE)
        return {"windows": told(clip_forest, features.shared_transform(y, RATE)[None, :])}

    return app


if FOLDER and __name__ != "__main__":
    app = peer(Path(FOLDER))


def load(address, body, kind, connections, seconds):
    """What the client measured."""
    options = ["-XX:+UseSerialGC", "-Xmx256m"]
    return json.loads(
        sides.java("fieldnotes.bench.ServeBench", "load", address, body, kind, connections, seconds, options=options)
    )


def start_peer(folder):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "serve:app", "--port", str(port), "--log-level", "warning", "--no-access-log"]
        + ["--workers", str(os.cpu_count()), "--timeout-worker-healthcheck", "120"],
        cwd=sides.HOME / "bench",
        env={**os.environ, **sides.ONE_THREAD, "FIELDNOTES_BENCH_SERVE": str(folder)},
    )
    address = f"http://127.0.0.1:{port}"
    until_ready(address + "/openapi.json")
    return process, address


def until_ready(address):
    for _ in range(1500):
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{address} does not answer")


def main():
    options = sides.parser(__doc__)
    options.add_argument("--seconds", type=int, default=4, help="length of a turn (default: %(default)s)")
    options.add_argument("--turns", type=int, default=3, help="turns of each side (default: %(default)s)")
    chosen = options.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sides.java("fieldnotes.bench.ServeBench", "make", folder)
        fit_peer(folder)
        ours = sides.JavaSide("fieldnotes.bench.ServeBench", "serve", folder, options=["-Xmx1g"])
        process, peer_address = start_peer(folder)
        try:
            our_address = ours.ask("address").rstrip("/")
            until_ready(our_address + "/ready")
            for task, body, kind, path in (
                ("rows", folder / "row.json", "application/json", "/rows"),
                ("clips of 1 s", folder / "clip.wav", "audio/wav", "/clip"),
            ):
                places = (our_address + "/v1/classify", peer_address + path)
                for place in places:  # until the code is compiled, the libraries loaded
                    load(place, body, kind, 16, 5 * chosen.seconds)
                for connections in CONNECTIONS:
                    turns = [
                        [load(place, body, kind, connections, chosen.seconds) for place in places]
                        for _ in range(chosen.turns)
                    ]
                    results.append(row(task, connections, turns))
        finally:
            ours.close()
            process.terminate()
            process.wait(timeout=30)
    sides.write(
        "serve",
        results,
        versions=sides.versions("fastapi", "uvicorn", "scikit-learn", "librosa"),
        note="times in ms; client and both services on one machine, which others used, too",
    )


def row(task, connections, turns):
    """The middle turn of each side, by requests a second."""
    per_request = [[1000 / turn[side]["perSecond"] for turn in turns] for side in (0, 1)]
    middle = [sorted((t[side] for t in turns), key=lambda one: one["perSecond"])[len(turns) // 2] for side in (0, 1)]
    more = {}
    for side, name in enumerate(("ours", "peer")):
        more[f"{name} requests a second"] = sides.significant(middle[side]["perSecond"])
        for key in ("p50", "p99", "p99.9"):
            more[f"{name} {key}"] = sides.significant(middle[side][key])
        more[f"{name} failed"] = sum(t[side]["failed"] for t in turns)
    print(f"{task}, {connections} connections: {more}", flush=True)
    return sides.row(f"{task}, {connections} connections", *per_request, unit="ms a request", **more)


if __name__ == "__main__":
    main()
