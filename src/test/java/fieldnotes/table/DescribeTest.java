package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.cluster.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DescribeTest {
  private final Table table =
      Table.create(
          "t",
          DoubleColumn.create("x", 1, 2, 3, 4, Double.NaN),
          DoubleColumn.create("y", 2, 4, 6, 9, 1),
          StringColumn.create("word", "b", "a", "b", "", "c"));

  @Test
  void byHand() {
    assertThat(Describe.statistics(new double[] {4, 1, Double.NaN, 3, 2}))
        .containsExactly(
            new double[] {4, 2.5, Math.sqrt(5.0 / 3), 1, 1.75, 2.5, 3.25, 4}, within(1e-15));
    assertThat(Describe.quantile(new double[] {1, 2}, 0.3)).isCloseTo(1.3, within(1e-15));
    assertThat(Describe.correlation(new double[] {1, 2, 3}, new double[] {6, 4, 2})).isEqualTo(-1);
  }

  @Test
  void info() {
    Table info = Describe.info(table);
    assertThat(info.intColumn("Non-Null Count").asList()).containsExactly(4, 5, 4);
    assertThat(info.stringColumn("Dtype").asList()).containsExactly("float64", "float64", "object");
  }

  @Test
  void printsSixDecimalsInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Describe.summary(table).print()).contains("2.500000").doesNotContain("2,5");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void countsMostFrequentFirst() {
    Table counts = Describe.valueCounts(table, "word");
    assertThat(counts.stringColumn("word").asList()).containsExactly("b", "a", "c");
    assertThat(counts.intColumn("count").asList()).containsExactly(2, 1, 1);
  }

  @Test
  void correlationsLeaveMissingCellsOutByPairs() {
    Table found = Describe.correlationsWith(table, "y");
    assertThat(found.stringColumn("column").asList()).isEqualTo(List.of("y", "x"));
    assertThat(found.doubleColumn("y").get(1)).isCloseTo(0.9943, within(1e-4));
    assertThat(Describe.correlations(table).doubleColumn("x").get(1))
        .isEqualTo(found.doubleColumn("y").get(1));
  }

  @Test
  void matrixNamesWhatIsWrong() {
    assertThatThrownBy(() -> Matrix.from(table, "z"))
        .hasMessage("no column 'z' in table 't'; it has [x, y, word]");
    assertThatThrownBy(() -> Matrix.from(table, "word"))
        .hasMessageContaining("column 'word' of table 't' holds string, not numbers");
    assertThatThrownBy(() -> Matrix.ofNumeric(table).requireFinite("t"))
        .hasMessage("t has NaN at row 4, column 'x': fill or drop such rows first");
    Matrix back = Matrix.ofNumeric(Matrix.from(table, "y", "x").toTable("again"));
    assertThat(back).isEqualTo(Matrix.from(table, "y", "x"));
  }

  /** Written by src/test/python/number_fixtures.py with pandas. */
  @Test
  @DisplayName("the correlation of a constant column is missing, as in pandas")
  void correlationsAsPandas() throws IOException {
    try (InputStream in = DescribeTest.class.getResourceAsStream("/evaluate/numbers.json")) {
      JsonNode cases = JsonMapper.builder().build().readTree(in).get("correlations");
      assertThat(cases.size()).isEqualTo(7);
      for (JsonNode one : cases) {
        double[] a = Fixtures.vector(one.get("a"));
        double[] b = Fixtures.vector(one.get("b"));
        assertThat(Describe.correlation(a, b))
            .as(one.toString())
            .isCloseTo(Fixtures.number(one.get("correlation")), within(1e-12));
        assertThat(Describe.correlation(a, a))
            .as(one.toString())
            .isCloseTo(Fixtures.number(one.get("own")), within(1e-12));
      }
    }
    Table table =
        Table.create(
            "t", DoubleColumn.create("same", 0.1, 0.1, 0.1), DoubleColumn.create("x", 1, 2, 4));
    assertThat(Describe.correlations(table).doubleColumn("same").countMissing()).isEqualTo(2);
    assertThat(Describe.correlations(table).doubleColumn("x").countMissing()).isEqualTo(1);
    assertThat(Describe.correlationsWith(table, "x").stringColumn("column").asList())
        .containsExactly("x", "same");
  }

  @Test
  @DisplayName(
      "1, 2, 4 times any scale: mean 7/3, deviation √(7/3), correlation with 1, 3, 2 is 0.33")
  void anyScale() {
    for (double scale : new double[] {1, 1e100, 1e155, 1e200, 4e307, 1e-100, 1e-170, 1e-300}) {
      double[] x = {1 * scale, 2 * scale, 4 * scale};
      assertThat(Describe.mean(x) / scale).as("%s", scale).isCloseTo(7 / 3.0, within(1e-12));
      assertThat(Describe.standardDeviation(x) / scale)
          .as("%s", scale)
          .isCloseTo(Math.sqrt(7 / 3.0), within(1e-12));
      assertThat(Describe.correlation(x, new double[] {1, 3, 2}))
          .as("%s", scale)
          .isCloseTo(1 / Math.sqrt(28 / 3.0), within(1e-12));
      assertThat(Describe.correlation(x, x)).isCloseTo(1, within(1e-12));
    }
    double most = Double.MAX_VALUE;
    assertThat(Describe.mean(new double[] {most, most, Double.NaN})).isEqualTo(most);
    assertThat(Describe.quantile(new double[] {-most, most}, 0.5)).isZero();
    assertThat(Describe.standardDeviation(new double[] {5, 5, 5})).isZero();
    assertThat(Describe.mean(new double[] {1, Double.POSITIVE_INFINITY})).isInfinite();
    assertThat(Describe.mean(new double[0])).isNaN();
    assertThat(
            Describe.correlation(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {1, 2}))
        .isNaN();
  }
}
