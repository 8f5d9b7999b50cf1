package fieldnotes.audio;

import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads and writes sound files: WAV, MP3, FLAC, OGG, Opus, M4A, AAC and other formats that FFmpeg
 * decodes, with any number of channels and any sample rate. The format is detected from the
 * content, not the file name.
 */
public final class AudioFiles {
  private AudioFiles() {}

  /** Reads a complete file at its own sample rate, mixed down to mono. */
  public static Clip read(Path path) {
    return read(path, ReadOptions.all());
  }

  /** As {@link #read(Path)}. */
  public static Clip read(String path) {
    return read(Path.of(path));
  }

  /**
   * Reads a file, mixed down to the mean of its channels and then resampled, like {@code
   * librosa.load}. Integer samples are divided by their full scale (32768 for 16 bits), so −1 ≤ x
   * &lt; 1. Compressed formats are decoded to floats without rounding; the encoder delay and
   * padding of an MP3 are removed if its tag gives them. Nothing is normalised.
   *
   * @throws AudioException if the file is missing, empty, truncated, damaged, not sound, or exceeds
   *     the memory limit; the reason says what to try
   * @throws java.util.concurrent.CancellationException if this thread is interrupted while reading
   */
  public static Clip read(Path path, ReadOptions options) {
    try (AudioReader reader = open(path, options)) {
      return reader.readAll();
    }
  }

  /** As {@link #read(Path, ReadOptions)}. */
  public static Clip read(String path, ReadOptions options) {
    return read(Path.of(path), options);
  }

  /** Opens a file for reading in blocks, in bounded memory. The caller closes it. */
  public static AudioReader open(Path path, ReadOptions options) {
    return new AudioReader(path, options);
  }

  /** As {@link #open(Path, ReadOptions)}. */
  public static AudioReader open(String path, ReadOptions options) {
    return open(Path.of(path), options);
  }

  /** Reads a file's format, sample rate, channels and length from its header. */
  public static AudioInfo probe(Path path) {
    return probe(path, ReadOptions.all());
  }

  /** As {@link #probe(Path)}. */
  public static AudioInfo probe(String path) {
    return probe(Path.of(path));
  }

  /**
   * As {@link #probe(Path)}, also of a damaged file, if the options tolerate that; the length is
   * then an estimate. The other options change nothing.
   */
  public static AudioInfo probe(Path path, ReadOptions options) {
    ReadOptions whole = ReadOptions.all().withTolerateDamage(options.tolerateDamage());
    try (AudioReader reader = open(path, whole)) {
      return reader.info();
    }
  }

  /** As {@link #probe(Path, ReadOptions)}. */
  public static AudioInfo probe(String path, ReadOptions options) {
    return probe(Path.of(path), options);
  }

  /**
   * Exact number of samples that {@link #read(Path, ReadOptions)} returns. If the header does not
   * give it, the file is decoded in bounded memory.
   */
  public static long length(Path path, ReadOptions options) {
    try (AudioReader reader = open(path, options)) {
      if (reader.info().exact()) {
        return reader.length();
      }
    }
    try (AudioReader reader = open(path, options.withRate(0))) {
      float[] block = new float[1 << 14];
      long frames = 0;
      for (int n = reader.read(block); n >= 0; n = reader.read(block)) {
        frames += n;
      }
      int rate = reader.sampleRateHz();
      return options.rateHz() == 0 || options.rateHz() == rate
          ? frames
          : Resampler.length(frames, rate, options.rateHz());
    }
  }

  /** As {@link #length(Path, ReadOptions)}. */
  public static long length(String path, ReadOptions options) {
    return length(Path.of(path), options);
  }

  /**
   * Writes a clip as a mono 16-bit WAVE file. An existing file is replaced atomically.
   *
   * @throws AudioException if it cannot be written
   * @see Wav#bytes(Clip)
   */
  public static void writeWav(Clip clip, Path path) {
    writeWhole(Wav.bytes(clip), path);
  }

  /** As {@link #writeWav(Clip, Path)}. */
  public static void writeWav(Clip clip, String path) {
    writeWav(clip, Path.of(path));
  }

  /** Versions of the decoding libraries; the samples of compressed files may depend on them. */
  public static String decoderVersion() {
    return FfmpegLibrary.VERSION;
  }

  private static void writeWhole(byte[] bytes, Path path) {
    try {
      WholeFile.write(path, bytes);
    } catch (IOException e) {
      throw new AudioException(path, "cannot be written: " + Reason.words(e), e);
    }
  }
}
