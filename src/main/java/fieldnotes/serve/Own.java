package fieldnotes.serve;

import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names by which a server of this machine is asked. A page that was loaded under another name,
 * which was then pointed to this machine (DNS rebinding), asks by that name and is refused.
 */
final class Own {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:@/?#\\s]+))(?::([0-9]{1,5}))?");

  private final String scheme;
  private final int usualPort;

  /** As they are written in an address, for messages. */
  private final Set<String> written = new LinkedHashSet<>();

  /** As they are compared. */
  private final Set<String> names = new LinkedHashSet<>();

  private record Place(String name, int port) {}

  private Own(boolean secure) {
    scheme = secure ? "https" : "http";
    usualPort = secure ? 443 : 80;
  }

  /**
   * Of a server that listens on this name or address: that, the address that it leads to, and the
   * usual names of this machine.
   */
  static Own of(String host, boolean secure) {
    Own own = new Own(secure);
    own.add(host);
    own.add("127.0.0.1");
    own.add("localhost");
    try {
      own.add(InetAddress.getByName(host).getHostAddress());
    } catch (UnknownHostException e) {
      // it cannot be listened on, either
    }
    return own;
  }

  private void add(String host) {
    String name = host.replaceFirst("%.*", ""); // without the interface of an IPv6 address
    if (names.add(name.contains(":") ? address(name).orElse(name) : lower(name))) {
      written.add(name.contains(":") ? "[" + name + "]" : name);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** An IPv6 address in the one of its spellings by which it is compared. */
  private static Optional<String> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses what was sent to another name, or by another page.
   *
   * @param hosts values of the header Host
   * @param origins values of the header Origin
   * @param port on which it came
   * @throws Refusal with status 403
   */
  void require(List<String> hosts, List<String> origins, int port) {
    Optional<Place> host = hosts.size() == 1 ? place(hosts.getFirst()) : Optional.empty();
    if (host.filter(to -> names.contains(to.name()) && to.port() == port).isEmpty()) {
      throw refused(
          "this server answers only as "
              + String.join(", ", written.stream().map(name -> name + ":" + port).toList()));
    }
    String start = scheme + "://";
    for (String origin : origins) {
      if (!origin.startsWith(start) || !place(origin.substring(start.length())).equals(host)) {
        throw ofOthers();
      }
    }
  }

  /** Name and port; the usual port of the scheme where none is written, as clients leave it out. */
  private Optional<Place> place(String text) {
    Matcher parts = HOST_AND_PORT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = parts.group(3) == null ? usualPort : Integer.parseInt(parts.group(3));
    Optional<String> name =
        parts.group(1) == null ? Optional.of(lower(parts.group(2))) : address(parts.group(1));
    return name.map(known -> new Place(known, port));
  }

  static Refusal ofOthers() {
    return refused("requests of other pages are refused");
  }

  private static Refusal refused(String why) {
    return new Refusal(HttpStatus.FORBIDDEN, why);
  }
}
