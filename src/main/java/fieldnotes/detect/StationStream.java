package fieldnotes.detect;

import fieldnotes.audio.AudioStream;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A station: a part for each connection, and for each format that one connection brings. */
final class StationStream implements SoundStream {
  /** So often another format is looked for in the same connection. */
  private static final int MOST_FORMATS = 3;

  /** Sound that makes a connection count as lasting. */
  private static final double LASTING_SECONDS = 10;

  private final URI address;
  private final String name;
  private final StationOptions options;
  private final int rateHz;
  private final Consumer<String> log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile StationConnection connection;
  private volatile AudioStream sound;

  /** Samples of all parts, and those of this connection. */
  private long samples;

  private long connected;

  /** Why the sound of this connection ended; seen to before the next part, not while reading. */
  private IOException failure;

  private int failures;
  private int formats;
  private boolean complete;

  StationStream(URI address, StationOptions options, int rateHz, Consumer<String> log) {
    this.address = address;
    name = StationConnection.shown(address);
    this.options = options;
    this.rateHz = rateHz;
    this.log = log;
  }

  @Override
  public Optional<Part> next() throws IOException {
    endSound();
    while (!isClosed() && !complete) {
      if (failure != null) {
        IOException e = failure;
        failure = null;
        failed(e);
        continue;
      }
      try {
        if (connection == null) {
          connected = 0;
          formats = 0;
          connection = StationConnection.open(address, millis(options.stallSeconds()), log);
        }
        sound = AudioStream.open(connection, name, rateHz, text -> log.accept(name + ": " + text));
        if (isClosed()) {
          break;
        }
        log.accept("%s: connected, %s".formatted(name, sound.description()));
        return Optional.of(new Part(name, (double) samples / rateHz));
      } catch (StationConnection.Refused e) {
        throw e;
      } catch (IOException e) {
        if (isClosed()) {
          break;
        }
        failure = e;
      }
    }
    if (isClosed()) {
      endConnection(); // what was opened while it was closed
    }
    return Optional.empty();
  }

  /** Waits for the next try, unless the same connection may have more. */
  private void failed(IOException e) throws IOException {
    boolean again = connection != null && !connection.broken() && ++formats < MOST_FORMATS;
    if (again) {
      log.accept(e.getMessage() + "; looking for sound in what follows");
      return;
    }
    endConnection();
    failures++;
    if (failures > options.retries()) {
      throw new IOException(
          "%s; given up after %d connection%s"
              .formatted(e.getMessage(), failures, failures == 1 ? "" : "s in a row"),
          e);
    }
    double wait = options.waitAfter(failures);
    log.accept(String.format(Locale.ROOT, "%s; next try in %.1f s", e.getMessage(), wait));
    pause(wait);
  }

  @Override
  public int read(float[] block) throws IOException {
    if (sound == null || failure != null || complete) {
      return -1;
    }
    IOException why = null;
    try {
      int n = sound.read(block);
      if (n >= 0) {
        samples += n;
        connected += n;
        if (connected > LASTING_SECONDS * rateHz) {
          failures = 0;
          formats = 0;
        }
        return n;
      }
    } catch (IOException e) {
      why = e;
    }
    if (isClosed()) {
      return -1;
    }
    if (why == null && connection.complete()) {
      complete = true;
      log.accept(name + ": complete");
    } else if (why == null && !connection.broken()) {
      failure = new IOException(name + ": the sound ends, but not the connection");
    } else {
      failure = why == null ? new IOException(name + ": the connection was dropped") : why;
    }
    return -1;
  }

  private void pause(double seconds) {
    try {
      closed.await(millis(seconds), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private static int millis(double seconds) {
    return (int) Math.max(1, Math.round(1000 * seconds));
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void endSound() {
    if (sound != null) {
      sound.close();
      sound = null;
    }
  }

  private void endConnection() {
    endSound();
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
    StationConnection open = connection;
    if (open != null) {
      open.close();
    }
    AudioStream heard = sound;
    if (heard != null) {
      heard.close();
    }
  }
}
