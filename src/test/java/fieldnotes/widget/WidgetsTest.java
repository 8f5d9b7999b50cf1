package fieldnotes.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Widgets on a plain kernel of jjava-jupyter, such as JJava's own. */
class WidgetsTest {
  private static final String VIEW = "application/vnd.jupyter.widget-view+json";

  private FrontEnd page;

  @BeforeEach
  void open() {
    page = new FrontEnd();
  }

  @AfterEach
  void close() {
    System.clearProperty("fieldnotes.notebook");
    page.close();
  }

  private static String text(DisplayData data) {
    return (String) data.getData(MIMEType.TEXT_PLAIN);
  }

  @Test
  @DisplayName("a slider: its model, its view, and the result of the value at the start")
  void slider() {
    DisplayData data = page.show(Widgets.of(Slider.of("k", 2, 12, 4), k -> "k is " + k));
    JsonObject slider = page.models.get(page.id("IntSlider"));
    assertThat(slider.toString())
        .contains("\"min\":2,\"max\":12,\"step\":1", "\"value\":4", "\"description\":\"k\"");
    assertThat(page.models.keySet().stream().map(id -> "IPY_MODEL_" + id))
        .contains(slider.get("layout").getAsString(), slider.get("style").getAsString());
    assertThat(page.outputs()).contains("k is 4");
    assertThat(page.field("VBox", "children").toString())
        .isEqualTo(
            "[\"IPY_MODEL_%s\",\"IPY_MODEL_%s\"]"
                .formatted(page.id("IntSlider"), page.id("Output")));
    assertThat(new com.google.gson.Gson().toJson(data))
        .contains(VIEW, "\"model_id\":\"" + page.id("VBox"));
    assertThat(text(data)).isEqualTo("k is 4\nInteractive in JupyterLab: k from 2 to 12, here 4");
    assertThat((String) data.getData(MIMEType.TEXT_HTML)).contains("<pre>k is 4</pre>");
  }

  @Test
  @DisplayName("a change runs the function with the new value; the same value runs nothing")
  void changes() {
    List<Integer> seen = new ArrayList<>();
    Widgets widgets =
        Widgets.of(
            Slider.of("k", 2, 12, 4),
            k -> {
              seen.add(k);
              System.out.println("printed " + k);
              return "k is " + k;
            });
    page.show(widgets);
    page.set("IntSlider", "value", "7");
    page.set("IntSlider", "value", "7");
    assertThat(seen).containsExactly(4, 7);
    assertThat(page.outputs()).contains("printed 7", "k is 7").doesNotContain("k is 4");
    assertThat(widgets.values()).containsExactly(7);
    assertThat(page.field("IntSlider", "value")).isEqualTo(new JsonPrimitive(7));
    assertThat(page.methods).contains("echo_update");
  }

  enum Kind {
    WARD,
    AVERAGE
  }

  @Test
  @DisplayName("each kind of input gives its value")
  void kinds() {
    page.show(
        Widgets.of(
            Choice.of("linkage", Kind.class).withStart(Kind.AVERAGE),
            Slider.of("cut", 0, 2, 0.5),
            CheckBox.of("log", true),
            (linkage, cut, log) -> linkage + " " + cut + " " + log));
    assertThat(page.outputs()).contains("AVERAGE 0.5 true");
    page.set("Dropdown", "index", "0");
    page.set("FloatSlider", "value", "0.30000000000000004");
    page.set("Checkbox", "value", "false");
    assertThat(page.outputs()).contains("WARD 0.3 false");
    assertThat(page.field("FloatSlider", "readout_format").getAsString()).isEqualTo(".2f");
  }

