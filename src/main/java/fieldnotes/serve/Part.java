package fieldnotes.serve;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a sound that a request asks for. ({@code Context.writeSeekableStream} takes the last
 * bytes, {@code bytes=-500}, for the first ones, and fails on what is beyond the end.)
 *
 * @param from first byte
 * @param to last byte, included; below {@code from} for none
 * @param whole whether the request has no range, or one that is to be ignored
 */
record Part(long from, long to, boolean whole) {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * Reads a {@code Range} header; several ranges and other units are ignored, as RFC 9110 allows.
   *
   * @param range the header, or null
   * @throws Refusal with status 416 if no byte of the range is there
   */
  static Part of(String range, long length) {
    Part all = new Part(0, length - 1, true);
    Matcher parts = RANGE.matcher(range == null ? "" : range.replace(" ", ""));
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      return all;
    }
    long from = number(parts.group(1), -1);
    long to = number(parts.group(2), Long.MAX_VALUE);
    if (from >= 0 && to < from) {
      return all; // is no range
    }
    long first = from >= 0 ? from : to == Long.MAX_VALUE ? 0 : Math.max(0, length - to);
    long last = from >= 0 ? Math.min(to, length - 1) : length - 1;
    if (first > last) {
      throw new Refusal(
          HttpStatus.RANGE_NOT_SATISFIABLE,
          "the range lies beyond the end: the sound has %d bytes".formatted(length));
    }
    return new Part(first, last, false);
  }

  private static long number(String digits, long otherwise) {
    if (digits.isEmpty()) {
      return otherwise;
    }
    return digits.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  /** Sends the part of a stream of {@code length} bytes that the request asks for. */
  static void send(Context ctx, InputStream in, String type, long length) throws IOException {
    try (in) {
      ctx.header(Header.ACCEPT_RANGES, "bytes");
      Part part;
      try {
        part = of(ctx.header(Header.RANGE), length);
      } catch (Refusal e) {
        ctx.header(Header.CONTENT_RANGE, "bytes */" + length);
        throw e;
      }
      long left = part.to - part.from + 1;
      ctx.res().setContentType(type);
      ctx.res().setContentLengthLong(left);
      if (!part.whole) {
        ctx.status(HttpStatus.PARTIAL_CONTENT);
        ctx.header(Header.CONTENT_RANGE, "bytes %d-%d/%d".formatted(part.from, part.to, length));
      }
      if (ctx.method().equals(HandlerType.HEAD)) {
        return;
      }
      in.skipNBytes(part.from);
      OutputStream out = ctx.res().getOutputStream();
      byte[] buffer = new byte[1 << 16];
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new IOException("the sound ended early");
        }
        out.write(buffer, 0, n);
        left -= n;
      }
      out.flush();
    }
  }
}
