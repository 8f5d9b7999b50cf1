package fieldnotes.data;

import fieldnotes.common.Progress;
import fieldnotes.common.Project;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Downloads one file over HTTP. A broken connection is resumed, also in a later run; the file
 * appears at its target only when it is complete and its checksum matches.
 *
 * @param connect timeout for a connection and for the response
 * @param stall timeout for the next bytes
 * @param attempts maximum attempts in a row without progress
 * @param leastSpeed a server that sends less, in bytes per second, is given up; 0 waits for ever
 * @param slow how long it may be so slow
 */
record Download(Duration connect, Duration stall, int attempts, long leastSpeed, Duration slow) {
  /** The property, or {@code FIELDNOTES_LEAST_SPEED}: the least speed in kB/s. */
  static final String LEAST_SPEED = "fieldnotes.leastSpeed";

  /** With the least speed that is set, 1 kB/s if none is. */
  static Download standard() {
    String set = Project.setting(LEAST_SPEED, "FIELDNOTES_LEAST_SPEED");
    double kilobytes = set.isBlank() ? 1 : number(set);
    return new Download(
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        4,
        Math.round(kilobytes * 1000),
        Duration.ofSeconds(60));
  }

  private static double number(String set) {
    try {
      double number = Double.parseDouble(set.strip());
      if (number >= 0 && number <= 1e9) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "FIELDNOTES_LEAST_SPEED=%s: must be a number of kB/s from 0, for example 5".formatted(set));
  }

  /** The server is too slow. */
  private static final class Slow extends IOException {
    private static final long serialVersionUID = 1L;

    Slow(String message) {
      super(message);
    }
  }

  /** The server refused in a way that a retry will not change. */
  static class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** The server sends more than the file has. */
  static final class TooLong extends Refused {
    private static final long serialVersionUID = 1L;

    TooLong(String message) {
      super(message);
    }
  }

  /** Bytes over time, over all connections of a file. */
  private final class Pace {
    private long since = System.nanoTime();
    private long bytes;

    /** Counts bytes; gives a server up that sent too few since the last look. */
    void add(long more) throws Slow {
      bytes += Math.max(0, more);
      if (leastSpeed > 0 && System.nanoTime() - since >= slow.toNanos()) {
        if (bytes < leastSpeed * slow.toMillis() / 1000) {
          throw new Slow(
              "it sent less than %s a second for %d s; try again later, or take any speed by"
                      .formatted(Sizes.of(leastSpeed), slow.toSeconds())
                  + " --least-speed 0 (FIELDNOTES_LEAST_SPEED=0)");
        }
        since = System.nanoTime();
        bytes = 0;
      }
    }
  }

  /**
   * Downloads {@code source} to {@code target}; a partial download is kept in {@code target.part}.
   *
   * @throws IOException with a readable reason; {@link Refused} if a retry would fail the same way
   * @throws CancellationException if the thread is interrupted
   */
  void fetch(CatalogueEntry.Source source, Path target) throws IOException {
    fetch(source, target, Long.MAX_VALUE);
  }

