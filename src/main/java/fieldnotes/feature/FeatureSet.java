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
 * Which features describe a clip, and by which statistics over its frames. One of the named sets,
 * or one of your own:
 *
 * <pre>{@code
 * FeatureSet mine = FeatureSet.of("mine", Measure.mfcc(20), Measure.centroid(), Measure.rms());
 * }</pre>
 *
 * @param name what it is called, in tables, caches and on the command line
 * @param measures what is measured, in the order of the columns
 * @param statistics how frames become one number, in the order of the columns
 */
public record FeatureSet(String name, List<Measure> measures, List<Statistic> statistics) {
  /**
   * The journal's first set, 35 numbers a clip, each the mean over its frames:
   *
   * <ul>
   *   <li>13 MFCC: the outline of the spectrum, which tells voices from instruments; beyond 13 the
   *       coefficients follow the pitch rather than the timbre.
   *   <li>zero-crossing rate: high in hiss, fricatives and cymbals, low in hum and vowels.
   *   <li>7 bands of spectral contrast: music has strong partials above a low floor in many
   *       octaves, noise and dense mixes have not.
   *   <li>12 chroma: which pitch classes sound; speech spreads over them, music picks.
   *   <li>RMS: loudness, which tells silence and quiet talk from a mastered track.
   *   <li>rolloff at 85 %: how far up the spectrum reaches; the telephone ends where music goes on.
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
   * The journal's set, 38 numbers a clip: {@link #JOURNAL_35} and three that say what it lacks.
   *
   * <ul>
   *   <li>bandwidth: whether the energy is in one place or spread, at the same centroid.
   *   <li>centroid: where that place is, as brightness is heard.
   *   <li>harmonics-to-noise ratio: how periodic it is; vowels and strings are, breath and rain are
   *       not.
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
   * For finding like sounds in a sample library: means of everything that describes timbre and
   * pitch of one-shots.
   *
   * <ul>
   *   <li>bandwidth and flatness: tone against noise, the first cut through a library.
   *   <li>RMS: how much of the sample sounds at all.
   *   <li>zero-crossing rate: bright against dull percussion, at no cost.
   *   <li>chroma: the pitch class of a tuned sample.
   *   <li>mel-spectrogram, 128 bands: the spectrum itself, for a classifier that finds its own
   *       features.
   *   <li>20 MFCC: the same, made compact and free of correlation; librosa's default number.
   *   <li>contrast: plucked and bowed against struck and shaken.
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
   * For emotion in speech, where the movement matters as much as the place: all five statistics.
   *
   * <ul>
   *   <li>13 MFCC: the shape of the vocal tract, and with it the tension of the voice.
   *   <li>their deltas and delta-deltas: tempo and sharpness of the articulation.
   *   <li>centroid, bandwidth and rolloff: anger and joy are brighter than sadness.
   *   <li>chroma: the melody of the phrase.
   *   <li>RMS: loudness; its deviation is emphasis.
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
   * All that there is, with mean and deviation: for looking at which features matter before a set
   * is chosen. In addition to the members of the other sets it has the mel-spectrogram in dB (as it
   * is heard), a second rolloff at 95 % (the edge of a codec's band), onset strength and tempo
   * (pace), harmonic share (sustained against struck), fundamental frequency (melody and voice) and
   * tuning (a tape's or an orchestra's pitch).
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

  /** A set of your own, with the mean over the frames of each measure. */
  public static FeatureSet of(String name, Measure... measures) {
    return new FeatureSet(name, List.of(measures), List.of(MEAN));
  }

  /** The named sets, smallest first. */
  public static List<FeatureSet> named() {
    return List.of(JOURNAL_35, JOURNAL_38, LIBRARY, EMOTION, EVERYTHING);
  }

  /**
   * The named set with this name, in any case.
   *
   * @throws IllegalArgumentException if there is none; it lists those there are
   */
  public static FeatureSet named(String name) {
    for (FeatureSet set : named()) {
      if (set.name.equalsIgnoreCase(name)) {
        return set;
      }
    }
    throw new IllegalArgumentException(
        "feature set '%s': there are %s"
            .formatted(name, named().stream().map(FeatureSet::name).toList()));
  }

  /** The same measures with these statistics. */
  public FeatureSet withStatistics(Statistic... chosen) {
    return new FeatureSet(name, measures, List.of(chosen));
  }

  /** The names of a frame's numbers, in order: {@code mfcc_01}, …. */
  public List<String> frameColumns() {
    return measures.stream().flatMap(m -> m.columns().stream()).toList();
  }

  /**
   * The names of a clip's numbers, in order: {@code mfcc_01_mean}, …. Measure by measure, and
   * within a measure statistic by statistic. Tuning and tempo are one number a clip and bear no
   * statistic.
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
