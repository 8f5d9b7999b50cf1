package fieldnotes.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LiveTableTest {
  private static JsonNode data(Table table) {
    String html = LiveTable.of(table, Tables.still(table), "t1").html();
    String call = "(\"t1\",";
    int from = html.lastIndexOf(call) + call.length();
    return JsonMapper.builder().build().readTree(html.substring(from, html.lastIndexOf(");")));
  }

  private static int[] order(JsonNode column) {
    return IntStream.range(0, column.get("order").size())
        .map(i -> column.get("order").get(i).intValue())
        .toArray();
  }

  @Test
  @DisplayName("rows are ordered by value, texts without regard to capitals, missing cells last")
  void order() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("x", 10.5, Double.NaN, -3, 9),
            StringColumn.create("name", "b", "C", "", "a"));
    JsonNode data = data(table);
    JsonNode x = data.get("columns").get(0);
    assertThat(order(x)).containsExactly(2, 3, 0, 1);
    assertThat(x.get("present").intValue()).isEqualTo(3);
    assertThat(order(data.get("columns").get(1))).containsExactly(3, 0, 1, 2);
    assertThat(data.get("rows").get(0).get(0).stringValue()).isEqualTo("10.5");
    assertThat(data.get("rows").get(2).get(0).stringValue())
        .as("a space as wide as a point and one as wide as a digit")
        .isEqualTo("-3\u2008\u2007");
    assertThat(data.get("rows").get(1).get(0).isNull()).isTrue();
    assertThat(data.get("rows").get(2).get(1).isNull()).isTrue();
    assertThat(data.get("summary").stringValue())
        .isEqualTo("t: 4 rows × 2 columns, 2 values missing");
  }

  @Test
  @DisplayName("no text of a cell can end the script or be read as HTML")
  void hostile() {
    Table table =
        Table.create("<b>", StringColumn.create("</script>", "<img src=x onerror=a>", "\u2028\"'"));
    String html = LiveTable.of(table, Tables.still(table), "t1").html();
    assertThat(html.split("</script>", -1)).hasSize(2);
    assertThat(html).doesNotContain("<img", "<b>");
    assertThat(data(table).get("rows").get(0).get(0).stringValue())
        .isEqualTo("<img src=x onerror=a>");
  }

  @Test
  @DisplayName("of a long table the first 1,000 rows are held, and it says so; fewer if it is wide")
  void bounded() {
    Table table = Table.create("t", IntColumn.create("i", IntStream.range(0, 5_000).toArray()));
    JsonNode data = data(table);
    assertThat(data.get("rows")).hasSize(1_000);
    assertThat(data.get("summary").stringValue())
        .isEqualTo("t: 5,000 rows × 1 column; here are the first 1,000 rows");
    Table wide = Table.create("w");
    for (int c = 0; c < 250; c++) {
      wide.addColumns(IntColumn.create("c" + c, new int[300]));
    }
    assertThat(data(wide).get("columns")).hasSize(200);
    assertThat(data(wide).get("rows")).hasSize(100);
    assertThat(data(wide).get("summary").stringValue()).contains("50 more columns not shown");
  }

  @Test
  @DisplayName("only long and wide tables are live, and only where somebody watches")
  void when() {
    Table ten = Table.create("t", IntColumn.create("i", new int[10]));
    Table eleven = Table.create("t", IntColumn.create("i", new int[11]));
    String before = System.getProperty("fieldnotes.notebook");
    try {
      System.clearProperty("fieldnotes.notebook");
      assertThat(Tables.of(ten).html()).doesNotContain("<script>");
      assertThat(Tables.of(eleven).html()).contains("<script>");
      assertThat(Tables.of(eleven).text()).isEqualTo(Tables.still(eleven).text());
      System.setProperty("fieldnotes.notebook", "x");
      assertThat(Tables.of(eleven)).isEqualTo(Tables.still(eleven));
    } finally {
      if (before == null) {
        System.clearProperty("fieldnotes.notebook");
      } else {
        System.setProperty("fieldnotes.notebook", before);
      }
    }
  }

  @Test
  @DisplayName("a text that is cut is whole under the pointer")
  void cut() {
    String text = "word ".repeat(40).strip();
    assertThat(Tables.still(Table.create("t", StringColumn.create("s", text))).html())
        .contains("title=\"" + text + "\"", text.substring(0, 79) + "…</td>");
  }
}
