"""Writes the fixtures of fieldnotes.feature.LibrosaTest: librosa's values in double precision.

Run with librosa 0.11.0, numpy 2.4.6, scipy 1.17.1 (see bench/requirements.txt):

    python src/test/python/librosa_fixtures.py src/test/resources/fieldnotes/feature

Writes one NAME.json.gz per signal and frame setting, and their list, librosa.json. The signals have
integer phases, so that Java generates the same bits (Fixtures.signal). Values that change by more
than 1e-6 of their scale when the samples change by 1e-13 are dominated by rounding; they are marked
and the test skips them. The fixtures options_* have each feature with parameters other than
librosa's defaults, windows.json has the windows of SciPy.

    python src/test/python/librosa_fixtures.py FOLDER --grid

writes fixtures for every signal at 16 and 48 kHz with n_fft 1024 and hop 256 to FOLDER/features, for
LibrosaIT with -Dfieldnotes.librosa=FOLDER.
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
        "clicks": lambda: (i % (sr // 2) == sr // 10).astype(np.float64),
        "hum": lambda: sum(
            0.3 / h * sine(h * (110 * sr * i + 5 * i * i) % (sr * sr), sr * sr) for h in range(1, 9)
        )
        + 0.02 * noise(12345, n),
        "huge": lambda: 1e30 * ((0.4 * (1.0 + sine(4 * i % sr, sr))) * noise(67890, n)),
        "silence": lambda: np.zeros(n),
        "constant": lambda: np.full(n, 0.25),
        "dcsine": lambda: 0.25 + 0.5 * sine(220 * i % sr, sr),
    }[kind]()
    return made.astype(np.float32).astype(np.float64)


def features(y, sr, a):
    """All features of a signal: arrays [rows, frames], and values per clip."""
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
    seconds = len(y) / sr
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
    if sr > 12800:  # librosa raises an error otherwise
        out["spectral_contrast"] = f.spectral_contrast(S=magnitude, sr=sr, n_fft=n_fft)
    for upsampling in (1, 4) if seconds > 0.15 and np.abs(y).max() < 1e6 else ():
        found = harmonicity(y, sr, upsampling)
        name = "hnr" if upsampling == 1 else "hnr_up4"
        out[name] = found
        voiced = found[1] > -200
        if voiced.any():
            out[f"{name}_mean_voiced"] = (float(found[1][voiced].mean()), int(voiced.sum()))
    if mfcc.shape[1] >= 9:
        out["mfcc13_delta"] = f.delta(mfcc[:13])
        out["mfcc13_delta2"] = f.delta(mfcc[:13], order=2)
    if n_fft % 2 == 0:  # librosa's rms(S=) assumes an even length
        out["rms_S"] = f.rms(S=magnitude, frame_length=n_fft, dtype=np.float64)
    if energy[1].sum() > 0:
        out["hpss_ratio"] = energy[0].sum() / energy[1].sum()
    return out


def harmonicity(y, sr, upsampling):
    """Harmonics-to-noise ratio by Praat's autocorrelation method: [strength, dB, lag] × frames."""
    half = int(9 * sr / 75) // 2 - 1
    size, hop, period = 2 * half, int(0.01 * sr + 0.5), int(sr / 75)
    near = period // 2 + 1
    if len(y) < size:
        return np.zeros((3, 0))
    frames = (len(y) - size) // hop + 1
    first = (len(y) - ((frames - 1) * hop + size)) // 2
    j = np.arange(1, size + 1)
    edge = np.exp(-12.0)
    window = (np.exp(-48 * (j - (size + 1) / 2) ** 2 / (size + 1) ** 2) - edge) / (1 - edge)
    n = 1
    while n < 1.25 * size:
        n *= 2

    def correlation(x):
        power = np.abs(np.fft.rfft(x, n)) ** 2
        if upsampling > 1:
            power[-1] /= 2
            power = np.concatenate([power, np.zeros(n * upsampling // 2 + 1 - len(power))])
        lags = np.fft.irfft(power, n * upsampling)
        return lags / lags[0]

    of_window = correlation(window)
    loudest = np.abs(y - y.mean()).max()
    longest = min(size // 9 + 2, size, size // 4) * upsampling
    out = np.zeros((3, frames))
    for t in range(frames):
        start = first + t * hop
        centre = start + half
        x = (y[start : start + size] - y[centre - period : centre + period].mean()) * window
        peak = np.abs(x[half - near : half + near]).max()
        best, lag = 0.0, 0.0
        if peak > 0:
            r = correlation(x) / of_window
            for i in range(2 * upsampling, longest):
                if r[i] > 0 and r[i] > r[i - 1] and r[i] >= r[i + 1]:
                    d1, d2 = 0.5 * (r[i + 1] - r[i - 1]), 2 * r[i] - r[i - 1] - r[i + 1]
                    value = r[i] + 0.5 * d1 * d1 / d2
                    value = 1 / value if value > 1 else value
                    if value > best:
                        best, lag = value, i + d1 / d2
        voiced = best > 0 and best > max(0.0, 2 - min(1.0, peak / loudest) / 0.1)
        decibels = -200.0
        if voiced:
            decibels = -150.0 if best <= 1e-15 else 150.0 if best > 1 - 1e-15 else 10 * np.log10(best / (1 - best))
        out[:, t] = best, decibels, lag / upsampling if voiced else 0.0
    return out


NONE = "none"  # where librosa's None differs from its default


def variants(y, sr, a):
    """Each feature with other parameters: a list of (feature, librosa's options, value)."""
    n_fft, hop = a["n_fft"], a["hop_length"]
    f = librosa.feature
    stft = librosa.stft(y, n_fft=n_fft, hop_length=hop)
    magnitude, power = np.abs(stft), np.abs(stft) ** 2
    mel = dict(sr=sr, n_fft=n_fft, dtype=np.float64)
    mel_db = librosa.power_to_db(f.melspectrogram(S=power, **mel))
    out = []

    def librosas(options):
        """The arguments for librosa: NONE becomes None, lists become tuples, inf a number."""
        other = {NONE: None, "inf": np.inf}
        return {k: tuple(v) if isinstance(v, list) else other.get(v, v) if isinstance(v, str) else v for k, v in options.items()}

    def add(feature, function, *all_options):
        for options in all_options:
            out.append((feature, options, function(**librosas(options))))

    add(
        "spectral_contrast",
        lambda **o: f.spectral_contrast(S=magnitude, sr=sr, n_fft=n_fft, **o),
        dict(fmin=100.0, n_bands=4, quantile=0.1),
        dict(linear=True),
        dict(fmin=500.0, n_bands=3, quantile=0.5),
        dict(fmin=60.0, n_bands=7),
    )
    add(
        "chroma",
        lambda **o: f.chroma_stft(S=power, sr=sr, n_fft=n_fft, dtype=np.float64, **o),
        dict(n_chroma=24),
        dict(n_chroma=36, norm=2, tuning=0.3),
        dict(norm=1),
        dict(norm=NONE, ctroct=4.0, octwidth=NONE, tuning=-0.2),
        dict(base_c=False, octwidth=1.0),
        dict(n_chroma=7, tuning=0.0),
    )
    add(
        "mfcc",
        lambda **o: f.mfcc(S=mel_db, **o),
        dict(n_mfcc=13, lifter=22),
        dict(n_mfcc=13, dct_type=1),
        dict(n_mfcc=13, dct_type=1, norm=NONE),
        dict(n_mfcc=13, dct_type=3),
        dict(n_mfcc=13, dct_type=3, norm=NONE),
        dict(n_mfcc=128, norm=NONE, lifter=10.5),
    )
    mfcc = f.mfcc(S=mel_db, n_mfcc=13)
    add("mfcc_delta", lambda **o: f.delta(mfcc, **o), dict(width=5), dict(width=13))
    add("mfcc_delta2", lambda **o: f.delta(mfcc, order=2, **o), dict(width=5), dict(width=13))
    add(
        "mel_power",
        lambda power, **o: f.melspectrogram(S=magnitude**power, **mel, **o),
        dict(power=1.0),
        dict(power=1.5, htk=True, fmin=50.0, fmax=5000.0, n_mels=32),
    )
    add(
        "spectral_bandwidth",
        lambda **o: f.spectral_bandwidth(S=magnitude, sr=sr, n_fft=n_fft, **o),
        dict(p=1.0),
        dict(p=3.5, norm=False),
        dict(norm=False),
    )
    add(
        "spectral_rolloff",
        lambda **o: f.spectral_rolloff(S=magnitude, sr=sr, n_fft=n_fft, **o),
        dict(roll_percent=0.5),
        dict(roll_percent=0.95),
        dict(roll_percent=0.01),
    )
    add(
        "spectral_flatness",
        lambda **o: f.spectral_flatness(S=magnitude, **o),
        dict(power=1.0),
        dict(amin=1e-3),
        dict(amin=1e-60, power=4.0),
    )
    medians = {"median": np.median}

    def onset(aggregate="mean", **o):
        return librosa.onset.onset_strength(
            S=mel_db, sr=sr, n_fft=n_fft, hop_length=hop, aggregate=medians.get(aggregate), **o
        )

    add(
        "onset_strength",
        lambda **o: onset(**o)[np.newaxis],
        dict(lag=2),
        dict(max_size=3),
        dict(max_size=4, lag=3),
        dict(aggregate="median"),
        dict(detrend=True),
    )
    add(
        "tempo",
        lambda aggregate="mean", **o: float(
            f.tempo(onset_envelope=onset(), sr=sr, hop_length=hop, aggregate=medians.get(aggregate, np.mean), **o)[0]
        ),
        dict(start_bpm=60.0, std_bpm=0.3),
        dict(start_bpm=240.0, max_tempo=200.0),
        dict(start_bpm=900.0, std_bpm=0.5, max_tempo=NONE),
        dict(aggregate="median"),
        dict(ac_size=1.5),
    )

    def parts(**o):
        return np.stack([(np.abs(part) ** 2).sum(axis=0) for part in librosa.decompose.hpss(stft, **o)])

    add(
        "hpss_energy",
        parts,
        dict(kernel_size=[17, 31]),
        dict(kernel_size=[8, 6]),
        dict(margin=[2.0, 3.0]),
        dict(power=1.0),
        dict(power="inf"),
        dict(kernel_size=[5, 101], power=3.0, margin=[1.0, 5.0]),
    )
    add(
        "yin_f0",
        lambda **o: librosa.yin(y, sr=sr, frame_length=n_fft, hop_length=hop, **o)[np.newaxis],
        dict(fmin=60.0, fmax=500.0, trough_threshold=0.3),
        dict(fmin=80.0, fmax=4000.0, trough_threshold=0.01),
    )
    return out


def digits(x):
    return float(f"{x:.9g}")


def stored(value, moved, params):
    if isinstance(value, tuple):
        stable = all(m[1] == value[1] and abs(m[0] - value[0]) <= 1e-6 for m in moved)
        return {"value": digits(value[0]), "voiced_frames": value[1], "stable": stable}
    if np.ndim(value) == 0:
        stable = all(abs(m - value) <= 1e-6 * max(1e-3, abs(value)) for m in moved)
        return {"value": digits(float(value)), "stable": bool(stable)}
    scale = np.abs(value).max(initial=0)
    away = np.max([np.abs(m - value).max(axis=0, initial=0) for m in moved], axis=0)
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


def nudged(y, rng):
    """Adds noise: 1e-13 of each sample plus 1e-15 of the largest, which affects isolated clicks."""
    largest = np.abs(y).max(initial=0)
    return y * (1 + 1e-13 * rng.standard_normal(len(y))) + 1e-15 * largest * rng.standard_normal(len(y))


def optional(kind, sr, n, **chosen):
    """A fixture of features with other parameters."""
    made = fixture(kind, sr, n, all_features=False, **chosen)
    a, y = made["analysis"], signal(kind, sr, n)
    rng = np.random.default_rng(5)
    moved = [variants(nudged(y, rng), sr, a) for _ in range(3)]
    for i, (name, options, value) in enumerate(variants(y, sr, a)):
        entry = stored(value, [m[i][2] for m in moved], {})
        entry["options"] = options
        made["features"][f"{name}#{i}"] = entry
    return made


def windows():
    """SciPy's periodic windows, as librosa uses them: name for Window.of, length, weights."""
    names = "hann hamming blackman blackmanharris nuttall flattop bartlett triang barthann bohman cosine parzen".split()
    names += "lanczos taylor boxcar kaiser:14 kaiser:0 14 gaussian:3 general_gaussian:1.5,4 tukey:0.5 tukey:0.2".split()
    names += "general_hamming:0.6 general_cosine:0.4,0.5,0.1 exponential:3 chebwin:100 chebwin:45 taylor:6,40 dpss:2.5".split()
    out = []
    for name in names:
        stem, *numbers = name.split(":")
        given = [float(x) for x in numbers[0].split(",")] if numbers else []
        spec = stem if not numbers else (stem, *given)
        if name == "14":
            spec = 14.0
        elif stem == "exponential":
            spec = (stem, None, *given)
        elif stem == "general_cosine":
            spec = (stem, given)
        elif stem == "taylor" and given:
            spec = (stem, int(given[0]), given[1])
        for length in (7, 8, 33, 1000):
            weights = librosa.filters.get_window(spec, length)
            shown = range(length) if length < 100 else range(0, length, 77)
            out.append({"name": name, "length": length, "index": list(shown), "weights": [float(weights[i]) for i in shown]})
    return out


def fixture(kind, sr, n, all_features=True, **chosen):
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
    value = features(y, sr, a) if all_features else {}
    rng = np.random.default_rng(5)
    moved = [features(nudged(y, rng), sr, a) for _ in range(3) if all_features]
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
    "hum_22k_441": ("hum", 22050, 22050, dict(n_fft=2205, hop_length=441, f0_min=60.0)),
    "hum_48k_1024_256": ("hum", 48000, 36000, dict(n_fft=1024, hop_length=256, f0_min=60.0)),
    "amnoise_11k_symmetric": (
        "amnoise",
        11025,
        11025,
        dict(n_fft=1000, hop_length=333, win_length=777, window="bartlett", pad_mode="symmetric"),
    ),
    "hum_16k_ramp": ("hum", 16000, 12000, dict(n_fft=441, hop_length=160, window="dpss:2.5", pad_mode="linear_ramp")),
    "amnoise_22k_uncentred_odd": ("amnoise", 22050, 16000, dict(n_fft=1501, hop_length=500, center=False)),
    "huge_22k": ("huge", 22050, 8000, dict(n_fft=1024, hop_length=256)),
    "chirp_22k_edge": ("chirp", 22050, 22050, dict(pad_mode="edge", window="boxcar", hop_length=441)),
}


OPTIONS = {
    "options_22k_1000_250": ("amnoise", 22050, 44100, dict(n_fft=1000, hop_length=250)),
    "options_48k_1024_256": ("hum", 48000, 24000, dict(n_fft=1024, hop_length=256)),
}

GRID = ("sine440", "chirp", "cmajor", "clicks", "lcgnoise", "amnoise", "silence", "constant", "dcsine", "hum")


def text(made):
    return json.dumps(made, separators=(",", ":"))


def grid(folder):
    (folder / "features").mkdir(parents=True, exist_ok=True)
    for kind in GRID:
        for sr in (16000, 48000):
            made = fixture(kind, sr, 2 * sr, n_fft=1024, hop_length=256)
            (folder / "features" / f"{kind}_{sr}.json").write_text(text(made), encoding="utf-8")


def main():
    folder = Path(sys.argv[1])
    warnings.simplefilter("ignore")
    if "--grid" in sys.argv:
        grid(folder)
        return
    names = []
    for name, (kind, sr, n, chosen) in [*CASES.items(), *OPTIONS.items()]:
        names.append(f"{name}.json.gz")
        made = (optional if name in OPTIONS else fixture)(kind, sr, n, **chosen)
        with open(folder / names[-1], "wb") as out, gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed:
            packed.write(text(made).encode())
    (folder / "librosa.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    (folder / "windows.json").write_text(text(windows()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
