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

  /** Whether the other run has the same results; metrics within a relative 1e-9. */
  boolean hasResultsOf(Run other) {
    if (metrics.size() != other.metrics.size()) {
      return false;
    }
    for (int i = 0; i < metrics.size(); i++) {
      if (!metrics.get(i).sameAs(other.metrics.get(i))) {
        return false;
      }
    }
    return onlyResults().with(List.of()).equals(other.onlyResults().with(List.of()));
  }

  private Run with(List<Metric> others) {
    return new Run(
        id,
        time,
        chapter,
        title,
        notebook,
        seed,
        data,
        options,
        others,
        blocks,
        conclusion,
        next,
        made);
  }

  /** Returns a copy with another id and time. */
  Run at(String newId, Instant newTime) {
    return new Run(
        newId,
        newTime,
        chapter,
        title,
        notebook,
        seed,
        data,
        options,
        metrics,
        blocks,
        conclusion,
        next,
        made);
  }

  /** Returns a copy with other parts. */
  Run withBlocks(List<Block> others) {
    return new Run(
        id,
        time,
        chapter,
        title,
        notebook,
        seed,
        data,
        options,
        metrics,
        others,
        conclusion,
        next,
        made);
  }

  /**
   * Whether the other run of the entry has other numbers: a metric that both have differs by more
   * than a relative 1e-9, or a table of the same name and columns.
   */
  boolean differsFrom(Run other) {
    for (Metric mine : metrics) {
      Metric its = other.metric(mine.name()).orElse(mine);
      if (mine.unit().equals(its.unit()) && !Metric.same(mine.value(), its.value())) {
        return true;
      }
    }
    for (Block block : blocks) {
      for (Block its : other.blocks) {
        if (block instanceof Block.Grid a
            && its instanceof Block.Grid b
            && a.name().equals(b.name())
            && a.columns().equals(b.columns())
            && !a.rows().equals(b.rows())) {
          return true;
        }
      }
    }
    return false;
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
