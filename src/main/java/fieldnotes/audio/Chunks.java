package fieldnotes.audio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts sound into chunks of equal length. Each chunk is a copy and has its start time ({@link
 * Clip#startSeconds()}).
 */
public final class Chunks {
  private Chunks() {}

  /** Receives the chunks one by one. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param index index of the chunk in the list of all chunks of the file
     * @param chunk the chunk
     */
    void take(int index, Clip chunk);
  }

  /**
   * Cuts from the end to the start, for recordings whose end matters most. The last chunk comes
   * first; the remainder at the start is dropped.
   */
  public static List<Clip> fromEnd(Clip clip, double seconds) {
    return fromEnd(clip, ChunkOptions.of(seconds));
  }

  /** Cuts from the end to the start; the last chunk comes first, the remainder last. */
  public static List<Clip> fromEnd(Clip clip, ChunkOptions options) {
    int size = options.samples(clip.sampleRateHz());
    List<Clip> out = new ArrayList<>();
    int end = clip.length();
    for (; end >= size; end -= size) {
      out.add(clip.sliceSamples(end - size, end));
    }
    if (end > 0 && (options.keepRemainder() || out.isEmpty())) {
      out.add(clip.sliceSamples(0, end));
    }
    return out;
  }

  /** Cuts from the start to the end; the remainder is dropped. */
  public static List<Clip> fromStart(Clip clip, double seconds) {
    return fromStart(clip, ChunkOptions.of(seconds));
  }

  /** Cuts from the start to the end; the remainder comes last. */
  public static List<Clip> fromStart(Clip clip, ChunkOptions options) {
    int size = options.samples(clip.sampleRateHz());
    List<Clip> out = new ArrayList<>();
    int start = 0;
    for (; start <= clip.length() - size; start += size) {
      out.add(clip.sliceSamples(start, start + size));
    }
    if (start < clip.length() && (options.keepRemainder() || out.isEmpty())) {
      out.add(clip.sliceSamples(start, clip.length()));
    }
    return out;
  }

  /**
   * Passes the chunks of {@link #fromEnd(Clip, ChunkOptions)} to a sink, for a file of any length
   * in bounded memory. Chunks arrive in order of time, but the index counts from the end: the last
   * chunk has index 0. If the exact length is unknown, the file is decoded twice.
   *
   * @return the number of chunks
   * @throws AudioException as in {@link AudioFiles#read(Path, ReadOptions)}, except for the length
   */
  public static int fromEnd(Path path, ReadOptions reading, ChunkOptions options, Sink sink) {
    try (AudioReader reader = AudioFiles.open(path, reading)) {
      int size = options.samples(reader.sampleRateHz());
      long length = reader.info().exact() ? reader.length() : AudioFiles.length(path, reading);
      int full = (int) (length / size);
      int rest = (int) (length % size);
      int count = full + (rest > 0 && (options.keepRemainder() || full == 0) ? 1 : 0);
      Taking taking = new Taking(reader, sink);
      if (rest > 0) {
        if (count > full) {
          taking.chunk(full, rest);
        } else {
          taking.skip(rest, size);
        }
      }
      for (int i = full - 1; i >= 0 && !taking.ended; i--) {
        taking.chunk(i, size);
      }
      taking.finish(size);
      return count;
    }
  }

  /** As {@link #fromEnd(Path, ReadOptions, ChunkOptions, Sink)}. */
  public static int fromEnd(String path, ReadOptions reading, ChunkOptions options, Sink sink) {
    return fromEnd(Path.of(path), reading, options, sink);
  }

  /**
   * Passes the chunks of {@link #fromStart(Clip, ChunkOptions)} to a sink in order, for a file of
   * any length in bounded memory.
   *
   * @return the number of chunks
   * @throws AudioException as in {@link AudioFiles#read(Path, ReadOptions)}, except for the length
   */
  public static int fromStart(Path path, ReadOptions reading, ChunkOptions options, Sink sink) {
    try (AudioReader reader = AudioFiles.open(path, reading)) {
      int size = options.samples(reader.sampleRateHz());
      Taking taking = new Taking(reader, sink);
      int index = 0;
      float[] samples = new float[size];
      while (true) {
        int n = Math.max(0, reader.read(samples));
        if (n == size) {
          taking.give(index++, samples);
          samples = new float[size];
        } else {
          if (n > 0 && (options.keepRemainder() || index == 0)) {
            taking.give(index++, Arrays.copyOf(samples, n));
          }
          return index;
        }
      }
    }
  }

  /** As {@link #fromStart(Path, ReadOptions, ChunkOptions, Sink)}. */
  public static int fromStart(String path, ReadOptions reading, ChunkOptions options, Sink sink) {
    return fromStart(Path.of(path), reading, options, sink);
  }

  /** Reads the file and passes chunks to the sink. */
  private static final class Taking {
    private final AudioReader reader;
    private final Sink sink;
    private final String name;
    private long given;
    private boolean ended;

    Taking(AudioReader reader, Sink sink) {
      this.reader = reader;
      this.sink = sink;
      name = reader.info().path().getFileName().toString();
    }

    void chunk(int index, int size) {
      float[] samples = new float[size];
      int n = Math.max(0, reader.read(samples));
      ended = n < size;
      if (n > 0) {
        give(index, n == size ? samples : Arrays.copyOf(samples, n));
      }
    }

    void give(int index, float[] samples) {
      int rate = reader.sampleRateHz();
      double start = reader.startSeconds() + (double) given / rate;
      given += samples.length;
      sink.take(index, Clip.of(name, samples, rate).withStart(start));
    }

    void skip(int count, int most) {
      float[] none = new float[Math.min(count, most)];
      given += Math.max(0, reader.read(none, 0, count));
    }

    /** Reads to the end of the file, so that truncation and damage are detected. */
    void finish(int most) {
      float[] none = new float[Math.min(most, 8192)];
      int n = 0;
      while (n >= 0) {
        n = reader.read(none);
      }
    }
  }
}
