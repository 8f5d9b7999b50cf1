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

  ByteStream(InputStream in, String name, int rateHz, Consumer<String> log) {
    this.in = in;
    this.name = name;
    this.rateHz = rateHz;
    this.log = log;
  }

  @Override
  public Optional<Part> next() throws IOException {
    if (sound != null) {
      return Optional.empty();
    }
    sound = AudioStream.open(in, name, rateHz, text -> log.accept(name + ": " + text));
    log.accept(name + ": " + sound.description());
    return Optional.of(new Part(name, 0));
  }

  @Override
  public int read(float[] block) throws IOException {
    try {
      return sound.read(block);
    } catch (IOException e) {
      log.accept(e.getMessage());
      return -1;
    }
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
      log.accept(name + ": " + e.getMessage());
    }
  }
}
