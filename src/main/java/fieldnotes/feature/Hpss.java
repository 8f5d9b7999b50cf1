package fieldnotes.feature;

import static fieldnotes.math.Lanes.COUNT;

import fieldnotes.audio.Clip;
import fieldnotes.math.LaneRealFft;
import fieldnotes.math.Lanes;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Harmonic–percussive separation by median filtering, like {@code hpss} in librosa 0.11: sustained
 * tones are ridges along time, strokes are ridges along frequency. The magnitudes are
 * median-filtered along each axis, and soft masks are computed from the results.
 *
 * @see "D. FitzGerald, Harmonic/percussive separation using median filtering, 2010"
 */
public final class Hpss {
  private Hpss() {}

  /**
   * A clip separated into two parts.
   *
   * @param harmonic sustained sounds
   * @param percussive transient sounds
   */
  public record Parts(Clip harmonic, Clip percussive) {
    @Override
    public String toString() {
      return "harmonic %s; percussive %s".formatted(harmonic, percussive);
    }
  }

  /**
   * Separates a clip with librosa's default frames. Both parts have the length of the clip and add
   * up to it except for rounding.
   */
  public static Parts separate(Clip clip) {
    return separate(clip, FrameOptions.of());
  }

  /**
   * Separates a clip.
   *
   * @throws IllegalArgumentException if a sample is not finite, or if the frames do not overlap
   *     enough to invert the transform
   */
  public static Parts separate(Clip clip, FrameOptions options) {
    return separate(clip, HpssOptions.of(), options);
  }

  /**
   * Separates a clip with other options. With a margin above 1 the parts do not add up to the clip.
   *
   * @throws IllegalArgumentException as {@link #separate(Clip, FrameOptions)}
   */
  public static Parts separate(Clip clip, HpssOptions how, FrameOptions options) {
    Features.finite(clip);
    int length = clip.length();
    int frames = options.frames(length);
    float[] seen = options.surrounded(clip.samples(), 0, length);
    int bins = options.bins();
    int blocks = Lanes.blocks(frames);
    LaneRealFft fft = LaneRealFft.of(options.fftSize());
    double[] window = options.paddedWindow();
    FrameLoader loader = new FrameLoader(options.fftSize(), options.hop());
    double[] work = new double[fft.workLength()];
    double[][] spectra = new double[blocks][2 * bins * COUNT];
    double[][] power = new double[blocks][bins * COUNT];
    for (int b = 0; b < blocks; b++) {
      loader.load(seen, 0, seen.length, (long) b * COUNT * options.hop() - options.start());
      Arrays.fill(work, 0);
      loader.windowed(window, work, fft.stride());
      fft.spectrum(work, spectra[b]);
      for (int k = 0; k < bins; k++) {
        DoubleVector re = Lanes.load(spectra[b], 2 * k * COUNT);
        DoubleVector im = Lanes.load(spectra[b], 2 * k * COUNT + COUNT);
        re.mul(re).add(im.mul(im)).intoArray(power[b], k * COUNT);
      }
    }
    double[] harmonic = new double[length];
    double[] percussive = new double[length];
    double[] weight = new double[length];
    double[] part = new double[2 * bins * COUNT];
    double[] signal = new double[options.fftSize() * COUNT];
    new Masks(bins, how)
        .run(
            frames,
            power,
            (b, mask) -> {
              for (int side = 0; side < 2; side++) {
                for (int k = 0; k < bins; k++) {
                  DoubleVector m = Lanes.load(mask, (2 * k + side) * COUNT);
                  int at = 2 * k * COUNT;
                  Lanes.load(spectra[b], at).mul(m).intoArray(part, at);
                  Lanes.load(spectra[b], at + COUNT).mul(m).intoArray(part, at + COUNT);
                }
                fft.inverse(part, work, signal);
                for (int lane = 0; lane < COUNT && b * COUNT + lane < frames; lane++) {
                  long start = (long) (b * COUNT + lane) * options.hop() - options.before();
                  int from = (int) Math.max(0, -start);
                  int to = (int) Math.min(options.fftSize(), length - start);
                  double[] out = side == 0 ? harmonic : percussive;
                  for (int i = from; i < to; i++) {
                    int at = (int) (start + i);
                    out[at] += signal[i * COUNT + lane] / options.fftSize() * window[i];
                    if (side == 0) {
                      weight[at] += window[i] * window[i];
                    }
                  }
                }
              }
            });
    float[] h = new float[length];
    float[] p = new float[length];
    for (int i = 0; i < length; i++) {
      double w = weight[i] > Double.MIN_NORMAL ? weight[i] : 1;
      h[i] = (float) (harmonic[i] / w);
      p[i] = (float) (percussive[i] / w);
    }
    return new Parts(
        Clip.of(clip.name() + ", harmonic", h, clip.sampleRateHz()),
        Clip.of(clip.name() + ", percussive", p, clip.sampleRateHz()));
  }

