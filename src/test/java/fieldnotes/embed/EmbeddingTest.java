package fieldnotes.embed;

import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.evaluate.Separation;
import fieldnotes.math.Neighbours;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EmbeddingTest {
  private static final TsneOptions OPTIONS = TsneOptions.of(1).withPerplexity(15);

  @Test
  @DisplayName("the affinities of a row have the entropy that the perplexity asks for")
  void affinities() {
    // Three points in a corner each 1 apart along the axes: from the corner both are alike.
    double[][] x = {{0, 0}, {1, 0}, {0, 1}};
    Tsne.Affinities p = Tsne.Affinities.of(Neighbours.of(x, 2), 2);
    assertThat(Arrays.stream(p.value()).sum()).isCloseTo(1, within(1e-12));
    // Perplexity 2 of two neighbours: each has half, so all conditional shares are one half.
    for (double v : p.value()) {
      assertThat(v).isCloseTo(1 / 6.0, within(1e-3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 200, 777})
  @DisplayName("with angle 0 the forces are those of all pairs; with 0.5 they are near")
  void forces(int n) {
    Random random = new Random(n);
    double[] y0 = random.doubles(n, -3, 3).toArray();
    double[] y1 = random.doubles(n, -1, 5).toArray();
    if (n > 8) {
      y0[3] = y0[4]; // equal points share a cell down to the last bit
      y1[3] = y1[4];
    }
    Tsne.Affinities none = new Tsne.Affinities(new int[n + 1], new int[0], new double[0]);
    double z = 0;
    double[] e0 = new double[n];
    double[] e1 = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double d0 = y0[i] - y0[j];
        double d1 = y1[i] - y1[j];
        double q = 1 / (1 + d0 * d0 + d1 * d1);
        z += i == j ? 0 : q;
        e0[i] -= 4 * q * q * d0;
        e1[i] -= 4 * q * q * d1;
      }
    }
    double[] f0 = new double[n];
    double[] f1 = new double[n];
    double exact = new Repulsion(n, 0).forces(y0, y1, none, 1, f0, f1);
    assertThat(exact).isCloseTo(Math.max(z, Double.MIN_NORMAL), within(1e-9 * n * n));
    for (int i = 0; i < n && n > 1; i++) {
      assertThat(f0[i]).isCloseTo(e0[i] / z, within(1e-9));
      assertThat(f1[i]).isCloseTo(e1[i] / z, within(1e-9));
    }
    double near = new Repulsion(n, 0.5).forces(y0, y1, none, 1, f0, f1);
    assertThat(near).isCloseTo(z, within(0.01 * z + 1e-9));
  }

  /**
   * Smile's sums depend on its threads, and its layouts with them: the median trustworthiness of 31
   * runs of 6.2.5 (0.88 to 0.988 on the blobs, 0.583 to 0.880 on the telephone rows).
   */
  @ParameterizedTest
  @CsvSource({"blobs, 0.987413", "iris, 0.989296", "moons, 0.998810", "telephone, 0.860934"})
  @DisplayName("no worse than scikit-learn's t-SNE and the median of Smile's on the same data")
  void asGoodAsOthers(String set, double smile) {
    double[][] x = x(set);
    JsonNode theirs = read("embedding").get(set);
    Embedding ours = Tsne.fit(x, OPTIONS);
    double trust = Separation.trustworthiness(x, ours.points(), 5);
    double divergence = exactDivergence(x, ours.points());
    assertThat(ours.finalDivergence()).isCloseTo(divergence, within(0.01 * divergence));
    assertThat(divergence).isLessThan(theirs.get("divergence").doubleValue() * 1.005);
    assertThat(trust).isGreaterThan(theirs.get("trustworthiness").doubleValue() - 0.002);
    assertThat(trust).isGreaterThan(smile);
  }

  @Test
  void divergenceFallsAndIsNotedOverTheRounds() {
    Embedding e = Tsne.fit(x("iris"), OPTIONS.withRounds(500));
    assertThat(e.rounds()).startsWith(50, 100).endsWith(500);
    assertThat(e.divergence()).hasSameSizeAs(e.rounds());
    assertThat(e.divergence()[9]).isLessThan(e.divergence()[4]);
    assertThat(e.toString()).startsWith("t-SNE (perplexity 15.0): 150 rows, divergence 0.");
    assertThat(e.toTable().columnNames()).containsExactly("x", "y");
  }

  @Tag("long")
  @Test
  @DisplayName("the same bits on one thread and on three, and of one seed; another seed differs")
  void reproducible() {
    double[][] x = x("moons");
    TsneOptions chance = OPTIONS.withRandomStart(true).withRounds(300);
    double[][] first = Tsne.fit(x, chance).points();
    String before = System.getProperty("fieldnotes.threads");
    try {
      System.setProperty("fieldnotes.threads", "3");
      assertThat(Tsne.fit(x, chance).points()).isDeepEqualTo(first);
      System.setProperty("fieldnotes.threads", "1");
      assertThat(Tsne.fit(x, chance).points()).isDeepEqualTo(first);
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.threads");
      } else {
        System.setProperty("fieldnotes.threads", before);
      }
    }
    TsneOptions other = TsneOptions.of(2).withPerplexity(15).withRandomStart(true).withRounds(300);
    assertThat(Tsne.fit(x, other).points()[0]).isNotEqualTo(first[0]);
  }

  /** Smile's UMAP needs OpenBLAS and ARPACK: the best trustworthiness of three runs of 6.2.5. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource({"blobs, 0.974891", "iris, 0.978685", "moons, 0.997604"})
  @DisplayName("UMAP keeps neighbours as well as Smile's, and one seed gives one layout")
  void umap(String set, double smile) {
    double[][] x = x(set);
    Embedding e = Umap.fit(x, UmapOptions.of(3));
    assertThat(Umap.fit(x, UmapOptions.of(3)).points()).isDeepEqualTo(e.points());
    assertThat(Separation.trustworthiness(x, e.points(), 5)).isGreaterThan(smile);
    assertThat(e.finalDivergence()).isNaN();
    assertThat(e.toString()).startsWith("UMAP (15 neighbours");
  }

  @Test
  @DisplayName("the curve of least distance 0.1 is the one that umap-learn 0.5 finds")
  void curve() {
    double[] curve = Umap.curve(0.1);
    assertThat(curve[0]).isCloseTo(1.576943460, within(1e-6));
    assertThat(curve[1]).isCloseTo(0.895060878, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "duplicates", "constant", "ties"})
  void oddTablesAreLaidOut(String set) {
    Embedding u = Umap.fit(x(set), UmapOptions.of(5).withRounds(50));
    for (double[] p : u.points()) {
      assertThat(p[0] + p[1]).isFinite();
    }
    Embedding e = Tsne.fit(x(set), TsneOptions.of(5).withPerplexity(5));
    for (double[] p : e.points()) {
      assertThat(p[0] + p[1]).isFinite();
    }
  }

  @Test
  void equalRowsAreLaidOut() {
    Embedding u = Umap.fit(new double[20][3], UmapOptions.of(5).withRounds(50));
    assertThat(u.points()[0][0]).isFinite().isNotEqualTo(u.points()[1][0]);
    Embedding e = Tsne.fit(new double[20][3], TsneOptions.of(5).withPerplexity(5));
    for (double[] p : e.points()) {
      assertThat(p[0] + p[1]).isFinite();
    }
  }

  @Test
  void badInput() {
    double[][] x = {{1, 2}, {3, Double.NaN}, {5, 6}};
    assertThatThrownBy(() -> Tsne.fit(x, TsneOptions.of(1)))
        .hasMessageContaining("NaN at row 1, column 1");
    assertThatThrownBy(() -> Tsne.fit(new double[20][2], TsneOptions.of(1)))
        .hasMessage("perplexity=30.0: must be below the number of rows, 20; try 5");
    assertThatThrownBy(() -> Umap.fit(new double[15][2], UmapOptions.of(1)))
        .hasMessage("neighbours=15: must be below the number of rows, 15; try 7");
    assertThatThrownBy(() -> Tsne.fit(new double[0][2], TsneOptions.of(1)))
        .hasMessageContaining("x has no rows");
    assertThatThrownBy(() -> TsneOptions.of(1).withRounds(100)).hasMessageContaining("rounds=100");
    assertThat(Tsne.fit(x("few"), TsneOptions.of(1).withPerplexity(2)).warnings())
        .anySatisfy(w -> assertThat(w).contains("perplexity 2.0 is large for 5 rows"));
  }

  @Test
  @DisplayName("an interrupt stops t-SNE and leaves its mark")
  void interrupted() throws InterruptedException {
    double[][] x = rows(2000);
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              started.countDown();
              try {
                Tsne.fit(x, TsneOptions.of(1).withRounds(1_000_000));
              } catch (CancellationException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join(10_000);
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
  }

  private static double exactDivergence(double[][] x, double[][] y) {
    Tsne.Affinities p = Tsne.Affinities.of(Neighbours.of(x, 46), 15);
    double[] y0 = Arrays.stream(y).mapToDouble(point -> point[0]).toArray();
    double[] y1 = Arrays.stream(y).mapToDouble(point -> point[1]).toArray();
    double z = new Repulsion(y.length, 0).forces(y0, y1, p, 1, y0.clone(), y1.clone());
    return p.divergence(y0, y1, z);
  }

  private static double[][] rows(int n) {
    Random random = new Random(1);
    double[][] x = new double[n][3];
    for (double[] row : x) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return x;
  }
}