  @Test
  @DisplayName("texts, selections, rows and buttons give theirs")
  void otherKinds() {
    Table table =
        Table.create(
            "clips", StringColumn.create("name", "low", "high"), IntColumn.create("hz", 220, 880));
    page.show(
        Widgets.of(
            TextBox.of("name", "a"),
            Choices.of("classes", List.of("x", "y", "z")).withStart(List.of("y")),
            RowChoice.of("clip", table),
            (name, classes, row) -> name + classes + row.getInt("hz")));
    assertThat(page.outputs()).contains("a[y]220");
    assertThat(page.field("Select", "_options_labels").toString())
        .isEqualTo("[\"0: low · 220\",\"1: high · 880\"]");
    page.set("Text", "value", "\"b\"");
    page.set("SelectMultiple", "index", "[2,0]");
    page.set("Select", "index", "1");
    assertThat(page.outputs()).contains("b[x, z]880");
    page.show(Widgets.of(Button.of("Another"), seed -> "seed " + seed));
    String click = "{\"method\":\"custom\",\"content\":{\"event\":\"click\"}}";
    page.send(page.id("Button"), click);
    page.send(page.id("Button"), click);
    assertThat(page.models.values().toString()).contains("seed 2");
  }

  @Test
  @DisplayName(
      "an error is shown in its place, and the widgets stay; at the start it is the cell's")
  void errors() {
    page.show(
        Widgets.of(
            Slider.of("k", 1, 9, 1),
            k -> {
              if (k == 5) {
                throw new IOException("k=5: no such file");
              }
              return "fine " + k;
            }));
    page.set("IntSlider", "value", "5");
    assertThat(page.outputs()).contains("\"output_type\":\"error\"", "k=5: no such file");
    page.set("IntSlider", "value", "6");
    assertThat(page.outputs()).contains("fine 6").doesNotContain("error");
    assertThatThrownBy(
            () ->
                Widgets.of(
                    Slider.of("k", 1, 9, 1),
                    k -> {
                      throw new IOException("no file");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"method\":7}",
        "{\"method\":\"update\"}",
        "{\"method\":\"update\",\"state\":[]}",
        "{\"method\":\"update\",\"state\":{}}",
        "{\"method\":\"update\",\"state\":{\"value\":null}}",
        "{\"method\":\"update\",\"state\":{\"value\":\"9\"}}",
        "{\"method\":\"update\",\"state\":{\"value\":{}}}",
        "{\"method\":\"update\",\"state\":{\"value\":[9]}}",
        "{\"method\":\"update\",\"state\":{\"value\":true}}",
        "{\"method\":\"update\",\"state\":{\"index\":3,\"_model_name\":\"X\"}}",
        "{\"method\":\"custom\",\"content\":{\"event\":\"click\"}}",
        "{\"method\":\"custom\",\"content\":7}",
        "{\"method\":\"echo_update\",\"state\":{\"value\":9}}",
        "{\"method\":\"no such method\"}"
      })
  @DisplayName("a message that is not as the protocol says is ignored")
  void hostile(String data) {
    AtomicInteger runs = new AtomicInteger();
    page.show(Widgets.of(Slider.of("k", 2, 12, 4), k -> "run " + runs.incrementAndGet() + k));
    page.send(page.id("IntSlider"), data);
    page.send(page.id("IntSlider"), null);
    page.send("no such comm", data);
    page.send(page.id("VBox"), data);
    page.send(page.id("Output"), data);
    assertThat(runs).hasValue(1);
    page.set("IntSlider", "value", "5");
    assertThat(runs).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e308 12", "-1e308 2", "99999999999999999999 12", "4.4 4", "1e999 12"})
  @DisplayName("a number out of range becomes the nearest one, also on the page")
  void clamped(String sentAndTaken) {
    String[] parts = sentAndTaken.split(" ", 2);
    Widgets widgets = Widgets.of(Slider.of("k", 2, 12, 5), k -> k);
    page.show(widgets);
    page.set("IntSlider", "value", parts[0]);
    assertThat(widgets.values()).containsExactly(Integer.parseInt(parts[1]));
    assertThat(page.field("IntSlider", "value").getAsString()).isEqualTo(parts[1]);
  }

  @Test
  @DisplayName("after a thousand changes nothing has piled up, and the last value is shown")
  void thousand() {
    page.show(Widgets.of(Slider.of("k", 0, 1_000, 0), k -> "value " + k + "."));
    int open = page.models.size();
    IntStream.rangeClosed(1, 1_000)
        .forEach(i -> page.set("IntSlider", "value", Integer.toString(i)));
    assertThat(page.outputs()).contains("value 1000.").hasSizeLessThan(300);
    assertThat(page.models).hasSize(open);
  }

  @Test
  @DisplayName("of the widgets of a thousand cells the oldest are closed")
  void many() {
    for (int i = 0; i < 300; i++) {
      page.show(Widgets.of(CheckBox.of("on", true), on -> on));
    }
    assertThat(page.models.size()).isLessThan(1_000);
  }

  @Test
  @DisplayName("a page that was loaded again asks for the states, of all or of one model")
  void restored() {
    page.show(Widgets.of(Slider.of("k", 2, 12, 4), k -> "k is " + k));
    page.set("IntSlider", "value", "9");
    page.openControl("control");
    page.send("control", "{\"method\":\"request_states\"}");
    assertThat(page.states.keySet()).isEqualTo(page.models.keySet());
    assertThat(page.states.getAsJsonObject(page.id("IntSlider")).toString())
        .contains("\"model_name\":\"IntSliderModel\"", "\"value\":9");
    assertThat(page.states.getAsJsonObject(page.id("Output")).toString()).contains("k is 9");
    String slider = page.id("IntSlider");
    page.models.put(slider, new JsonObject());
    page.send(slider, "{\"method\":\"request_state\"}");
    assertThat(page.field("IntSlider", "value").getAsInt()).isEqualTo(9);
  }

  @Test
  @DisplayName("where nobody watches, the result of the start and a line are shown, without ids")
  void unwatched() {
    System.setProperty("fieldnotes.notebook", "a.ipynb");
    DisplayData line =
        page.show(
            Widgets.of(
                Slider.of("eps", 0.1, 2, 0.5), Choice.of("by", "a", "b"), (e, by) -> e + by));
    assertThat(page.models).isEmpty();
    assertThat(page.kernel.displayed).hasSize(1);
    assertThat(text(page.kernel.displayed.getFirst())).isEqualTo("0.5a");
    assertThat(text(line))
        .isEqualTo("Interactive in JupyterLab: eps from 0.1 to 2, here 0.5; by: one of 2, here a");
    assertThat(new com.google.gson.Gson().toJson(line)).doesNotContain(VIEW);
  }

  @Test
  @DisplayName("the step of a slider of numbers is 1, 2 or 5 times a power of ten")
  void steps() {
    assertThat(step(Slider.of("x", 0, 1, 0.5))).isEqualTo(0.01);
    assertThat(step(Slider.of("x", 0.1, 2.1, 0.5))).isEqualTo(0.02);
    assertThat(step(Slider.of("x", 0, 300, 0.5))).isEqualTo(2);
    assertThat(step(Slider.of("x", 0, 5e-6, 0))).isEqualTo(5e-8);
    assertThat(Slider.of("x", 0.1, 1, 0.5).withStep(0.05).read(new JsonPrimitive(0.37)))
        .isEqualTo(0.35);
  }

  private static double step(Slider<Double> slider) {
    JsonObject state = new JsonObject();
    slider.describe(state);
    return state.get("step").getAsDouble();
  }

  @Test
  @DisplayName("bad input is refused in words")
  void bad() {
    assertThatThrownBy(() -> Slider.of("k", 5, 5, 5))
        .hasMessage("k from 5 to 5: must be finite numbers, the first less than the second");
    assertThatThrownBy(() -> Slider.of("k", 1, 5, 9)).hasMessage("k=9: must be from 1 to 5");
    assertThatThrownBy(() -> Slider.of("x", 0, Double.NaN, 0)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Slider.of("x", 0, 1, 0.5).withStep(0.0))
        .hasMessage("x: step=0: must be at most 1, and at least a millionth of it");
    assertThatThrownBy(() -> Slider.of(" ", 1, 5, 2)).hasMessageContaining("1 to 200 characters");
    assertThatThrownBy(() -> Choice.of("by", List.of())).hasMessageContaining("0 options");
    assertThatThrownBy(() -> Choice.of("by", "a", "b").withStart("c"))
        .hasMessage("by=c: must be one of [a, b]");
    assertThatThrownBy(() -> RowChoice.of("row", Table.create("empty")))
        .hasMessageContaining("0 rows: must be 1 to 1000");
  }
}
