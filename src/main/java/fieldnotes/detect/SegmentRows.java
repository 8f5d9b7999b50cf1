package fieldnotes.detect;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.common.Parallel;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.Measure;
import fieldnotes.feature.Statistic;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Rows to train a model of whole sounds ({@link SoundModel#ofWhole}): one of each sound, as it
 * would stand out of a noisy stream. Each sound is mixed several times with noise of each kind at
 * −2 to 24 dB, cut a little early or late, sometimes to a part, and brought to one level. {@link
 * Training#fitWhole} makes them of files.
 */
public final class SegmentRows {
  /** Name of rows that are of no class. */
  static final String UNKNOWN = "Unknown";

  /** Timbre, pitch classes and envelope, without loudness, by five statistics. */
  public static final FeatureSet FEATURES =
      FeatureSet.of(
              "SEGMENT",
              Measure.mfcc(20),
              Measure.mfccDelta(13),
              Measure.zcr(),
              Measure.contrast(),
              Measure.chroma(),
              Measure.rms(),
              Measure.rolloff(),
              Measure.bandwidth(),
              Measure.centroid(),
              Measure.flatness(),
              Measure.hnr(),
              Measure.onsetStrength())
          .withStatistics(
              Statistic.MEAN, Statistic.STD, Statistic.MIN, Statistic.MAX, Statistic.MEDIAN);

  /** Between the seeds of two sets of sounds. */
  static final long SEED_STEP = 1_000_003;

  private SegmentRows() {}

  /**
   * Rows of sounds, with their recordings as groups.
   *
   * @param each rows per sound, each with other noise, at least 1
   */
  public static Samples of(List<Scene.Sound> sounds, int each, long seed) {
    Check.that(!sounds.isEmpty(), "sounds is empty: give at least one");
    Check.atLeast("each", each, 1);
    long[] seeds = LongStream.range(0, sounds.size()).map(s -> seed * SEED_STEP + s).toArray();
    double[][] rows = rows(sounds.stream().map(Scene.Sound::clip).toList(), each, seeds);
    List<String> labels = new ArrayList<>();
    List<String> recordings = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      labels.add(sounds.get(r / each).label());
      recordings.add(sounds.get(r / each).recording());
    }
    return Samples.of(Matrix.of(FEATURES.columns(), rows), labels)
        .withGroups("recording", recordings);
  }

  /**
   * Rows of sounds, those of one after those of another.
   *
   * @param seeds of the noise of each sound
   */
  static double[][] rows(List<Clip> clips, int each, long[] seeds) {
    double[][] rows = new double[clips.size() * each][];
    Parallel.forEachPart(
        clips.size(),
        8,
        (from, to) -> {
          FeatureExtractor extractor = FeatureExtractor.of(FEATURES);
          for (int s = from; s < to; s++) {
            SplittableRandom random = new SplittableRandom(seeds[s]);
            for (int e = 0; e < each; e++) {
              Clip mixed = mixed(clips.get(s), random);
              rows[s * each + e] = extractor.summary(SignalEvents.levelled(mixed));
            }
          }
        });
    return rows;
  }

  /** Samples that a sound has at least, for its derivatives. */
  static int least(int rateHz) {
    return rateHz / 5;
  }

  private static Clip mixed(Clip clip, SplittableRandom random) {
    int rate = clip.sampleRateHz();
    int pad = rate / 2;
    float[] x = clip.samples();
    SceneOptions.Noise[] kinds = SceneOptions.Noise.values();
    SceneNoise noise = new SceneNoise(kinds[random.nextInt(kinds.length)], rate, random.nextLong());
    double gain = Math.pow(10, random.nextDouble(-2, 24) / 20) / Math.max(1e-9, clip.rms());
    float[] mixed = new float[x.length + 2 * pad];
    noise.fill(mixed, mixed.length, 1);
    for (int i = 0; i < x.length; i++) {
      mixed[pad + i] += (float) (gain * x[i]);
    }
    int from = pad + (int) (random.nextDouble(-0.1, 0.03) * rate);
    int to = pad + x.length + (int) (random.nextDouble(-0.3, 0.1) * rate);
    if (random.nextInt(4) == 0) {
      int length = (int) (x.length * random.nextDouble(0.4, 1));
      from = pad + random.nextInt(Math.max(1, x.length - length));
      to = from + length;
    }
    to = Math.min(mixed.length, Math.max(to, from + least(rate)));
    return Clip.of(clip.name(), Arrays.copyOfRange(mixed, from, to), rate);
  }

  /**
   * Adds rows of no class, as many as there are: statistics of a row of one class with those of a
   * row of another, such as the mean of a bell with the spread of steps. A model learns by them
   * where its classes end.
   */
  public static Samples withStrangers(Samples rows, long seed) {
    double[][] x = rows.matrix().values();
    List<String> names = rows.features();
    List<String> classes = rows.classes();
    Check.that(rows.classNames().size() >= 2, "'%s' has one class: two are needed", rows.id());
    List<String> statistics = names.stream().map(SegmentRows::statistic).distinct().toList();
    Check.that(statistics.size() >= 2, "'%s' has one statistic: two are needed", rows.id());
    SplittableRandom random = new SplittableRandom(seed);
    double[][] all = Arrays.copyOf(x, 2 * x.length);
    List<String> labels = new ArrayList<>(classes);
    List<String> groups = new ArrayList<>(rows.groups("recording"));
    for (int r = 0; r < x.length; r++) {
      int one = random.nextInt(x.length);
      int other;
      do {
        other = random.nextInt(x.length);
      } while (classes.get(other).equals(classes.get(one)));
      int mask = 1 + random.nextInt((1 << statistics.size()) - 2);
      double[] row = new double[names.size()];
      for (int c = 0; c < row.length; c++) {
        row[c] =
            ((mask >> statistics.indexOf(statistic(names.get(c)))) & 1) == 0
                ? x[one][c]
                : x[other][c];
      }
      all[x.length + r] = row;
      labels.add(UNKNOWN);
      groups.add("stranger " + r);
    }
    return Samples.of(Matrix.of(names, all), labels).withGroups("recording", groups);
  }

  private static String statistic(String column) {
    return column.substring(column.lastIndexOf('_') + 1);
  }
}
