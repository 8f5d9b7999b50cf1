package fieldnotes.audio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts sound into chunks of one length. Each is a copy and knows where it began ({@link
 * Clip#startSeconds()}).
 */
public final class Chunks {
  private Chunks() {}

  /** Takes one chunk after the other. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param index the chunk's place in the list that the whole clip would give
     * @param chunk the chunk
     */
    void take(int index, Clip chunk);
  }

  /**
   * Cuts from the end to the start, since how a recording ends often tells most. The last chunk
   * comes first; what is left over at the front is dropped.
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

  /** Cuts from the start to the end; what is left over at the end is dropped. */
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
   * The chunks of {@link #fromEnd} of a file of any length, in bounded memory. They come in the
   * order of time, the first part of the file first; the index counts from the end, so the last one
   * has index 0. A file that does not tell its exact length is decoded twice, the first time to
   * count.
   *
   * @return how many chunks there were
   * @throws AudioException as {@link AudioFiles#read(Path, ReadOptions)}, but for the length
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
   * The chunks of {@link #fromStart} of a file of any length, in bounded memory and in order.
   *
   * @return how many chunks there were
   * @throws AudioException as {@link AudioFiles#read(Path, ReadOptions)}, but for the length
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

  /** Reads on and hands out. */
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

    /** Reads to the very end, so that a file which is not whole is noticed. */
    void finish(int most) {
      float[] none = new float[Math.min(most, 8192)];
      int n = 0;
      while (n >= 0) {
        n = reader.read(none);
      }
    }
  }
}
