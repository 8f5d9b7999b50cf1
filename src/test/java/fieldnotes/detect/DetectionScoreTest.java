package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scores as those of sed_eval and psds_eval; see src/test/python/detection_fixtures.py. */
class DetectionScoreTest {
  private static final List<String> CLASSES = List.of("bell", "clap", "siren");

  private static SoundEvent event(double from, double to, String label) {
    return new SoundEvent(from, to, label, 1);
  }

  private static DetectionScore score(List<SoundEvent> truth, List<SoundEvent> found) {
    return DetectionScore.events(truth, found, CLASSES, 60, EventMatching.of());
  }

  // worked by hand

  @Test
  @DisplayName("one right, one of another class, one missed, one inserted")
  void byHand() {
    List<SoundEvent> truth =
        List.of(event(1, 3, "bell"), event(5, 7, "clap"), event(10, 11, "siren"));
    List<SoundEvent> found =
        List.of(event(1.2, 2, "bell"), event(5.1, 7, "bell"), event(20, 21, "clap"));
    DetectionScore score = score(truth, found);
    // 1.2 is 0.2 late and 2 is half of the length early: just right
    assertThat(score.overall()).isEqualTo(new DetectionCounts(3, 3, 1, 1, 2));
    assertThat(score.overall().missed()).isEqualTo(1);
    assertThat(score.overall().inserted()).isEqualTo(1);
    assertThat(score.overall().f1()).isEqualTo(1.0 / 3);
    assertThat(score.overall().errorRate()).isEqualTo(1);
    // the bell at 5.1 and the clap at 20 sound where none is: 2 in a minute
    assertThat(score.falseAlarmsPerHour()).isEqualTo(120);
    assertThat(score.classes().get("bell").precision()).isEqualTo(0.5);
    assertThat(score.classes().get("siren").precision()).isNaN();
    assertThat(score.macroF1()).isEqualTo((2.0 / 3 + 0) / 2);
    assertThat(score)
        .hasToString(
            "events, beginnings within 0.2 s, ends within 0.2 s or 0.5 of the length: F1 0.333,"
                + " precision 0.333, recall 0.333, error rate 1.000 (1 of 3, 3 found), 120.0 false"
                + " alarms an hour");
  }

  @Test
  @DisplayName("an event with the wrong beginning is no false alarm where its class sounds")
  void falseAlarms() {
    DetectionScore score =
        score(List.of(event(1, 5, "bell")), List.of(event(2, 5, "bell"), event(5, 6, "bell")));
    assertThat(score.overall().right()).isZero();
    assertThat(score.overall().falseAlarms()).isEqualTo(1);
  }

  @Test
  @DisplayName("the matching is the largest one, not the first that offers itself")
  void matching() {
    // the first truth fits both, the second only the first of them
    List<SoundEvent> truth = List.of(event(1.0, 2, "bell"), event(0.75, 2, "bell"));
    List<SoundEvent> found = List.of(event(0.9, 2, "bell"), event(1.1, 2, "bell"));
    assertThat(score(truth, found).overall().right()).isEqualTo(2);
  }

  @Test
  @DisplayName("segments: a class counts in each second in which any part of it sounds")
  void segments() {
    List<SoundEvent> truth = List.of(event(0.5, 2.5, "bell"), event(2.2, 4, "clap"));
    List<SoundEvent> found = List.of(event(1, 4, "bell"));
    DetectionScore score = DetectionScore.segments(truth, found, CLASSES, 5, 1);
    // true: b, b, bc, c, -; found: -, b, b, b, -
    assertThat(score.overall()).isEqualTo(new DetectionCounts(5, 3, 2, 1, 0));
    assertThat(score.classes().get("bell")).isEqualTo(new DetectionCounts(3, 3, 2, 0, 0));
  }

  @Test
  @DisplayName("an event that is split covers enough, a long one covers too little")
  void curve() {
    List<SoundEvent> truth = List.of(event(10, 14, "bell"), event(30, 34, "clap"));
    List<SoundEvent> found =
        List.of(
            new SoundEvent(10, 11.5, "bell", 0.9),
            new SoundEvent(12, 14, "bell", 0.8),
            new SoundEvent(20, 40, "clap", 0.5));
    DetectionCurve.Options options = DetectionCurve.Options.of();
    DetectionCurve curve = DetectionCurve.of(truth, found, List.of("bell", "clap"), 3600, options);
    // the clap is 4 of 20 s: false, at 1 an hour; the bell is found without a false one
    assertThat(curve.rates()).containsExactly(0, 1);
    assertThat(curve.effective()).containsExactly(0.5, 0.5);
    assertThat(curve.score()).isEqualTo(0.5);
    DetectionCurve uneven =
        DetectionCurve.of(truth, found, List.of("bell", "clap"), 3600, options.withCosts(0, 1));
    assertThat(uneven.score()).isZero(); // mean 0.5, standard deviation 0.5
  }

  // properties

