package fieldnotes.detect;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.ReadOptions;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A random part of a random file every so often. */
final class RandomStream implements SoundStream {
  private final SoundFiles files;
  private final double every;
  private final double seconds;
  private final SplittableRandom random;
  private final int rateHz;
  private final Consumer<String> log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile FilePart part;
  private long due;
  private boolean begun;

  RandomStream(
      SoundFiles files, double every, double seconds, long seed, int rateHz, Consumer<String> log) {
    Check.that(!files.items().isEmpty(), "%s: contains no sound file to listen to", files.name());
    Check.that(every >= 0 && every <= 1e6, "everySeconds=%s: must lie within 0 and 1000000", every);
    Check.positive("seconds", seconds);
    this.files = files;
    this.every = every;
    this.seconds = seconds;
    random = new SplittableRandom(seed);
    this.rateHz = rateHz;
    this.log = log;
  }

  @Override
  public Optional<Part> next() throws IOException {
    end();
    for (int failed = 0; failed < 10 + files.items().size(); failed++) {
      if (!waited()) {
        return Optional.empty();
      }
      Path file = files.items().get(random.nextInt(files.items().size())).path();
      double at = random.nextDouble();
      try {
        double from = Math.max(0, at * (length(file) - seconds));
        part = new FilePart(file, from, seconds, rateHz, log);
        if (closed.getCount() == 0) {
          end(); // it was closed meanwhile, without this part
          return Optional.empty();
        }
        return Optional.of(new Part(file.toString(), from));
      } catch (AudioException e) {
        log.accept(e.getMessage());
      }
    }
    throw new IOException("%s: none of the files drawn could be read".formatted(files.name()));
  }

  private static double length(Path file) {
    try (AudioReader reader = AudioFiles.open(file, ReadOptions.all().withTolerateDamage(true))) {
      return reader.info().frames() < 0 ? 0 : reader.info().durationSeconds();
    }
  }

  /** Waits until the next part is due; false if the stream was closed meanwhile. */
  private boolean waited() {
    long now = System.nanoTime();
    due = begun ? Math.max(now, due + (long) (every * 1e9)) : now;
    begun = true;
    try {
      return !closed.await(due - now, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public int read(float[] block) {
    FilePart open = part;
    return open == null ? -1 : open.read(block);
  }

  @Override
  public boolean live() {
    return false;
  }

  private void end() {
    FilePart open = part;
    part = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    end();
  }
}
