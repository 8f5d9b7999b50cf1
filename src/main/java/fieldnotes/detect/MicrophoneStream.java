package fieldnotes.detect;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;

/** The microphone that the system records from, by {@code javax.sound.sampled}. */
final class MicrophoneStream implements SoundStream {
  private static final RawFormat FORMAT = new RawFormat(44_100, 1, "s16le");

  private final int rateHz;
  private final Consumer<String> log;
  private volatile RawStream sound;

  MicrophoneStream(int rateHz, Consumer<String> log) {
    this.rateHz = rateHz;
    this.log = log;
  }

  @Override
  public Optional<Part> next() throws IOException {
    if (sound != null) {
      return Optional.empty();
    }
    try {
      AudioFormat format = new AudioFormat(FORMAT.rateHz(), 16, 1, true, false);
      TargetDataLine line = AudioSystem.getTargetDataLine(format);
      line.open(format, 2 * FORMAT.rateHz()); // a second
      line.start();
      sound = new RawStream(new AudioInputStream(line), "microphone", FORMAT, rateHz, log);
      return sound.next();
    } catch (IllegalArgumentException | LineUnavailableException | SecurityException e) {
      throw new IOException(
          "no microphone can be opened: connect one or allow its use; sound of another program can"
              + " be piped in, for example: arecord -f S16_LE -r 22050 | ./workbench detect --model"
              + " MODEL -",
          e);
    }
  }

  @Override
  public int read(float[] block) {
    return sound.read(block);
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public void close() {
    if (sound != null) {
      sound.close();
    }
  }
}
