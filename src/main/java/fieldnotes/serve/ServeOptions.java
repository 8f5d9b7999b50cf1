package fieldnotes.serve;

import fieldnotes.common.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a service serves, and where.
 *
 * @param models files of models; each is called by the name of its file without ending
 * @param host address to listen on; any but that of this machine itself needs keys
 * @param port port; 0 for any that is free
 * @param keys file of keys, made by {@code serve keys add}; empty to ask for none
 * @param tls key store (PKCS12) with the certificate; empty for none
 * @param password password of the key store
 * @param work folder for batches, which outlive the service
 * @param log file that gets a JSON line for each request, {@code -} for standard output; empty for
 *     none
 * @param limits sizes and times
 */
public record ServeOptions(
    List<Path> models,
    String host,
    int port,
    Optional<Path> keys,
    Optional<Path> tls,
    Optional<String> password,
    Path work,
    Optional<Path> log,
    ServeLimits limits) {
  /** Copies and checks the values. */
  public ServeOptions {
    models = List.copyOf(models);
    Check.that(!models.isEmpty(), "models is empty: give at least one file");
    Check.that(!host.isBlank(), "host is blank: give an address such as 127.0.0.1");
    if (host.startsWith("[") && host.endsWith("]")) { // an IPv6 address as in a URL
      host = host.substring(1, host.length() - 1);
    }
    Check.that(port >= 0 && port <= 65_535, "port=%d: must lie within 0 and 65535", port);
  }

  /** On 127.0.0.1 and any free port, for everyone on this machine, without a log. */
  public static ServeOptions of(Path... models) {
    return new ServeOptions(
        List.of(models),
        "127.0.0.1",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Path.of("serve"),
        Optional.empty(),
        ServeLimits.of());
  }

  /** Returns a copy on another address and port. */
  public ServeOptions withAddress(String otherHost, int otherPort) {
    return new ServeOptions(models, otherHost, otherPort, keys, tls, password, work, log, limits);
  }

  /** Returns a copy that asks for a key of this file. */
  public ServeOptions withKeys(Path file) {
    return new ServeOptions(
        models, host, port, Optional.of(file), tls, password, work, log, limits);
  }

  /** Returns a copy that serves by TLS. */
  public ServeOptions withTls(Path store, String secret) {
    return new ServeOptions(
        models, host, port, keys, Optional.of(store), Optional.of(secret), work, log, limits);
  }

  /** Returns a copy with another folder for batches. */
  public ServeOptions withWork(Path folder) {
    return new ServeOptions(models, host, port, keys, tls, password, folder, log, limits);
  }

  /** Returns a copy that writes a line for each request. */
  public ServeOptions withLog(Path file) {
    return new ServeOptions(
        models, host, port, keys, tls, password, work, Optional.of(file), limits);
  }

  /** Returns a copy with other limits. */
  public ServeOptions withLimits(ServeLimits other) {
    return new ServeOptions(models, host, port, keys, tls, password, work, log, other);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "serve %s on %s:%d%s%s"
        .formatted(
            models,
            host,
            port,
            keys.isPresent() ? ", with keys" : "",
            tls.isPresent() ? ", by TLS" : "");
  }
}
