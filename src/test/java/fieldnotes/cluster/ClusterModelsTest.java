package fieldnotes.cluster;

import static fieldnotes.cluster.Fixtures.x;
import static fieldnotes.cluster.Fixtures.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.KMeansOptions.Start;
import fieldnotes.embed.PcaOptions;
import fieldnotes.evaluate.Outcome;
import fieldnotes.model.ClusterModel;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.ModelFile;
import fieldnotes.model.Pipeline;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Steps;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** k-means and mixtures as learners: fitted to samples, asked of other rows, saved. */
class ClusterModelsTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final Samples IRIS =
      Samples.of(
          Matrix.of(NAMES, x("iris")),
          Arrays.stream(y("iris")).mapToObj(c -> "class " + c).toList());

  static List<Learner<int[], ? extends ClusterModel>> learners() {
    return List.of(
        KMeansOptions.of(3, 1),
        KMeansOptions.of(3, 1).withStart(Start.BOOK),
        MixtureOptions.of(3, 1),
        MixtureOptions.of(3, 1).withDiagonal(true));
  }

  @Test
  @DisplayName("0 once and 4 three times: the centre is 3, in a step as in k-means itself")
  void weightsCountInAStep() {
    Matrix x = Matrix.of(List.of("v"), new double[][] {{0}, {4}});
    Samples rows = Samples.of(x).withWeights(new double[] {1, 3});
    KMeansOptions one = KMeansOptions.of(1, 0);
    assertThat(one.fit(rows).centres()).isDeepEqualTo(new double[][] {{3}});
    Similarity near = Similarity.ofClusters(one, 1).fit(rows);
    assertThat(near.points()).isDeepEqualTo(new double[][] {{3}});
    assertThat(near.apply(x).column(0))
        .containsExactly(new double[] {Math.exp(-9), Math.exp(-1)}, within(1e-15));
    assertThatThrownBy(() -> Similarity.ofClusters(one.withStart(Start.BOOK), 1).fit(rows))
        .hasMessageContaining("has weights, but k-means (1 clusters");
  }

  @Test
  void textsByHand() {
    KMeansOptions places = KMeansOptions.of(10, 42).withStart(Start.BOOK).withRestarts(2);
    assertThat(Similarity.ofClusters(places, 1))
        .hasToString("nearness to 10 centres (seed 42, book restarts, restarts: 2, gamma 1.0)");
    assertThat(Similarity.to(new double[][] {{1, 2}}, 0.5, "home"))
        .hasToString("nearness to [home] (at [[1.0, 2.0]], gamma 0.5)");
  }

  @Test
  @DisplayName("what it gives can be written to without changing what it says")
  void cannotBeWrittenTo() {
    Matrix x = Matrix.of(List.of("v"), new double[][] {{0}, {1}, {9}, {10}});
    Clusters two = KMeansOptions.of(2, 0).fit(Samples.of(x));
    int[] before = two.predict(x);
    two.centres()[0][0] = 1e9;
    two.labels()[0] = 77;
    assertThat(two.predict(x)).containsExactly(before).containsExactly(two.labels());
  }

  @ParameterizedTest
  @MethodSource("learners")
  void fitsPredictsAndComesBack(
      Learner<int[], ? extends ClusterModel> learner, @TempDir Path folder) throws IOException {
    ClusterModel model = learner.fit(IRIS);
    int[] labels = model instanceof Clusters c ? c.labels() : ((Mixture) model).labels();
    assertThat(model.predict(IRIS)).isEqualTo(labels);
    assertThat(model).isEqualTo(learner.fit(IRIS)).hasSameHashCodeAs(learner.fit(IRIS));
    assertThat(model.made().columns()).isEqualTo(NAMES);
    assertThat(model.made().learner()).isEqualTo(learner.toString());

    Matrix turned = IRIS.matrix().select(List.of("d", "a", "c", "b"));
    assertThat(model.predict(turned)).isEqualTo(labels);
    assertThat(model.predict(IRIS.matrix().rows(new int[] {149, 0})))
        .containsExactly(labels[149], labels[0]);
    assertThatThrownBy(() -> model.predict(turned.select(List.of("a", "b", "c"))))
        .hasMessageContaining("no column 'd'");
    assertThat(model.judge(IRIS)).isInstanceOf(Outcome.Clusters.class);

    Model<?> loaded = ModelFile.load(model.save(folder.resolve("model")));
    assertThat(loaded).isEqualTo(model).hasToString(model.toString());
    assertThat((int[]) loaded.predict(IRIS)).isEqualTo(labels);
  }

  @Test
  void scaledThenProjectedThenClustered(@TempDir Path folder) throws IOException {
    Samples known = IRIS.rows(IntStream.range(0, 120).toArray());
    var pipeline =
        Pipeline.of(Steps.of(Scaler.standard(), PcaOptions.of(2)), KMeansOptions.of(3, 42));
    var fitted = pipeline.fit(known);
    Matrix scaled = Scaler.standard().fit(known).apply(known.matrix());
    Clusters alone = KMeans.fit(PcaOptions.of(2).fit(scaled).scores(), KMeansOptions.of(3, 42));
    assertThat(fitted.model().labels()).isEqualTo(alone.labels());
    assertThat(fitted.model().centres()).isDeepEqualTo(alone.centres());
    assertThat(fitted.model().made().columns()).containsExactly("PC1", "PC2");
    assertThat(fitted.made().columns()).isEqualTo(NAMES);

    Model<?> loaded = ModelFile.load(fitted.save(folder.resolve("pipeline")));
    assertThat((int[]) loaded.predict(IRIS)).isEqualTo(fitted.predict(IRIS)).hasSize(150);
    assertThat((int[]) loaded.predict(IRIS.table())).isEqualTo(fitted.predict(IRIS));
    assertThat(Arrays.copyOf(fitted.predict(IRIS), 120)).isEqualTo(alone.labels());
  }

  @Test
  void probabilitiesAddUp() {
    Mixture mixture = MixtureOptions.of(3, 1).fit(IRIS);
    double[][] shares = mixture.probabilities(IRIS);
    assertThat(shares).hasDimensions(150, 3);
    for (int i = 0; i < shares.length; i++) {
      assertThat(Arrays.stream(shares[i]).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(shares[i]).max().orElse(0))
          .isEqualTo(shares[i][mixture.labels()[i]]);
    }
    double[] weights = new double[150];
    Arrays.fill(weights, 2);
    assertThatThrownBy(() -> MixtureOptions.of(3, 1).fit(IRIS.withWeights(weights)))
        .hasMessageContaining("does not support them");
  }

  @Test
  void partsThatContradictEachOtherAreRefused() {
    Clusters c = KMeansOptions.of(3, 1).fit(IRIS);
    int[] labels = c.labels().clone();
    labels[7] = 3;
    assertThatThrownBy(() -> clusters(c, c.made(), labels, c.centres()))
        .hasMessage("label=3: must be 0 to 2");
    assertThatThrownBy(() -> clusters(c, c.made(), new int[7], c.centres()))
        .hasMessageContaining("labels has 7 entries and rows has 150");
    assertThatThrownBy(() -> clusters(c, c.made(), c.labels(), new double[2][4]))
        .hasMessageContaining("centres has 2 entries");
    assertThatThrownBy(() -> clusters(c, c.made(), c.labels(), new double[3][5]))
        .hasMessageContaining("a centre has 5 entries and columns has 4");
    assertThatThrownBy(
            () -> clusters(c, c.made(), c.labels(), new double[][] {{0 / 0.0}, {1}, {2}}))
        .hasMessageContaining("centres has NaN");

    Mixture m = MixtureOptions.of(2, 1).fit(IRIS);
    assertThatThrownBy(() -> mixture(m, new double[] {0.5, 0.6}, m.covariances()))
        .hasMessageContaining("the weights sum to 1.1");
    assertThatThrownBy(() -> mixture(m, m.weights(), List.of(new double[4][4], new double[4][4])))
        .hasMessageContaining("collapsed in column 0");
    assertThatThrownBy(() -> mixture(m, m.weights(), List.of(new double[3][4], new double[4][4])))
        .hasMessageContaining("a covariance has 3 entries and columns has 4");
    double[][] lopsided =
        Arrays.stream(m.covariances().get(1)).map(double[]::clone).toArray(double[][]::new);
    lopsided[0][3] += 1e-3;
    assertThatThrownBy(() -> mixture(m, m.weights(), List.of(m.covariances().get(0), lopsided)))
        .hasMessageContaining("not symmetric");
  }

  private static Clusters clusters(Clusters c, Made made, int[] labels, double[][] centres) {
    return new Clusters(made, labels, centres, c.inertia(), c.rounds(), c.options(), List.of());
  }

  private static Mixture mixture(Mixture m, double[] weights, List<double[][]> covariances) {
    return new Mixture(
        m.made(),
        weights,
        m.means(),
        covariances,
        m.labels(),
        m.logLikelihood(),
        m.bic(),
        m.aic(),
        m.rounds(),
        m.options(),
        List.of());
  }
}
