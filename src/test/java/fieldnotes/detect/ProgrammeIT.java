package fieldnotes.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.classify.UnknownModel;
import fieldnotes.data.DataSet;
import fieldnotes.data.DataSets;
import fieldnotes.feature.ContrastOptions;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import fieldnotes.feature.FrameOptions;
import fieldnotes.feature.Measure;
import fieldnotes.feature.Statistic;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A programme made of the telephone's prompts and hold music: speech, music and both in turns,
 * without pauses. Two of the five pieces and every second prompt are never trained. The short form
 * has one programme of three minutes; -Dfieldnotes.detection=long leaves out each of five pairs of
 * pieces, with two programmes of five minutes for each, and prints its figures.
 */
class ProgrammeIT {
  private static final int RATE = 8_000;
  private static final boolean LONG = "long".equals(System.getProperty("fieldnotes.detection"));

  /**
   * Of whole seconds named rightly as one of three kinds. The aim of 0.95 is not reached so: 0.922
   * in the mean of the long form, 0.873 to 0.953, set by which pieces are left out.
   */
  private static final double LEAST = 0.85;

  /** Of decisions on speech and on music, in the mean: 0.968 in the long form, 0.943 to 0.990. */
  private static final double LEAST_BINARY = 0.95;

  private static final ListenOptions OPTIONS =
      ListenOptions.of()
          .withHop(0.25)
          .withSmoothing(13)
          .withThresholds(0.34, 0.3)
          .withRefined(false);

  private static final List<String> KINDS = List.of("both", "music", "speech");

  private static final FeatureSet FEATURES =
      FeatureSet.of(
              "PROGRAMME",
              Measure.mfcc(13),
              Measure.zcr(),
              Measure.contrast(ContrastOptions.of().withBands(4)),
              Measure.rms(),
              Measure.rolloff(),
              Measure.bandwidth(),
              Measure.centroid(),
              Measure.flatness(),
              Measure.hnr(),
              Measure.chroma(),
              Measure.harmonicShare())
          .withStatistics(
              Statistic.MEAN, Statistic.STD, Statistic.MIN, Statistic.MAX, Statistic.MEDIAN);

  /** Samples and what they are. */
  private record Programme(Clip clip, List<SoundEvent> truth) {
    static Programme of(List<Clip> speech, List<Clip> music, double seconds, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] all = new float[(int) (seconds * RATE)];
      List<SoundEvent> truth = new ArrayList<>();
      String last = "";
      for (int at = 0; at < all.length; ) {
        String kind = KINDS.get(random.nextInt(3));
        if (kind.equals(last)) {
          continue;
        }
        last = kind;
        int end = Math.min(all.length, at + (int) (random.nextDouble(6, 16) * RATE));
        if (all.length - end < 3 * RATE) {
          end = all.length;
        }
        double level = random.nextDouble(0.05, 0.15);
        double under = kind.equals("both") ? Math.pow(10, -random.nextDouble(3, 12) / 20) : 1;
        if (!kind.equals("music")) {
          talk(all, at, end, speech, level, random);
        }
        if (!kind.equals("speech")) {
          Clip piece = music.get(random.nextInt(music.size()));
          int from = random.nextInt(piece.length() - (end - at));
          add(all, at, end, piece.sliceSamples(from, from + end - at), level * under);
        }
        truth.add(new SoundEvent((double) at / RATE, (double) end / RATE, kind, 1));
        at = end;
      }
      return new Programme(Clip.of("programme", all, RATE), truth);
    }

    private static void talk(
        float[] all, int from, int to, List<Clip> speech, double level, SplittableRandom random) {
      for (int at = from; at < to; ) {
        Clip said = speech.get(random.nextInt(speech.size()));
        add(all, at, Math.min(to, at + said.length()), said, level);
        at += said.length() + (int) (random.nextDouble(0.05, 0.3) * RATE);
      }
    }

    private static void add(float[] all, int from, int to, Clip clip, double level) {
      double gain = level / Math.max(1e-4, clip.rms());
      for (int i = from; i < to; i++) {
        all[i] += (float) (gain * clip.samples()[i - from]);
      }
    }

