package fieldnotes.detect;

import fieldnotes.audio.Resampler;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Samples without a header. */
final class RawStream implements SoundStream {
  private static final int FRAMES = 2048;

  private final InputStream in;
  private final String name;
  private final RawFormat format;
  private final Consumer<String> log;
  private final Resampler.Stream resampling;
  private final byte[] bytes;
  private final float[] frames = new float[FRAMES];
  private int filled;
  private boolean begun;
  private boolean ended;
  private boolean told;
  private float[] ready = {};
  private int readyAt;

  RawStream(InputStream in, String name, RawFormat format, int rateHz, Consumer<String> log) {
    this.in = in;
    this.name = name;
    this.format = format;
    this.log = log;
    resampling = format.rateHz() == rateHz ? null : Resampler.of(format.rateHz(), rateHz).stream();
    bytes = new byte[FRAMES * format.frameBytes()];
  }

  @Override
  public Optional<Part> next() {
    boolean first = !begun;
    begun = true;
    return first ? Optional.of(new Part(name, 0)) : Optional.empty();
  }

  @Override
  public int read(float[] block) {
    while (readyAt == ready.length) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int n = Math.min(block.length, ready.length - readyAt);
    System.arraycopy(ready, readyAt, block, 0, n);
    readyAt += n;
    return n;
  }

  private void fill() {
    int n;
    try {
      n = in.read(bytes, filled, bytes.length - filled);
    } catch (IOException e) {
      log.accept(name + ": ends, as it cannot be read: " + Reason.words(e));
      n = -1;
    }
    readyAt = 0;
    if (n < 0) {
      ended = true;
      if (filled > 0) {
        log.accept("%s: ends within a sample, whose %d bytes are dropped".formatted(name, filled));
      }
      ready = resampling == null ? new float[0] : resampling.finish();
      return;
    }
    filled += n;
    int whole = filled / format.frameBytes();
    int wrong = format.decode(bytes, whole, frames);
    if (wrong > 0 && !told) {
      told = true;
      log.accept(
          "%s: samples that are no finite numbers are read as 0: is it really %s?"
              .formatted(name, format.encoding()));
    }
    int used = whole * format.frameBytes();
    System.arraycopy(bytes, used, bytes, 0, filled - used);
    filled -= used;
    ready = resampling == null ? Arrays.copyOf(frames, whole) : resampling.push(frames, 0, whole);
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      log.accept(name + ": " + Reason.words(e));
    }
  }
}
