package fieldnotes.feature;

import be.tarsos.dsp.pitch.FastYin;
import be.tarsos.dsp.pitch.PitchDetectionResult;
import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * Fundamental frequency of what has one: TarsosDSP's YIN, which says where there is no pitch.
 * {@link Features#f0Hz} is librosa's YIN, which gives a number for every frame, be it noise or
 * silence. Where both find a pitch they agree within 1 % on steady tones; a test holds that.
 *
 * @see "J. Six, O. Cornelis and M. Leman, TarsosDSP, a real-time audio processing framework in
 *     Java, 2014"
 */
public final class Pitch {
  /** TarsosDSP's default: higher accepts rougher sounds as voiced. */
  private static final double THRESHOLD = 0.2;

  private Pitch() {}

  /**
   * The pitch of a clip over time.
   *
   * @param hz of each frame; NaN where there is no pitch
   * @param clarity how periodic each frame is, 0…1; 0 where there is no pitch
   * @param options how the clip was cut into frames
   */
  public record Track(double[] hz, double[] clarity, FrameOptions options) {
    public Track {
      hz = hz.clone();
      clarity = clarity.clone();
    }

    @Override
    public double[] hz() {
      return hz.clone();
    }

    @Override
    public double[] clarity() {
      return clarity.clone();
    }

    /** Share of the frames that have a pitch, 0…1; 0 where there is no frame. */
    public double voicedShare() {
      return Arrays.stream(hz).map(f -> Double.isNaN(f) ? 0 : 1).average().orElse(0);
    }

    @Override
    public String toString() {
      double[] voiced = Arrays.stream(hz).filter(f -> !Double.isNaN(f)).toArray();
      return String.format(
          Locale.ROOT,
          "pitch: %d of %d frames voiced%s",
          voiced.length,
          hz.length,
          voiced.length == 0
              ? ""
              : String.format(
                  Locale.ROOT, ", median %.1f Hz", Select.median(voiced, voiced.length)));
    }
  }

  /** The pitch of a clip, with frames of 2048 samples every 512. */
  public static Track of(Clip clip) {
    return of(clip, THRESHOLD, FrameOptions.of());
  }

  /**
   * The pitch of a clip.
   *
   * @param threshold how unlike itself a period later a frame may be and still have a pitch, above
   *     0 and at most 1; 0.2 is usual
   * @param options frames; the lowest pitch found is rate / (fftSize/2), and no window is applied
   * @throws IllegalArgumentException if a sample is not finite
   */
  public static Track of(Clip clip, double threshold, FrameOptions options) {
    Check.that(threshold > 0 && threshold <= 1, "threshold=%s: must lie in (0, 1]", threshold);
    Check.atLeast("fftSize", options.fftSize(), 16);
    Features.finite(clip);
    int size = options.fftSize();
    float[] y = options.surrounded(clip.samples(), 0, clip.length());
    int frames = options.frames(clip.length());
    double[] hz = new double[frames];
    double[] clarity = new double[frames];
    FastYin yin = new FastYin(clip.sampleRateHz(), size, threshold);
    float[] frame = new float[size];
    for (int t = 0; t < frames; t++) {
      long start = (long) t * options.hop() - options.start();
      int from = Math.clamp(-start, 0, size);
      int to = Math.clamp(y.length - start, from, size);
      Arrays.fill(frame, 0);
      System.arraycopy(y, (int) (start + from), frame, from, to - from);
      boolean silent = true;
      for (float x : frame) {
        silent &= x == 0;
      }
      PitchDetectionResult found = silent ? null : yin.getPitch(frame);
      boolean voiced = found != null && found.isPitched() && found.getPitch() > 0;
      hz[t] = voiced ? found.getPitch() : Double.NaN;
      clarity[t] = voiced ? Math.clamp(found.getProbability(), 0.0, 1.0) : 0;
    }
    return new Track(hz, clarity, options);
  }
}
