package fieldnotes.feature;

import static fieldnotes.feature.Statistic.MAX;
import static fieldnotes.feature.Statistic.MEAN;
import static fieldnotes.feature.Statistic.MEDIAN;
import static fieldnotes.feature.Statistic.MIN;
import static fieldnotes.feature.Statistic.STD;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of features and the statistics over frames that summarise them: one of the named sets or a
 * custom one:
 *
 * <pre>{@code
 * FeatureSet mine = FeatureSet.of("mine", Measure.mfcc(20), Measure.centroid(), Measure.rms());
 * }</pre>
 *
 * @param name name in tables, caches and on the command line
 * @param measures features, in column order
 * @param statistics statistics over frames, in column order
 */
public record FeatureSet(String name, List<Measure> measures, List<Statistic> statistics) {
  /**
   * The first set of the journal: 35 columns, each the mean over the frames.
   *
   * <ul>
   *   <li>13 MFCC: the spectral envelope, which distinguishes voices from instruments; higher
   *       coefficients follow pitch rather than timbre.
   *   <li>zero-crossing rate: high for hiss, fricatives and cymbals, low for hum and vowels.
   *   <li>7 bands of spectral contrast: high for music, with strong partials above a low floor; low
   *       for noise and dense mixes.
   *   <li>12 chroma: the pitch classes; speech spreads over them, music concentrates.
   *   <li>RMS: loudness, which distinguishes silence and quiet speech from mastered music.
   *   <li>rolloff at 85 %: the upper end of the spectrum, low for telephone recordings.
   * </ul>
   */
  public static final FeatureSet JOURNAL_35 =
      of(
          "JOURNAL_35",
          Measure.mfcc(13),
          Measure.zcr(),
          Measure.contrast(),
          Measure.chroma(),
          Measure.rms(),
          Measure.rolloff());

  /**
   * The journal's set of 38 columns: {@link #JOURNAL_35} and three more features.
   *
   * <ul>
   *   <li>bandwidth: spread of the energy around the centroid.
   *   <li>centroid: brightness.
   *   <li>harmonics-to-noise ratio: periodicity; high for vowels and strings, low for breath and
   *       rain.
   * </ul>
   */
  public static final FeatureSet JOURNAL_38 =
      of(
          "JOURNAL_38",
          Measure.mfcc(13),
          Measure.zcr(),
          Measure.contrast(),
          Measure.chroma(),
          Measure.rms(),
          Measure.rolloff(),
          Measure.bandwidth(),
          Measure.centroid(),
          Measure.hnr());

  /**
   * For similarity search in a sample library: means of the features of timbre and pitch of
   * one-shots.
   *
   * <ul>
   *   <li>bandwidth and flatness: tonal or noisy.
   *   <li>RMS: loudness and share of silence.
   *   <li>zero-crossing rate: bright or dull percussion.
   *   <li>chroma: the pitch class of a tuned sample.
   *   <li>mel spectrogram, 128 bands: the spectrum, for classifiers that learn their own features.
   *   <li>20 MFCC: a compact, decorrelated spectrum; librosa's default number.
   *   <li>contrast: plucked and bowed or struck and shaken.
   * </ul>
   */
  public static final FeatureSet LIBRARY =
      of(
          "LIBRARY",
          Measure.bandwidth(),
          Measure.rms(),
          Measure.flatness(),
          Measure.zcr(),
          Measure.chroma(),
          Measure.mel(128),
          Measure.mfcc(20),
          Measure.contrast());

