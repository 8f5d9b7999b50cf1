package fieldnotes.audio;

import java.nio.ByteOrder;

/**
 * Samples that are plain numbers, which need no decoder: where they are and how they are written.
 *
 * @param container name of the container
 * @param floating whether they are floating-point numbers
 * @param unsigned whether bytes are 0 to 255 rather than −128 to 127
 * @param order which byte of a number comes first
 * @param channels at least 1
 * @param rateHz sample rate
 * @param frameBytes bytes per frame, a multiple of the channels
 * @param start position of the first sample
 * @param bytes number of their bytes
 */
record Pcm(
    String container,
    boolean floating,
    boolean unsigned,
    ByteOrder order,
    int channels,
    int rateHz,
    int frameBytes,
    long start,
    long bytes) {
  /** Bytes per number. */
  int width() {
    return frameBytes / channels;
  }

  long frames() {
    return Math.max(0, bytes) / frameBytes;
  }

  /** FFmpeg's name. */
  String codec() {
    if (width() == 1) {
      return unsigned ? "pcm_u8" : "pcm_s8";
    }
    String end = order == ByteOrder.BIG_ENDIAN ? "be" : "le";
    return "pcm_" + (floating ? "f" : "s") + 8 * width() + end;
  }

  /** Whether numbers of this width are read. */
  static boolean readable(boolean floating, long channels, long frameBytes) {
    if (channels <= 0 || frameBytes <= 0 || frameBytes % channels != 0) {
      return false;
    }
    long width = frameBytes / channels;
    return floating ? width == 4 || width == 8 : width <= 4;
  }
}
