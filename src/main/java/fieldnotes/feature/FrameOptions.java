package fieldnotes.feature;

import fieldnotes.common.Check;

/**
 * How a clip is cut into frames and each frame into a spectrum. The defaults are librosa's: frames
 * of 2048 samples every 512, a periodic Hann window, 128 mel bands.
 *
 * <p>Frame t is centred on sample t·hop; half a frame of zeros stands before and after the clip.
 *
 * @param fftSize samples of a frame and length of its transform, at least 1; need not be even nor a
 *     power of two
 * @param hop samples from one frame to the next, at least 1
 * @param windowLength samples of the window, 1…fftSize; it stands in the middle of the frame
 * @param window a name that {@link Window} knows
 * @param melBands mel bands from 0 Hz to half the sample rate, at least 1; the MFCC and the onset
 *     strength are made of them
 */
public record FrameOptions(int fftSize, int hop, int windowLength, String window, int melBands) {
  public FrameOptions {
    Check.atLeast("fftSize", fftSize, 1);
    Check.atLeast("hop", hop, 1);
    Check.that(
        windowLength >= 1 && windowLength <= fftSize,
        "windowLength=%d: must lie within 1 and fftSize=%d",
        windowLength,
        fftSize);
    Check.atLeast("melBands", melBands, 1);
    Check.that(fftSize <= 1 << 20, "fftSize=%d: must be at most %d", fftSize, 1 << 20);
    Window.of(window, 1);
  }

  /** librosa's defaults: fftSize 2048, hop 512. */
  public static FrameOptions of() {
    return of(2048, 512);
  }

  /** Frames of so many samples, so many samples apart. */
  public static FrameOptions of(int fftSize, int hop) {
    return new FrameOptions(fftSize, hop, fftSize, "hann", 128);
  }

  /** The same with another window; see {@link Window} for the names. */
  public FrameOptions withWindow(String name) {
    return new FrameOptions(fftSize, hop, windowLength, name, melBands);
  }

  /** The same with a window shorter than the frame, padded with zeros on both sides. */
  public FrameOptions withWindowLength(int samples) {
    return new FrameOptions(fftSize, hop, samples, window, melBands);
  }

  /** The same with another number of mel bands. */
  public FrameOptions withMelBands(int bands) {
    return new FrameOptions(fftSize, hop, windowLength, window, bands);
  }

  /** The number of frames of a clip of so many samples: 1 + ⌊n/hop⌋ for an even frame. */
  public int frames(int samples) {
    int padded = samples + 2 * (fftSize / 2) - fftSize;
    return padded < 0 ? 0 : 1 + padded / hop;
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
