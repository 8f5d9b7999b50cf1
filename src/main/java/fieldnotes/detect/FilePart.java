package fieldnotes.detect;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.ReadOptions;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A file, or a part of one, read in spite of damage, which is told. It may be closed while another
 * thread reads: then after the block that is read.
 */
final class FilePart implements AutoCloseable {
  private final Path file;
  private final Consumer<String> log;
  private final int rateHz;
  private final double offset;
  private final double duration;
  private AudioReader reader;
  private boolean tolerant;
  private boolean closed;
  private long read;

  /**
   * Opens it.
   *
   * @throws AudioException if nothing of it can be read
   */
  FilePart(Path file, double offset, double duration, int rateHz, Consumer<String> log) {
    this.file = file;
    this.offset = offset;
    this.duration = duration;
    this.rateHz = rateHz;
    this.log = log;
    open();
  }

  private void open() {
    double done = (double) read / rateHz;
    ReadOptions options = ReadOptions.of(rateHz).withTolerateDamage(tolerant);
    if (offset > 0 || read > 0 || duration < Double.POSITIVE_INFINITY) {
      options = options.withPart(offset + done, Math.max(1.0 / rateHz, duration - done));
    }
    try {
      reader = AudioFiles.open(file, options);
    } catch (AudioException e) {
      if (tolerant || e.damage().isEmpty()) {
        throw e;
      }
      recover(e);
    }
  }

  private void recover(AudioException e) {
    log.accept("%s: damaged, read as far as it can be: %s".formatted(file, e.damage()));
    tolerant = true;
    shut();
    open();
  }

  /** As {@link SoundStream#read}; −1 also if it was closed. */
  synchronized int read(float[] block) {
    while (true) {
      if (closed) {
        return -1;
      }
      try {
        int n = reader.read(block);
        read += Math.max(0, n);
        if (n < 0 && reader.damagedSamples() > 0) {
          log.accept(
              "%s: %d of its samples are no sound: read as 0"
                  .formatted(file, reader.damagedSamples()));
        }
        return n;
      } catch (AudioException e) {
        if (tolerant || e.damage().isEmpty()) {
          log.accept(e.getMessage());
          return -1;
        }
        try {
          recover(e);
        } catch (AudioException again) {
          log.accept(again.getMessage());
          return -1;
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    shut();
  }

  private void shut() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