  /**
   * The energy of both parts of each frame, Σ |X·mask|² over the bins. Masks add up to 1 in
   * amplitude, so the energies do not add up to that of the frame.
   *
   * @return shape [frames][2]: harmonic, percussive
   * @throws IllegalArgumentException if a sample is not finite
   */
  public static double[][] energies(Clip clip, HpssOptions how, FrameOptions options) {
    Spectrogram s = Spectrogram.of(clip, options);
    int frames = s.frames();
    double[][] power = new double[Lanes.blocks(frames)][options.bins() * COUNT];
    for (int t = 0; t < frames; t++) {
      for (int k = 0; k < options.bins(); k++) {
        power[t / COUNT][k * COUNT + t % COUNT] = s.power(t, k);
      }
    }
    double[] h = new double[Lanes.padded(frames)];
    double[] p = new double[Lanes.padded(frames)];
    double[] one = new double[options.bins() * COUNT];
    new Masks(options.bins(), how)
        .energies(
            frames,
            one,
            b -> {
              System.arraycopy(power[b], 0, one, 0, one.length);
              return 0;
            },
            h,
            p);
    double[][] out = new double[frames][];
    for (int t = 0; t < frames; t++) {
      out[t] = new double[] {h[t], p[t]};
    }
    return out;
  }

  /** Receives the masks of a block of frames: harmonic and percussive, bin by bin. */
  @FunctionalInterface
  interface MaskUser {
    void use(int block, double[] masks);
  }

  /** Computes the masks from power spectra, a segment of frames at a time. Not thread-safe. */
  static final class Masks {
    /** Frames per segment; a multiple of the vector length of any machine. */
    private static final int SEGMENT = 512;

    private final int bins;
    private final int width;
    private final HpssOptions options;
    private final SlidingMedian alongTime;
    private final SlidingMedian alongFrequency;
    private final double[] column;
    private final double[] percussive;
    private final double[] masks;
    private double[] byTime = {};
    private double[] harmonic = {};

    Masks(int bins, HpssOptions options) {
      this.bins = bins;
      this.options = options;
      alongTime = new SlidingMedian(options.frames());
      alongFrequency = new SlidingMedian(options.bins());
      width = Lanes.padded(bins);
      column = new double[(bins + alongFrequency.around()) * COUNT];
      percussive = new double[bins * COUNT];
      masks = new double[2 * bins * COUNT];
    }

    void run(int frames, double[][] power, MaskUser user) {
      for (int from = 0; from < frames; from += SEGMENT) {
        int to = Math.min(frames, from + SEGMENT);
        begin(from, to);
        for (int b = 0; b < power.length; b++) {
          if (needs(b, from, to, frames)) {
            fill(power[b], 0, b, from, to, frames);
          }
        }
        overTime(to - from);
        for (int b = from / COUNT; b * COUNT < to; b++) {
          masks(power[b], 0, b * COUNT - from);
          user.use(b, masks);
        }
      }
    }

    /** Like the other, from spectra that are computed on demand. */
    void energies(
        int frames,
        double[] spectra,
        IntUnaryOperator powerOf,
        double[] harmonicOut,
        double[] all) {
      for (int from = 0; from < frames; from += SEGMENT) {
        int to = Math.min(frames, from + SEGMENT);
        begin(from, to);
        for (int b = 0; b < Lanes.blocks(frames); b++) {
          if (needs(b, from, to, frames)) {
            fill(spectra, powerOf.applyAsInt(b), b, from, to, frames);
          }
        }
        overTime(to - from);
        for (int b = from / COUNT; b * COUNT < to; b++) {
          int base = powerOf.applyAsInt(b);
          masks(spectra, base, b * COUNT - from);
          DoubleVector h = Lanes.zero();
          DoubleVector p = Lanes.zero();
          for (int k = 0; k < bins; k++) {
            DoubleVector s = Lanes.load(spectra, base + k * COUNT);
            DoubleVector mh = Lanes.load(masks, 2 * k * COUNT);
            DoubleVector mp = Lanes.load(masks, 2 * k * COUNT + COUNT);
            h = h.add(s.mul(mh).mul(mh));
            p = p.add(s.mul(mp).mul(mp));
          }
          h.intoArray(harmonicOut, b * COUNT);
          p.intoArray(all, b * COUNT);
        }
      }
    }

