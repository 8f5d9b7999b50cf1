package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An open sound file, read in blocks and in bounded memory. The samples equal those of {@link
 * AudioFiles#read(Path, ReadOptions)}.
 */
public final class AudioReader implements AutoCloseable {
  private static final int BLOCK = 1 << 14;

  private final Path path;
  private final ReadOptions options;
  private final FileChannel channel;
  private final SampleSource source;
  private final float[] block = new float[BLOCK];
  private final Resampler.Stream resampling;
  private final long firstFrame;
  private final long wantedFrames;
  private long framesRead;
  private long damagedSamples;
  private float[] ready = {};
  private int readyAt;
  private int readyEnd;
  private boolean ended;

  AudioReader(Path path, ReadOptions options) {
    this.path = path;
    this.options = options;
    channel = channel(path);
    boolean ok = false;
    SampleSource opened = null;
    try {
      opened = source();
      source = opened;
      AudioInfo info = source.info();
      int rate = info.sampleRateHz();
      firstFrame = (long) (options.offsetSeconds() * rate);
      double most = options.durationSeconds() * rate;
      long valid =
          info.codec().equals("alac") && info.container().equals("caf") ? info.frames() : -1;
      long there = valid < 0 ? Long.MAX_VALUE : Math.max(0, valid - firstFrame);
      wantedFrames = most >= Long.MAX_VALUE ? there : Math.min(there, (long) most);
      resampling =
          options.rateHz() == 0 || options.rateHz() == rate
              ? null
              : Resampler.of(rate, options.rateHz()).stream();
      if (firstFrame > 0) {
        if (info.exact() && firstFrame >= info.frames()) {
          throw beyond(info);
        }
        source.skipTo(firstFrame);
      }
      ok = true;
    } catch (AudioException e) {
      throw withRemedyThatWorks(e);
    } catch (IOException e) {
      throw new AudioException(path, "cannot be read: " + Reason.words(e), e);
    } finally {
      if (!ok) {
        closeAll(opened, channel);
      }
    }
  }

  private AudioException beyond(AudioInfo info) {
    return new AudioException(
        path,
        "the part begins at %s s, and the file is %s long"
            .formatted(
                options.offsetSeconds(),
                info.frames() < 0 ? "not that" : info.durationSeconds() + " s"));
  }

  private static FileChannel channel(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new AudioException(path, "a folder, not a file");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new AudioException(path, "not a regular file");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() == 0) {
        channel.close();
        throw new AudioException(path, "empty: it has 0 bytes");
      }
      return channel;
    } catch (NoSuchFileException e) {
      throw new AudioException(path, "there is no such file", e);
    } catch (IOException e) {
      throw new AudioException(path, "cannot be opened: " + Reason.words(e), e);
    }
  }

  /** The same exception, without the remedy if nothing of the file can be read in spite of it. */
  private AudioException withRemedyThatWorks(AudioException e) {
    if (e.damage().isEmpty() || options.tolerateDamage()) {
      return e;
    }
    ReadOptions tolerant = ReadOptions.all().withTolerateDamage(true);
    try (AudioReader again = new AudioReader(path, tolerant)) {
      again.read(new float[1]);
      long second = Joined.secondFlac(channel);
      return second < 0
          ? e
          : AudioException.damaged(
              path,
              e.damage()
                  + "; another FLAC file begins at byte %d: split it there".formatted(second),
              "to keep what can be decoded");
    } catch (AudioException none) {
      return new AudioException(path, e.damage(), e);
    } catch (IOException unread) {
      return e;
    }
  }

  private SampleSource source() throws IOException {
    SoundHeader header = SoundHeader.of(path, channel);
    if (!options.tolerateDamage()) {
      refuse(path, header.contradiction(), "to read it by its channels and bits");
      refuse(path, header.data().complaint(), header.data().remedy());
    }
    if (header.data().bytes() == 0) {
      throw new AudioException(path, "holds no samples");
    }
    if (header.pcm() != null) {
      return new PcmSource(path, channel, header.pcm());
    }
    FfmpegInput.Part part =
        new FfmpegInput.Part(
            header.from(), Math.min(header.to(), EndTags.begin(channel)), header.patches());
    FileEnd ending = FileEnd.of(channel, header);
    if (!options.tolerateDamage()) {
      refuse(path, ending.complaint(), "to keep what is there");
    }
    List<OggLinks.Link> links =
        ending.ogg() ? OggLinks.of(channel).links() : Joined.of(path, channel, ending);
    SampleSource source =
        links.size() > 1
            ? new ChainSource(path, channel, options, links, ending.looksLike())
            : new FfmpegSource(path, channel, part, options, ending);
    boolean ok = false;
    try {
      AudioInfo info = source.info();
      SoundHeader.check(path, Math.max(1, info.channels()), info.sampleRateHz());
      ok = true;
    } finally {
      if (!ok) {
        source.close();
      }
    }
    return source;
  }

  private static void refuse(Path path, String damage, String remedy) {
    if (!damage.isEmpty()) {
      throw AudioException.damaged(path, damage, remedy);
    }
  }

  /** The file's format and length. */
  public AudioInfo info() {
    return source.info();
  }

  /** Sample rate of the output in Hz. */
  public int sampleRateHz() {
    return options.rateHz() == 0 ? source.info().sampleRateHz() : options.rateHz();
  }

  /** Start of the part that is read, in seconds from the beginning of the file. */
  public double startSeconds() {
    return (double) firstFrame / source.info().sampleRateHz();
  }

  /** Number of output samples, or −1 if unknown; exact if {@link AudioInfo#exact()} is true. */
  public long length() {
    AudioInfo info = source.info();
    if (info.frames() < 0) {
      return -1;
    }
    long frames = Math.min(wantedFrames, Math.max(0, info.frames() - firstFrame));
    return resampling == null
        ? frames
        : Resampler.length(frames, info.sampleRateHz(), options.rateHz());
  }

  /** How many samples so far were no sound, and were read as 0 where damage is tolerated. */
  public long damagedSamples() {
    return damagedSamples;
  }

  /**
   * Reads the next samples until the buffer is full or the file ends.
   *
   * @return number of samples stored in {@code buffer} from index 0; −1 at the end
   * @throws AudioException if the file is damaged
   * @throws java.util.concurrent.CancellationException if this thread was interrupted
   */
  public int read(float[] buffer) {
    return read(buffer, 0, buffer.length);
  }

  /** Reads at most {@code count} samples into {@code buffer}, from index {@code at}. */
  public int read(float[] buffer, int at, int count) {
    Check.that(
        at >= 0 && count >= 0 && at <= buffer.length - count,
        "at=%d, count=%d: must lie within the buffer of %d",
        at,
        count,
        buffer.length);
    int got = 0;
    while (got < count) {
      int n;
      if (resampling == null) {
        n = ended ? -1 : nativeFrames(buffer, at + got, count - got);
      } else {
        n = resampled(buffer, at + got, count - got);
      }
      if (n < 0) {
        break;
      }
      got += n;
    }
    return got == 0 && count > 0 ? -1 : got;
  }

  private int resampled(float[] buffer, int at, int count) {
    while (readyAt == readyEnd) {
      if (ended) {
        return -1;
      }
      int n = nativeFrames(block, 0, block.length);
      ready = n < 0 ? resampling.finish() : resampling.push(block, 0, n);
      readyAt = 0;
      readyEnd = ready.length;
    }
    int n = Math.min(count, readyEnd - readyAt);
    System.arraycopy(ready, readyAt, buffer, at, n);
    readyAt += n;
    return n;
  }

  /** Reads and checks samples at the file's own rate; −1 at the end, which sets {@code ended}. */
  private int nativeFrames(float[] to, int at, int count) {
    int most = (int) Math.min(count, wantedFrames - framesRead);
    int n;
    try {
      n = most <= 0 ? -1 : source.read(to, at, most);
    } catch (AudioException e) {
      throw withRemedyThatWorks(e);
    }
    if (n < 0) {
      ended = true;
      if (framesRead == 0) {
        throw firstFrame > 0
            ? beyond(source.info())
            : new AudioException(
                path, wantedFrames == 0 ? "the part is shorter than a sample" : "holds no samples");
      }
      return -1;
    }
    checkFinite(to, at, n);
    framesRead += n;
    return n;
  }

  private void checkFinite(float[] x, int at, int n) {
    int most = 0;
    for (int i = at; i < at + n; i++) {
      most = Math.max(most, Float.floatToRawIntBits(x[i]) & 0x7FFFFFFF);
    }
    if (most <= Float.floatToRawIntBits(DamagedSamples.LARGEST)) {
      return;
    }
    for (int i = at; i < at + n; i++) {
      if (DamagedSamples.is(x[i])) {
        if (!options.tolerateDamage()) {
          long frame = firstFrame + framesRead + i - at;
          throw AudioException.damaged(
              path,
              String.format(
                  Locale.ROOT,
                  "sample %d (at %.4f s) is %s: every sample must be a finite number%s",
                  frame,
                  (double) frame / source.info().sampleRateHz(),
                  x[i],
                  Float.isFinite(x[i]) ? " from -1e10 to 1e10" : ""),
              "to read it as 0");
        }
        x[i] = 0;
        damagedSamples++;
      }
    }
  }

  /**
   * The remaining samples, as a clip named after the file.
   *
   * @throws AudioException as in {@link AudioFiles#read(Path, ReadOptions)}
   */
  public Clip readAll() {
    long limit = Math.min(options.limitBytes() / Float.BYTES, Integer.MAX_VALUE - 16);
    long expected = length();
    if (expected > limit && source.info().exact()) {
      throw tooLong(expected, limit);
    }
    int first = expected < 0 ? 1 << 18 : (int) Math.min(expected + 1, 1 << 24);
    if (source.info().exact() && source instanceof PcmSource) {
      first = (int) expected;
    }
    float[] all = new float[Math.max(1, first)];
    int filled = 0;
    while (true) {
      int n = read(all, filled, all.length - filled);
      if (n < 0) {
        break;
      }
      filled += n;
      if (filled == all.length) {
        if (filled == expected && ended && readyAt == readyEnd) {
          break;
        }
        if (filled >= limit) {
          throw tooLong(expected, limit);
        }
        float[] one = new float[1];
        if (read(one) < 0) {
          break;
        }
        all = Arrays.copyOf(all, (int) Math.min(limit, 2L * filled + 16));
        all[filled++] = one[0];
      }
    }
    return Clip.of(
            path.getFileName().toString(),
            filled == all.length ? all : Arrays.copyOf(all, filled),
            sampleRateHz())
        .withStart(startSeconds());
  }

  private AudioException tooLong(long samples, long limit) {
    String length =
        samples > limit
            ? String.format(
                Locale.ROOT, "%,d samples (%.1f hours)", samples, samples / 3600.0 / sampleRateHz())
            : String.format(Locale.ROOT, "more than %,d samples", limit);
    return new AudioException(
        path,
        length
            + String.format(
                Locale.ROOT,
                " at once are over the limit of %,d MB: read a part (ReadOptions.withPart), at a lower"
                    + " rate (withRate), in blocks (AudioFiles.open), or allow more"
                    + " (withMaxBytes); for features, take chunks (--chunk SECONDS, in Java"
                    + " withChunks)",
                (limit * Float.BYTES) >> 20));
  }

  @Override
  public void close() {
    closeAll(source, channel);
  }

  private static void closeAll(SampleSource source, FileChannel channel) {
    try (channel) {
      if (source != null) {
        source.close();
      }
    } catch (IOException e) {
      // Opened for reading only, so a failure to close loses nothing.
      return;
    }
  }
}
