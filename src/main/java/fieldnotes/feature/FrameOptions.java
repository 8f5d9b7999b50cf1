package fieldnotes.feature;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Objects;

/**
 * How a clip is cut into frames and transformed. The defaults are librosa's: frames of 2048 samples
 * with hop 512, a periodic Hann window, 128 mel bands.
 *
 * <p>Frame t is centred on sample t·hop, with half a frame of padding before and after the clip. If
 * {@code centred} is false, frame t starts at sample t·hop and frames lie within the clip.
 *
 * @param fftSize frame length and FFT size in samples, 1…1,048,576; any integer, not only powers of
 *     two; librosa's {@code n_fft} and {@code frame_length}
 * @param hop samples between frames, at least 1; librosa's {@code hop_length}
 * @param windowLength window length in samples, 1…fftSize; centred in the frame; librosa's {@code
 *     win_length}
 * @param window name as in {@link Window}; librosa's {@code window}
 * @param centred whether frame t is centred on sample t·hop instead of starting there; librosa's
 *     {@code center}
 * @param padding padding of centred frames beyond the ends of the clip; librosa's {@code pad_mode}.
 *     The zero-crossing rate always uses {@link Padding#EDGE}
 * @param mel mel band options, also used for MFCC and onset strength
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

  /** Frames of {@code fftSize} samples with this hop. */
  public static FrameOptions of(int fftSize, int hop) {
    return new FrameOptions(fftSize, hop, fftSize, "hann", true, Padding.ZERO, MelOptions.of(128));
  }

  /** Returns a copy with another window; see {@link Window} for the names. */
  public FrameOptions withWindow(String name) {
    return new FrameOptions(fftSize, hop, windowLength, name, centred, padding, mel);
  }

  /** Returns a copy with a window shorter than the frame, zero-padded on both sides. */
  public FrameOptions withWindowLength(int samples) {
    return new FrameOptions(fftSize, hop, samples, window, centred, padding, mel);
  }

  /** Returns a copy with frames that start at sample t·hop and lie within the clip. */
  public FrameOptions uncentred() {
    return new FrameOptions(fftSize, hop, windowLength, window, false, padding, mel);
  }

  /** Returns a copy with another padding. */
  public FrameOptions withPadding(Padding mode) {
    return new FrameOptions(fftSize, hop, windowLength, window, centred, mode, mel);
  }

  /** Returns a copy with another number of mel bands. */
  public FrameOptions withMelBands(int bands) {
    return withMel(
        new MelOptions(
            bands, mel.lowestHz(), mel.highestHz(), mel.scale(), mel.equalArea(), mel.exponent()));
  }

  /** Returns a copy with other mel band options. */
  public FrameOptions withMel(MelOptions bands) {
    return new FrameOptions(fftSize, hop, windowLength, window, centred, padding, bands);
  }

  /** The number of mel bands. */
  public int melBands() {
    return mel.bands();
  }

  /**
   * The number of frames of a clip of {@code samples} samples: 1 + ⌊n/hop⌋ for an even frame
   * length, fewer if not centred; 0 if no frame fits.
   */
  public int frames(int samples) {
    int beyond = samples + 2 * before() - fftSize;
    return beyond < 0 ? 0 : 1 + beyond / hop;
  }

  /** The number of samples of frame 0 before the start of the clip. */
  int before() {
    return centred ? fftSize / 2 : 0;
  }

  /** The time of the centre of frame t, in seconds. */
  double seconds(int t, int sampleRateHz) {
    return (double) middle(t) / sampleRateHz;
  }

  /** Part of a clip extended by what its frames cover, so that only zeros lie beyond. */
  float[] surrounded(float[] y, int offset, int length) {
    if (padded()) {
      return padding.around(y, offset, length, before());
    }
    return offset == 0 && length == y.length ? y : Arrays.copyOfRange(y, offset, offset + length);
  }

  /** The number of samples of frame 0 before the output of {@link #surrounded}. */
  int start() {
    return padded() ? 0 : before();
  }

  /** Whether the padding is other than zeros. */
  boolean padded() {
    return centred && padding != Padding.ZERO;
  }

  /** The sample at the centre of frame t. */
  long middle(int t) {
    return (long) t * hop + (centred ? 0 : fftSize / 2);
  }

  /** The number of bins of a spectrum, fftSize/2 + 1. */
  public int bins() {
    return fftSize / 2 + 1;
  }

  /** The window, zero-padded to the frame, shape [fftSize]. */
  double[] paddedWindow() {
    double[] out = new double[fftSize];
    System.arraycopy(
        Window.of(window, windowLength), 0, out, (fftSize - windowLength) / 2, windowLength);
    return out;
  }
}
