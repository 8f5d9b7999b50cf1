package fieldnotes.feature;

import fieldnotes.audio.AudioException;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.ChunkOptions;
import fieldnotes.audio.Chunks;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.feature.FrameEngine.Track;
import fieldnotes.feature.Measure.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Computes the feature rows of files. Not thread-safe. */
final class ClipMeasurer {
  /** Number of engines cached for different sample rates. */
  private static final int KEPT = 4;

  /**
   * One row of a table.
   *
   * @param chunk index counted from the end of the file; the last chunk is 0
   * @param startSeconds start in the file
   * @param seconds duration of the chunk, or the hop of a frame
   * @param values one per column of the set
   * @param damage what is wrong with the file, which was read in spite of it; empty if nothing
   */
  record Row(int chunk, double startSeconds, double seconds, double[] values, String damage) {
    /** A row of an intact file. */
    Row(int chunk, double startSeconds, double seconds, double[] values) {
      this(chunk, startSeconds, seconds, values, "");
    }
  }

  private final FeatureSet set;
  private final FeatureOptions options;
  private final Map<Integer, FramePlan> plans;
  private final Map<Integer, FrameEngine> engines =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, FrameEngine> eldest) {
          return size() > KEPT;
        }
      };
  private double[] sorted = {};

  /** {@code plans} is shared by all measurers of a table. */
  ClipMeasurer(FeatureSet set, FeatureOptions options, Map<Integer, FramePlan> plans) {
    this.set = set;
    this.options = options;
    this.plans = plans;
  }

  static Map<Integer, FramePlan> sharedPlans() {
    return new ConcurrentHashMap<>();
  }

  /**
   * The rows of a file, the last chunk first; within a chunk, frames in order.
   *
   * @throws AudioException if the file cannot be read, or is damaged and that is not tolerated
   */
  List<Row> measure(Path file) {
    try {
      return measure(file, ReadOptions.of(options.rateHz()));
    } catch (AudioException e) {
      if (!options.tolerateDamage() || e.damage().isEmpty()) {
        throw e;
      }
      List<Row> rows = measure(file, ReadOptions.of(options.rateHz()).withTolerateDamage(true));
      rows.replaceAll(
          r -> new Row(r.chunk(), r.startSeconds(), r.seconds(), r.values(), e.damage()));
      return rows;
    }
  }

  private List<Row> measure(Path file, ReadOptions reading) {
    List<Row> rows = new ArrayList<>();
    if (Double.isInfinite(options.chunkSeconds())) {
      add(0, whole(file, reading), rows);
    } else {
      ChunkOptions chunks =
          ChunkOptions.of(options.chunkSeconds()).withRemainder(options.keepRemainder());
      Chunks.fromEnd(file, reading, chunks, (index, chunk) -> add(index, chunk, rows));
    }
    if (rows.isEmpty()) {
      throw new AudioException(file, "holds no samples");
    }
    rows.sort(Comparator.comparingInt(Row::chunk));
    return rows;
  }

  private Clip whole(Path file, ReadOptions reading) {
    long most = Runtime.getRuntime().maxMemory() / (8L * options.threads());
    try (AudioReader reader = AudioFiles.open(file, reading.withMaxBytes(most))) {
      if (reader.length() > most / Float.BYTES) {
        throw new AudioException(
            file,
            String.format(
                Locale.ROOT,
                "%,d samples at once are too many for the memory: take chunks (--chunk SECONDS, in"
                    + " Java withChunks), a lower rate (--rate, withRate), fewer threads"
                    + " (--threads, withThreads) or a larger heap"
                    + " (FIELDNOTES_JAVA_OPTIONS=-Xmx4g)",
                reader.length()));
      }
      return reader.readAll();
    }
  }

  private void add(int index, Clip clip, List<Row> rows) {
    FrameEngine engine = engine(clip.sampleRateHz());
    engine.run(clip.samples(), 0, clip.length());
    if (options.perFrame()) {
      double[][] frames = engine.perFrame();
      double hop = (double) options.frames().hop() / clip.sampleRateHz();
      for (int t = 0; t < frames.length; t++) {
        double time = options.frames().seconds(t, clip.sampleRateHz());
        rows.add(new Row(index, clip.startSeconds() + time, hop, frames[t]));
      }
    } else {
      rows.add(new Row(index, clip.startSeconds(), clip.durationSeconds(), summary(engine)));
    }
  }

  /** The statistics of a clip, in {@link FeatureSet#columns()} order. */
  double[] summary(Clip clip) {
    FrameEngine engine = engine(clip.sampleRateHz());
    engine.run(clip.samples(), 0, clip.length());
    return summary(engine);
  }

  /** The features of each frame of a clip. */
  double[][] frames(Clip clip) {
    FrameEngine engine = engine(clip.sampleRateHz());
    engine.run(clip.samples(), 0, clip.length());
    return engine.perFrame();
  }

  private FrameEngine engine(int rate) {
    FrameEngine engine = engines.get(rate);
    if (engine == null) {
      if (plans.size() > 2 * KEPT) {
        plans.clear();
      }
      engine =
          new FrameEngine(
              plans.computeIfAbsent(
                  rate, hz -> new FramePlan(hz, options.frames(), set.measures())));
      engines.put(rate, engine);
    }
    return engine;
  }

  private double[] summary(FrameEngine engine) {
    double[] out = new double[set.columns().size()];
    int at = 0;
    for (int i = 0; i < set.measures().size(); i++) {
      Measure measure = set.measures().get(i);
      Track track = engine.track(i);
      if (measure.kind().ofWholeClip()) {
        out[at++] = track.frames == 0 ? Double.NaN : track.get(0, 0);
        continue;
      }
      for (int c = 0; c < measure.count(); c++) {
        int n = present(track, c);
        for (int s = 0; s < set.statistics().size(); s++) {
          double value =
              n > 0
                  ? statistic(set.statistics().get(s), n)
                  : measure.kind() == Kind.HNR ? 0 : Double.NaN;
          out[at + s * measure.count() + c] = value;
        }
      }
      at += measure.count() * set.statistics().size();
    }
    return out;
  }

  /** Copies the values of a row that are not NaN and returns their number. */
  private int present(Track track, int c) {
    if (sorted.length < track.frames) {
      sorted = new double[track.stride];
    }
    int n = 0;
    int row = c * track.stride;
    for (int t = row; t < row + track.frames; t++) {
      double value = track.values[t];
      if (!Double.isNaN(value)) {
        sorted[n++] = value;
      }
    }
    return n;
  }

  private double statistic(Statistic statistic, int n) {
    switch (statistic) {
      case MEAN -> {
        return mean(n);
      }
      case STD -> {
        double mean = mean(n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += (sorted[i] - mean) * (sorted[i] - mean);
        }
        return Math.sqrt(sum / n);
      }
      case MIN -> {
        double least = sorted[0];
        for (int i = 1; i < n; i++) {
          least = Math.min(least, sorted[i]);
        }
        return least;
      }
      case MAX -> {
        double most = sorted[0];
        for (int i = 1; i < n; i++) {
          most = Math.max(most, sorted[i]);
        }
        return most;
      }
      case MEDIAN -> {
        // The median reorders the values, and sums depend on their order.
        return Select.median(Arrays.copyOf(sorted, n), n);
      }
    }
    throw new IllegalStateException(statistic.name());
  }

  private double mean(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += sorted[i];
    }
    return sum / n;
  }
}