  /**
   * As {@link #fetch(CatalogueEntry.Source, Path)}, never writing more than the size of the source.
   *
   * @param most the most bytes where the size of the source is not known
   */
  void fetch(CatalogueEntry.Source source, Path target, long most) throws IOException {
    long limit = source.bytes() > 0 ? source.bytes() : most;
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path tag = target.resolveSibling(target.getFileName() + ".part.etag");
    WholeFile.makeFolder(target.toAbsolutePath().getParent());
    try (HttpClient client =
            HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        Progress progress =
            Progress.start("fetching " + target.getFileName(), Math.max(0, source.bytes()))) {
      try {
        if (size(part) > limit) {
          drop(part, tag);
        }
        boolean resumed = size(part) > 0;
        progress.advance(size(part));
        whole(client, source, part, tag, progress, limit);
        String wrong = wrong(source, part);
        if (wrong != null && resumed) { // the old partial file may be of another version
          progress.advance(-size(part));
          drop(part, tag);
          whole(client, source, part, tag, progress, limit);
          wrong = wrong(source, part);
        }
        if (wrong != null) {
          drop(part, tag);
          throw new Refused(wrong);
        }
        WholeFile.move(part, target);
        Files.deleteIfExists(tag);
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static void drop(Path part, Path tag) throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(tag);
  }

  private void whole(
      HttpClient client,
      CatalogueEntry.Source source,
      Path part,
      Path tag,
      Progress progress,
      long limit)
      throws IOException {
    int left = attempts;
    Pace pace = new Pace();
    while (true) {
      long before = size(part);
      try {
        if (some(client, source, part, tag, progress, limit, pace)) {
          return;
        }
      } catch (TooLong e) {
        drop(part, tag);
        throw new Refused("%s: %s; it was not kept".formatted(host(source), e.getMessage()));
      } catch (Refused e) {
        throw e;
      } catch (FileSystemException e) {
        throw e; // of this disk
      } catch (IOException e) {
        if (size(part) > before) {
          left = attempts;
        }
        if (--left <= 0 || e instanceof Slow) {
          long kept = size(part);
          throw new IOException(
              "%s: %s".formatted(host(source), reason(e))
                  + (kept > 0 ? "; %s received so far are kept".formatted(Sizes.of(kept)) : ""),
              e);
        }
        progress.note("the connection broke, resuming");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
  }

  private static long size(Path part) throws IOException {
    return WholeFile.isFile(part) ? Files.size(part) : 0;
  }

  private static String host(CatalogueEntry.Source source) {
    return URI.create(source.url()).getHost();
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.net.http.HttpConnectTimeoutException x -> "no connection in time";
      case java.net.http.HttpTimeoutException x -> "no answer in time";
      case java.net.ConnectException x
          when x.getCause() instanceof java.nio.channels.UnresolvedAddressException ->
          "no server of this name is known: check the network connection";
      case java.net.ConnectException x -> "no connection";
      case javax.net.ssl.SSLException x -> "no secure connection (" + Reason.words(x) + ")";
      default -> Reason.words(e);
    };
  }

  /** Sends one request, for all or the rest. Returns true when the file is complete. */
  private boolean some(
      HttpClient client,
      CatalogueEntry.Source source,
      Path part,
      Path tag,
      Progress progress,
      long limit,
      Pace pace)
      throws IOException, InterruptedException {
    long have = size(part);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(source.url()))
            .timeout(connect)
            .header("User-Agent", "fieldnotes")
            .header("Accept-Encoding", "identity");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
      if (Files.exists(tag)) {
        request.header("If-Range", Files.readString(tag));
      }
    }
    Arrival arrival = new Arrival(part, tag, have, limit);
    HttpResponse<Void> response = receive(client, request.build(), have, arrival, progress, pace);
    int status = response.statusCode();
    if (status == 416) { // nothing left to send: complete, or another version
      if (source.bytes() > 0 && have != source.bytes()) {
        progress.advance(-have);
        drop(part, tag);
        throw new IOException("the file on the server has changed its size");
      }
      return true;
    }
    if (status >= 300 && status < 400) {
      throw new Refused(
          "%s answered %d for %s: its redirect to '%s' is not followed"
              .formatted(
                  host(source),
                  status,
                  source.url(),
                  response.headers().firstValue("Location").orElse("")));
    }
    if (status == 407) {
      throw new Refused(
          "the proxy on the way to %s asks for a password (407)".formatted(host(source)));
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      throw new Refused(host(source) + " answered " + status + " for " + source.url());
    }
    if (status != 200 && status != 206) {
      throw new IOException("it answered " + status);
    }
    if (status == 206 && !goesOn(response.headers(), have)) {
      throw new IOException("it sent a different range than requested");
    }
    long expected = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (expected >= 0 && arrival.bytes() < expected) {
      throw new IOException("the connection broke");
    }
    return true;
  }

  /** Sends the request and writes the body until it ends or stalls. */
  private HttpResponse<Void> receive(
      HttpClient client,
      HttpRequest request,
      long have,
      Arrival arrival,
      Progress progress,
      Pace pace)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            info -> {
              boolean onwards = info.statusCode() == 206 && goesOn(info.headers(), have);
              if (info.statusCode() != 200 && !onwards) {
                return BodySubscribers.mapping(BodySubscribers.ofInputStream(), body -> null);
              }
              arrival.begin(
                  onwards,
                  info.headers().firstValue("ETag").orElse(""),
                  info.headers().firstValueAsLong("Content-Length").orElse(0));
              return BodySubscribers.ofByteArrayConsumer(arrival);
            });
    long shown = 0;
    try {
      while (true) {
        try {
          return answer.get(Math.clamp(stall.toMillis() / 4, 1, 200), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          long bytes = arrival.change();
          progress.advance(bytes - shown);
          pace.add(bytes - shown);
          shown = bytes;
          if (arrival.idleNanos() >= stall.toNanos()) {
            throw new IOException("no data for %d s".formatted(stall.toSeconds()), e);
          }
        } catch (ExecutionException e) {
          throw switch (e.getCause()) {
            case IOException cause -> cause;
            case UncheckedIOException cause -> cause.getCause();
            default -> new IOException(Reason.words(e.getCause()), e.getCause());
          };
        }
      }
    } finally {
      answer.cancel(true);
      arrival.close();
      progress.advance(arrival.change() - shown);
    }
  }

  private static boolean goesOn(HttpHeaders headers, long at) {
    return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + at + "-");
  }

  /** How the file differs from its expected size or checksum, or null. */
  private static String wrong(CatalogueEntry.Source source, Path file) throws IOException {
    if (source.bytes() > 0 && Files.size(file) != source.bytes()) {
      return String.format(
          Locale.ROOT,
          "the file from %s has the wrong length: %,d bytes, must be %,d; it was not kept",
          host(source),
          Files.size(file),
          source.bytes());
    }
    if (source.sha256() != null) {
      return differs("SHA-256", source.sha256(), Sha256.of(file), source);
    }
    return source.md5() == null ? null : differs("MD5", source.md5(), md5(file), source);
  }

  private static String differs(String kind, String must, String is, CatalogueEntry.Source source) {
    return is.equalsIgnoreCase(must)
        ? null
        : "the file from %s has the wrong content: its %s is %s, must be %s; it was not kept"
            .formatted(host(source), kind, is, must);
  }

  private static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
