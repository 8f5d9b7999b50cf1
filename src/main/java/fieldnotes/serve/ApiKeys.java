package fieldnotes.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.AppendedFile;
import fieldnotes.common.Check;
import fieldnotes.common.Sha256;
import fieldnotes.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The keys of the service, in a file that has only their SHA-256: a key is 256 random bits, so no
 * slow digest is needed. The file may change while a service runs, which reads it anew.
 */
public final class ApiKeys {
  /** How a key looks; what looks like one is printed nowhere. */
  static final Pattern LOOK = Pattern.compile("fn_([0-9a-f]{8})_[0-9a-f]{64}");

  private static final String FORMAT = "fieldnotes keys 1";
  private static final long LOOK_EVERY = 100_000_000L; // ns
  private static final int LONGEST_NAME = 80;

  private final Path file;
  private volatile State state;

  /**
   * A key, without what is secret.
   *
   * @param id eight hexadecimal digits, which the key begins with
   * @param name who or what it is for
   * @param sha256 SHA-256 of the key, in hexadecimal digits
   * @param made when it was made
   * @param revoked when it was revoked, or empty
   * @param admin whether it may load models anew
   * @param perSecond requests a second that it may make; 0 for the limit of the service
   */
  public record Key(
      String id,
      String name,
      String sha256,
      Instant made,
      Optional<Instant> revoked,
      boolean admin,
      double perSecond) {
    @Override
    public String toString() {
      return "%s  %s  made %s%s%s%s"
          .formatted(
              id,
              name,
              made,
              admin ? ", admin" : "",
              perSecond > 0 ? ", %s a second".formatted(perSecond) : "",
              revoked.map(when -> ", revoked " + when).orElse(""));
    }
  }

  private record State(Map<String, Key> keys, String stamp, long lookedAt) {}

  private ApiKeys(Path file) throws IOException {
    this.file = file;
    String stamp = stamp();
    state = new State(read(), stamp, System.nanoTime());
  }

  /**
   * Opens a file of keys.
   *
   * @throws IOException naming the file, if it is missing or is none
   */
  public static ApiKeys open(Path file) throws IOException {
    return new ApiKeys(file);
  }