  @Test
  @DisplayName("the order of the events does not matter, and the truth itself scores 1")
  void order() {
    Random random = new Random(4);
    List<SoundEvent> truth = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double from = 60 * random.nextDouble();
      truth.add(event(from, from + 2 * random.nextDouble(), CLASSES.get(i % 3)));
    }
    List<SoundEvent> found = new ArrayList<>(truth.subList(5, 40));
    DetectionScore score = score(truth, found);
    Collections.shuffle(found, random);
    assertThat(score(truth, found).overall().right()).isEqualTo(score.overall().right());
    assertThat(score(truth, truth).overall().f1()).isEqualTo(1);
    DetectionScore twice = score.plus(score);
    assertThat(twice.overall().f1()).isEqualTo(score.overall().f1());
    assertThat(twice.falseAlarmsPerHour()).isEqualTo(score.falseAlarmsPerHour());
    assertThat(score.toTable().rowCount()).isEqualTo(4);
  }

  // reference

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = DetectionScoreTest.class.getResourceAsStream("/detect/detection.json")) {
      JsonNode all = JsonMapper.shared().readTree(in);
      return StreamSupport.stream(all.spliterator(), false);
    }
  }

  private static List<SoundEvent> events(JsonNode rows) {
    List<SoundEvent> events = new ArrayList<>();
    for (JsonNode r : rows) {
      events.add(
          new SoundEvent(
              r.get(0).asDouble(), r.get(1).asDouble(), r.get(2).asString(), r.get(3).asDouble()));
    }
    return events;
  }

  private static void same(JsonNode expected, DetectionScore score) {
    DetectionCounts all = score.overall();
    JsonNode overall = expected.get("overall");
    Map<String, Double> ours =
        Map.of(
            "f_measure", all.f1(),
            "precision", all.precision(),
            "recall", all.recall(),
            "error_rate", all.errorRate(),
            "substitution_rate", all.substitutionRate(),
            "deletion_rate", all.deletionRate(),
            "insertion_rate", all.insertionRate());
    ours.forEach(
        (name, value) ->
            assertThat(value).as(name).isEqualTo(overall.get(name).asDouble(), within(1e-12)));
    for (String name : CLASSES) {
      DetectionCounts counts = score.classes().get(name);
      JsonNode one = expected.get("classes").get(name);
      assertThat(counts.f1()).isEqualTo(one.get("f_measure").asDouble(), within(1e-12));
      assertThat(counts.errorRate()).isEqualTo(one.get("error_rate").asDouble(), within(1e-12));
    }
    assertThat(score.macroF1()).isEqualTo(expected.get("macro_f").asDouble(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("events and segments score as sed_eval scores them")
  void agreesWithSedEval(JsonNode one) {
    List<SoundEvent> truth = events(one.get("truth"));
    List<SoundEvent> found = events(one.get("found"));
    double seconds = one.get("seconds").asDouble();
    for (JsonNode by : one.get("events")) {
      double collar = by.get("collar").asDouble();
      EventMatching matching =
          EventMatching.of(collar).withOffset(collar, by.get("share").asDouble());
      matching = by.get("offset").asBoolean() ? matching : matching.withoutOffset();
      same(by, DetectionScore.events(truth, found, CLASSES, seconds, matching));
    }
    same(one.get("segments"), DetectionScore.segments(truth, found, CLASSES, seconds, 1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("the curve and its area are those of psds_eval")
  void agreesWithPsdsEval(JsonNode one) {
    for (JsonNode by : one.get("psds")) {
      double[] o = new double[6];
      for (int i = 0; i < o.length; i++) {
        o[i] = by.get("options").get(i).asDouble();
      }
      DetectionCurve curve =
          DetectionCurve.of(
              events(one.get("truth")),
              events(one.get("found")),
              CLASSES,
              one.get("seconds").asDouble(),
              new DetectionCurve.Options(o[0], o[1], o[2], o[3], o[4], o[5]));
      assertThat(curve.score()).isEqualTo(by.get("score").asDouble(), within(1e-12));
      assertThat(curve.rates()).hasSameSizeAs(new double[by.get("x").size()]);
      for (int i = 0; i < by.get("x").size(); i++) {
        assertThat(curve.rates()[i]).isEqualTo(by.get("x").get(i).asDouble(), within(1e-9));
        assertThat(curve.effective()[i]).isEqualTo(by.get("y").get(i).asDouble(), within(1e-12));
      }
    }
  }

  // bad input

  @Test
  @DisplayName("what cannot be scored is told")
  void refuses() {
    List<SoundEvent> truth = List.of(event(1, 2, "bell"));
    assertThatThrownBy(() -> score(truth, truth).plus(segmentsOf(truth)))
        .hasMessageContaining("the other of segments of 1.0 s");
    assertThatThrownBy(
            () -> DetectionCurve.of(truth, truth, CLASSES, 60, DetectionCurve.Options.of()))
        .hasMessage("class 'clap' has no true event: leave it out");
    assertThatThrownBy(() -> EventMatching.of(-1))
        .hasMessage("onsetSeconds=-1.0: must be finite and at least 0");
    assertThatThrownBy(() -> EventMatching.of().withOffset(0.2, 2)).hasMessageContaining("2.0");
    assertThatThrownBy(() -> DetectionScore.events(truth, truth, List.of(), 60, EventMatching.of()))
        .hasMessage("classes is empty: name at least one class");
  }

  private static DetectionScore segmentsOf(List<SoundEvent> truth) {
    return DetectionScore.segments(truth, truth, CLASSES, 60, 1);
  }
}
