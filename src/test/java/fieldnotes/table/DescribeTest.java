package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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
}
