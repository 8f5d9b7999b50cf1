package fieldnotes.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of an entry.
 *
 * @param id unique
 * @param time when these results were first saved
 * @param chapter chapter of the journal
 * @param title title of the entry within the chapter
 * @param notebook notebook that wrote it, relative to the project; empty if unknown
 * @param seed random seed as written; empty for none
 * @param data hash of each data set by name
 * @param options settings by name
 * @param metrics in the order written
 * @param blocks texts, tables and figures in the order written
 * @param conclusion in Markdown; may be empty
 * @param next what to do next, in Markdown; may be empty
 * @param made versions, commit and seconds; not compared
 */
public record Run(
    String id,
    Instant time,
    String chapter,
    String title,
    String notebook,
    String seed,
    Map<String, String> data,
    Map<String, String> options,
    List<Metric> metrics,
    List<Block> blocks,
    String conclusion,
    String next,
    Map<String, String> made) {

  public Run {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
    metrics = List.copyOf(metrics);
    blocks = List.copyOf(blocks);
  }

  /** The date of the results, in UTC. */
  public LocalDate date() {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** The metric of this name. */
  public Optional<Metric> metric(String name) {
    return metrics.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** The hash of a data set for display, cut to 12 digits; empty for none. */
  public String shortHash(String dataSet) {
    String hash = data.getOrDefault(dataSet, "");
    return hash.matches("[0-9a-fA-F]{13,}") ? hash.substring(0, 12) : hash;
  }

  /** The figures and clips, in order. */
  public List<Block.Picture> pictures() {
    return blocks.stream()
        .filter(Block.Picture.class::isInstance)
        .map(Block.Picture.class::cast)
        .toList();
  }

  /** A copy with only the results: figures by content hash, no id, time or versions. */
  Run onlyResults() {
    List<Block> shown =
        blocks.stream()
            .<Block>map(
                block ->
                    block instanceof Block.Picture p
                        ? new Block.Picture(p.name(), "", 0, 0, p.shows(), "", p.seconds(), "")
                        : block)
            .toList();
    return new Run(
        "",
        Instant.EPOCH,
        chapter,
        title,
        "",
        seed,
        data,
        options,
        metrics,
        shown,
        conclusion,
        next,
        Map.of());
  }

  /** Whether the other run has the same entry, options, seed and data. */
  boolean triesTheSameAs(Run other) {
    return chapter.equals(other.chapter)
        && title.equals(other.title)
        && seed.equals(other.seed)
        && data.equals(other.data)
        && options.equals(other.options);
  }

  @Override
  public String toString() {
    long figures = pictures().size();
    return "%s, %s: %s metric%s, %s figure%s, %s"
        .formatted(
            chapter,
            title,
            metrics.size(),
            metrics.size() == 1 ? "" : "s",
            figures,
            figures == 1 ? "" : "s",
            date());
  }
}
