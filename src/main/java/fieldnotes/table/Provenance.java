package fieldnotes.table;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The origin of rows: the id and SHA-256 of every source, and the processing steps.
 *
 * @param sources source id → SHA-256 in hexadecimal, in insertion order
 * @param how processing steps in order, such as the features extracted
 */
public record Provenance(Map<String, String> sources, List<String> how) {
  /** Copies both. */
  public Provenance {
    sources = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    how = List.copyOf(how);
    sources.forEach(
        (id, hash) ->
            Check.that(
                hash.matches("[0-9a-f]{64}"),
                "source '%s' has the hash '%s': must be a SHA-256, 64 hexadecimal digits",
                id,
                hash));
  }

  /** No source: rows typed in or computed. */
  public static Provenance none() {
    return new Provenance(Map.of(), List.of());
  }

  /** A single source. */
  public static Provenance of(String id, String sha256) {
    return new Provenance(Map.of(id, sha256), List.of());
  }

  /** Returns a copy with one more processing step. */
  public Provenance with(String step) {
    List<String> more = new ArrayList<>(how);
    more.add(step);
    return new Provenance(sources, more);
  }

  /** The source ids with the first eight digits of their hashes. */
  @Override
  public String toString() {
    return sources.isEmpty()
        ? "no source"
        : sources.entrySet().stream()
            .map(s -> s.getKey() + " (" + s.getValue().substring(0, 8) + ")")
            .collect(Collectors.joining(", "));
  }
}
