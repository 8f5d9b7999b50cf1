package fieldnotes.detect;

import fieldnotes.audio.DamagedSamples;
import fieldnotes.audio.Resampler;
import fieldnotes.common.Reason;
import fieldnotes.common.WaitingRead;
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
  private final DamagedSamples wrong;
  private final byte[] bytes;
  private final float[] frames = new float[FRAMES];
  private int filled;
  private boolean begun;
  private boolean ended;
  private volatile boolean closed;
  private float[] ready = {};
  private int readyAt;

  RawStream(InputStream in, String name, RawFormat format, int rateHz, Consumer<String> log) {
    this.in = in;
    this.name = name;
    this.format = format;
    this.log = log;
    resampling = format.rateHz() == rateHz ? null : Resampler.of(format.rateHz(), rateHz).stream();
    wrong =
        new DamagedSamples(
            text ->
                log.accept("%s: %s; is it really %s?".formatted(name, text, format.encoding())));
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
      n = WaitingRead.some(in, bytes, filled, bytes.length - filled);
    } catch (IOException e) {
      if (!closed) {
        log.accept(name + ": ends, as it cannot be read: " + Reason.words(e));
      }
      n = -1;
    }
    readyAt = 0;
    if (n < 0) {
      ended = true;
      wrong.end();
      if (filled > 0) {
        log.accept("%s: ends within a sample, whose %d bytes are dropped".formatted(name, filled));
      }
      ready = resampling == null ? new float[0] : resampling.finish();
      return;
    }
    filled += n;
    int whole = filled / format.frameBytes();
    format.decode(bytes, whole, frames);
    wrong.clear(frames, whole);
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
    closed = true;
    try {
      in.close();
    } catch (IOException e) {
      log.accept(name + ": " + Reason.words(e));
    }
  }
}
