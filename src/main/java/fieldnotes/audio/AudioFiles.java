package fieldnotes.audio;

import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Sound files in and out. WAV, MP3, FLAC, OGG, Opus, M4A and AAC, and what else FFmpeg decodes of
 * sound, whatever the number of channels and the rate. The format is recognised from the content,
 * not from its name.
 */
public final class AudioFiles {
  private AudioFiles() {}

  /** The whole file at its own rate, mixed down to mono. */
  public static Clip read(Path path) {
    return read(path, ReadOptions.all());
  }

  /** As {@link #read(Path)}. */
  public static Clip read(String path) {
    return read(Path.of(path));
  }

  /**
   * Reads a file, mixed down to the mean of its channels and then resampled, as {@code
   * librosa.load} does. Integer samples are divided by their full scale (32768 for 16 bits), so
   * that −1 ≤ x &lt; 1; coded sound is decoded to floats and never rounded; an MP3 with an
   * encoder's tag is as long as the sound was before it was encoded. Nothing is normalised.
   *
   * @throws AudioException if the file is missing, empty, cut short, damaged, no sound, or longer
   *     than the memory allowed for it; the reason says what to try
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
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

  /** Opens a file to be read block by block, in bounded memory. The caller closes it. */
  public static AudioReader open(Path path, ReadOptions options) {
    return new AudioReader(path, options);
  }

  /** As {@link #open(Path, ReadOptions)}. */
  public static AudioReader open(String path, ReadOptions options) {
    return open(Path.of(path), options);
  }

  /** What a file says of itself; nothing of it is decoded but the beginning. */
  public static AudioInfo probe(Path path) {
    try (AudioReader reader = open(path, ReadOptions.all())) {
      return reader.info();
    }
  }

  /** As {@link #probe(Path)}. */
  public static AudioInfo probe(String path) {
    return probe(Path.of(path));
  }

  /**
   * How many samples {@link #read(Path, ReadOptions)} would give, exactly. A file that does not
   * tell is decoded, in bounded memory.
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
   * Writes a clip as a mono WAVE file of 16-bit samples. The file appears whole or not at all, and
   * replaces one of that name.
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

  /** Writes a clip as a mono WAVE file of 32-bit floats, which keeps every bit of it. */
  public static void writeWavFloat(Clip clip, Path path) {
    writeWhole(Wav.floatBytes(clip), path);
  }

  /** As {@link #writeWavFloat(Clip, Path)}. */
  public static void writeWavFloat(Clip clip, String path) {
    writeWavFloat(clip, Path.of(path));
  }

  private static void writeWhole(byte[] bytes, Path path) {
    try {
      WholeFile.write(path, bytes);
    } catch (IOException e) {
      throw new AudioException(path, "cannot be written: " + e.getMessage(), e);
    }
  }
}