  /**
   * For emotion in speech, where variation over time matters: all five statistics.
   *
   * <ul>
   *   <li>13 MFCC: shape of the vocal tract, tension of the voice.
   *   <li>their deltas and delta-deltas: speed and sharpness of the articulation.
   *   <li>centroid, bandwidth and rolloff: anger and joy are brighter than sadness.
   *   <li>chroma: melody of the phrase.
   *   <li>RMS: loudness; its standard deviation reflects emphasis.
   *   <li>zero-crossing rate: breath and fricatives.
   * </ul>
   */
  public static final FeatureSet EMOTION =
      of(
              "EMOTION",
              Measure.mfcc(13),
              Measure.mfccDelta(13),
              Measure.mfccDelta2(13),
              Measure.centroid(),
              Measure.bandwidth(),
              Measure.rolloff(),
              Measure.chroma(),
              Measure.rms(),
              Measure.zcr())
          .withStatistics(MEAN, STD, MIN, MAX, MEDIAN);

  /**
   * All features with mean and standard deviation, for feature selection. In addition to the other
   * sets: mel spectrogram in dB, rolloff at 95 % (codec bandwidth), onset strength and tempo,
   * harmonic share (sustained or percussive), fundamental frequency, and tuning.
   */
  public static final FeatureSet EVERYTHING =
      of(
              "EVERYTHING",
              Measure.mfcc(20),
              Measure.mfccDelta(20),
              Measure.mfccDelta2(20),
              Measure.zcr(),
              Measure.contrast(),
              Measure.chroma(),
              Measure.rms(),
              Measure.rolloff(),
              Measure.rolloff(0.95),
              Measure.bandwidth(),
              Measure.centroid(),
              Measure.flatness(),
              Measure.hnr(),
              Measure.mel(128),
              Measure.melDb(128),
              Measure.onsetStrength(),
              Measure.harmonicShare(),
              Measure.f0(),
              Measure.tuning(),
              Measure.tempo())
          .withStatistics(MEAN, STD);

  public FeatureSet {
    measures = List.copyOf(measures);
    statistics = List.copyOf(statistics);
    Check.that(!measures.isEmpty(), "the set '%s' has no measure", name);
    Check.that(!statistics.isEmpty(), "the set '%s' has no statistic", name);
    Set<String> seen = new HashSet<>();
    for (Measure one : measures) {
      for (String column : one.columns()) {
        Check.that(seen.add(column), "the set '%s' has the column %s twice", name, column);
      }
    }
    Check.that(
        new HashSet<>(statistics).size() == statistics.size(),
        "the set '%s' has a statistic twice: %s",
        name,
        statistics);
  }

  /** A custom set with the mean of each measure. */
  public static FeatureSet of(String name, Measure... measures) {
    return new FeatureSet(name, List.of(measures), List.of(MEAN));
  }

  /** The named sets, in order of size. */
  public static List<FeatureSet> named() {
    return List.of(JOURNAL_35, JOURNAL_38, LIBRARY, EMOTION, EVERYTHING);
  }

  /**
   * Returns a named set; case-insensitive.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static FeatureSet named(String name) {
    for (FeatureSet set : named()) {
      if (set.name.equalsIgnoreCase(name)) {
        return set;
      }
    }
    throw new IllegalArgumentException(
        "feature set '%s': must be one of %s"
            .formatted(name, named().stream().map(FeatureSet::name).toList()));
  }

  /** Returns a copy with other statistics. */
  public FeatureSet withStatistics(Statistic... chosen) {
    return new FeatureSet(name, measures, List.of(chosen));
  }

  /** Column names of a frame: {@code mfcc_01}, …. */
  public List<String> frameColumns() {
    return measures.stream().flatMap(m -> m.columns().stream()).toList();
  }

  /**
   * Column names of a clip: {@code mfcc_01_mean}, …, ordered by measure, then by statistic. Tuning
   * and tempo have one value per clip and no statistic in the name.
   */
  public List<String> columns() {
    List<String> out = new ArrayList<>();
    for (Measure one : measures) {
      if (one.kind().ofWholeClip()) {
        out.addAll(one.columns());
      } else {
        for (Statistic statistic : statistics) {
          for (String column : one.columns()) {
            out.add(column + "_" + statistic.suffix());
          }
        }
      }
    }
    return out;
  }

  @Override
  public String toString() {
    return "%s: %d numbers per clip (%s)".formatted(name, columns().size(), statistics);
  }
}
