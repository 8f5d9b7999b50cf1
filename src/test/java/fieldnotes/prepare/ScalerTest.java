package fieldnotes.prepare;

import static fieldnotes.cluster.Fixtures.close;
import static fieldnotes.cluster.Fixtures.matrix;
import static fieldnotes.cluster.Fixtures.read;
import static fieldnotes.cluster.Fixtures.vector;
import static fieldnotes.cluster.Fixtures.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
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
    Matrix x = Matrix.of(new double[][] {{1}, {2}, {3}, {4}});
    assertThat(Scaler.standard().fit(x).centre()).containsExactly(2.5);
    assertThat(Scaler.standard().fit(x).scale()).containsExactly(Math.sqrt(1.25));
    assertThat(Scaler.minMax().fit(x).apply(x).values()[1][0]).isEqualTo(1 / 3.0);
    assertThat(Scaler.minMax(-1, 1).fit(x).apply(x).column(0))
        .containsExactly(-1, 1 / 3.0 * 2 - 1, 2 / 3.0 * 2 - 1, 1);
    assertThat(Scaler.robust().fit(x).centre()).containsExactly(2.5);
    assertThat(Scaler.robust().fit(x).scale()).containsExactly(1.5);
  }

  @Test
  void aColumnWithoutSpreadKeepsItsScaleAndIsNamed() {
    Scaler scaler = Scaler.standard().fit(people());
    assertThat(scaler.scale()).containsExactly(Math.sqrt(1.25), 1);
    assertThat(scaler.warnings()).singleElement().asString().contains("[floor] is constant");
  }

  @Test
  void fittedOnOneTableAppliedToAnotherByName() {
    Scaler scaler = Scaler.minMax().fit(people());
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
      Scaler scaler = new Scaler.Options(kind, -2, 3).fit(Matrix.of(x));
      double[][] back = scaler.inverse(scaler.apply(Matrix.of(x))).values();
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
      Scaler scaler = new Scaler.Options(kind, 0, 1).fit(Matrix.of(x(set)));
      close(scaler.centre(), vector(expected.get(kind.name()).get("centre")), 1e-12);
      close(scaler.scale(), vector(expected.get(kind.name()).get("scale")), 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(Missing.Fill.class)
  void missingCellsAsScikitLearn(Missing.Fill how) {
    JsonNode expected = read("missing");
    Matrix x = Matrix.of(matrix(expected.get("x")));
    Matrix other = Matrix.of(matrix(expected.get("other")));
    switch (how) {
      case DROP -> {
        Missing drop = Missing.drop().fit(x);
        assertThat(drop.apply(x).rowCount()).isEqualTo(drop.report(x).rowsLeft());
        drop.apply(x).requireFinite("the rows left");
      }
      case KNN -> {
        for (int k : new int[] {1, 3, 5}) {
          Missing knn = Missing.knn(k).fit(x);
          JsonNode filled = expected.get("KNN" + k);
          close(knn.apply(x).values(), matrix(filled.get("x")), 1e-12);
          close(knn.apply(other).values(), matrix(filled.get("other")), 1e-12);
        }
      }
      default -> {
        Missing fill = new Missing.Options(how, 0).fit(x);
        close(fill.apply(x).values(), matrix(expected.get(how.name()).get("x")), 1e-12);
        close(fill.apply(other).values(), matrix(expected.get(how.name()).get("other")), 1e-12);
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
    Missing fill = Missing.mean().fit(table);
    assertThat(fill.report(table)).hasToString("1 missing cells in 1 of 3 rows: filled by mean");
    assertThat(fill.report(table).toTable().stringColumn("done").get(0)).isEqualTo("mean 2.00000");
    assertThat(fill.apply(table).doubleColumn("a").asDoubleArray()).containsExactly(1, 2, 3);
    assertThat(table.column("a").countMissing()).isEqualTo(1);
    assertThat(Missing.drop().fit(table).apply(table).rowCount()).isEqualTo(2);
  }

  @Test
  void outliersOfAColumn() {
    Table table = Table.create("t", DoubleColumn.create("a", 1, 2, 3, 4, 100));
    Matrix x = Matrix.ofNumeric(table);
    Outliers byIqr = Outliers.byIqr().fit(table); // quartiles 2 and 4: bounds −1 and 7
    assertThat(byIqr.low()).containsExactly(-1);
    assertThat(byIqr.high()).containsExactly(7);
    assertThat(byIqr.find(x).rows()).containsExactly(4);
    assertThat(byIqr.find(x)).hasToString("1 outliers in 1 of 5 rows (beyond 1.5 × IQR)");
    assertThat(byIqr.apply(table).doubleColumn("a").asDoubleArray()).containsExactly(1, 2, 3, 4, 7);
    assertThat(Outliers.byZScore().fit(table).find(x).rows()).isEmpty(); // stretches its deviation
    assertThat(Outliers.byZScore(1.9).fit(table).find(x).rows()).containsExactly(4);
  }

  @Test
  void constantAndDuplicateColumns() {
    Matrix x =
        Matrix.of(
            List.of("a", "flat", "b", "copy"),
            new double[][] {{1, 0.1, 0, 1}, {2, 0.1, -0.0, 2}, {3, 0.1, 1, 3}});
    Redundant found = Redundant.drop().fit(x);
    assertThat(found.constant()).containsExactly("flat");
    assertThat(found.duplicates()).isEqualTo(Map.of("copy", "a"));
    assertThat(found.apply(x).names()).containsExactly("a", "b");
  }

  @Test
  void badInputIsNamed() {
    Table holes = Table.create("t", DoubleColumn.create("a", new Double[] {1.0, null}));
    assertThatThrownBy(() -> Scaler.standard().fit(holes))
        .hasMessageContaining("NaN at row 1, column 'a'")
        .hasMessageContaining("fill or drop");
    assertThatThrownBy(() -> Scaler.standard().fit(people()).apply(Matrix.of(new double[][] {{1}})))
        .hasMessage("no column 'height'; there are [x0]");
    assertThatThrownBy(() -> Scaler.standard().fit(Matrix.of(new double[0][])))
        .hasMessageContaining("no rows");
    assertThatThrownBy(
            () -> Scaler.standard().fit(Table.create("t", StringColumn.create("word", "x"))))
        .hasMessage("'t' has no numeric feature: it has [word]");
    Table empty = Table.create("t", DoubleColumn.create("a", new Double[] {null, null}));
    assertThatThrownBy(() -> Missing.median().fit(empty))
        .hasMessageContaining("column 'a' has no value at all");
    assertThatThrownBy(() -> Missing.drop().fit(empty).apply(empty))
        .hasMessageContaining("no row would be left");
  }

  @Test
  void categoriesOfTextAndOfNumbers() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("x", 10, 2, 2, 4, Double.NaN),
            StringColumn.create("word", "b", "a", "b", "", "c"));
    Categories fitted = Categories.fit(table, "word", Categories.Unknown.IGNORE);
    assertThat(fitted.values()).containsExactly("a", "b", "c");
    assertThat(fitted.codes(table)).containsExactly(1, 0, 1, 1, 2);
    Table other =
        Table.create("o", DoubleColumn.create("x", 3, 10), StringColumn.create("word", "z", "c"));
    OneHot lenient = Categories.oneHot().fit(table);
    assertThat(lenient.matrix(other).names())
        .containsExactly("x_2", "x_4", "x_10", "word_a", "word_b", "word_c");
    assertThat(lenient.matrix(other).values())
        .isDeepEqualTo(new double[][] {{0, 0, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 1}});
    assertThat(lenient.apply(other).columnNames()).hasSize(6);
    assertThatThrownBy(() -> Categories.fit(table, "word").codes(other))
        .hasMessage("row 0, column 'word': 'z' must be one of [a, b, c]");
  }

  @Test
  void stepsOneAfterTheOther() {
    Matrix x = Matrix.of(List.of("a", "b"), new double[][] {{1, Double.NaN}, {3, 4}, {5, 8}});
    Step.Fitted fitted = Steps.of(Missing.mean(), Scaler.minMax()).fit(x);
    assertThat(fitted.apply(x).values()).isDeepEqualTo(new double[][] {{0, 0.5}, {0.5, 0}, {1, 1}});
    Samples rows = Samples.of(x, new double[] {1, 2, 3});
    assertThat(fitted.apply(rows).matrix()).isEqualTo(fitted.apply(x));
    assertThat(fitted.apply(rows).numbers()).containsExactly(1, 2, 3);
    assertThat(Missing.drop().fit(rows).apply(rows).numbers()).containsExactly(2, 3);
    assertThat(Steps.of(Missing.mean(), Scaler.minMax()))
        .isEqualTo(Steps.of(Missing.mean(), Scaler.minMax()))
        .hasToString("fill: mean, then 0.0 to 1.0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e155, 1e200, 1e307, Double.MAX_VALUE, 1e-170, 1e-300})
  @DisplayName("−1, 0, 1 times any scale: mean 0, deviation √(2/3) of it; scaled ±√1.5")
  void anyScale(double scale) {
    Matrix x = Matrix.of(new double[][] {{-scale, 3}, {0, 3}, {scale, 3}});
    Scaler scaler = Scaler.standard().fit(x);
    assertThat(scaler.scale()[0] / scale).isCloseTo(Math.sqrt(2 / 3.0), within(1e-12));
    assertThat(scaler.warnings()).containsExactly("[x1] is constant: drop it");
    assertThat(scaler.apply(x).column("x0"))
        .containsExactly(new double[] {-Math.sqrt(1.5), 0, Math.sqrt(1.5)}, within(1e-12));
    assertThat(Redundant.drop().fit(x).constant()).containsExactly("x1");
    assertThat(Outliers.byZScore(2).fit(x).find(x).rows()).isEmpty();
    if (scale > 1e-10 && scale < 1e308) {
      assertThat(Scaler.minMax().fit(x).apply(x).column("x0")).containsExactly(0, 0.5, 1);
      assertThat(Scaler.robust().fit(x).apply(x).column("x0")).containsExactly(-1, 0, 1);
    }
  }

  @Test
  void aRangeThatOverflowsIsNamed() {
    double most = Double.MAX_VALUE;
    Matrix x = Matrix.of(List.of("a"), new double[][] {{-most}, {most}, {-most}, {most}});
    for (Scaler.Options options : List.of(Scaler.minMax(), Scaler.robust())) {
      assertThatThrownBy(() -> options.fit(x))
          .hasMessage(
              "column 'a': values from -1.7976931348623157E308 to 1.7976931348623157E308: their"
                  + " range overflows; use Scaler.standard()");
    }
  }
}
