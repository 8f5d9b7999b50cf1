package fieldnotes.detect;

import fieldnotes.audio.AudioStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Bytes of any format, such as standard input. */
final class ByteStream implements SoundStream {
  private final InputStream in;
  private final String name;
  private final int rateHz;
  private final Consumer<String> log;
  private AudioStream sound;
  private boolean begun;
  private boolean closed;

  ByteStream(InputStream in, String name, int rateHz, Consumer<String> log) {
    this.in = in;
    this.name = name;
    this.rateHz = rateHz;
    this.log = log;
  }

  @Override
  public Optional<Part> next() throws IOException {
    if (begun) {
      return Optional.empty();
    }
    begun = true;
    AudioStream opened;
    try {
      opened = AudioStream.open(in, name, rateHz, text -> log.accept(name + ": " + text));
    } catch (IOException e) {
      if (isClosed()) {
        return Optional.empty();
      }
      throw e;
    }
    synchronized (this) {
      if (closed) {
        opened.close();
        return Optional.empty();
      }
      sound = opened;
    }
    log.accept(name + ": " + opened.description());
    return Optional.of(new Part(name, 0));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized AudioStream sound() {
    return sound;
  }

  @Override
  public int read(float[] block) throws IOException {
    AudioStream open = sound();
    if (open == null) {
      return -1;
    }
    try {
      return open.read(block);
    } catch (IOException e) {
      if (!isClosed()) {
        log.accept(e.getMessage());
      }
      return -1;
    }
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      in.close(); // so that a read that waits for bytes ends
    } catch (IOException e) {
      log.accept(name + ": " + e.getMessage());
    }
    AudioStream open = sound();
    if (open != null) {
      open.close();
    }
  }
}
