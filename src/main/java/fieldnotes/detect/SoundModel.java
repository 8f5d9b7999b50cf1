package fieldnotes.detect;

import fieldnotes.audio.ChunkOptions;
import fieldnotes.audio.Chunks;
import fieldnotes.audio.Clip;
import fieldnotes.classify.UnknownModel;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Rejected;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureOptions;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.table.Matrix;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A classifier of sounds that may say Unknown: what predicts from a row of features, and how sound
 * becomes that row. Saved like any model; read back by {@link #load}.
 *
 * <p>A row is of a window of fixed length, or of a whole sound, as {@link SegmentRows} makes them.
 * A model of windows is asked again and again while it listens; one of whole sounds once for each
 * sound that stands out of the background, at one level, so that loudness does not count.
 *
 * @param model what predicts: an {@link UnknownModel}, or one after preparation in a pipeline
 * @param set the features of a window
 * @param frames the frames they are measured on
 * @param rateHz sample rate that sound is resampled to before it is measured, in Hz
 * @param windowSeconds length of a window; of whole sounds the longest, as what is longer is named
 *     in parts
 * @param whole whether a row is of a whole sound, not of a window
 * @param card what to know of the model
 */
public record SoundModel(
    Model<Rejected> model,
    FeatureSet set,
    FrameOptions frames,
    int rateHz,
    double windowSeconds,
    boolean whole,
    ModelCard card)
    implements CardedModel {

  private static final double LONGEST_SECONDS = 3_600;

  /**
   * Checks that model and features fit each other.
   *
   * @throws IllegalArgumentException naming the columns that the feature set does not have
   */
  public SoundModel {
    CardedModel.rejecting(model);
    Check.that(
        rateHz >= 100 && rateHz <= 768_000, "rateHz=%d: must lie within 100 and 768000", rateHz);
    Check.that(
        windowSeconds * rateHz >= 1 && windowSeconds <= LONGEST_SECONDS,
        "windowSeconds=%s: must be at least one sample at %d Hz and at most %s",
        windowSeconds,
        rateHz,
        LONGEST_SECONDS);
    List<String> columns = set.columns();
    List<String> expected = model.made().columns();
    List<String> missing = expected.stream().filter(name -> !columns.contains(name)).toList();
    Check.that(
        missing.isEmpty(),
        "the model expects the columns %s; the feature set %s has no %s: take the set that the"
            + " model was trained with",
        brief(expected),
        set.name(),
        brief(missing));
  }

  static String brief(List<String> names) {
    int most = 8;
    return names.size() <= most
        ? names.toString()
        : "%s and %s more".formatted(names.subList(0, most), names.size() - most);
  }

  /**
   * A model of windows of sound.
   *
   * @param model an {@link UnknownModel}, or one after preparation in a pipeline
   * @param set its columns are those that the model was fitted on
   * @param rateHz 100 to 768000
   * @param windowSeconds length of a window, at most an hour
   */
  public static SoundModel of(
      Model<Rejected> model,
      FeatureSet set,
      FrameOptions frames,
      int rateHz,
      double windowSeconds,
      ModelCard card) {
    return new SoundModel(model, set, frames, rateHz, windowSeconds, false, card);
  }

  /**
   * A model of whole sounds.
   *
   * @param model fitted on rows of {@link SegmentRows}
   * @param rateHz 100 to 768000
   */
  public static SoundModel ofWhole(Model<Rejected> model, int rateHz, ModelCard card) {
    return new SoundModel(
        model,
        SegmentRows.FEATURES,
        FrameOptions.of(),
        rateHz,
        Activity.LONGEST_SECONDS,
        true,
        card);
  }

  /**
   * Reads a saved model of sounds.
   *
   * @throws IOException naming the file, if it is no saved model, or one of tables
   */
  public static SoundModel load(Path file) throws IOException {
    Model<?> model = ModelFile.load(file);
    if (model instanceof SoundModel sounds) {
      return sounds;
    }
    throw new IOException(
        "%s: a model of rows of a table with the columns %s, not of sounds: make one with"
                .formatted(file, brief(model.made().columns()))
            + " ./workbench train FOLDER --out MODEL");
  }

  @Override
  public SoundModel withThreshold(double value) {
    Model<Rejected> other = CardedModel.withThreshold(model, value);
    return new SoundModel(other, set, frames, rateHz, windowSeconds, whole, card);
  }

  /**
   * How to measure files so that their rows are those that the model expects: one per window.
   *
   * @throws IllegalStateException of a model of whole sounds, for which files are not cut blindly
   */
  public FeatureOptions features() {
    if (whole) {
      throw new IllegalStateException("a model of whole sounds: classify clips instead");
    }
    return FeatureOptions.of().withFrames(frames).withRate(rateHz).withChunks(windowSeconds);
  }

  /** Samples in a window. */
  public int windowSamples() {
    return (int) Math.max(1, Math.round(windowSeconds * rateHz));
  }

  /**
   * Measures windows or whole sounds, by the code that measures files. Not thread-safe, as it uses
   * its buffers again: one per thread.
   */
  public final class Measurer {
    private final FeatureExtractor extractor = FeatureExtractor.of(set, frames);

    private Measurer() {}

    /**
     * The features of a window, in the order of the set's columns. NaN where a feature has no
     * value, such as a pitch in silence.
     *
     * @param window at the model's rate; of another length than {@link SoundModel#windowSeconds},
     *     it is measured as it is
     * @throws IllegalArgumentException if its rate is another, it is empty, or a sample is not
     *     finite
     */
    public double[] row(Clip window) {
      Check.that(
          window.sampleRateHz() == rateHz,
          "%s: is at %d Hz, but the model listens at %d Hz: resample it first",
          window.name(),
          window.sampleRateHz(),
          rateHz);
      return extractor.summary(whole ? SignalEvents.levelled(window) : window);
    }

    /** The features of several windows, shape [windows][columns]. */
    public Matrix rows(List<Clip> windows) {
      return Matrix.of(set.columns(), windows.stream().map(this::row).toArray(double[][]::new));
    }
  }

  /** A measurer of windows. */
  public Measurer measurer() {
    return new Measurer();
  }

  /**
   * What of a clip is named, at the model's rate, in order of time: its windows, counted from the
   * end. What remains at the start is dropped; a clip shorter than a window is one window, as in a
   * table of features. For a model of whole sounds, the clip is one sound, from which silence at
   * both ends is cut off as in training; one of more than {@link #windowSeconds} is cut into parts.
   */
  public List<Clip> windows(Clip clip) {
    if (whole) {
      return sounds(Scene.trimmed(clip.resampled(rateHz)));
    }
    return Chunks.fromEnd(clip.resampled(rateHz), ChunkOptions.of(windowSeconds)).reversed();
  }

  private List<Clip> sounds(Clip sound) {
    int least = SegmentRows.least(rateHz);
    if (sound.length() < least) {
      float[] padded = Arrays.copyOf(sound.samples(), least);
      return List.of(Clip.of(sound.name(), padded, rateHz).withStart(sound.startSeconds()));
    }
    int most = windowSamples();
    int parts = Math.max(1, (int) Math.ceil((double) (sound.length() - least + 1) / most));
    return IntStream.range(0, parts)
        .mapToObj(
            p -> sound.sliceSamples(p * most, p == parts - 1 ? sound.length() : (p + 1) * most))
        .toList();
  }

  /**
   * Classifies a clip.
   *
   * @param clip of any rate and length
   * @return a row for each of its {@link #windows}
   * @throws IllegalArgumentException if it is empty, or a sample is not finite
   */
  public Rejected classify(Clip clip) {
    Check.that(clip.length() > 0, "%s is empty", clip.name());
    return predict(measurer().rows(windows(clip)));
  }

  @Override
  public String toString() {
    return "sounds of %s classes by %s at %s Hz, %s; %s below %s"
        .formatted(
            classes().size(),
            whole ? "whole sounds" : "windows of " + Numbers.text(windowSeconds) + " s",
            rateHz,
            set.name(),
            unknown(),
            Numbers.text(threshold()));
  }
}
