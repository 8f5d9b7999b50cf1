"""Features of a 10 s clip compared with librosa, feature by feature and with one shared STFT."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sides

# The fastest settings of the peer: one thread, and a C library that does not return freed memory.
AT_ITS_BEST = {
    **sides.ONE_THREAD,
    "MALLOC_TOP_PAD_": "268435456",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
}
# One thread on the Java side, too, for the garbage collector included.
JAVA = ("-XX:+UseSerialGC", "-Xmx1g")
FIRST = """
import sys, librosa, numpy as np
y, sr = librosa.load(sys.argv[1], sr=22050)
f = librosa.feature
parts = [f.mfcc(y=y, sr=sr, n_mfcc=13), f.zero_crossing_rate(y), f.spectral_contrast(y=y, sr=sr),
         f.chroma_stft(y=y, sr=sr), f.rms(y=y), f.spectral_rolloff(y=y, sr=sr),
         f.spectral_bandwidth(y=y, sr=sr), f.spectral_centroid(y=y, sr=sr)]
print(np.concatenate([p.mean(axis=1) for p in parts]))
"""


def feature_by_feature(y, sr):
    """As in the journal's notebook: every feature from the samples."""
    f = librosa.feature
    parts = [
        f.mfcc(y=y, sr=sr, n_mfcc=13),
        f.zero_crossing_rate(y),
        f.spectral_contrast(y=y, sr=sr),
        f.chroma_stft(y=y, sr=sr),
        f.rms(y=y),
        f.spectral_rolloff(y=y, sr=sr),
        f.spectral_bandwidth(y=y, sr=sr),
        f.spectral_centroid(y=y, sr=sr),
    ]
    return np.concatenate([p.mean(axis=1) for p in parts])


def shared_transform(y, sr):
    """The same features from one shared STFT."""
    f = librosa.feature
    magnitude = np.abs(librosa.stft(y))
    power = magnitude**2
    mel = librosa.power_to_db(f.melspectrogram(S=power, sr=sr))
    centroid = f.spectral_centroid(S=magnitude, sr=sr)
    parts = [
        f.mfcc(S=mel, sr=sr, n_mfcc=13),
        f.zero_crossing_rate(y),
        f.spectral_contrast(S=magnitude, sr=sr),
        f.chroma_stft(S=power, sr=sr),
        f.rms(y=y),
        f.spectral_rolloff(S=magnitude, sr=sr),
        f.spectral_bandwidth(S=magnitude, sr=sr, centroid=centroid),
        centroid,
    ]
    return np.concatenate([p.mean(axis=1) for p in parts])


