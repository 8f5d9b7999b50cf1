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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Reads bodies: no more, no longer and no more at once than allowed. */
final class Bodies {
  /** Bytes on their way, of all requests together; what comes above is told to come again. */
  private static final long MOST_UNDER_WAY = 1L << 30;

  private final ServeLimits limits;
  private final Path folder;
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong();

  /**
   * @param folder for sounds while they are read; it is emptied
   */
  Bodies(ServeLimits limits, Path folder) throws IOException {
    this.limits = limits;
    this.folder = folder;
    WholeFile.makeFolder(folder);
    try (var left = Files.newDirectoryStream(folder)) {
      for (Path one : left) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** The body, in memory. */
  byte[] bytes(Context ctx) {
    long length = ctx.req().getContentLengthLong();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(Math.clamp(length, 32, 1 << 16)); // grows as bytes come
    copy(ctx, out);
    return out.toByteArray();
  }

  /** What is done with a file. */
  interface Use<T> {
    T of(Path file);
  }

  /** Keeps the body in a file while it is used. */
  <T> T file(Context ctx, Use<T> use) {
    Path file = folder.resolve("sound-" + numbers.incrementAndGet());
    try {
      try (WholeFile whole = WholeFile.begin(file)) {
        if (copy(ctx, whole.stream()) == 0) {
          throw Refusal.bad("the body is empty: send a sound file, or rows as application/json");
        }
        whole.finish();
      }
      return use.of(file);
    } catch (IOException e) {
      throw new Refusal(HttpStatus.INSUFFICIENT_STORAGE, "there is no place for the sound");
    } finally {
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

  private long copy(Context ctx, OutputStream out) {
    Call call = Call.of(ctx);
    long most = limits.bodyBytes();
    if (ctx.req().getContentLengthLong() > most) {
      throw tooLarge(ctx, most);
    }
    long read = 0;
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] buffer = new byte[1 << 13];
      while (true) {
        int n = in.read(buffer);
        if (n < 0) {
          return read;
        }
        read += n;
        if (read > most) {
          throw tooLarge(ctx, most);
        }
        if (underWay.addAndGet(n) > MOST_UNDER_WAY) {
          throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too much is being sent; try again")
              .after(2);
        }
        if (System.nanoTime() - call.bodyDue > 0) {
          throw tooSlow(ctx);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw tooSlow(ctx);
    } finally {
      underWay.addAndGet(-read);
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
    return new Refusal(
        HttpStatus.CONTENT_TOO_LARGE, "the body must have at most %d bytes".formatted(most));
  }
}
