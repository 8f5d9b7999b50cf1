package fieldnotes.data;

import fieldnotes.common.Progress;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches one file over HTTP. A connection that breaks is taken up where it broke, in this run and
 * in the next; the file stands in its place only when it is whole and its checksum is right.
 *
 * @param connect how long to wait for a connection and for an answer
 * @param stall how long to wait for the next bytes
 * @param attempts how often to begin or resume, when nothing came of it
 */
record Download(Duration connect, Duration stall, int attempts) {
  static final Download STANDARD = new Download(Duration.ofSeconds(15), Duration.ofSeconds(30), 4);

  /** What the server answered will be answered again: trying once more is of no use. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Fetches {@code source} to {@code target}; unfinished work waits in {@code target.part}.
   *
   * @throws IOException with a reason that a person can read; {@link Refused} where another try
   *     would end the same
   * @throws CancellationException if the thread is interrupted
   */
  void fetch(CatalogueEntry.Source source, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path tag = target.resolveSibling(target.getFileName() + ".part.etag");
    Files.createDirectories(target.toAbsolutePath().getParent());
    try (HttpClient client =
            HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        Progress progress =
            Progress.start("fetching " + target.getFileName(), Math.max(0, source.bytes()))) {
      try {
        boolean resumed = size(part) > 0;
        progress.advance(size(part));
        whole(client, source, part, tag, progress);
        String wrong = wrong(source, part);
        if (wrong != null && resumed) { // the old part may have been another file's
          progress.advance(-size(part));
          Files.delete(part);
          Files.deleteIfExists(tag);
          whole(client, source, part, tag, progress);
          wrong = wrong(source, part);
        }
        if (wrong != null) {
          Files.delete(part);
          Files.deleteIfExists(tag);
          throw new Refused(wrong);
        }
        WholeFile.move(part, target);
        Files.deleteIfExists(tag);
      } finally {
        client.shutdownNow();
      }
    }
  }

  private void whole(
      HttpClient client, CatalogueEntry.Source source, Path part, Path tag, Progress progress)
      throws IOException {
    int left = attempts;
    while (true) {
      long before = size(part);
      try {
        if (some(client, source, part, tag, progress)) {
          return;
        }
      } catch (Refused e) {
        throw e;
      } catch (IOException e) {
        if (size(part) > before) {
          left = attempts;
        }
        if (--left <= 0) {
          throw new IOException(
              "%s: %s; %s came so far and will be kept"
                  .formatted(host(source), reason(e), Sizes.of(size(part))),
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
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static String host(CatalogueEntry.Source source) {
    return URI.create(source.url()).getHost();
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.net.http.HttpConnectTimeoutException x -> "no connection in time";
      case java.net.http.HttpTimeoutException x -> "no answer in time";
      case java.net.ConnectException x -> "no connection";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /** One request: all, or what is missing. Returns true when the file is complete. */
  private boolean some(
      HttpClient client, CatalogueEntry.Source source, Path part, Path tag, Progress progress)
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
    Arrival arrival = new Arrival(part, tag);
    HttpResponse<Void> response = receive(client, request.build(), have, arrival, progress);
    int status = response.statusCode();
    if (status == 416) { // nothing beyond what we have: it was whole, or it is another file
      if (source.bytes() > 0 && have != source.bytes()) {
        progress.advance(-have);
        Files.delete(part);
        throw new IOException("the file there has another size now");
      }
      return true;
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      throw new Refused(host(source) + " answered " + status + " for " + source.url());
    }
    if (status != 200 && status != 206) {
      throw new IOException("it answered " + status);
    }
    if (status == 206 && !goesOn(response.headers(), have)) {
      throw new IOException("it sent another range than was asked for");
    }
    long expected = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (expected >= 0 && arrival.bytes() < expected) {
      throw new IOException("the connection broke");
    }
    return true;
  }

  /** Sends the request and writes what comes, until it ends or nothing comes for too long. */
  private HttpResponse<Void> receive(
      HttpClient client, HttpRequest request, long have, Arrival arrival, Progress progress)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            info -> {
              boolean onwards = info.statusCode() == 206 && goesOn(info.headers(), have);
              if (info.statusCode() != 200 && !onwards) {
                return BodySubscribers.discarding();
              }
              arrival.begin(onwards, info.headers().firstValue("ETag").orElse(""));
              return BodySubscribers.ofByteArrayConsumer(arrival);
            });
    long shown = 0;
    try {
      while (true) {
        try {
          return answer.get(Math.clamp(stall.toMillis() / 4, 1, 200), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          long bytes = arrival.change(have);
          progress.advance(bytes - shown);
          shown = bytes;
          if (arrival.idleNanos() >= stall.toNanos()) {
            throw new IOException("nothing came for %d s".formatted(stall.toSeconds()), e);
          }
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
      }
    } finally {
      answer.cancel(true);
      arrival.close();
      progress.advance(arrival.change(have) - shown);
    }
  }

  private static boolean goesOn(HttpHeaders headers, long at) {
    return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + at + "-");
  }

  /** Says how the file differs from what it must be, or null. */
  private static String wrong(CatalogueEntry.Source source, Path file) throws IOException {
    if (source.sha256() != null) {
      return differs("SHA-256", source.sha256(), Sha256.of(file), source);
    }
    return source.md5() == null ? null : differs("MD5", source.md5(), md5(file), source);
  }

  private static String differs(String kind, String must, String is, CatalogueEntry.Source source) {
    return is.equalsIgnoreCase(must)
        ? null
        : "what %s sent has the wrong content: its %s is %s, must be %s; it was not kept"
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