def milliseconds(repeats, things, work):
    """Median time per item over the repeats, as the Java side measures it."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        for thing in things:
            work(thing)
        times.append((time.perf_counter() - begun) * 1e3 / len(things))
    return statistics.median(times)


def make(folder):
    """Six clips of 10 s, three of a voice and three of music, in four kinds of file."""
    made = sides.java("fieldnotes.bench.FeaturesBench", "make", folder / "studio").split("\n")
    sounds = [p for p in made if p.endswith((".wav", ".flac", ".mp3"))]
    kinds = {"wav": [], "mp3": [], "stereo wav": [], "stereo mp3": []}
    for name in ("episode", "track"):
        for i, path in enumerate([p for p in sounds if name in Path(p).name][:3]):
            y, _ = librosa.load(path, sr=44100, duration=10)
            stereo = np.stack([y, np.roll(y, 40) * 0.9], axis=1)
            mono = librosa.resample(y, orig_sr=44100, target_sr=22050)
            for kind, data, rate, form in (
                ("wav", mono, 22050, "WAV"),
                ("mp3", mono, 22050, "MP3"),
                ("stereo wav", stereo, 44100, "WAV"),
                ("stereo mp3", stereo, 44100, "MP3"),
            ):
                out = folder / f"{name}-{i}-{kind.replace(' ', '-')}.{form.lower()}"
                soundfile.write(out, data, rate, format=form)
                kinds[kind].append(str(out))
    if any(len(files) != 6 for files in kinds.values()):
        sys.exit(f"bench features: generated sounds must give six files of each kind, but were {sounds}")
    return kinds


def cold(rounds, path):
    """Seconds from process start to the features of the first clip."""
    ours, peer = [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        sides.java("fieldnotes.bench.FeaturesBench", "first", path)
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST, path], check=True, stdout=subprocess.PIPE)
        peer.append(time.perf_counter() - begun)
    return sides.row("cold: process start to the features of the first clip", ours, peer, "s")


def main():
    options = sides.parser(__doc__)
    options.add_argument("--rounds", type=int, default=7, help="measured turns (default: %(default)s)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="fieldnotes-bench-") as folder:
        kinds = make(Path(folder))
        clips = [librosa.load(p, sr=22050)[0] for p in kinds["wav"]]
        side = sides.JavaSide("fieldnotes.bench.FeaturesBench", options=JAVA)

        def load_and(work):
            return lambda path: work(*librosa.load(path, sr=22050))

        def of_clip(work):
            return lambda y: work(y, 22050)

        by_feature, shared = feature_by_feature, shared_transform
        works = [
            ("37 features, librosa feature by feature", "journal", "wav", clips, of_clip(by_feature)),
            ("37 features, librosa with one STFT", "journal", "wav", clips, of_clip(shared)),
        ]
        for kind, name in (
            ("wav", "WAV 22,050 Hz mono"),
            ("mp3", "MP3 22,050 Hz mono"),
            ("stereo wav", "WAV 44,100 Hz stereo"),
            ("stereo mp3", "MP3 44,100 Hz stereo"),
        ):
            works += [
                (f"decode {name}, 37, feature by feature", "read", kind, kinds[kind], load_and(by_feature)),
                (f"decode {name}, 37, one STFT", "read", kind, kinds[kind], load_and(shared)),
            ]
        def load_as_it_is(path):
            librosa.load(path, sr=None)

        # the lower bound of any feature: decoding alone, by FFmpeg on our side, libsndfile on theirs
        for kind, name in (("mp3", "MP3 22,050 Hz mono"), ("stereo mp3", "MP3 44,100 Hz stereo")):
            works += [
                (f"decode {name} at its own rate, nothing else", "decode", kind, kinds[kind], load_as_it_is),
                (f"decode {name} by FFmpeg's bare calls", "bare", kind, kinds[kind], load_as_it_is),
            ]
        works += [
            ("HPSS", "hpss", "wav", clips[:2], librosa.effects.hpss),
            ("YIN, 65 to 2093 Hz", "yin", "wav", clips, lambda y: librosa.yin(y, fmin=65, fmax=2093)),
        ]
        rows = []
        for name, word, kind, things, work in works:
            files = "\t".join(kinds[kind][: len(things)])
            side.ask(f"{word}\t{80 if word in ('journal', 'yin') else 20}\t{files}")
            milliseconds(1, things, work)
            ours, peer = [], []
            for _ in range(chosen.rounds):
                ours.append(side.ask(f"{word}\t10\t{files}"))
                peer.append(milliseconds(3 if len(things) > 2 else 1, things, work))
            rows.append(sides.row(name, ours, peer, "ms"))
            print(rows[-1], flush=True)
        side.close()
        rows.append(cold(chosen.rounds, kinds["wav"][0]))
        sides.write(
            "features",
            rows,
            load_average=os.getloadavg()[2],
            clips="six of 10 s, 22,050 Hz unless named otherwise; milliseconds per clip",
            peer=sides.versions("librosa", "numpy", "scipy", "numba", "soxr", "soundfile"),
            peer_environment=AT_ITS_BEST,
        )


if __name__ == "__main__":
    sides.begin_with(AT_ITS_BEST)

    import librosa
    import numpy as np
    import soundfile

    main()
