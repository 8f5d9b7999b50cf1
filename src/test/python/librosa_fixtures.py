"""Writes the compact fixtures of fieldnotes.feature.LibrosaTest: librosa's numbers in double precision.

Run with librosa 0.11.0, numpy 2.4.6, scipy 1.17.1 (see bench/requirements.txt):

    python src/test/python/librosa_fixtures.py src/test/resources/fieldnotes/feature

It writes one NAME.json.gz for each signal with its frames, and librosa.json, the list of them. The
signals are made of whole-number phases, so that Java makes the same to the bit (Fixtures.signal).
What moves by more than a millionth of its scale when the samples change by 1e-13 of theirs is marked:
there the numbers are rounding noise, and the test leaves them out.
"""

import gzip
import json
import sys
import warnings
from pathlib import Path

import librosa
import numpy as np

TWO_PI = 2.0 * np.pi


def sine(p, q):
    return np.sin(TWO_PI * (p.astype(np.float64) / float(q)))


def noise(seed, n):
    x, out = seed, np.empty(n)
    for i in range(n):
        x = (1664525 * x + 1013904223) % 2**32
        out[i] = x / 2147483648.0 - 1.0
    return out


def signal(kind, sr, n):
    i = np.arange(n, dtype=np.int64)
    q = 1000 * sr
    made = {
        "sine440": lambda: 0.5 * sine(440 * i % sr, sr),
        "chirp": lambda: 0.5 * sine((400 * sr * i + 9900 * i * i) % (4 * sr * sr), 4 * sr * sr),
        "cmajor": lambda: 0.2
        * (sine(261626 * i % q, q) + sine(329628 * i % q, q) + sine(391995 * i % q, q)),
        "lcgnoise": lambda: 0.5 * noise(12345, n),
        "amnoise": lambda: (0.4 * (1.0 + sine(4 * i % sr, sr))) * noise(67890, n),
        "silence": lambda: np.zeros(n),
        "constant": lambda: np.full(n, 0.25),
        "dcsine": lambda: 0.25 + 0.5 * sine(220 * i % sr, sr),
    }[kind]()
    return made.astype(np.float32).astype(np.float64)


def features(y, sr, a):
    """Every feature of one signal: [rows, frames] arrays, and numbers of the whole clip."""
    n_fft, hop = a["n_fft"], a["hop_length"]
    window = a["window"]
    if ":" in window:
        name, number = window.split(":")
        window = (name, float(number))
    pad = {"center": a["center"], "pad_mode": a["pad_mode"]}
    cut = dict(n_fft=n_fft, hop_length=hop, win_length=a["win_length"], window=window, **pad)
    mel = dict(n_mels=a["n_mels"], fmin=a["fmin"], fmax=a["fmax"], htk=a["htk"], norm=a["norm"], dtype=np.float64)
    f = librosa.feature
    stft = librosa.stft(y, **cut)
    magnitude, power = np.abs(stft), np.abs(stft) ** 2
    mel_power = f.melspectrogram(S=power, sr=sr, n_fft=n_fft, **mel)
    mel_db = librosa.power_to_db(mel_power)
    mfcc = f.mfcc(S=mel_db, n_mfcc=20)
    onset = librosa.onset.onset_strength(S=mel_db, sr=sr, n_fft=n_fft, hop_length=hop, center=a["center"])
    harmonic, percussive = librosa.decompose.hpss(stft)
    energy = np.stack([(np.abs(part) ** 2).sum(axis=0) for part in (harmonic, percussive)])
    chroma = dict(S=power, sr=sr, n_fft=n_fft, dtype=np.float64)
    out = {
        "mel_power": mel_power,
        "mel_db": mel_db,
        "mfcc13": mfcc[:13],
        "mfcc20": mfcc,
        "zcr": f.zero_crossing_rate(y, frame_length=n_fft, hop_length=hop, center=a["center"]),
        "rms_y": f.rms(y=y, frame_length=n_fft, hop_length=hop, dtype=np.float64, **pad),
        "spectral_centroid": f.spectral_centroid(S=magnitude, sr=sr, n_fft=n_fft),
        "spectral_bandwidth": f.spectral_bandwidth(S=magnitude, sr=sr, n_fft=n_fft),
        "spectral_rolloff": f.spectral_rolloff(S=magnitude, sr=sr, n_fft=n_fft),
        "spectral_flatness": f.spectral_flatness(S=magnitude),
        "spectral_contrast": f.spectral_contrast(S=magnitude, sr=sr, n_fft=n_fft),
        "chroma_tuning0": f.chroma_stft(tuning=0.0, **chroma),
        "chroma_esttuning": f.chroma_stft(**chroma),
        "onset_strength": onset[np.newaxis],
        "hpss_energy": energy,
        "yin_f0": librosa.yin(
            y, fmin=a["f0_min"], fmax=a["f0_max"], sr=sr, frame_length=n_fft, hop_length=hop, **pad
        )[np.newaxis],
        "tuning_chroma": librosa.estimate_tuning(S=power, sr=sr, bins_per_octave=12),  # as chroma_stft calls it
        "tempo": float(f.tempo(onset_envelope=onset, sr=sr, hop_length=hop)[0]),
    }
    if mfcc.shape[1] >= 9:
        out["mfcc13_delta"] = f.delta(mfcc[:13])
        out["mfcc13_delta2"] = f.delta(mfcc[:13], order=2)
    if n_fft % 2 == 0:  # librosa's rms(S=) cannot tell an odd length
        out["rms_S"] = f.rms(S=magnitude, frame_length=n_fft, dtype=np.float64)
    if energy[1].sum() > 0:
        out["hpss_ratio"] = energy[0].sum() / energy[1].sum()
    return out


