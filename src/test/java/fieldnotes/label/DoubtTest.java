package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.Samples;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DoubtTest {
  private static final Samples ROWS = GuideRows.blobs(3, 20, 1, 5);
  private static final SimulatedEar EAR = SimulatedEar.perfect(ROWS.classes());

  @Test
  @DisplayName("0.5, 0.3, 0.2: 0.5, 0.8 and 1.03 nat")
  void handWorked() {
    double[] p = {0.3, 0.5, 0.2};
    assertThat(Doubt.LEAST_CONFIDENCE.of(p)).isEqualTo(0.5, within(1e-12));
    assertThat(Doubt.MARGIN.of(p)).isEqualTo(0.8, within(1e-12));
    assertThat(Doubt.ENTROPY.of(p)).isEqualTo(1.0296530140645737, within(1e-12));
    assertThat(Doubt.COMMITTEE.of(p)).isZero();
    // one is sure of either class: ln 2 apart; two that waver alike do not differ
    double[] a = {1, 0};
    double[] b = {0, 1};
    double[] half = {0.5, 0.5};
    assertThat(Doubt.COMMITTEE.of(a, b)).isEqualTo(Math.log(2), within(1e-12));
    assertThat(Doubt.COMMITTEE.of(half, half)).isZero();
    assertThat(Doubt.ENTROPY.of(half, half)).isEqualTo(Math.log(2), within(1e-12));
    assertThat(Doubt.MARGIN.of(new double[] {1})).isZero();
  }

  @Test
  @DisplayName("models are fitted at the first full batch and after each further one")
  void batches() {
    DoubtOptions options = DoubtOptions.of(Doubt.MARGIN).withFirst(4).withBatch(3);
    assertThat(options.toFit(3)).isZero();
    assertThat(options.toFit(4)).isEqualTo(4);
    assertThat(options.toFit(6)).isEqualTo(4);
    assertThat(options.toFit(7)).isEqualTo(7);
    Guide guide = Strategies.doubts(options.withTrees(5)).over(ROWS, 1).begin();
    for (int row = 0; row < 4; row++) {
      assertThat(guide.stale()).isFalse();
      guide.heard(row, EAR.hear(row));
    }
    assertThat(guide.stale()).isTrue();
    guide.refit();
    assertThat(guide.stale()).isFalse();
    guide.heard(4, EAR.hear(4));
    assertThat(guide.stale()).isFalse();
    guide.heard(3, "another"); // an answer that counts for the model has changed
    assertThat(guide.stale()).isTrue();
  }

  @Test
  @DisplayName("of one class nothing is learnt, and questions are random")
  void oneClass() {
    DoubtOptions options = DoubtOptions.of(Doubt.MARGIN).withFirst(2).withBatch(1).withTrees(5);
    Guide guide = Strategies.doubts(options).over(ROWS, 1).begin();
    Guide random = Strategies.random().over(ROWS, 1).begin();
    for (int i = 0; i < 10; i++) {
      int row = guide.next().orElseThrow();
      assertThat(row).isEqualTo(random.next().orElseThrow());
      guide.heard(row, "one");
      random.heard(row, "one");
      assertThat(guide.stale()).isFalse();
      guide.refit();
    }
  }

  @Test
  @DisplayName("between two clusters is where it doubts")
  void doubtful() {
    double[] places = new double[21];
    for (int i = 0; i < 21; i++) {
      places[i] = i < 10 ? i * 0.1 : i < 20 ? 10 + i * 0.1 : 5.7;
    }
    DoubtOptions options = DoubtOptions.of(Doubt.MARGIN).withFirst(4).withRandom(0).withTrees(200);
    Guide guide = Strategies.doubts(options).over(GuideRows.line(places), 1).begin();
    for (int row : new int[] {0, 9, 10, 19}) {
      guide.heard(row, row < 10 ? "a" : "b");
    }
    guide.refit();
    assertThat(guide.next()).hasValue(20);
    // density prefers a row among others
    Guide dense =
        Strategies.doubts(options.withDensity(20)).over(GuideRows.line(places), 1).begin();
    for (int row : new int[] {0, 9, 10, 19}) {
      dense.heard(row, row < 10 ? "a" : "b");
    }
    dense.refit();
    assertThat(dense.next().orElseThrow()).isNotEqualTo(20);
  }

  @Test
  @DisplayName("a share of the questions is random")
  void random() {
    DoubtOptions options = DoubtOptions.of(Doubt.MARGIN).withFirst(6).withTrees(5).withRandom(1);
    Guided guided = Guided.of(ROWS, Strategies.doubts(options), 3);
    Guided random = Guided.of(ROWS, Strategies.random(), 3);
    GuideRows.ask(guided, EAR, 20);
    GuideRows.ask(random, EAR, 20);
    assertThat(guided.heardLabels()).isEqualTo(random.heardLabels());
  }

  @Test
  @DisplayName("a model may be fitted while questions are answered")
  void inBackground() throws InterruptedException {
    Guide guide =
        Strategies.doubts(DoubtOptions.of(Doubt.MARGIN).withFirst(3).withBatch(1).withTrees(20))
            .over(ROWS, 1)
            .begin();
    Set<Throwable> thrown = Collections.synchronizedSet(new HashSet<>());
    Thread background =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((t, e) -> thrown.add(e))
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted() && guide.next().isPresent()) {
                    guide.refit();
                  }
                });
    for (int i = 0; i < ROWS.rowCount(); i++) {
      int row = guide.next().orElseThrow();
      guide.heard(row, EAR.hear(row));
    }
    background.join();
    assertThat(thrown).isEmpty();
    assertThat(guide.next()).isEmpty();
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> DoubtOptions.of(Doubt.MARGIN).withRandom(1.5))
        .hasMessage("random=1.5: must lie within 0.0 and 1.0");
    assertThatThrownBy(() -> DoubtOptions.of(Doubt.MARGIN).withBatch(0))
        .hasMessage("batch=0: must be at least 1");
    assertThatThrownBy(() -> DoubtOptions.of(Doubt.MARGIN).withDensity(-1))
        .hasMessage("density=-1.0: must be a finite number of at least 0");
  }
}
