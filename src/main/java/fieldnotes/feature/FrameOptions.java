package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Objects;

/**
 * How a clip is cut into frames and each frame into a spectrum. The defaults are librosa's: frames
 * of 2048 samples every 512, a periodic Hann window, 128 mel bands.
 *
 * <p>Frame t is centred on sample t·hop, and half a frame of zeros stands before and after the
 * clip; or, where {@code centred} is false, it begins there, and frames lie wholly within the clip.
 *
 * @param fftSize samples of a frame and length of its transform, at least 1; need not be even nor a
 *     power of two; librosa's {@code n_fft} and {@code frame_length}
 * @param hop samples from one frame to the next, at least 1; {@code hop_length}
 * @param windowLength samples of the window, 1…fftSize; it stands in the middle of the frame;
 *     {@code win_length}
 * @param window a name that {@link Window} knows; {@code window}
 * @param centred whether frame t is centred on sample t·hop rather than beginning there; {@code
 *     center}
 * @param padding what a centred frame sees beyond the ends of the clip; {@code pad_mode}. The
 *     zero-crossing rate always takes {@link Padding#EDGE}
 * @param mel how the mel bands are made, and with them the MFCC and the onset strength
 */
public record FrameOptions(
    int fftSize,
    int hop,
    int windowLength,
    String window,
    boolean centred,
    Padding padding,
    MelOptions mel) {
  public FrameOptions {
    Check.atLeast("fftSize", fftSize, 1);
    Check.atLeast("hop", hop, 1);
    Check.that(
        windowLength >= 1 && windowLength <= fftSize,
        "windowLength=%d: must lie within 1 and fftSize=%d",
        windowLength,
        fftSize);
    Check.that(fftSize <= 1 << 20, "fftSize=%d: must be at most %d", fftSize, 1 << 20);
    Window.of(window, 1);
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(mel, "mel");
  }

  /** librosa's defaults: fftSize 2048, hop 512. */
  public static FrameOptions of() {
    return of(2048, 512);
  }

  /** Frames of this number of samples, with this hop in samples. */
  public static FrameOptions of(int fftSize, int hop) {
    return new FrameOptions(fftSize, hop, fftSize, "hann", true, Padding.ZERO, MelOptions.of(128));
  }

  /** Returns a copy with this window; see {@link Window} for the names. */
  public FrameOptions withWindow(String name) {
    return new FrameOptions(fftSize, hop, windowLength, name, centred, padding, mel);
  }

  /** Returns a copy with a window shorter than the frame, padded with zeros on both sides. */
  public FrameOptions withWindowLength(int samples) {
    return new FrameOptions(fftSize, hop, samples, window, centred, padding, mel);
  }

  /** Returns a copy with frames that begin at sample t·hop and lie wholly within the clip. */
  public FrameOptions uncentred() {
    return new FrameOptions(fftSize, hop, windowLength, window, false, padding, mel);
  }

  /** Returns a copy with this padding beyond the ends of the clip. */
  public FrameOptions withPadding(Padding mode) {
    return new FrameOptions(fftSize, hop, windowLength, window, centred, mode, mel);
  }

  /** Returns a copy with this number of mel bands. */
  public FrameOptions withMelBands(int bands) {
    return withMel(
        new MelOptions(
            bands, mel.lowestHz(), mel.highestHz(), mel.scale(), mel.equalArea(), mel.exponent()));
  }

  /** Returns a copy with mel bands made by these options. */
  public FrameOptions withMel(MelOptions bands) {
    return new FrameOptions(fftSize, hop, windowLength, window, centred, padding, bands);
  }

  /** The number of mel bands. */
  public int melBands() {
    return mel.bands();
  }

  /**
   * The number of frames of a clip of this number of samples: 1 + ⌊n/hop⌋ for an even frame, and
   * fewer where frames are not centred; 0 where none fits.
   */
  public int frames(int samples) {
    int beyond = samples + 2 * before() - fftSize;
    return beyond < 0 ? 0 : 1 + beyond / hop;
  }

  /** The samples of frame 0 that stand before the clip. */
  int before() {
    return centred ? fftSize / 2 : 0;
  }

  /** The time of the middle of frame t, in seconds. */
  double seconds(int t, int sampleRateHz) {
    return (double) middle(t) / sampleRateHz;
  }

  /** A part of a clip with all that its frames see, so that only silence lies beyond. */
  float[] surrounded(float[] y, int offset, int length) {
    if (padded()) {
      return padding.around(y, offset, length, before());
    }
    return offset == 0 && length == y.length ? y : Arrays.copyOfRange(y, offset, offset + length);
  }

  /** The samples of frame 0 that stand before those that {@link #surrounded} gives. */
  int start() {
    return padded() ? 0 : before();
  }

  /** Whether frames show something else than silence beyond the ends of the clip. */
  boolean padded() {
    return centred && padding != Padding.ZERO;
  }

  /** The sample in the middle of frame t. */
  long middle(int t) {
    return (long) t * hop + (centred ? 0 : fftSize / 2);
  }

  /** The number of bins of a spectrum, fftSize/2 + 1. */
  public int bins() {
    return fftSize / 2 + 1;
  }

  /** The window, padded to the frame, shape [fftSize]. */
  double[] paddedWindow() {
    double[] out = new double[fftSize];
    System.arraycopy(
        Window.of(window, windowLength), 0, out, (fftSize - windowLength) / 2, windowLength);
    return out;
  }
}
