package fieldnotes.prepare;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.table.Matrix;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;

class ScalerTest {
  private static Table people() {
    return Table.create(
        "people",
        StringColumn.create("name", "a", "b", "c", "d"),
        DoubleColumn.create("height", 1, 2, 3, 4),
        DoubleColumn.create("floor", 5, 5, 5, 5));
  }

  @Test
  @DisplayName("1, 2, 3, 4: mean 2.5, deviation √1.25; least 1, range 3; median 2.5, IQR 1.5")
  void handWorked() {
    double[][] x = {{1}, {2}, {3}, {4}};
    assertThat(Scaler.standard(x).centre()).containsExactly(2.5);
    assertThat(Scaler.standard(x).scale()).containsExactly(Math.sqrt(1.25));
    assertThat(Scaler.minMax(x).apply(x)[1][0]).isEqualTo(1 / 3.0);
    assertThat(Scaler.robust(x).centre()).containsExactly(2.5);
    assertThat(Scaler.robust(x).scale()).containsExactly(1.5);
  }

  @Test
  void aColumnWithoutSpreadKeepsItsScaleAndIsNamed() {
    Scaler scaler = Scaler.standard(people());
    assertThat(scaler.scale()).containsExactly(Math.sqrt(1.25), 1);
    assertThat(scaler.warnings()).singleElement().asString().contains("[floor] never changes");
  }

  @Test
  void fittedOnOneTableAppliedToAnotherByName() {
    Scaler scaler = Scaler.minMax(people());
    Table other =
        Table.create(
            "others",
            DoubleColumn.create("floor", new double[] {6}),
            DoubleColumn.create("height", new double[] {7}),
            StringColumn.create("name", "e"));
    Table scaled = scaler.apply(other);
    assertThat(scaled.columnNames()).containsExactly("floor", "height", "name");
    assertThat(scaled.doubleColumn("height").get(0)).isEqualTo(2.0);
    assertThat(scaler.inverse(scaled).doubleColumn("height").get(0)).isEqualTo(7.0);
  }

  @Property(tries = 50)
  void inverseUndoes(
      @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = -1e6, max = 1e6) Double> column) {
    double[][] x = column.stream().map(v -> new double[] {v, 1}).toArray(double[][]::new);
    for (Scaler.Kind kind : Scaler.Kind.values()) {
      Scaler scaler = Scaler.fit(kind, Matrix.of(x));
      double[][] back = scaler.inverse(scaler.apply(x));
      for (int i = 0; i < x.length; i++) {
        assertThat(Math.abs(back[i][0] - x[i][0])).isLessThan(1e-8);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "constant", "single", "duplicates"})
  void asScikitLearn(String set) {
    JsonNode expected = read("scaling").get(set);
    for (Scaler.Kind kind : Scaler.Kind.values()) {
      Scaler scaler = Scaler.fit(kind, Matrix.of(x(set)));
      close(scaler.centre(), vector(expected.get(kind.name()).get("centre")), 1e-12);
      close(scaler.scale(), vector(expected.get(kind.name()).get("scale")), 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(Missing.Fill.class)
  void missingCellsAsScikitLearn(Missing.Fill how) {
    JsonNode expected = read("missing");
    Matrix x = Matrix.of(matrix(expected.get("x")));
    double[][] other = matrix(expected.get("other"));
    switch (how) {
      case DROP -> {
        Missing drop = Missing.fit(x, how);
        assertThat(drop.apply(x).rowCount()).isEqualTo(drop.report(x).rowsLeft());
        drop.apply(x).requireFinite("the rows left");
      }
      case KNN -> {
        for (int k : new int[] {1, 3, 5}) {
          Missing knn = Missing.fitKnn(x, k);
          JsonNode filled = expected.get("KNN" + k);
          close(knn.apply(x).values(), matrix(filled.get("x")), 1e-12);
          close(knn.apply(other), matrix(filled.get("other")), 1e-12);
        }
      }
      default -> {
        Missing fill = Missing.fit(x, how);
        close(fill.apply(x).values(), matrix(expected.get(how.name()).get("x")), 1e-12);
        close(fill.apply(other), matrix(expected.get(how.name()).get("other")), 1e-12);
      }
    }
  }

  @Test
  void theReportSaysWhatWasFilled() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("a", new Double[] {1.0, null, 3.0}),
            DoubleColumn.create("b", 1, 2, 3));
    Missing fill = Missing.fit(table, Missing.Fill.MEAN);
    assertThat(fill.report(table)).hasToString("1 missing cells in 1 of 3 rows: filled by mean");
    assertThat(fill.report(table).toTable().stringColumn("done").get(0)).isEqualTo("mean 2.00000");
    assertThat(fill.apply(table).doubleColumn("a").asDoubleArray()).containsExactly(1, 2, 3);
    assertThat(table.column("a").countMissing()).isEqualTo(1);
    assertThat(Missing.fit(table, Missing.Fill.DROP).apply(table).rowCount()).isEqualTo(2);
  }

  @Test
  void outliersOfAColumn() {
    Table table = Table.create("t", DoubleColumn.create("a", 1, 2, 3, 4, 100));
    Outliers byIqr = Outliers.byIqr(table); // quartiles 2 and 4: bounds −1 and 7
    assertThat(byIqr.low()).containsExactly(-1);
    assertThat(byIqr.high()).containsExactly(7);
    assertThat(byIqr.rows()).containsExactly(4);
    assertThat(Outliers.byZScore(table).rows()).isEmpty(); // it stretches its own deviation
    assertThat(Outliers.byZScore(Matrix.ofNumeric(table), 1.9).rows()).containsExactly(4);
  }

  @Test
  void constantAndDuplicateColumns() {
    Matrix x =
        Matrix.of(
            List.of("a", "flat", "b", "copy"),
            new double[][] {{1, 0.1, 0, 1}, {2, 0.1, -0.0, 2}, {3, 0.1, 1, 3}});
    Redundant found = Redundant.of(x);
    assertThat(found.constant()).containsExactly("flat");
    assertThat(found.duplicates()).isEqualTo(Map.of("copy", "a"));
    assertThat(found.drop(x).names()).containsExactly("a", "b");
  }

  @Test
  void badInputIsNamed() {
    Table holes = Table.create("t", DoubleColumn.create("a", new Double[] {1.0, null}));
    assertThatThrownBy(() -> Scaler.standard(holes))
        .hasMessageContaining("NaN at row 1, column 'a'")
        .hasMessageContaining("fill or drop");
    assertThatThrownBy(() -> Scaler.standard(people()).apply(new double[][] {{1}}))
        .hasMessageContaining("row 0 has 1 columns, but the scaler was fitted on 2");
    assertThatThrownBy(() -> Scaler.standard(new double[0][])).hasMessageContaining("no rows");
    assertThatThrownBy(() -> Scaler.standard(Table.create("t", StringColumn.create("word", "x"))))
        .hasMessageContaining("no numeric column");
    Table empty = Table.create("t", DoubleColumn.create("a", new Double[] {null, null}));
    assertThatThrownBy(() -> Missing.fit(empty, Missing.Fill.MEDIAN))
        .hasMessageContaining("column 'a' has no value at all");
    assertThatThrownBy(() -> Missing.fit(empty, Missing.Fill.DROP).apply(empty))
        .hasMessageContaining("no row would be left");
  }
}
