package fieldnotes.feature;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.SoundFiles;
import fieldnotes.common.Check;
import fieldnotes.common.HashedRead;
import fieldnotes.common.Parallel;
import fieldnotes.common.Progress;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.table.TableWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The features of many files: one row per chunk, one column per number.
 *
 * <p>The first columns identify the row: {@code file}, {@code label} if the source has labels,
 * {@code chunk} (0 is the last of its file), {@code start_s} and {@code duration_s}, and with one
 * row per frame {@code time_s}. If damaged files are tolerated, {@code damage} says what is wrong
 * with the file; it is empty for intact ones. The others are the columns of the set. Files are in
 * source order, the chunks of a file from last to first. The result has the same bits for any
 * number of threads. Values are missing if a clip is too short or its sample rate too low.
 */
public final class FeatureTable {
  /**
   * Result of an extraction written to a file.
   *
   * @param files number of files with rows
   * @param rows number of rows written
   * @param measured number of files measured; the others came from the cache
   * @param damaged files with rows that are damaged, and what is wrong with them
   * @param failures source entries that could not be read, then files without rows
   * @param seconds run time
   */
  public record Written(
      int files,
      long rows,
      int measured,
      List<SoundFiles.Failure> damaged,
      List<SoundFiles.Failure> failures,
      double seconds) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d rows of %d files (%d measured, %d from the cache%s) in %.1f s; %d failed",
          rows,
          files,
          measured,
          files - measured,
          damaged.isEmpty() ? "" : ", " + damaged.size() + " damaged",
          seconds,
          failures.size());
    }
  }

  private final Table table;
  private final FeatureSet set;
  private final FeatureOptions options;
  private final List<SoundFiles.Failure> damaged;
  private final List<SoundFiles.Failure> failures;
  private final Map<String, String> hashes;

  private FeatureTable(
      Table table,
      FeatureSet set,
      FeatureOptions options,
      List<SoundFiles.Failure> damaged,
      List<SoundFiles.Failure> failures,
      Map<String, String> hashes) {
    this.table = table;
    this.set = set;
    this.options = options;
    this.damaged = List.copyOf(damaged);
    this.failures = List.copyOf(failures);
    this.hashes = Collections.unmodifiableMap(hashes);
  }

  /** Extracts with the default options: 22,050 Hz, chunks of 10 s. */
  public static FeatureTable extract(SoundFiles source, FeatureSet set) {
    return extract(source, set, FeatureOptions.of());
  }

  /**
   * Extracts the features of a source. Files that cannot be read are reported in {@link
   * #failures()} and do not stop the others.
   *
   * @throws IllegalArgumentException if the source has no files, or if the set and the frame
   *     options are incompatible
   * @throws CancellationException if the calling thread is interrupted; results so far stay in the
   *     cache
   */
  public static FeatureTable extract(SoundFiles source, FeatureSet set, FeatureOptions options) {
    Table table = new RowLayout(set, options, source.labelled()).table(source);
    StringColumn file = table.stringColumn("file");
    StringColumn label = source.labelled() ? table.stringColumn("label") : null;
    IntColumn chunk = table.intColumn("chunk");
    DoubleColumn start = table.doubleColumn(options.perFrame() ? "time_s" : "start_s");
    DoubleColumn duration = options.perFrame() ? null : table.doubleColumn("duration_s");
    StringColumn damage = options.tolerateDamage() ? table.stringColumn(RowLayout.DAMAGE) : null;
    List<String> names = options.perFrame() ? set.frameColumns() : set.columns();
    List<DoubleColumn> columns = names.stream().map(table::doubleColumn).toList();
    List<SoundFiles.Failure> damaged = new ArrayList<>();
    List<SoundFiles.Failure> failures = new ArrayList<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    run(
        source,
        set,
        options,
        true,
        (item, found) -> {
          hashes.put(item.name(), found.sha256());
          note(item, found, damaged);
          for (ClipMeasurer.Row row : found.rows()) {
            file.append(item.name());
            if (label != null) {
              label.append(item.label());
            }
            chunk.append(row.chunk());
            start.append(row.startSeconds());
            if (duration != null) {
              duration.append(row.seconds());
            }
            if (damage != null) {
              damage.append(row.damage());
            }
            for (int c = 0; c < columns.size(); c++) {
              columns.get(c).append(row.values()[c]);
            }
          }
        },
        failures);
    return new FeatureTable(table, set, options, damaged, failures, hashes);
  }

  /** Notes what is wrong with a damaged file. */
  private static void note(
      SoundFiles.Item item, FeatureCache.Found found, List<SoundFiles.Failure> damaged) {
    String damage = found.rows().getFirst().damage();
    if (!damage.isEmpty()) {
      damaged.add(new SoundFiles.Failure(item.name(), damage));
    }
  }

  /**
   * Extracts to a CSV file, or Parquet if the name ends in {@code .parquet}, in bounded memory. The
   * file is complete or not written at all; if no sound file gives rows, one of an earlier time
   * stays.
   *
   * @throws IllegalArgumentException as for {@link #extract}, or if the file extension is unknown
   * @throws UncheckedIOException if the file cannot be written
   */
  public static Written write(SoundFiles source, FeatureSet set, FeatureOptions options, Path out) {
    long begun = System.nanoTime();
    List<SoundFiles.Failure> damaged = new ArrayList<>();
    List<SoundFiles.Failure> failures = new ArrayList<>();
    RowLayout layout = new RowLayout(set, options, source.labelled());
    int[] files = {0};
    long[] rows = {0};
    int measured;
    try (TableWriter file = TableWriter.begin(out, layout.table(source))) {
      measured =
          run(
              source,
              set,
              options,
              false,
              (item, found) -> {
                files[0]++;
                note(item, found, damaged);
                rows[0] += found.rows().size();
                for (ClipMeasurer.Row row : found.rows()) {
                  file.append(layout.cells(item, row));
                }
              },
              failures);
      if (files[0] > 0) {
        file.finish();
      }
    } catch (UncheckedIOException e) { // from a worker
      throw Reason.unchecked("cannot write " + out, e.getCause());
    } catch (IOException e) {
      throw Reason.unchecked("cannot write " + out, e);
    }
    return new Written(
        files[0],
        rows[0],
        measured,
        List.copyOf(damaged),
        List.copyOf(failures),
        (System.nanoTime() - begun) / 1e9);
  }

  /** As {@link #write(SoundFiles, FeatureSet, FeatureOptions, Path)}. */
  public static Written write(
      SoundFiles source, FeatureSet set, FeatureOptions options, String out) {
    return write(source, set, options, Path.of(out));
  }

  /** The table. */
  public Table table() {
    return table;
  }

  /** The feature set. */
  public FeatureSet set() {
    return set;
  }

  /** The options used. */
  public FeatureOptions options() {
    return options;
  }

  /** Files with rows that are damaged, and what is wrong with them, in source order. */
  public List<SoundFiles.Failure> damaged() {
    return damaged;
  }

  /** Source entries that could not be read, then files without rows, in source order. */
  public List<SoundFiles.Failure> failures() {
    return failures;
  }

  /**
   * SHA-256 of the content that the rows of each file were measured from, by name as in the column
   * {@code file}, in source order; files without rows are left out.
   */
  public Map<String, String> hashes() {
    return hashes;
  }

  /**
   * How the rows were measured: set, chunks and rate, and a digest of all settings that determine
   * the values, such as {@code JOURNAL_38 of chunks of 10.0 s at 22050 Hz, settings 0a1b2c3d}.
   */
  public String how() {
    String chunks =
        Double.isInfinite(options.chunkSeconds())
            ? "whole files"
            : "chunks of " + options.chunkSeconds() + " s";
    String rate = options.rateHz() == 0 ? "their own rate" : options.rateHz() + " Hz";
    String settings = Sha256.of(options.settings(set)).substring(0, 8);
    return "%s of %s at %s, settings %s".formatted(set.name(), chunks, rate, settings);
  }

  /** Names of the feature columns, without those that identify the row. */
  public List<String> featureColumns() {
    return options.perFrame() ? set.frameColumns() : set.columns();
  }

  /**
   * The feature columns as a matrix.
   *
   * @return shape [rows][columns of the set]; NaN where a value is missing
   */
  public double[][] matrix() {
    List<String> names = featureColumns();
    double[][] out = new double[table.rowCount()][names.size()];
    for (int c = 0; c < names.size(); c++) {
      DoubleColumn column = table.doubleColumn(names.get(c));
      for (int r = 0; r < out.length; r++) {
        out[r][c] = column.getDouble(r);
      }
    }
    return out;
  }

  @Override
  public String toString() {
    String tolerated = damaged.isEmpty() ? "" : damaged.size() + " damaged, ";
    return "%d rows by %s; %s%d files failed"
        .formatted(table.rowCount(), set.name(), tolerated, failures.size());
  }

  /**
   * Measures the files on all threads and passes their rows on in order; returns the number
   * measured. Without a cache, files are hashed only if {@code hashed}.
   */
  private static int run(
      SoundFiles source,
      FeatureSet set,
      FeatureOptions options,
      boolean hashed,
      RowQueue.Sink sink,
      List<SoundFiles.Failure> failures) {
    List<SoundFiles.Item> items = source.items();
    failures.addAll(source.failures());
    Check.that(!items.isEmpty() || !failures.isEmpty(), "%s: contains no sound file", source);
    // Incompatible options fail once, before the first file.
    Map<Integer, FramePlan> plans = ClipMeasurer.sharedPlans();
    int firstRate = options.rateHz() == 0 ? 44_100 : options.rateHz();
    plans.put(firstRate, new FramePlan(firstRate, options.frames(), set.measures()));
    RowQueue queue = new RowQueue(items, sink, failures);
    ThreadLocal<ClipMeasurer> measurers =
        ThreadLocal.withInitial(() -> new ClipMeasurer(set, options, plans));
    try (FeatureCache cache =
            options.cache().map(root -> FeatureCache.open(root, set, options)).orElse(null);
        Progress progress =
            Progress.start("features of " + items.size() + " files", items.size())) {
      Rate rate = new Rate(items.size());
      Parallel.forEach(
          items.size(),
          options.threads(),
          i -> {
            queue.waitForRoom(i);
            queue.put(i, one(items.get(i).path(), measurers.get(), cache, hashed));
            progress.note(rate.step());
            progress.advance(1);
          });
    } finally {
      queue.stop();
      measurers.remove();
    }
    return queue.measured();
  }

  private static Object one(Path file, ClipMeasurer measurer, FeatureCache cache, boolean hashed) {
    try {
      if (cache != null) {
        return cache.rows(file, hash -> measurer.measure(file));
      }
      if (!hashed) {
        return new FeatureCache.Found(measurer.measure(file), "", true);
      }
      var made = HashedRead.of(file, hash -> measurer.measure(file));
      return new FeatureCache.Found(made.value(), made.sha256(), true);
    } catch (AudioException e) {
      return e.reason();
    } catch (CancellationException e) {
      throw e;
    } catch (NoSuchFileException e) {
      return Reason.words(e);
    } catch (FileSystemException e) {
      return e.getReason() == null ? "cannot be read: " + Reason.words(e) : Reason.words(e);
    } catch (IOException e) {
      return "cannot be read: " + Reason.words(e);
    } catch (RuntimeException e) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    } catch (OutOfMemoryError e) {
      return "needs more memory than is available: choose shorter chunks (--chunk, in Java"
          + " withChunks), fewer threads (--threads, withThreads) or a larger heap"
          + " (FIELDNOTES_JAVA_OPTIONS=-Xmx4g)";
    }
  }

  /** Files per second and remaining time, for the progress display. */
  private static final class Rate {
    private final int total;
    private final long begun = System.nanoTime();
    private int done;

    Rate(int total) {
      this.total = total;
    }

    synchronized String step() {
      done++;
      double seconds = (System.nanoTime() - begun) / 1e9;
      double left = seconds / done * (total - done);
      return String.format(
          Locale.ROOT,
          "%.1f files/s, %d:%02d left",
          done / Math.max(1e-9, seconds),
          (long) left / 60,
          (long) left % 60);
    }
  }
}
