package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets through only requests of the page that this server itself gave out: by the name of the host
 * (against DNS rebinding), the origin (against other pages) and a token (against other users and
 * programs of this machine).
 */
final class Guard {
  /** The header that carries the token; a page of another origin cannot send it unasked. */
  static final String TOKEN_HEADER = "X-Fieldnotes-Token";

  /** Largest body of a request, in bytes. */
  static final int MOST_BYTES = 64 * 1024;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src"
          + " 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors ";

  private final Own own;
  private final String token;
  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * Makes a token.
   *
   * @param host address that the server listens on
   */
  Guard(String host) {
    own = Own.of(host, false);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /** 256 random bits in hexadecimal digits. */
  String token() {
    return token;
  }

  /** The checks of every request, and the headers of every answer. */
  void check(Context ctx) {
    headers(ctx);
    int port = ctx.req().getLocalPort();
    own.require(headers(ctx, Header.HOST), headers(ctx, Header.ORIGIN), port);
    String path = ctx.path();
    boolean open = path.equals("/label.js") || path.equals("/label.css");
    if (open) {
      return;
    }
    boolean page = path.equals("/");
    String site = ctx.header("Sec-Fetch-Site");
    if (!page && site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Own.ofOthers();
    }
    boolean inAddress = page || path.startsWith("/sound/") || path.startsWith("/picture/");
    String sent = ctx.header(TOKEN_HEADER);
    if (sent == null && inAddress) {
      sent = ctx.queryParam("token");
    }
    if (sent == null || !MessageDigest.isEqual(sent.getBytes(UTF_8), token.getBytes(UTF_8))) {
      throw refused(
          "the token is missing or of another run; open the address that the program printed");
    }
  }

  private static void headers(Context ctx) {
    boolean cell = ctx.queryParam("cell") != null;
    ctx.header(
        "Content-Security-Policy",
        POLICY + (cell ? "http://localhost:* http://127.0.0.1:*" : "'none'"));
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header(Header.CACHE_CONTROL, "no-store");
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static List<String> headers(Context ctx, String name) {
    return Collections.list(ctx.req().getHeaders(name));
  }

  private static Refusal refused(String why) {
    return new Refusal(HttpStatus.FORBIDDEN, why);
  }

  /**
   * The JSON object in the body of a request, of which no more than {@value #MOST_BYTES} bytes are
   * read.
   */
  JsonNode body(Context ctx) {
    if (ctx.req().getContentLengthLong() > MOST_BYTES) {
      throw tooLarge(ctx);
    }
    byte[] bytes;
    try (InputStream in = ctx.req().getInputStream()) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw Refusal.bad("the body could not be read");
    }
    if (bytes.length > MOST_BYTES) {
      throw tooLarge(ctx);
    }
    try {
      JsonNode node = json.readTree(bytes);
      if (node != null && node.isObject()) {
        return node;
      }
      throw Refusal.bad("the body must be a JSON object");
    } catch (JacksonException e) {
      throw Refusal.bad("the body is not valid JSON");
    }
  }

  private static Refusal tooLarge(Context ctx) {
    ctx.header("Connection", "close");
    return new Refusal(
        HttpStatus.CONTENT_TOO_LARGE, "the body must have at most %d bytes".formatted(MOST_BYTES));
  }
}
