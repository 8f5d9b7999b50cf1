package fieldnotes.draw;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import fieldnotes.table.Matrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveGridTest {
  private static final double[][] NUMBERS = {{0, 1}, {2, 3}};

  private static HeatMap map(String title, double factor) {
    double[][] values = {{0, factor}, {2 * factor, 3 * factor}};
    return HeatMap.of(title, Matrix.of(values).toTable("values"));
  }

  private static JsonObject form(Figure grid) {
    return JsonParser.parseString(grid.interactive().orElseThrow().json()).getAsJsonObject();
  }

  private static List<JsonObject> colours(JsonObject form) {
    return form.getAsJsonArray("concat").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(chart -> chart.getAsJsonArray("layer").get(0).getAsJsonObject())
        .map(layer -> layer.getAsJsonObject("encoding").getAsJsonObject("color"))
        .toList();
  }

  @Test
  @DisplayName("charts of different ranges keep their colours: each has its scale and its legend")
  void ownColours() {
    JsonObject form = form(Sheet.of("", 1, 800, 300, List.of(map("small", 1), map("large", 100))));
    assertThat(form.getAsJsonObject("resolve").getAsJsonObject("scale").get("color").getAsString())
        .isEqualTo("independent");
    assertThat(colours(form))
        .extracting(
            colour -> colour.getAsJsonObject("scale").getAsJsonArray("domain").get(1).getAsDouble())
        .containsExactly(3.0, 300.0);
  }

  @Test
  @DisplayName("charts whose colours mean the same have one legend")
  void oneLegend() {
    assertThat(form(Sheet.of("", 2, 400, 300, List.of(map("a", 1), map("b", 1)))).has("resolve"))
        .isFalse();
  }

  @Test
  @DisplayName("legends stand below, and the charts with their axes fit into a cell")
  void fits() {
    String longName = "a column with a name of forty characters";
    HeatMap named =
        HeatMap.of("named", Matrix.of(List.of(longName, "b"), NUMBERS).toTable("values"));
    for (int columns = 1; columns <= 3; columns++) {
      JsonObject form = form(Sheet.of("", columns, 500, 300, List.of(named, named, named)));
      assertThat(colours(form))
          .allSatisfy(
              colour ->
                  assertThat(colour.getAsJsonObject("legend").get("orient").getAsString())
                      .isEqualTo("bottom"));
      int width = form.getAsJsonArray("concat").get(0).getAsJsonObject().get("width").getAsInt();
      assertThat(columns * width).isBetween(columns * 120, 740);
    }
  }

  @Test
  @DisplayName("names at the bottom that would touch stand upright")
  void upright() {
    assertThat(LiveAxes.upright(List.of("music", "speech"))).isEmpty();
    List<String> many = IntStream.range(0, 38).mapToObj(i -> "feature " + i).toList();
    assertThat(LiveAxes.upright(many)).containsEntry("labelAngle", -90);
  }
}
