package fieldnotes.journal;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.draw.Figure;
import fieldnotes.evaluate.Better;
import fieldnotes.plot.Player;
import fieldnotes.plot.WaveformPlot;
import fieldnotes.table.Numbers;
import fieldnotes.table.Provenance;
import fieldnotes.table.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * An entry under construction: texts, metrics, tables and figures in page order. Nothing is written
 * before {@link #save}. Not thread-safe.
 */
public final class Entry {
  private static final int MOST_ROWS = 100;
  private static final int MOST_COLUMNS = 40;

  private final Journal journal;
  private final String chapter;
  private final String title;
  private final long started = System.nanoTime();
  private final Map<String, String> data = new LinkedHashMap<>();
  private final Map<String, Set<String>> rows = new LinkedHashMap<>(); // steps → sources
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> took = new LinkedHashMap<>();
  private String seed = "";
  private String notebook = Home.notebook();
  private String conclusion = "";
  private String next = "";

  Entry(Journal journal, String chapter, String title) {
    Check.that(!chapter.isBlank(), "an entry needs a chapter");
    Check.that(!title.isBlank(), "an entry needs a title");
    this.journal = journal;
    this.chapter = chapter.strip();
    this.title = title.strip();
  }

  /** Adds Markdown text; formulas stand between dollar signs. */
  public Entry text(String markdown) {
    if (!markdown.isBlank()) {
      blocks.add(new Block.Text(markdown.strip()));
    }
    return this;
  }

  /**
   * Adds a result.
   *
   * @param name unique within this entry
   * @param value any number, including NaN and infinity
   * @param unit such as {@code s}; empty for none
   * @param better which direction is better
   */
  public Entry metric(String name, double value, String unit, Better better) {
    Metric metric = new Metric(name.strip(), value, unit.strip(), better);
    Check.that(
        metrics.stream().noneMatch(m -> m.name().equals(metric.name())),
        "metric '%s': the entry already has one of this name; use another name",
        metric.name());
    if (metrics.isEmpty()) {
      blocks.add(new Block.Metrics());
    }
    metrics.add(metric);
    return this;
  }

  /** Adds a number without unit of which no direction is better, such as a count. */
  public Entry metric(String name, double value) {
    return metric(name, value, "", Better.NEITHER);
  }

  /** Adds a table: its first 100 rows and 40 columns. */
  public Entry table(String name, Table table) {
    int most = Math.min(MOST_COLUMNS, table.columnCount());
    List<String> columns = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (Column<?> column : table.columns().subList(0, most)) {
      columns.add(column.name());
      numeric.add(column instanceof NumericColumn<?>);
    }
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < Math.min(MOST_ROWS, table.rowCount()); r++) {
      List<String> row = new ArrayList<>();
      for (Column<?> column : table.columns().subList(0, most)) {
        row.add(column.isMissing(r) ? null : cell(column, r));
      }
      rows.add(row);
    }
    blocks.add(
        new Block.Grid(name, columns, numeric, rows, Math.max(0, table.rowCount() - MOST_ROWS)));
    return this;
  }

  private static String cell(Column<?> column, int row) {
    return switch (column) {
      case DoubleColumn numbers -> Numbers.text(numbers, row);
      case FloatColumn numbers -> Numbers.text(numbers.getFloat(row));
      case IntColumn numbers -> Numbers.whole(numbers, row);
      case LongColumn numbers -> Numbers.whole(numbers, row);
      case ShortColumn numbers -> Numbers.whole(numbers, row);
      default -> column.getString(row);
    };
  }

  /** Adds a chart, rendered now. */
  public Entry figure(String name, Chart<?, ?> chart) {
    return figure(name, Figure.of(chart));
  }

  /** Adds a picture. */
  public Entry figure(String name, BufferedImage picture) {
    return figure(name, Figure.of(name, picture));
  }

  /** Adds a figure, rendered now. */
  public Entry figure(String name, Figure figure) {
    byte[] png = figure.png();
    String shows = Sha256.of(png);
    String file = file(name, shows, "png");
    files.put(file, png);
    add(new Block.Picture(name, file, figure.width(), figure.height(), shows, "", 0, figure.alt()));
    return this;
  }

  /** Adds a clip: its waveform and the sound of its first 30 seconds. */
  public Entry figure(String name, Clip clip) {
    Player player = Player.of(clip);
    Figure wave = WaveformPlot.strip(player.clip());
    byte[] png = wave.png();
    String shows = Sha256.of(heard(player.clip()));
    String picture = file(name, shows, "png");
    String sound = file(name, shows, player.extension());
    files.put(picture, png);
    files.put(sound, player.sound());
    add(
        new Block.Picture(
            name,
            picture,
            wave.width(),
            wave.height(),
            shows,
            sound,
            player.clip().durationSeconds(),
            wave.alt()));
    return this;
  }

  /** The sample rate and the 16-bit samples, for comparison. */
  private static byte[] heard(Clip clip) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 2 * clip.length()).putInt(clip.sampleRateHz());
    for (float sample : clip.samples()) {
      bytes.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * 32_767));
    }
    return bytes.array();
  }

  private void add(Block.Picture picture) {
    Check.that(!picture.name().isBlank(), "a figure needs a name");
    for (Block block : blocks) {
      Check.that(
          !(block instanceof Block.Picture p && p.name().equals(picture.name())),
          "figure '%s': the entry already has one of this name; use another name",
          picture.name());
    }
    blocks.add(picture);
  }

  private String file(String name, String shows, String extension) {
    return "assets/"
        + Slug.of(title)
        + "-"
        + Slug.of(name)
        + "-"
        + shows.substring(0, 10)
        + "."
        + extension;
  }

  /** Records a setting; arrays are recorded with their values. */
  public Entry option(String name, Object value) {
    options.put(name.strip(), setting(value));
    return this;
  }

  private static String setting(Object value) {
    if (value instanceof Double number) {
      return Numbers.text(number);
    }
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    return IntStream.range(0, Array.getLength(value))
        .mapToObj(i -> setting(Array.get(value, i)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Records every component of an options record as a setting; a component named {@code seed}
   * becomes the seed.
   */
  public Entry options(Record settings) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(settings);
        if (component.getName().equals("seed")) {
          seed = String.valueOf(value);
        } else {
          option(component.getName(), value);
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw new IllegalArgumentException(
            "cannot read '%s' of %s: record it by option(name, value)"
                .formatted(component.getName(), settings.getClass().getSimpleName()),
            e);
      }
    }
    return this;
  }

  /** Records the random seed. */
  public Entry seed(long newSeed) {
    seed = Long.toString(newSeed);
    return this;
  }

  /**
   * Records the provenance of rows: every source with its hash, and the steps. Rows without a
   * source are recorded by their id.
   */
  public Entry data(Samples rows) {
    if (rows.provenance().sources().isEmpty()) {
      source(rows.id(), "");
    }
    return data(rows.provenance());
  }

  /**
   * Records a provenance: every source with its hash, and the steps. If several provenances have
   * different steps, the setting {@code rows} names the sources of each.
   */
  public Entry data(Provenance made) {
    List<String> ids = new ArrayList<>();
    made.sources().forEach((id, hash) -> ids.add(source(id, hash)));
    if (!made.how().isEmpty()) {
      rows.computeIfAbsent(String.join("; ", made.how()), how -> new LinkedHashSet<>()).addAll(ids);
      options.put(
          "rows",
          rows.size() == 1
              ? rows.keySet().iterator().next()
              : rows.entrySet().stream()
                  .map(one -> String.join(", ", one.getValue()) + ": " + one.getKey())
                  .collect(Collectors.joining(" | ")));
    }
    return this;
  }

  /** Records a source and its SHA-256. */
  public Entry data(String id, String hash) {
    source(id.strip(), hash.strip());
    return this;
  }

  /** Records a source; another one of the same id gets a number after its id. */
  private String source(String id, String hash) {
    String free = id;
    for (int n = 2; !data.getOrDefault(free, hash).equals(hash); n++) {
      free = "%s (%d)".formatted(id, n);
    }
    data.put(free, hash);
    return free;
  }

  /** Records the notebook if it cannot be detected: its path relative to the project. */
  public Entry notebook(String path) {
    notebook = path.strip();
    return this;
  }

  /**
   * Records a duration. Like versions and commit, it is stored but not compared, since it varies
   * from run to run.
   */
  public Entry took(String what, double seconds) {
    took.put("took " + what.strip(), Numbers.text(Math.round(seconds * 1000) / 1000.0) + " s");
    return this;
  }

  /** Sets the conclusion, in Markdown. */
  public Entry conclusion(String markdown) {
    conclusion = markdown.strip();
    return this;
  }

  /** Sets what to do next, in Markdown. */
  public Entry next(String markdown) {
    next = markdown.strip();
    return this;
  }

  /**
   * Saves the entry; if the same results are already in the journal, nothing is written.
   *
   * @return the run in the journal, and whether it is new
   * @throws UncheckedIOException if the journal's folder cannot be written
   */
  public Saved save() {
    Map<String, String> made = new LinkedHashMap<>(Home.made());
    made.putAll(took);
    made.put("seconds", Numbers.text(Math.round(Home.seconds(started) * 10) / 10.0));
    Run run =
        new Run(
            "-",
            journal.now(),
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
    try {
      return journal.save(run, files);
    } catch (IOException e) {
      throw Reason.unchecked("cannot write the journal in " + journal.root(), e);
    }
  }
}
