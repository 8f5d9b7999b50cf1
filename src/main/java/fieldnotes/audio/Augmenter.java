package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;
import java.util.List;

/** Does the changes of {@link Augment}. */
final class Augmenter {
  private Augmenter() {}

  /** Random numbers for one step. */
  static NumpyRandom dice(long seed, int step) {
    return NumpyRandom.of(mix(seed, step) >>> 32);
  }

  /** Mixes two numbers by SplitMix64, so that neighbouring seeds have nothing in common. */
  static long mix(long seed, long other) {
    long z = seed * 0xd1342543de82ef95L + other + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  static List<Augmented> copies(Augmentation chain, List<Clip> clips, int n, long seed) {
    Check.that(
        (long) clips.size() * n < Integer.MAX_VALUE - 8,
        "n=%d copies of %d clips: too many for one list",
        n,
        clips.size());
    Augmented[] out = new Augmented[clips.size() * n];
    Parallel.forEach(
        out.length,
        i -> {
          int source = i / n;
          int copy = i % n;
          Clip clip = clips.get(source);
          long own = mix(mix(seed, copy), key(clip));
          Clip changed = chain.apply(clip, own);
          out[i] = new Augmented(changed, source, source, 1);
        });
    return Arrays.asList(out);
  }

  private static long key(Clip clip) {
    return mix(clip.name().hashCode(), Math.round(clip.startSeconds() * clip.sampleRateHz()));
  }

  /** Does one change; see {@link Augment} for what holds for all of them. */
  static Clip change(Augment augment, Clip clip, NumpyRandom dice) {
    finite(clip);
    if (clip.length() == 0) {
      return clip;
    }
    double peak = clip.peak();
    // Loud clips are brought to full scale by a power of two, which is exact, and back.
    double scale = peak > 1 ? Math.scalb(1.0, Math.getExponent(peak) + 1) : 1;
    float[] x = scaled(clip.samples(), 1 / scale);
    float[] y = samples(augment, x, clip.sampleRateHz(), dice);
    double most = 0;
    for (float v : y) {
      most = Math.max(most, Math.abs(v));
    }
    double limit = Math.max(1, peak) / scale;
    y = scaled(y, most > limit ? scale * (limit / most) : scale);
    float bound = (float) Math.max(1, peak);
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.clamp(y[i], -bound, bound); // rounding of the product
    }
    return Clip.of(clip.name(), y, clip.sampleRateHz()).withStart(clip.startSeconds());
  }

  private static float[] samples(Augment augment, float[] x, int rate, NumpyRandom dice) {
    return switch (augment) {
      case Gain a -> scaled(x, Math.pow(10, dice.uniform(a.fromDb(), a.toDb()) / 20));
      case Noise a -> NoiseMix.noise(x, a, dice);
      case TimeShift a -> shift(x, a, rate, dice);
    };
  }

  static void finite(Clip clip) {
    float[] y = clip.samples();
    for (int i = 0; i < y.length; i++) {
      if (!Float.isFinite(y[i])) {
        throw new IllegalArgumentException(
            "sample %d of %s is %s: samples must be finite numbers"
                .formatted(i, clip.name(), y[i]));
      }
    }
  }

  /** A scaled copy; too large numbers become the largest of floats. */
  static float[] scaled(float[] x, double factor) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) Math.clamp(x[i] * factor, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    return y;
  }

  private static float[] shift(float[] x, TimeShift options, int rate, NumpyRandom dice) {
    double most = Math.min(options.mostSeconds() * rate, x.length / 2);
    int by = (int) Math.rint(dice.uniform(-most, most));
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      int to = i + by;
      if (options.around()) {
        y[Math.floorMod(to, x.length)] = x[i];
      } else if (to >= 0 && to < x.length) {
        y[to] = x[i];
      }
    }
    return y;
  }
}
