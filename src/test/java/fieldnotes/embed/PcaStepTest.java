package fieldnotes.embed;

import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.Decoder;
import fieldnotes.common.Encoder;
import fieldnotes.prepare.Step;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Principal components as a step of preparation. */
class PcaStepTest {
  private static final Matrix IRIS = Matrix.of(List.of("a", "b", "c", "d"), x("iris"));

  @Test
  @DisplayName("(1, 0), (2, 0), (3, 0): PC1 is the way from 2; a row at 5 lies 3 along it")
  void handWorked() {
    Step<Pca> step = PcaOptions.of(1);
    Pca pca =
        step.fit(Matrix.of(List.of("east", "north"), new double[][] {{1, 0}, {2, 0}, {3, 0}}));
    Matrix more = Matrix.of(List.of("north", "other", "east"), new double[][] {{7, 9, 5}});
    assertThat(pca.apply(more)).isEqualTo(Matrix.of(List.of("PC1"), new double[][] {{3}}));
    assertThat(pca.inverse(pca.apply(more)))
        .isEqualTo(Matrix.of(List.of("east", "north"), new double[][] {{5, 0}}));
  }

  @Test
  void numericFeaturesBecomeComponentsAndTextStays() {
    Table table = IRIS.toTable("iris");
    StringColumn colour = StringColumn.create("colour");
    for (int i = 0; i < table.rowCount(); i++) {
      colour.append(i % 2 == 0 ? "red" : "blue");
    }
    Samples samples = Samples.of(table.addColumns(colour));
    Pca pca = PcaOptions.of(2).fit(samples);
    Samples seen = pca.apply(samples);
    assertThat(seen.features()).containsExactlyInAnyOrder("colour", "PC1", "PC2");
    assertThat(seen.numeric().column("PC1")).isEqualTo(pca.scores().column(0));
    assertThat(pca).isEqualTo(Pca.fit(IRIS, PcaOptions.of(2)));
    assertThat(pca).isNotEqualTo(Pca.fit(IRIS, PcaOptions.of(3)));
    assertThat(PcaOptions.of(2).withWhiten(true)).hasToString("2 principal components, whitened");
  }

  @Test
  void savedAndLoadedItProjectsAlikeButHoldsNoRows() throws IOException {
    Pca pca = Pca.fit(IRIS, PcaOptions.of(3).withWhiten(true));
    Pca loaded = read(written(pca));
    assertThat(loaded).isEqualTo(pca).hasSameHashCodeAs(pca).hasToString(pca.toString());
    assertThat(loaded.apply(IRIS)).isEqualTo(pca.apply(IRIS));
    assertThat(loaded.scores().rowCount()).isZero();
    assertThat(loaded.scores().names()).isEqualTo(pca.scores().names());
  }

  @Test
  void partsThatContradictEachOtherAreRefused() {
    Pca pca = Pca.fit(IRIS, PcaOptions.of(2));
    double[] short1 = {1};
    assertThatThrownBy(() -> with(pca, pca.columns(), short1, pca.components(), pca.options()))
        .hasMessageContaining("mean has 1 entries and columns has 4");
    assertThatThrownBy(() -> with(pca, pca.columns(), pca.mean(), new double[2][3], pca.options()))
        .hasMessageContaining("a component has 3 entries and columns has 4");
    assertThatThrownBy(
            () -> with(pca, pca.columns(), pca.mean(), pca.components(), PcaOptions.of(3)))
        .hasMessageContaining("2 components, but the options ask for 3");
    double[] bad = pca.mean().clone();
    bad[1] = Double.NaN;
    assertThatThrownBy(() -> with(pca, pca.columns(), bad, pca.components(), pca.options()))
        .hasMessageContaining("mean=NaN");
    assertThatThrownBy(() -> pca.apply(IRIS.select(List.of("a", "b"))))
        .hasMessageContaining("no column 'c'");
    assertThatThrownBy(() -> PcaOptions.of(5).fit(IRIS)).hasMessageContaining("at most 4");
  }

  private static Pca with(
      Pca pca, List<String> columns, double[] mean, double[][] components, PcaOptions options) {
    return new Pca(
        columns,
        pca.rows(),
        mean,
        components,
        pca.explainedVariance(),
        pca.explainedVarianceRatio(),
        pca.scores(),
        options,
        List.of());
  }

  private static byte[] written(Pca pca) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Encoder(new DataOutputStream(bytes)).value(pca);
    return bytes.toByteArray();
  }

  private static Pca read(byte[] bytes) throws IOException {
    return new Decoder(new DataInputStream(new ByteArrayInputStream(bytes))).value(Pca.class);
  }
}
