package fieldnotes.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class CategoriesTest {
  @Test
  @DisplayName("texts sort by code point, numbers by size; a missing cell is the most frequent")
  void codes() {
    Table table =
        Table.create(
            StringColumn.create("k", "b", "B", "b", ""), DoubleColumn.create("n", 10, 9, 10, 2));
    Categories words = Categories.fit(table, "k");
    assertThat(words.values()).containsExactly("B", "b");
    assertThat(words.codes(table)).containsExactly(1, 0, 1, 1);
    assertThat(Categories.fit(table, "n").values()).containsExactly("2", "9", "10");
  }

  @Test
  @DisplayName("numbers that differ are different categories, in a table as in a matrix")
  void exactNumbers() {
    double[] close = {1.2345678, 1.2345679, 1234567890, 1234567891};
    Table table = Table.create(DoubleColumn.create("n", close));
    Categories numbers = Categories.fit(table, "n");
    assertThat(numbers.values())
        .containsExactly("1.2345678", "1.2345679", "1234567890", "1234567891");
    assertThat(numbers.codes(table)).containsExactly(0, 1, 2, 3);
    assertThat(numbers.codes(Matrix.ofNumeric(table))).containsExactly(0, 1, 2, 3);
    Table floats = Table.create(FloatColumn.create("n", 0.1f, 0.2f));
    Categories some = Categories.fit(floats, "n");
    assertThat(some.codes(Matrix.ofNumeric(floats))).isEqualTo(some.codes(floats));
  }

  @Test
  @DisplayName("a category that was not learnt is refused with its row, or ignored")
  void unknown() {
    Table known = Table.create(StringColumn.create("k", "a", "b"));
    Table other = Table.create(StringColumn.create("k", "b", "c"));
    assertThatThrownBy(() -> Categories.fit(known, "k").codes(other))
        .hasMessage("row 1, column 'k': 'c' must be one of [a, b]");
    assertThat(Categories.fit(known, "k", Categories.Unknown.IGNORE).codes(other))
        .containsExactly(1, -1);
    assertThat(Categories.oneHot().fit(Samples.of(known)).matrix(other).values())
        .isDeepEqualTo(new double[][] {{0, 1}, {0, 0}});
    assertThat(Categories.fit(known, "k").values()).isEqualTo(List.of("a", "b"));
  }
}
