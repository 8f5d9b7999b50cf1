package fieldnotes.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds silence at the ends of a clip and in between: the numbers of {@code librosa.effects.trim}
 * and {@code librosa.effects.split}. Frame t is centred on sample t·hop, with zeros around the
 * clip.
 */
public final class Silence {
  private static final double LEAST_POWER = 1e-10;

  private Silence() {}

  /** As {@link #trim(Clip, SilenceOptions)} with librosa's defaults. */
  public static Clip trim(Clip clip) {
    return trim(clip, SilenceOptions.of());
  }

  /**
   * The clip without silence at its ends, to whole hops; {@link Clip#startSeconds} says where it
   * began. A clip of zeros is not shortened, as its loudest frame is silent too.
   *
   * @throws IllegalArgumentException if a sample is NaN or infinite
   */
  public static Clip trim(Clip clip, SilenceOptions options) {
    boolean[] loud = loud(clip, options);
    int first = 0;
    while (first < loud.length && !loud[first]) {
      first++;
    }
    int last = loud.length - 1;
    while (last >= first && !loud[last]) {
      last--;
    }
    return clip.sliceSamples(
        at(Math.min(first, last + 1), options, clip), at(last + 1, options, clip));
  }

  /** As {@link #split(Clip, SilenceOptions)} with librosa's defaults. */
  public static List<Clip> split(Clip clip) {
    return split(clip, SilenceOptions.of());
  }

  /**
   * The parts of the clip between silences, in order; {@link Clip#startSeconds} says where each
   * began. None for an empty clip.
   *
   * @throws IllegalArgumentException if a sample is NaN or infinite
   */
  public static List<Clip> split(Clip clip, SilenceOptions options) {
    boolean[] loud = loud(clip, options);
    List<Clip> parts = new ArrayList<>();
    for (int from = 0; from < loud.length; from++) {
      int to = from;
      while (to < loud.length && loud[to]) {
        to++;
      }
      if (to > from) {
        Clip part = clip.sliceSamples(at(from, options, clip), at(to, options, clip));
        if (part.length() > 0) {
          parts.add(part);
        }
        from = to;
      }
    }
    return parts;
  }

  private static int at(int frame, SilenceOptions options, Clip clip) {
    return (int) Math.min(clip.length(), (long) frame * options.hop());
  }

  /** Which frames are not silent. */
  private static boolean[] loud(Clip clip, SilenceOptions options) {
    Augmenter.finite(clip);
    float[] x = clip.samples();
    int size = options.frameLength();
    int padded = x.length + 2 * (size / 2);
    int frames = x.length == 0 || padded < size ? 0 : 1 + (padded - size) / options.hop();
    double[] power = new double[frames];
    double most = LEAST_POWER;
    for (int t = 0; t < frames; t++) {
      long start = (long) t * options.hop() - size / 2;
      int from = (int) Math.max(0, start);
      int to = (int) Math.min(x.length, start + size);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += (double) x[i] * x[i];
      }
      power[t] = Math.max(LEAST_POWER, sum / size);
      most = Math.max(most, power[t]);
    }
    boolean[] loud = new boolean[frames];
    for (int t = 0; t < frames; t++) {
      loud[t] = 10 * Math.log10(power[t]) - 10 * Math.log10(most) > -options.topDb();
    }
    return loud;
  }
}