def digits(x):
    return float(f"{x:.9g}")


def stored(value, moved, params):
    if np.ndim(value) == 0:
        stable = all(abs(m - value) <= 1e-6 * max(1e-3, abs(value)) for m in moved)
        return {"value": digits(float(value)), "stable": bool(stable)}
    scale = np.abs(value).max()
    away = np.max([np.abs(m - value).max(axis=0) for m in moved], axis=0)
    frames = value.shape[1]
    shown = sorted({0, 1, frames // 3, frames // 2, frames - 1} & set(range(frames)))
    return {
        "params": params,
        "n_rows": value.shape[0],
        "n_frames": frames,
        "frames": {str(t): [digits(v) for v in value[:, t]] for t in shown},
        "mean": [digits(v) for v in value.mean(axis=1)],
        "std": [digits(v) for v in value.std(axis=1)],
        "min": [digits(v) for v in value.min(axis=1)],
        "max": [digits(v) for v in value.max(axis=1)],
        "jitter": {"unstable_frames": [int(t) for t in np.flatnonzero(away > 1e-6 * scale)]},
    }


def fixture(kind, sr, n, **chosen):
    a = dict(
        n_fft=2048,
        hop_length=512,
        window="hann",
        center=True,
        pad_mode="constant",
        n_mels=128,
        fmin=0.0,
        fmax=None,
        htk=False,
        norm="slaney",
        f0_min=100.0,
        f0_max=2000.0,
    )
    a.update(chosen)
    a.setdefault("win_length", a["n_fft"])
    y = signal(kind, sr, n)
    value = features(y, sr, a)
    rng = np.random.default_rng(5)
    moved = [features(y * (1 + 1e-13 * rng.standard_normal(n)), sr, a) for _ in range(3)]
    params = {"fmin": a["f0_min"], "fmax": a["f0_max"]}
    return {
        "id": kind,
        "sr": sr,
        "n_samples": n,
        "source": {"kind": "signal"},
        "analysis": a,
        "software": {"librosa": librosa.__version__, "numpy": np.__version__},
        "features": {k: stored(v, [m[k] for m in moved], params) for k, v in value.items()},
    }


CASES = {
    "noise_16k_1024_256": ("lcgnoise", 16000, 16000, dict(n_fft=1024, hop_length=256)),
    "cmajor_48k_1024_256_hamming": ("cmajor", 48000, 48000, dict(n_fft=1024, hop_length=256, window="hamming")),
    "amnoise_22k_blackman_shorter": ("amnoise", 22050, 22050, dict(window="blackman", win_length=1500)),
    "chirp_16k_uncentred": ("chirp", 16000, 16000, dict(n_fft=1024, hop_length=256, center=False)),
    "dcsine_22k_odd": ("dcsine", 22050, 22050, dict(n_fft=1023, hop_length=300)),
    "amnoise_48k_prime": ("amnoise", 48000, 24000, dict(n_fft=1031, hop_length=400, win_length=800)),
    "cmajor_22k_short": ("cmajor", 22050, 1500, dict()),
    "noise_22k_one_sample": ("lcgnoise", 22050, 1, dict()),
    "silence_16k": ("silence", 16000, 8000, dict(n_fft=1024, hop_length=256)),
    "constant_22k": ("constant", 22050, 11025, dict()),
    "amnoise_16k_reflect_htk": (
        "amnoise",
        16000,
        16000,
        dict(pad_mode="reflect", htk=True, norm=None, n_mels=40, fmin=60.0, fmax=7000.0, window="kaiser:8"),
    ),
    "chirp_22k_edge": ("chirp", 22050, 22050, dict(pad_mode="edge", window="boxcar", hop_length=441)),
}


def main():
    folder = Path(sys.argv[1])
    warnings.simplefilter("ignore")
    names = []
    for name, (kind, sr, n, chosen) in CASES.items():
        names.append(f"{name}.json.gz")
        text = json.dumps(fixture(kind, sr, n, **chosen), separators=(",", ":"))
        with open(folder / names[-1], "wb") as out, gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed:
            packed.write(text.encode())
    (folder / "librosa.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
