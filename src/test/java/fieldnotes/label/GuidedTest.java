package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class GuidedTest {
  private static final Samples ROWS = GuideRows.blobs(4, 12, 1, 7);
  private static final SimulatedEar EAR = SimulatedEar.perfect(ROWS.classes());

  static List<Strategy> strategies() {
    return GuideRows.strategies();
  }

  @Test
  @DisplayName("two clips heard of four, one taken back")
  void handWorked() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("x", 1, 2, 8, 9),
            DoubleColumn.create("duration_s", 10, 5, 2.5, 1));
    Samples rows = Samples.of(table).withFeatures(List.of("x"));
    Guided guided = Guided.of(rows, Strategies.given(), 1);
    assertThat(guided.next()).hasValue(0);
    guided.heard(0, "a");
    guided.heard(2, "b");
    assertThat(guided.next()).hasValue(1);
    assertThat(guided.clipsHeard()).isEqualTo(2);
    assertThat(guided.secondsHeard()).isEqualTo(12.5);
    assertThat(guided.classes()).containsExactly("a", "", "b", "");
    guided.heard(0, "c"); // heard again
    assertThat(guided.clipsHeard()).isEqualTo(2);
    assertThat(guided.heardLabels()).isEqualTo(Map.of(0, "c", 2, "b"));
    assertThat(guided.undo()).isTrue();
    assertThat(guided.heardLabels()).isEqualTo(Map.of(0, "a", 2, "b"));
    assertThat(guided.undo()).isTrue();
    assertThat(guided.undo()).isTrue();
    assertThat(guided.undo()).isFalse();
    assertThat(guided.classes()).containsOnly("");
    assertThat(guided).hasToString("given order of t: 0 of 4 rows heard, 0 more labels follow");
    assertThat(Guided.of(ROWS, Strategies.given(), 1).secondsHeard()).isNaN();
  }

  @Test
  @DisplayName("labels say how each is known")
  void labels() {
    Table table =
        Table.create(
            "t", DoubleColumn.create("x", 1, 2, 8), StringColumn.create("file", "a", "b", "c"));
    Guided guided =
        Guided.of(Samples.of(table).withFeatures(List.of("x")), Strategies.growingCut(), 1);
    guided.heard(1, "music");
    Instant now = Instant.EPOCH;
    assertThat(guided.labels("me", now).labels())
        .containsExactly(
            Label.byCluster(Segment.of("a"), "music", 1, 1, "me", now),
            Label.byEar(Segment.of("b"), "music", "me", now),
            Label.byCluster(Segment.of("c"), "music", 1, 1, "me", now));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  @DisplayName("every row is asked about once, and nothing more follows at the end")
  void asksAll(Strategy strategy) {
    Guided guided = Guided.of(ROWS, strategy, 2);
    Set<Integer> asked = new HashSet<>();
    for (int i = 0; i < ROWS.rowCount(); i++) {
      int row = guided.next().orElseThrow();
      assertThat(asked.add(row)).isTrue();
      guided.heard(row, EAR.hear(row));
    }
    assertThat(guided.next()).isEmpty();
    assertThat(guided.propagated()).isEmpty();
    assertThat(guided.classes()).isEqualTo(ROWS.classes());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  @DisplayName("what was heard overrides what follows, through any answers and undos")
  void heardOverrides(Strategy strategy) {
    Guided guided = Guided.of(ROWS, strategy, 3);
    NumpyRandom random = NumpyRandom.of(11);
    List<Map<Integer, String>> log = new ArrayList<>(List.of(Map.of()));
    for (int step = 0; step < 80; step++) {
      double draw = random.uniform();
      if (draw < 0.25) {
        assertThat(guided.undo()).isEqualTo(log.size() > 1);
        if (log.size() > 1) {
          log.removeLast();
        }
      } else {
        int row =
            draw < 0.75 ? guided.next().orElseThrow() : (int) random.integer(0, ROWS.rowCount());
        String name = draw < 0.6 ? EAR.hear(row) : "class " + random.integer(0, 5);
        guided.heard(row, name);
        Map<Integer, String> now = new HashMap<>(log.getLast());
        now.put(row, name);
        log.add(now);
      }
      Map<Integer, String> heard = log.getLast();
      assertThat(guided.heardLabels()).isEqualTo(heard);
      assertThat(guided.propagated()).doesNotContainKeys(heard.keySet().toArray(Integer[]::new));
      guided
          .propagated()
          .values()
          .forEach(
              label -> {
                assertThat(label.agreeing()).isBetween(1, label.heard());
                assertThat(heard).containsValue(label.name());
              });
      List<String> classes = guided.classes();
      heard.forEach((row, name) -> assertThat(classes.get(row)).isEqualTo(name));
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  @DisplayName("of rows that are put off none is asked, and every other one is, in its turn")
  void putOff(Strategy strategy) {
    Guide guide = strategy.over(ROWS, 2).begin();
    Set<Integer> off = new HashSet<>();
    Set<Integer> asked = new HashSet<>();
    while (asked.size() + off.size() < ROWS.rowCount()) {
      if (guide.stale()) {
        guide.refit();
      }
      int wanted = guide.next().orElseThrow();
      int row = guide.next(one -> !off.contains(one)).orElseThrow();
      assertThat(off).doesNotContain(row);
      if (!off.contains(wanted)) {
        assertThat(row).isEqualTo(wanted);
      }
      if (off.size() < 6 && asked.size() % 3 == 2) {
        off.add(row);
      } else {
        assertThat(asked.add(row)).isTrue();
        guide.heard(row, EAR.hear(row));
      }
    }
    assertThat(guide.next(one -> !off.contains(one))).isEmpty();
    assertThat(off).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  @DisplayName("answers that were undone were never given")
  void undo(Strategy strategy) {
    Guided guided = Guided.of(ROWS, strategy, 4);
    Guided other = Guided.of(ROWS, strategy, 4);
    GuideRows.ask(guided, EAR, 14);
    GuideRows.ask(other, EAR, 14);
    for (int i = 0; i < 9; i++) {
      guided.heard(guided.next().orElseThrow(), i % 2 == 0 ? "wrong" : "class 1");
    }
    guided.heard(3, "changed");
    for (int i = 0; i < 10; i++) {
      guided.undo();
    }
    assertThat(guided.propagated()).isEqualTo(other.propagated());
    for (int i = 0; i < 15; i++) {
      int row = guided.next().orElseThrow();
      assertThat(row).isEqualTo(other.next().orElseThrow());
      guided.heard(row, EAR.hear(row));
      other.heard(row, EAR.hear(row));
      assertThat(guided.propagated()).isEqualTo(other.propagated());
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  @DisplayName("the seed decides, and equal strategies ask alike")
  void seeds(Strategy strategy) {
    Strategy same = strategies().get(strategies().indexOf(strategy));
    assertThat(same).isEqualTo(strategy).hasSameHashCodeAs(strategy);
    List<Map<Integer, String>> heard = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      Guided guided = Guided.of(ROWS, seed == 6 ? strategy : same, seed);
      GuideRows.ask(guided, EAR, 12);
      heard.add(guided.heardLabels());
    }
    assertThat(heard.get(0)).isEqualTo(heard.get(1));
    if (!strategy.equals(Strategies.given())) {
      assertThat(heard.get(2)).isNotEqualTo(heard.get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  @DisplayName("one row, two rows, equal rows")
  void few(Strategy strategy) {
    double[][] sets = {{1, 2}, {1, 1, 1, 2, 2, 2}};
    for (double[] places : sets) {
      Guided guided = Guided.of(GuideRows.line(places), strategy, 1);
      for (int i = 0; i < places.length; i++) {
        int row = guided.next().orElseThrow();
        guided.heard(row, "class " + places[row]);
      }
      assertThat(guided.next()).isEmpty();
    }
  }

  @Test
  @DisplayName("names of strategies tell them apart")
  void names() {
    assertThat(strategies().stream().map(Strategy::toString)).doesNotHaveDuplicates();
    assertThat(Strategies.changeGroups(ChangeScore.GAP)).hasToString("groups by gap");
    assertThat(Strategies.doubts(Doubt.MARGIN)).hasToString("margin");
    assertThat(Strategies.densityWeighted(Doubt.ENTROPY)).hasToString("entropy · density");
    assertThat(Strategies.dasguptaHsu()).hasToString("Dasgupta–Hsu");
    assertThat(Strategies.halfAndHalf())
        .hasToString("half groups by relative gap · √size, half margin");
  }

  @Test
  void ears() {
    List<String> classes = ROWS.classes();
    SimulatedEar wrong = SimulatedEar.wrong(classes, 0.25, 1);
    int different = 0;
    for (int row = 0; row < classes.size(); row++) {
      assertThat(EAR.hear(row)).isEqualTo(classes.get(row));
      assertThat(wrong.hear(row)).isEqualTo(wrong.hear(row)).isIn(classes);
      different += wrong.hear(row).equals(classes.get(row)) ? 0 : 1;
    }
    assertThat(different).isBetween(5, 20); // 12 of 48 expected
    assertThat(EAR).hasToString("perfect ear");
    assertThat(wrong).hasToString("ear that is wrong about 25 % of the clips");
    assertThatThrownBy(() -> SimulatedEar.perfect(List.of("a", "")))
        .hasMessage("row 1 has no known class, so it cannot be answered: leave it out");
    assertThatThrownBy(() -> SimulatedEar.wrong(classes, 2, 1))
        .hasMessage("share=2.0: must lie within 0.0 and 1.0");
  }
}
