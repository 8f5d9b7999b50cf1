package fieldnotes.serve;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.common.WholeFile;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Reads bodies: no more, no longer and no more at once than allowed. */
final class Bodies {
  /** Most bytes of rows: read, they take many times as much. */
  private static final long MOST_JSON_BYTES = 16L << 20;

  /** Bytes of sounds that are read or wait, of all requests together. */
  private static final long MOST_SOUND_BYTES = 1L << 30;

  private static final int MOST_DISCARDED = 4 << 20;

  private final ServeLimits limits;
  private final Path folder;
  private final long mostInMemory =
      Math.max(2 * MOST_JSON_BYTES, Runtime.getRuntime().maxMemory() / 16);
  private final AtomicLong inMemory = new AtomicLong();
  private final AtomicLong inFiles = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong();

  /**
   * @param folder for sounds while they are read
   */
  Bodies(ServeLimits limits, Path folder) {
    this.limits = limits;
    this.folder = folder;
  }

  /** What is done with a body. */
  interface Use<B, T> {
    T of(B body);
  }

  /** Keeps the body in memory while it is used. */
  <T> T bytes(Context ctx, Use<byte[], T> use) {
    long length = ctx.req().getContentLengthLong();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(Math.clamp(length, 32, 1 << 16)); // grows as bytes come
    Held held = new Held(inMemory, mostInMemory);
    try {
      copy(ctx, out, Math.min(limits.bodyBytes(), MOST_JSON_BYTES), held);
      return use.of(out.toByteArray());
    } catch (IOException e) {
      throw new AssertionError("memory takes what it is given", e);
    } finally {
      held.release();
    }
  }

  /** Keeps the body in a file while it is used. */
  <T> T file(Context ctx, Use<Path, T> use) {
    Path file = folder.resolve("sound-" + numbers.incrementAndGet());
    Held held = new Held(inFiles, MOST_SOUND_BYTES);
    try {
      try (WholeFile whole = WholeFile.begin(file)) {
        if (copy(ctx, whole.stream(), limits.bodyBytes(), held) == 0) {
          throw Refusal.bad("the body is empty: send a sound file, or rows as application/json");
        }
        whole.finish();
      }
      return use.of(file);
    } catch (IOException e) {
      throw new Refusal(HttpStatus.INSUFFICIENT_STORAGE, "there is no place for the sound");
    } finally {
      held.release();
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // deleted when the service starts again
      }
    }
  }

  /**
   * Reads a sound file.
   *
   * @param name what it is called in messages, in place of a path of this machine
   * @param rateHz the rate that it is resampled to
   * @throws Refusal with status 413 if it is too long, 415 if it cannot be read
   */
  Clip read(Path file, String name, int rateHz) {
    try (AudioReader reader = AudioFiles.open(file, ReadOptions.of(rateHz))) {
      int most = (int) Math.min(limits.soundSeconds() * rateHz, 1 << 29);
      float[] samples = new float[Math.min(most, 1 << 16)];
      int n = 0;
      int got;
      do {
        if (n == samples.length) { // one more than allowed, to see whether there is more
          samples = Arrays.copyOf(samples, (int) Math.min(most + 1L, 2L * n));
        }
        got = reader.read(samples, n, samples.length - n);
        n += Math.max(got, 0);
        if (n > most) {
          throw new Refusal(
              HttpStatus.CONTENT_TOO_LARGE,
              "%s is longer than %s seconds".formatted(name, limits.soundSeconds()));
        }
      } while (got > 0);
      if (n == 0) {
        throw unreadable(name, "it has no samples");
      }
      return Clip.of(name, Arrays.copyOf(samples, n), rateHz);
    } catch (AudioException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      for (Path part : new Path[] {file.toAbsolutePath(), file, file.getFileName()}) {
        why = why.replace(part.toString(), name);
      }
      throw unreadable(name, why.startsWith(name) ? why.substring(name.length()) : why);
    }
  }

  private static Refusal unreadable(String name, String why) {
    return new Refusal(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        name + " cannot be read: " + why.replaceFirst("^[:\\s]+", ""));
  }

  /** The bytes of a request among those of all; what comes above is told to come again. */
  private static final class Held {
    private final AtomicLong all;
    private final long most;
    private long own;

    Held(AtomicLong all, long most) {
      this.all = all;
      this.most = most;
    }

    void add(int n) {
      own += n;
      if (all.addAndGet(n) > most) {
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too much is being sent; try again")
            .after(2);
      }
    }

    void release() {
      all.addAndGet(-own);
    }
  }

  /**
   * @throws IOException if it cannot be written
   */
  private static long copy(Context ctx, OutputStream out, long most, Held held) throws IOException {
    Call call = Call.of(ctx);
    if (ctx.req().getContentLengthLong() > most) {
      throw tooLarge(ctx, most);
    }
    long read = 0;
    byte[] buffer = new byte[1 << 13];
    while (true) {
      int n = received(ctx, buffer);
      if (n < 0) {
        return read;
      }
      read += n;
      if (read > most) {
        throw tooLarge(ctx, most);
      }
      held.add(n);
      if (System.nanoTime() - call.bodyDue > 0) {
        throw tooSlow(ctx);
      }
      out.write(buffer, 0, n);
    }
  }

  private static int received(Context ctx, byte[] buffer) {
    try {
      return ctx.req().getInputStream().read(buffer);
    } catch (IOException e) {
      throw tooSlow(ctx);
    }
  }

  /** A body that did not come, or came too slowly. */
  static Refusal tooSlow(Context ctx) {
    ctx.header("Connection", "close");
    return new Refusal(
        HttpStatus.REQUEST_TIMEOUT, "the body did not come in time, or not to its end");
  }

  static Refusal tooLarge(Context ctx, long most) {
    ctx.header(Header.CONNECTION, "close");
    if (ctx.header(Header.EXPECT) == null) {
      discard(ctx);
    }
    return new Refusal(
        HttpStatus.CONTENT_TOO_LARGE, "the body must have at most %d bytes".formatted(most));
  }

  /**
   * Takes some of what still comes: a connection that is closed on bytes that nobody read is reset,
   * and the answer is lost with it.
   */
  private static void discard(Context ctx) {
    byte[] buffer = new byte[1 << 13];
    try {
      ServletInputStream in = ctx.req().getInputStream();
      int waits = 0;
      for (int taken = 0; taken < MOST_DISCARDED && waits < 20; ) {
        if (in.available() > 0) {
          taken += Math.max(0, in.read(buffer));
        } else if (in.isFinished()) {
          return;
        } else {
          waits++;
          Thread.sleep(10);
        }
      }
    } catch (IOException e) {
      // there is nothing more to take
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
