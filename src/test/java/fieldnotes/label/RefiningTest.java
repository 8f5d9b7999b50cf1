package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.classify.Classifiers;
import fieldnotes.evaluate.Interval;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RefiningTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Refining NEAREST =
      Refining.of(7).withLearner(Classifiers.nearest(3)).withSample(10).withWho("ann");

  /** 12 recordings of 20 chunks; music lies around 0, dialogue around 4. */
  private static Samples rows() {
    NumpyRandom random = NumpyRandom.of(1);
    StringColumn file = StringColumn.create("file");
    DoubleColumn start = DoubleColumn.create("start_s");
    DoubleColumn length = DoubleColumn.create("duration_s");
    DoubleColumn x = DoubleColumn.create("x");
    List<String> truth = new ArrayList<>();
    for (int r = 0; r < 12; r++) {
      for (int i = 0; i < 20; i++) {
        boolean music = r % 2 == 0;
        file.append("r%02d.wav".formatted(r));
        start.append(10 * i);
        length.append(10);
        x.append(random.normal(music ? 0 : 4, 1));
        truth.add(music ? "music" : "dialogue");
      }
    }
    Table table = Table.create("rows", file, start, length, x);
    return Samples.of(table).withFeatures(List.of("x")).withClasses(truth);
  }

  private static LabelSet truth() {
    return LabelSet.of(rows(), "truth", NOON);
  }

  private static Function<Segment, String> ear(LabelSet truth) {
    return clip -> truth.at(clip).map(Label::name).orElse("");
  }

  /** The first four chunks of the first four recordings. */
  private static LabelSet first() {
    return truth().only(l -> l.clip().file().compareTo("r04") < 0 && l.clip().startSeconds() < 40);
  }

  @Test
  @DisplayName("a round predicts what has no label, hears a sample of each class and learns it")
  void oneRound() {
    Refining.Round round = NEAREST.round(rows(), first(), ear(truth()), NOON);
    assertThat(round.predicted().size()).isEqualTo(240 - 16);
    assertThat(round.predicted().labels())
        .allSatisfy(
            label -> {
              assertThat(label.how()).isEqualTo(How.MODEL);
              assertThat(label.sure()).isBetween(0.5, 1.0);
              assertThat(label.who()).isEqualTo(Classifiers.nearest(3).toString());
              assertThat(first().of(label.clip())).isEmpty();
            });
    assertThat(round.verified())
        .extracting(Refining.Verified::name)
        .containsExactly("dialogue", "music");
    for (Refining.Verified one : round.verified()) {
      long predicted =
          round.predicted().labels().stream().filter(l -> l.name().equals(one.name())).count();
      assertThat(one.predicted()).isEqualTo((int) predicted);
      assertThat(one.heard()).isEqualTo(10);
      assertThat(one.precision()).isBetween(0.7, 1.0);
      Interval interval = one.interval().orElseThrow();
      assertThat(one.precision()).isBetween(interval.low(), interval.high());
      assertThat(interval.low()).isLessThan(one.precision());
    }
    assertThat(round.labels().size()).isEqualTo(16 + 20);
    assertThat(round.labels().labels()).allMatch(label -> label.how() == How.EAR);
    assertThat(round.refined().size()).isEqualTo(240);
    assertThat(round.unheard().size()).isEqualTo(240 - 36);
    assertThat(round.unheard().labels())
        .isSubsetOf(round.predicted().labels())
        .allMatch(label -> round.labels().of(label.clip()).isEmpty());
    assertThat(round.accuracy().orElseThrow().how()).startsWith("bootstrap of 4 groups");
    assertThat(round.heldOut().orElseThrow().rowCount()).isEqualTo(16);
    assertThat(round.toTable().columnNames())
        .containsExactly("class", "predicted", "heard", "recordings", "precision", "low", "high");
    assertThat(round.ratios().toString()).startsWith("M: 0.");
    assertThat(round.toString()).startsWith("224 predicted, 20 heard, ").endsWith(" %");
    assertThat(NEAREST.round(rows(), first(), ear(truth()), NOON)).isEqualTo(round);
  }

  @Test
  @DisplayName("what was heard overrides what was predicted, and counts for the precision")
  void wrongPredictions() {
    // all is music to this ear, so no dialogue is right
    Refining.Round round = NEAREST.round(rows(), first(), clip -> "music", NOON);
    assertThat(round.verified().get(0).right()).isZero();
    assertThat(round.verified().get(0).precision()).isZero();
    assertThat(round.verified().get(1).right()).isEqualTo(10);
    assertThat(round.labels().counts().get("music")).isEqualTo(8 + 20);
    round
        .labels()
        .labels()
        .forEach(label -> assertThat(round.refined().of(label.clip())).contains(label));
  }

  @Test
  @DisplayName("rounds hear more and more, and end as right as a model of all")
  void rounds() {
    List<Refining.Round> rounds = NEAREST.rounds(rows(), first(), ear(truth()), NOON, 4);
    assertThat(rounds).extracting(r -> r.labels().size()).containsExactly(36, 56, 76, 96);
    double right = RaterAgreement.of(rounds.getLast().refined(), truth()).percent();
    assertThat(right).isGreaterThan(95);
    assertThat(rounds.get(0)).isEqualTo(NEAREST.round(rows(), first(), ear(truth()), NOON));
    assertThat(rounds.get(1))
        .isEqualTo(NEAREST.round(rows(), rounds.get(0).labels(), ear(truth()), NOON));
    assertThatThrownBy(() -> NEAREST.rounds(rows(), first(), ear(truth()), NOON, 0))
        .hasMessage("rounds=0: must be at least 1");
  }

  @Test
  @DisplayName("labels by a model and unknown clips are not learnt from; unknown ones stay so")
  void notLearnt() {
    Segment odd = truth().labels().getLast().clip();
    Segment other = truth().labels().get(100).clip();
    LabelSet labels =
        first()
            .orElse(
                LabelSet.of(
                    List.of(
                        Label.byEar(odd, "unknown", "ann", NOON),
                        Label.byModel(other, "nonsense", 0.9, "old", NOON))));
    Refining.Round round = NEAREST.round(rows(), labels, ear(truth()), NOON);
    assertThat(round.predicted().counts()).containsOnlyKeys("dialogue", "music");
    assertThat(round.predicted().of(odd)).isEmpty();
    assertThat(round.refined().of(odd).orElseThrow().name()).isEqualTo("unknown");
    assertThat(round.predicted().of(other)).isPresent();
    assertThat(round.ratios().toString()).endsWith("; unknown 1");
  }

  @Test
  @DisplayName("clips that are passed over are neither right nor wrong; the default is a forest")
  void passedOver() {
    Refining refining = Refining.of(7).withSample(2);
    Refining.Round round = refining.round(rows(), first(), clip -> "", NOON);
    assertThat(round.verified())
        .allSatisfy(
            one -> {
              assertThat(one.heard()).isZero();
              assertThat(one.precision()).isNaN();
              assertThat(one.interval()).isEmpty();
            });
    assertThat(round.labels()).isEqualTo(first());
    assertThat(round.toString()).startsWith("224 predicted, none heard; M: 0.");
    assertThat(refining.toString())
        .contains("forest")
        .endsWith("2 clips of each class heard (seed 7)");
    Refining.Round none = refining.round(rows(), truth(), ear(truth()), NOON);
    assertThat(none.predicted().size()).isZero();
    assertThat(none.verified()).isEmpty();
  }

  @Test
  @DisplayName("labels of one recording of each class leave nothing to estimate from")
  void tooFewRecordings() {
    LabelSet two = first().only(l -> l.clip().file().compareTo("r02") < 0);
    Refining.Round round = NEAREST.round(rows(), two, ear(truth()), NOON);
    assertThat(round.heldOut()).isEmpty();
    assertThat(round.accuracy()).isEmpty();
    LabelSet one = first().only(l -> l.clip().file().equals("r00.wav"));
    assertThatThrownBy(() -> NEAREST.round(rows(), one, ear(truth()), NOON))
        .hasMessage(
            "the labels give the rows of 'rows' the classes [music]: at least two are needed to"
                + " learn from");
    assertThatThrownBy(() -> NEAREST.withSample(0)).hasMessage("sample=0: must be at least 1");
  }

  @Test
  @DisplayName("clips of one recording are held out together")
  void noLeak() {
    // a feature that tells the recording, and classes at random by recording: no better than chance
    NumpyRandom random = NumpyRandom.of(3);
    StringColumn file = StringColumn.create("file");
    DoubleColumn start = DoubleColumn.create("start_s");
    DoubleColumn end = DoubleColumn.create("end_s");
    DoubleColumn x = DoubleColumn.create("x");
    List<String> truth = new ArrayList<>();
    for (int r = 0; r < 40; r++) {
      double place = random.uniform(0, 1000);
      String name = random.upTo(1) == 0 ? "music" : "dialogue";
      for (int i = 0; i < 10; i++) {
        file.append(r + ".wav");
        start.append(i);
        end.append(i + 1);
        x.append(place + 1e-3 * i);
        truth.add(name);
      }
    }
    Samples rows =
        Samples.of(Table.create("r", file, start, end, x))
            .withFeatures(List.of("x"))
            .withClasses(truth);
    LabelSet labels = LabelSet.of(rows, "", NOON);
    Refining.Round round = NEAREST.round(rows, labels, ear(labels), NOON);
    int wrong = round.heldOut().orElseThrow().errors().length;
    assertThat(wrong).isGreaterThan(80); // of 400; with leaks it would be none
  }

  @Test
  @DisplayName("an interval by recordings: 9 of 10 clips of 10, of 5 and of 1 recording")
  void intervals() {
    Optional<Interval> ten = Refining.interval(9, 10, 10);
    assertThat(ten.orElseThrow().low()).isEqualTo(Interval.ofShare(9, 10, 0.95).low());
    assertThat(ten.orElseThrow().high()).isEqualTo(Interval.ofShare(9, 10, 0.95).high());
    // 0.9 of 5 recordings are 4.5: from that of 4 to that of 5
    Optional<Interval> five = Refining.interval(9, 10, 5);
    assertThat(five.orElseThrow().low()).isEqualTo(Interval.ofShare(4, 5, 0.95).low());
    assertThat(five.orElseThrow().high()).isEqualTo(1, within(1e-12));
    assertThat(five.orElseThrow().how()).isEqualTo("Wilson, 5 recordings");
    Optional<Interval> one = Refining.interval(9, 10, 1);
    assertThat(one.orElseThrow().low()).isZero();
    assertThat(one.orElseThrow().high()).isEqualTo(1);
    assertThat(Refining.interval(10, 10, 4).orElseThrow().low()).isBetween(0.5, 0.52);
    assertThat(Refining.interval(0, 0, 0)).isEmpty();
  }

  @Test
  @DisplayName("where recordings are all right or all wrong, 95 % of the intervals hold the truth")
  void coverage() {
    Random random = new Random(11);
    int held = 0;
    int rows = 0;
    for (int trial = 0; trial < 2000; trial++) {
      int right = 0;
      for (int recording = 0; recording < 20; recording++) {
        right += random.nextDouble() < 0.9 ? 3 : 0; // three clips of each
      }
      Interval interval = Refining.interval(right, 60, 20).orElseThrow();
      held += interval.low() <= 0.9 && 0.9 <= interval.high() ? 1 : 0;
      Interval naive = Interval.ofShare(right, 60, 0.95);
      rows += naive.low() <= 0.9 && 0.9 <= naive.high() ? 1 : 0;
    }
    assertThat(held / 2000.0).isGreaterThan(0.94);
    assertThat(rows / 2000.0).as("if clips counted one by one").isLessThan(0.85);
  }

  @Test
  void playlists(@TempDir Path folder) {
    Refining.Round round = NEAREST.round(rows(), first(), ear(truth()), NOON);
    assertThat(round.writePlaylists(folder.resolve("sound"), folder).values())
        .extracting(list -> list.getFileName().toString())
        .containsExactly("00_refined_dialogue_playlist.m3u", "00_refined_music_playlist.m3u");
  }
}
