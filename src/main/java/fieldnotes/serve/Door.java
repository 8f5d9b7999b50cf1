package fieldnotes.serve;

import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.UrlEncoded;

/**
 * Who may ask, and how often. With keys, a request needs one in its header; without, it must come
 * from this machine and not from the page of another origin.
 */
final class Door {
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/live",
          "/live.js",
          "/service.css",
          "/live-capture.js",
          "/docs",
          "/docs.js",
          "/openapi.json",
          "/health",
          "/ready");
  private static final Set<String> KEY_NAMES =
      Set.of("key", "api_key", "apikey", "api-key", "x-api-key", "token", "access_token");

  private final Optional<ApiKeys> keys;
  private final ServeLimits limits;
  private final Own own;
  private final Tickets tickets;
  private final Metrics metrics;
  private final ConcurrentMap<String, RateLimit> rates = new ConcurrentHashMap<>();

  Door(Optional<ApiKeys> keys, ServeLimits limits, Own own, Tickets tickets, Metrics metrics) {
    this.keys = keys;
    this.limits = limits;
    this.own = own;
    this.tickets = tickets;
    this.metrics = metrics;
  }

  /**
   * Lets a request in.
   *
   * @throws Refusal with status 400, 401, 403 or 429 if not
   */
  void admit(Request request, Response response, Call call) {
    String path = Request.getPathInContext(request);
    String query = request.getHttpURI().getQuery();
    requireReadable(query);
    if (keys.isEmpty()) {
      requireOwn(request);
      return;
    }
    refuseKeyIn(query);
    if (OPEN.contains(path)) {
      return;
    }
    ApiKeys.Key key = key(request, path, query);
    call.key = key.id();
    call.admin = key.admin();
    limit(key, response);
  }

  private ApiKeys.Key key(Request request, String path, String query) {
    HttpFields headers = request.getHeaders();
    String sent = headers.get("X-API-Key");
    String bearer = headers.get(HttpHeader.AUTHORIZATION);
    if (sent == null && bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      sent = bearer.substring(7).strip();
    }
    Optional<ApiKeys.Key> found =
        sent != null
            ? keys.get().find(sent)
            : path.equals(Streams.PATH) ? tickets.take(query) : Optional.empty();
    return found.orElseThrow(
        () -> {
          metrics.add("fieldnotes_refused_total{why=\"key\"}", 1);
          return new Refusal(
              HttpStatus.UNAUTHORIZED,
              "a key is needed, in the header 'Authorization: Bearer KEY' or 'X-API-Key: KEY'; the"
                  + " one that was sent, if any, is unknown or revoked");
        });
  }

  private void limit(ApiKeys.Key key, Response response) {
    double rate = key.perSecond() > 0 ? key.perSecond() : limits.perSecond();
    int burst =
        key.perSecond() > 0 ? (int) Math.max(1, Math.ceil(2 * key.perSecond())) : limits.burst();
    long now = System.nanoTime();
    RateLimit bucket =
        rates.compute(
            key.id(),
            (id, old) ->
                old != null && old.is(rate, burst) ? old : new RateLimit(rate, burst, now));
    RateLimit.Taken taken = bucket.take(System.nanoTime());
    response.getHeaders().put("RateLimit-Policy", bucket.policy());
    response.getHeaders().put("RateLimit", RateLimit.state(taken));
    if (!taken.taken()) {
      metrics.add("fieldnotes_refused_total{why=\"rate\"}", 1);
      throw new Refusal(
              HttpStatus.TOO_MANY_REQUESTS, "this key has made too many requests; try again later")
          .after(taken.waitSeconds());
    }
  }

  /** A value that cannot be read would be as if it were not there. */
  private static void requireReadable(String query) {
    try {
      if (query != null) {
        UrlEncoded.decodeTo(query, (name, value) -> {}, StandardCharsets.UTF_8);
      }
    } catch (RuntimeException e) {
      throw Refusal.bad(
          "what follows the ? of the address cannot be read: write each byte of UTF-8 as % and two"
              + " hexadecimal digits");
    }
  }

  /** What stands in an address is kept in logs and histories. */
  private static void refuseKeyIn(String query) {
    if (query == null) {
      return;
    }
    boolean found = ApiKeys.LOOK.matcher(query).find();
    for (String part : query.split("&", -1)) {
      found |= KEY_NAMES.contains(part.split("=", 2)[0].toLowerCase(Locale.ROOT));
    }
    if (found) {
      throw Refusal.bad(
          "a key must be in the header 'Authorization: Bearer KEY' or 'X-API-Key: KEY', never in"
              + " the address; if it was a real one, revoke it");
    }
  }

  private void requireOwn(Request request) {
    own.require(
        request.getHeaders().getValuesList(HttpHeader.HOST),
        request.getHeaders().getValuesList(HttpHeader.ORIGIN),
        Request.getLocalPort(request));
    List<String> sites = request.getHeaders().getValuesList("Sec-Fetch-Site");
    boolean page = OPEN.contains(Request.getPathInContext(request));
    if (!page && !sites.isEmpty() && !Set.of("same-origin", "none").containsAll(sites)) {
      throw Own.ofOthers();
    }
  }
}