    private void begin(int from, int to) {
      int rows = to - from + alongTime.around();
      if (byTime.length < rows * width) {
        byTime = new double[rows * width];
        harmonic = new double[Lanes.padded(to - from) * width];
      }
    }

    /** Whether a frame of block b is in a segment or mirrored into its margins. */
    private boolean needs(int b, int from, int to, int frames) {
      int margin = alongTime.before();
      int first = b * COUNT;
      int last = Math.min(frames, first + COUNT) - 1;
      return frames <= 2 * margin || (last >= from - margin && first < to + margin);
    }

    /** Copies the magnitudes of a block's frames to each row of the segment that shows them. */
    private void fill(double[] power, int base, int b, int from, int to, int frames) {
      int margin = alongTime.before();
      int rows = to - from + alongTime.around();
      for (int row = 0; row < rows; row++) {
        int frame = SlidingMedian.reflect(from - margin + row, frames);
        int lane = frame - b * COUNT;
        if (lane >= 0 && lane < COUNT) {
          for (int k = 0; k < bins; k++) {
            byTime[row * width + k] = Math.sqrt(power[base + k * COUNT + lane]);
          }
        }
      }
    }

    private void overTime(int count) {
      for (int k = 0; k < width; k += COUNT) {
        alongTime.run(byTime, k, width, count, harmonic, k, width);
      }
    }

    private void masks(double[] power, int base, int row) {
      int margin = alongFrequency.before();
      for (int i = 0; i < bins + alongFrequency.around(); i++) {
        int k = SlidingMedian.reflect(i - margin, bins);
        Lanes.load(power, base + k * COUNT).sqrt().intoArray(column, i * COUNT);
      }
      alongFrequency.run(column, 0, COUNT, bins, percussive, 0, COUNT);
      double[] h = new double[COUNT];
      boolean plain = options.harmonicMargin() == 1 && options.percussiveMargin() == 1;
      for (int k = 0; k < bins; k++) {
        for (int lane = 0; lane < COUNT; lane++) {
          h[lane] = harmonic[(row + lane) * width + k];
        }
        DoubleVector hm = Lanes.load(h, 0);
        DoubleVector pm = Lanes.load(percussive, k * COUNT);
        int out = 2 * k * COUNT;
        if (plain && options.exponent() == 2) {
          softMasks(hm, pm, out);
        } else {
          Lanes.load(h, 0).intoArray(masks, out);
          pm.intoArray(masks, out + COUNT);
          otherMasks(out, plain);
        }
      }
    }

    /** Both masks with exponent 2 and margin 1, librosa's default. */
    private void softMasks(DoubleVector hm, DoubleVector pm, int out) {
      DoubleVector half = Lanes.all(0.5);
      DoubleVector z = Lanes.larger(hm, pm);
      var silent = z.compare(VectorOperators.LT, Double.MIN_NORMAL);
      DoubleVector scale = Lanes.all(1).div(z.blend(Lanes.all(1), silent));
      DoubleVector h = hm.mul(scale);
      DoubleVector p = pm.mul(scale);
      h = h.mul(h);
      p = p.mul(p);
      DoubleVector sum = h.add(p);
      h.div(sum).blend(half, silent).intoArray(masks, out);
      p.div(sum).blend(half, silent).intoArray(masks, out + COUNT);
    }

    /** Converts medians to masks in place. */
    private void otherMasks(int at, boolean halves) {
      for (int lane = at; lane < at + COUNT; lane++) {
        double h = masks[lane];
        double p = masks[lane + COUNT];
        masks[lane] = mask(h, p * options.harmonicMargin(), halves);
        masks[lane + COUNT] = mask(p, h * options.percussiveMargin(), halves);
      }
    }

    private double mask(double x, double other, boolean halves) {
      if (Double.isInfinite(options.exponent())) {
        return x > other ? 1 : 0;
      }
      double z = Math.max(x, other);
      if (z < Double.MIN_NORMAL) {
        return halves ? 0.5 : 0;
      }
      double own = Math.pow(x / z, options.exponent());
      return own / (own + Math.pow(other / z, options.exponent()));
    }
  }
}