  /**
   * Makes a key; the file is made if it does not exist.
   *
   * @param perSecond requests a second that it may make; 0 for the limit of the service
   * @return the key itself, which is kept nowhere
   */
  public static String add(Path file, String name, boolean admin, double perSecond)
      throws IOException {
    Check.that(
        !name.isBlank() && name.length() <= LONGEST_NAME && name.chars().noneMatch(c -> c < ' '),
        "name='%s': must be 1 to %d printable characters",
        name,
        LONGEST_NAME);
    Check.that(
        perSecond >= 0 && perSecond <= 1e6, "rate=%s: must lie within 0 and 1000000", perSecond);
    byte[] random = new byte[36];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random, 0, 4);
    String key = "fn_%s_%s".formatted(id, HexFormat.of().formatHex(random, 4, 36));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    change(
        file,
        true,
        keys -> {
          if (keys.containsKey(id)) {
            throw new IllegalStateException("this key was drawn before; run it again");
          }
          keys.put(id, new Key(id, name, Sha256.of(key), now, Optional.empty(), admin, perSecond));
        });
    return key;
  }

  /**
   * Revokes a key: from now on it is refused.
   *
   * @param which its id, or its name if no other has the same
   * @throws IllegalArgumentException if there is none or more than one, with those there are
   */
  public static Key revoke(Path file, String which) throws IOException {
    Key[] found = new Key[1];
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    change(
        file,
        false,
        keys -> {
          List<Key> live = keys.values().stream().filter(k -> k.revoked().isEmpty()).toList();
          List<Key> those =
              live.stream().filter(k -> k.id().equals(which) || k.name().equals(which)).toList();
          Check.that(
              those.size() == 1,
              "%s keys of %s in use have the id or the name '%s'; it has %s",
              those.isEmpty() ? "no" : those.size(),
              file,
              which,
              live.stream().map(k -> k.id() + " (" + k.name() + ")").toList());
          Key k = those.getFirst();
          found[0] =
              new Key(
                  k.id(),
                  k.name(),
                  k.sha256(),
                  k.made(),
                  Optional.of(now),
                  k.admin(),
                  k.perSecond());
          keys.put(k.id(), found[0]);
        });
    return found[0];
  }

  /** The keys, in the order in which they were made. */
  public List<Key> list() {
    return List.copyOf(now().keys().values());
  }

  /** The key that this text is; empty if it is unknown or revoked. */
  Optional<Key> find(String text) {
    Matcher look = LOOK.matcher(text);
    Key key = look.matches() ? now().keys().get(look.group(1)) : null;
    // as long for what is unknown as for what is known
    String wanted = key == null ? "0".repeat(64) : key.sha256();
    boolean same =
        MessageDigest.isEqual(Sha256.of(text).getBytes(US_ASCII), wanted.getBytes(US_ASCII));
    return same && key != null && key.revoked().isEmpty() ? Optional.of(key) : Optional.empty();
  }

  /** The keys as the file has them now; none if it cannot be read. */
  private State now() {
    State seen = state;
    long now = System.nanoTime();
    if (now - seen.lookedAt() < LOOK_EVERY) {
      return seen;
    }
    synchronized (this) {
      if (state.lookedAt() != seen.lookedAt()) { // another thread has looked meanwhile
        return state;
      }
      try {
        String stamp = stamp();
        state = new State(stamp.equals(seen.stamp()) ? seen.keys() : read(), stamp, now);
      } catch (IOException e) {
        state = new State(Map.of(), "", now);
      }
      return state;
    }
  }

  private String stamp() throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
  }

  private Map<String, Key> read() throws IOException {
    return read(file);
  }

  private interface Change {
    void make(Map<String, Key> keys);
  }

  private static void change(Path file, boolean mayMake, Change change) throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    AppendedFile held = AppendedFile.locked(lock, "another command changes the keys; wait");
    try {
      Map<String, Key> keys;
      try {
        keys = read(file);
      } catch (NoSuchFileException e) {
        if (!mayMake) {
          throw e;
        }
        keys = new LinkedHashMap<>();
      }
      change.make(keys);
      WholeFile.writeDurably(file, write(keys));
    } finally {
      held.close();
    }
  }

  private static byte[] write(Map<String, Key> keys) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Key key : keys.values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", key.id());
      one.put("name", key.name());
      one.put("sha256", key.sha256());
      one.put("made", key.made().toString());
      key.revoked().ifPresent(when -> one.put("revoked", when.toString()));
      one.put("admin", key.admin());
      one.put("perSecond", key.perSecond());
      list.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("keys", list);
    return (Answers.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n")
        .getBytes(UTF_8);
  }

  private static Map<String, Key> read(Path file) throws IOException {
    try {
      JsonNode all = Answers.JSON.readTree(Files.readAllBytes(file));
      if (!all.path("format").asString("").equals(FORMAT)) {
        throw new IOException(file + ": is no file of keys; make one with serve keys add");
      }
      Map<String, Key> keys = new LinkedHashMap<>();
      for (JsonNode one : all.path("keys")) {
        String revoked = one.path("revoked").asString("");
        Key key =
            new Key(
                one.path("id").asString(),
                one.path("name").asString(),
                one.path("sha256").asString(),
                Instant.parse(one.path("made").asString()),
                revoked.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(revoked)),
                one.path("admin").asBoolean(false),
                one.path("perSecond").asDouble(0));
        keys.put(key.id(), key);
      }
      return keys;
    } catch (JacksonException | java.time.DateTimeException e) {
      throw new IOException(file + ": is no file of keys, or is damaged", e);
    }
  }
}