    /** Speech and music by themselves, each also where both sound. */
    static List<SoundEvent> parts(List<SoundEvent> kinds) {
      return kinds.stream()
          .flatMap(
              e ->
                  Stream.of("music", "speech")
                      .filter(part -> e.label().equals(part) || e.label().equals("both"))
                      .map(part -> new SoundEvent(e.startSeconds(), e.endSeconds(), part, 1)))
          .toList();
    }
  }

  /** Windows are what sounds in their middle, as segments are. */
  private static Samples rows(Programme programme, double hop) {
    SoundModelRows rows = new SoundModelRows();
    for (double t = 0; t + 1 <= programme.clip().durationSeconds(); t += hop) {
      rows.add(programme.clip().slice(t, t + 1), at(programme.truth(), t + 0.5));
    }
    return rows.samples();
  }

  /** Rows of windows. */
  private static final class SoundModelRows {
    private final FeatureExtractor extractor = FeatureExtractor.of(FEATURES);
    private final List<double[]> rows = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    void add(Clip window, String label) {
      rows.add(extractor.summary(window));
      labels.add(label);
    }

    Samples samples() {
      return Samples.of(Matrix.of(FEATURES.columns(), rows.toArray(double[][]::new)), labels);
    }
  }

  /** The share of seconds of this kind, empty for all, whose middle has the right kind. */
  private static double accuracy(Programme one, List<SoundEvent> found, String kind) {
    int right = 0;
    int all = 0;
    for (int s = 0; s < (int) one.clip().durationSeconds(); s++) {
      String true1 = at(one.truth(), s + 0.5);
      if (kind.isEmpty() || kind.equals(true1)) {
        all++;
        right += true1.equals(at(found, s + 0.5)) ? 1 : 0;
      }
    }
    return (double) right / all;
  }

  /**
   * Accuracy as sed_eval has it: right decisions on speech and on music, of all segments of 1 s.
   */
  private static double binary(Programme one, List<SoundEvent> found) {
    double seconds = one.clip().durationSeconds();
    DetectionCounts all =
        DetectionScore.segments(
                Programme.parts(one.truth()),
                Programme.parts(found),
                List.of("music", "speech"),
                seconds,
                1)
            .overall();
    int wrong = all.truth() - all.right() + all.found() - all.right();
    return 1 - wrong / (2 * Math.ceil(seconds));
  }

  private static String at(List<SoundEvent> events, double t) {
    return events.stream()
        .filter(e -> e.startSeconds() <= t && t < e.endSeconds())
        .map(SoundEvent::label)
        .findFirst()
        .orElse("");
  }

  @Test
  @DisplayName("speech and music of a programme are told second by second, with pieces never heard")
  void programme() {
    Optional<DataSet> telephone = DataSets.find("telephone");
    assumeTrue(telephone.isPresent(), "the data set telephone is not installed");
    List<Clip> speech = new ArrayList<>();
    List<Clip> music = new ArrayList<>();
    for (Scene.Sound s : Scene.sounds(telephone.get(), RATE)) {
      if (s.label().equals("speech") && s.clip().durationSeconds() > 0.4) {
        speech.add(s.clip());
      } else if (s.label().equals("music")) {
        music.add(s.clip());
      }
    }
    double sum = 0;
    int programmes = 0;
    for (int split = 0; split < (LONG ? music.size() : 1); split++) {
      List<Clip> pieces = new ArrayList<>(music);
      Collections.rotate(pieces, split);
      SoundModel model = model(every(speech, 0), pieces.subList(0, 3));
      for (int seed = 10; seed < (LONG ? 12 : 11); seed++) {
        Programme one =
            Programme.of(every(speech, 1), pieces.subList(3, 5), LONG ? 300 : 180, seed);
        List<SoundEvent> found = Detector.events(model, one.clip(), OPTIONS);
        double exact = accuracy(one, found, "");
        double binary = binary(one, found);
        String figures =
            String.format(
                Locale.ROOT,
                "split %d, programme %d: exact %.3f (both %.3f, music %.3f, speech %.3f), sed_eval"
                    + " %.3f",
                split,
                seed,
                exact,
                accuracy(one, found, "both"),
                accuracy(one, found, "music"),
                accuracy(one, found, "speech"),
                binary);
        if (LONG) {
          System.out.println(figures);
        }
        assertTrue(exact >= LEAST, figures + "; " + found);
        sum += binary;
        programmes++;
      }
    }
    double mean = sum / programmes;
    assertTrue(mean >= LEAST_BINARY, "right decisions on speech and music: " + mean);
  }

  private static SoundModel model(List<Clip> speech, List<Clip> music) {
    Programme training = Programme.of(speech, music, LONG ? 900 : 450, 1);
    UnknownModel<?> fitted =
        Classifiers.unknown(
                Classifiers.forest(ForestOptions.extraTrees(1).withTrees(LONG ? 200 : 100)))
            .withThreshold(0)
            .fit(rows(training, 0.5));
    return SoundModel.of(fitted, FEATURES, FrameOptions.of(), RATE, 1, ModelCard.of("telephone"));
  }

  private static List<Clip> every(List<Clip> clips, int first) {
    List<Clip> some = new ArrayList<>();
    for (int i = first; i < clips.size(); i += 2) {
      some.add(clips.get(i));
    }
    return some;
  }
}
