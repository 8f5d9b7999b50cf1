package fieldnotes.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.housing.Housing;
import fieldnotes.table.HousingFile;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HistogramTest {
  @Test
  @DisplayName("a value on an edge belongs to the bin at its right, the largest to the last")
  void byHand() {
    Histogram two = Histogram.of("", "v", "n", new double[] {0, 1, 2, 3, 4, Double.NaN}, 2);
    assertThat(two.edges()).containsExactly(0, 2, 4);
    assertThat(two.counts()).containsExactly(2, 3);
    assertThat(Histogram.of("", "v", "n", new double[] {7, 7}, 3).counts())
        .containsExactly(0, 2, 0);
    assertThat(two).hasToString("histogram 'v': 5 values in 2 bins");
  }

  @Test
  @DisplayName(
      "NumPy's counts of all nine attributes in 50 bins, and of the population's logarithm")
  void asNumpyCounts() {
    JsonNode reference =
        new ObjectMapper().readTree(HousingFile.reference().toFile()).get("plot_data");
    Table housing = Housing.samples(HousingFile.csv()).table();
    for (var column : reference.get("hist50_full").properties()) {
      double[] values = Matrix.column(housing, column.getKey());
      assertThat(Histogram.of("", "", "", values, 50).counts())
          .as(column.getKey())
          .containsExactly(ints(column.getValue().get("counts")));
    }
    double[] population = Matrix.column(Housing.split(housing).train(housing), "population");
    assertThat(Histogram.of("", "", "", population, 50).counts())
        .containsExactly(ints(reference.get("hist50_train_population")));
    double[] logarithm = Arrays.stream(population).map(Math::log).toArray();
    assertThat(Histogram.of("", "", "", logarithm, 50).counts())
        .containsExactly(ints(reference.get("hist50_train_log_population")));
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  @Test
  void aSheetHasEveryNumericColumn() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("a", 1, 2),
            StringColumn.create("b", "x", "y"),
            DoubleColumn.create("c", 1, 2));
    Figure sheet = Histogram.sheet("all", table, 5, 3);
    assertThat(sheet.width()).isEqualTo(640);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Histogram.of("h", "", "", new double[] {Double.NaN}, 5))
        .hasMessage("histogram 'h' has no finite value");
    assertThatThrownBy(() -> Histogram.of("h", "", "", new double[] {1}, 0))
        .hasMessageContaining("bins=0");
    assertThatThrownBy(() -> PointCloud.of("p", "", "", new double[] {1}, new double[2]))
        .hasMessageContaining("equally long");
    assertThatThrownBy(
            () -> PointCloud.of("p", "", "", new double[] {1}, new double[] {1}).withOpacity(0))
        .hasMessage("opacity=0.0: must be above 0 and at most 1");
  }
}
