package fieldnotes.audio;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The sound of a chained Ogg file, or of several files in one: its streams one after another, each
 * decoded on its own. Streams of another sample rate are resampled to that of the first.
 */
final class ChainSource implements SampleSource {
  private static final int BLOCK = 1 << 13;

  private final Path path;
  private final FileChannel channel;
  private final ReadOptions options;
  private final List<OggLinks.Link> links;
  private final String looksLike;
  private final AudioInfo info;
  private final float[] block = new float[BLOCK];
  private FfmpegSource current;
  private Resampler.Stream resampling;
  private float[] ready = {};
  private int readyAt;
  private int opened;
  private long position;

  /**
   * @param looksLike what a stream is that cannot be opened; see {@link FileEnd}
   * @throws AudioException if a stream but the last ends without its last page, or the first that
   *     is to be read cannot be
   */
  ChainSource(
      Path path,
      FileChannel channel,
      ReadOptions options,
      List<OggLinks.Link> links,
      String looksLike) {
    this.path = path;
    this.channel = channel;
    this.options = options;
    this.links = links;
    this.looksLike = looksLike;
    for (int i = 0; i < links.size() && !options.tolerateDamage(); i++) {
      if (!links.get(i).ended()) {
        throw AudioException.damaged(
            path,
            "truncated: the last Ogg page of %s is missing".formatted(name(i)),
            "to keep what is there");
      }
    }
    if (!open()) {
      throw new AudioException(path, "holds no samples");
    }
    AudioInfo first = current.info();
    long frames = 0;
    for (OggLinks.Link link : links) {
      frames += Resampler.length(link.frames(), link.rateHz(), first.sampleRateHz());
    }
    info =
        new AudioInfo(
            path,
            first.container(),
            first.codec(),
            first.sampleRateHz(),
            first.channels(),
            frames,
            false);
  }

  private String name(int link) {
    return "stream %d of %d in this chain".formatted(link + 1, links.size());
  }

  /** Opens the next stream that can be opened; false if there is none. */
  private boolean open() {
    close();
    while (opened < links.size()) {
      OggLinks.Link link = links.get(opened++);
      try {
        current =
            new FfmpegSource(
                path,
                channel,
                new FfmpegInput.Part(link.from(), link.to(), List.of()),
                options,
                new FileEnd(-1, false, "", looksLike));
        int rate = current.info().sampleRateHz();
        resampling =
            info == null || rate == info.sampleRateHz()
                ? null
                : Resampler.of(rate, info.sampleRateHz()).stream();
        return true;
      } catch (AudioException e) {
        if (!options.tolerateDamage()) {
          throw placed(e);
        }
      }
    }
    return false;
  }

  /** The same exception, with the stream in which it happened. */
  private AudioException placed(AudioException e) {
    String where = name(opened - 1) + ": ";
    return e.damage().isEmpty()
        ? AudioException.damaged(path, where + e.reason(), "to leave it out")
        : AudioException.damaged(path, where + e.damage(), "to keep what can be decoded");
  }

  @Override
  public AudioInfo info() {
    return info;
  }

  @Override
  public int read(float[] to, int at, int count) {
    if (count == 0) {
      return 0;
    }
    while (true) {
      if (readyAt < ready.length) {
        int n = Math.min(count, ready.length - readyAt);
        System.arraycopy(ready, readyAt, to, at, n);
        readyAt += n;
        position += n;
        return n;
      }
      if (current == null) {
        return -1;
      }
      int n = next(to, at, count);
      if (n > 0) {
        position += n;
        return n;
      }
      if (n < 0 && readyAt == ready.length && !open()) {
        return -1;
      }
    }
  }

  /** Reads from the current stream, or fills {@code ready} and returns 0; −1 at its end. */
  private int next(float[] to, int at, int count) {
    try {
      if (resampling == null) {
        return current.read(to, at, count);
      }
      int n = current.read(block, 0, block.length);
      ready = n < 0 ? resampling.finish() : resampling.push(block, 0, n);
      readyAt = 0;
      if (n < 0) {
        resampling = null; // all is given
        return -1;
      }
      return 0;
    } catch (AudioException e) {
      if (options.tolerateDamage()) {
        return -1;
      }
      throw placed(e);
    }
  }

  @Override
  public void skipTo(long frame) {
    float[] none = new float[BLOCK];
    while (position < frame) {
      if (read(none, 0, (int) Math.min(none.length, frame - position)) < 0) {
        return;
      }
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
