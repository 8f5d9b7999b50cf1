package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.math.NumpyRandom;
import java.util.Arrays;
import java.util.List;

/** Does the changes of {@link Augment}. */
final class Augmenter {
  /** Pitches are ratios of numbers up to this. */
  private static final int LARGEST_RATIO = 512;

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
    Check.that(
        clips.size() > 1 || chain.steps().stream().noneMatch(s -> s.change() instanceof Mixup),
        "%s: mixup needs at least two clips",
        chain);
    Augmented[] out = new Augmented[clips.size() * n];
    Parallel.forEach(
        out.length,
        i -> {
          int source = i / n;
          int copy = i % n;
          long own = mix(mix(seed, copy), key(clips.get(source)));
          out[i] = copy(chain, clips, source, own);
        });
    return Arrays.asList(out);
  }

  private static Augmented copy(Augmentation chain, List<Clip> clips, int source, long seed) {
    Clip changed = clips.get(source);
    int other = source;
    double share = 1;
    for (int i = 0; i < chain.steps().size(); i++) {
      Augmentation.Step step = chain.steps().get(i);
      NumpyRandom dice = dice(seed, i);
      if (dice.uniform() >= step.probability()) {
        continue;
      }
      if (step.change() instanceof Mixup mixup) {
        other = (source + 1 + dice.upTo(clips.size() - 2)) % clips.size();
        share = Mixture.share(mixup.alpha(), dice);
        changed = Mixture.of(changed, clips.get(other), share);
      } else {
        changed = change(step.change(), changed, dice);
      }
    }
    return new Augmented(changed, source, share < 1 ? other : source, share);
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
    bound(y, scale, Math.max(1, peak));
    return Clip.of(clip.name(), y, clip.sampleRateHz()).withStart(clip.startSeconds());
  }

  /** Multiplies, in place, by the scale or by less, so that no sample exceeds the limit. */
  static void bound(float[] y, double scale, double limit) {
    double most = 0;
    for (float v : y) {
      most = Math.max(most, Math.abs(v));
    }
    double factor = most * scale > limit ? limit / most : scale;
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) Math.clamp(y[i] * factor, -limit, limit);
    }
  }

  private static float[] samples(Augment augment, float[] x, int rate, NumpyRandom dice) {
    return switch (augment) {
      case Gain a -> scaled(x, Math.pow(10, dice.uniform(a.fromDb(), a.toDb()) / 20));
      case Noise a -> NoiseMix.noise(x, a, dice);
      case Background a -> NoiseMix.background(x, a, rate, dice);
      case TimeShift a -> shift(x, a, rate, dice);
      case TimeStretch a -> {
        double speed = dice.uniform(a.fromRate(), a.toRate());
        yield Vocoder.stretch(x, speed, Vocoder.frameSize(rate), true);
      }
      case PitchShift a -> pitch(x, dice.uniform(a.fromSemitones(), a.toSemitones()), rate);
      case Room a -> Reverberation.room(x, a, rate, dice);
      case ImpulseResponse a -> Reverberation.measured(x, a, rate);
      case BandLimit a -> band(x, a, rate);
      case Mp3RoundTrip a -> Mp3Trip.trip(x, a, rate, dice);
      case TimeMask a -> Masks.time(x, a, rate, dice);
      case FrequencyMask a -> Masks.frequency(x, a, rate, dice);
      case Mixup a ->
          throw new IllegalArgumentException(
              a
                  + ": needs other clips to mix with; call copies(clips, n, seed) of an augmentation");
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
    double most = Math.min(options.mostSeconds() * rate, x.length / 2.0);
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

  /** Stretches by a ratio p/q of small numbers, then plays that p/q times as fast. */
  private static float[] pitch(float[] x, double semitones, int rate) {
    double ratio = Math.pow(2, semitones / 12);
    int p = 1;
    int q = 1;
    for (int d = 1; d <= LARGEST_RATIO; d++) {
      int n = (int) Math.rint(d * ratio);
      if (n >= 1
          && n <= LARGEST_RATIO
          && Math.abs((double) n / d - ratio) < Math.abs((double) p / q - ratio)) {
        p = n;
        q = d;
      }
    }
    if (p == q) {
      return x.clone();
    }
    float[] longer = Vocoder.stretch(x, (double) q / p, Vocoder.frameSize(rate), true);
    return Arrays.copyOf(Resampler.of(p, q).resample(longer), x.length);
  }

  private static float[] band(float[] x, BandLimit options, int rate) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    if (options.fromHz() > 0) {
      Biquad.highPass(y, options.fromHz(), rate);
    }
    if (options.toHz() < 0.49 * rate) {
      Biquad.lowPass(y, options.toHz(), rate);
    }
    float[] out = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      out[i] = (float) y[i];
    }
    return out;
  }
}
