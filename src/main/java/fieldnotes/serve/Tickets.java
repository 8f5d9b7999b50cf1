package fieldnotes.serve;

import io.javalin.http.HttpStatus;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tickets for a stream: a page cannot send a header with a web socket, so it gets a ticket with its
 * key and sends that in the address. It holds once, for half a minute.
 */
final class Tickets {
  static final int SECONDS = 30;
  private static final int MOST = 10_000;
  private static final Pattern IN_QUERY = Pattern.compile("(?:^|&)ticket=([0-9a-f]{32})(?:&|$)");

  private final Map<String, Ticket> open = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  private record Ticket(String key, long due) {}

  private final Optional<ApiKeys> keys;

  private final LongSupplier clock;

  /**
   * Tickets of these keys.
   *
   * @param clock nanoseconds since any moment
   */
  Tickets(Optional<ApiKeys> keys, LongSupplier clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** A new ticket of the key with this id. */
  String give(String key) {
    long now = clock.getAsLong();
    if (open.size() >= MOST) { // not at each: that would be a walk through all for each
      open.values().removeIf(ticket -> ticket.due() - now <= 0);
    }
    if (open.size() >= MOST) {
      throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "too many tickets are unused")
          .after(SECONDS);
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String ticket = HexFormat.of().formatHex(bytes);
    open.put(ticket, new Ticket(key, now + SECONDS * 1_000_000_000L));
    return ticket;
  }

  /** The key whose ticket is in a query; the ticket is used up. */
  Optional<ApiKeys.Key> take(String query) {
    Matcher found = IN_QUERY.matcher(query == null ? "" : query);
    Ticket ticket = found.find() ? open.remove(found.group(1)) : null;
    if (ticket == null || ticket.due() - clock.getAsLong() <= 0 || keys.isEmpty()) {
      return Optional.empty();
    }
    return keys.get().list().stream()
        .filter(key -> key.id().equals(ticket.key()) && key.revoked().isEmpty())
        .findFirst();
  }
}
