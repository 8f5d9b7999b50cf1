"""Writes reference numbers of silence, loudness and time stretching.

Written with librosa 0.11.0, NumPy 2.4.6 and FFmpeg 7.0.2 (imageio-ffmpeg 0.6.0) on Python 3. Run
from the repository:

    python src/test/python/preparation_fixtures.py

Writes src/test/resources/audio/preparation.json. The signals are those of PreparationSignals.java:
noise of an integer generator, the same in both languages, and sines.
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg
import librosa
import numpy as np
import soundfile

OUT = Path(__file__).resolve().parent.parent / "resources" / "audio" / "preparation.json"


def noise(n):
    state = 1
    out = np.empty(n)
    for i in range(n):
        state = (state * 1664525 + 1013904223) % 2**32
        out[i] = state / 2**31 - 1
    return out


def signal(name):
    """Samples in single precision and their rate."""
    if name == "bursts":  # tones between faint noise
        rate = 22050
        t = np.arange(3 * rate) / rate
        x = 1e-4 * noise(t.size)
        for at, length, hz, gain in [(0.5, 0.4, 440, 0.5), (1.4, 0.3, 990, 0.02), (2.1, 0.5, 300, 0.2)]:
            inside = (t >= at) & (t < at + length)
            x[inside] += gain * np.sin(2 * np.pi * hz * t[inside])
    elif name == "tone":  # -23 dB at the frequency where the weighting is about 0
        rate = 48000
        t = np.arange(6 * rate) / rate
        x = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * t)
    elif name == "steps":  # noise whose level rises and falls, with silence in between
        rate = 44100
        t = np.arange(20 * rate) / rate
        level = np.array([-60, -40, -34, -30, -26, -20, -200, -14, -30, -20])
        x = 10 ** (level[(t / 2).astype(int)] / 20) * noise(t.size)
    elif name == "voice":  # syllables of a buzz
        rate = 16000
        t = np.arange(10 * rate) / rate
        x = sum(np.sin(2 * np.pi * 130 * h * t) / h for h in range(1, 20))
        x *= 0.15 * np.maximum(0, np.sin(2 * np.pi * 1.7 * t)) * (np.sin(2 * np.pi * 0.2 * t) > -0.6)
    elif name == "low":  # bass, above full scale between samples
        rate = 11025
        t = np.arange(5 * rate) / rate
        x = 0.7 * np.sin(2 * np.pi * 60 * t) + 0.3 * np.sin(2 * np.pi * 2756.25 * t + 0.7)
    elif name == "sweep":
        rate = 32000
        t = np.arange(8 * rate) / rate
        x = 0.3 * np.sin(2 * np.pi * (50 * t + 900 * t * t))
    else:
        raise ValueError(name)
    return x.astype(np.float32), rate


NAMES = ["bursts", "tone", "steps", "voice", "low", "sweep"]


def silences():
    cases = []
    for name in NAMES:
        y, _ = signal(name)
        for top, frame, hop in [(60, 2048, 512), (30, 2048, 512), (40, 1000, 250), (20, 401, 160)]:
            _, (first, last) = librosa.effects.trim(y, top_db=top, frame_length=frame, hop_length=hop)
            parts = librosa.effects.split(y, top_db=top, frame_length=frame, hop_length=hop)
            cases.append(
                {
                    "signal": name,
                    "topDb": top,
                    "frame": frame,
                    "hop": hop,
                    "trim": [int(first), int(last)],
                    "split": [[int(a), int(b)] for a, b in parts],
                }
            )
    return cases


def loudness():
    cases = []
    for name in NAMES:
        y, rate = signal(name)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.wav"
            soundfile.write(path, y, rate, subtype="FLOAT")
            said = subprocess.run(
                [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path), "-af"]
                + ["ebur128=metadata=1:peak=true,ametadata=print:file=-", "-f", "null", "-"],
                capture_output=True,
                text=True,
                check=True,
            )
        values = lambda key: [float(v) for v in re.findall(rf"lavfi.r128.{key}=(\S+)", said.stdout)]
        peak = re.search(r"True peak:\s+Peak:\s+(\S+) dBFS", said.stderr).group(1)
        cases.append(
            {
                "signal": name,
                "integrated": values("I")[-1],
                "momentary": max(values("M")),
                "shortTerm": max(values("S")[29:]),
                "range": values("LRA")[-1],
                "truePeak": float(peak),
            }
        )
    return cases


def stretches():
    """Every 997th sample of librosa.effects.time_stretch, computed in double precision."""
    cases = []
    for name in ["bursts", "voice"]:
        y, _ = signal(name)
        y = y[: 2 * 16000].astype(np.float64)
        for rate in [0.5, 0.8, 1.0, 1.25, 1.7]:
            z = librosa.effects.time_stretch(y, rate=rate)
            cases.append(
                {"signal": name, "rate": rate, "length": int(z.size), "samples": z[::997].tolist()}
            )
    return cases


if __name__ == "__main__":
    numbers = {"silence": silences(), "loudness": loudness(), "stretch": stretches()}
    OUT.write_text(json.dumps(numbers).replace("}, {", "},\n{") + "\n")
