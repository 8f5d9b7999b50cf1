package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  @BeforeEach
  void fill() {
    history.add(1, "int a = 1;", null);
    history.add(2, "a + 1", "2");
    history.add(3, "a * 2", "2");
    history.add(4, "a + 1", "2");
  }

  private List<List<Object>> ask(String json) {
    return history.answer(
        new Fields(
            "history_request", JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject()));
  }

  private List<Object> lines(String json) {
    return ask(json).stream().map(row -> row.get(1)).toList();
  }

  @Test
  @DisplayName("rows are session, line and input, or the pair of input and output")
  void rows() {
    assertThat(ask("{'hist_access_type': 'tail', 'n': 1}")).containsExactly(List.of(1, 4, "a + 1"));
    assertThat(ask("{'hist_access_type': 'range', 'stop': 3, 'output': true}"))
        .containsExactly(
            List.of(1, 1, Arrays.asList("int a = 1;", null)), List.of(1, 2, List.of("a + 1", "2")));
  }

  @Test
  void tailAndRange() {
    assertThat(lines("{'hist_access_type': 'tail', 'n': 2}")).containsExactly(3, 4);
    assertThat(lines("{'hist_access_type': 'tail', 'n': 0}")).isEmpty();
    assertThat(lines("{'hist_access_type': 'tail', 'n': 99}")).hasSize(4);
    assertThat(lines("{'hist_access_type': 'range', 'session': 0, 'start': 2, 'stop': 4}"))
        .containsExactly(2, 3);
    assertThat(lines("{'hist_access_type': 'range', 'session': 1, 'start': 4, 'stop': null}"))
        .containsExactly(4);
    assertThat(lines("{'hist_access_type': 'range', 'session': -1, 'start': 1}")).isEmpty();
  }

  @Test
  void search() {
    assertThat(lines("{'hist_access_type': 'search', 'pattern': 'a*'}")).containsExactly(2, 3, 4);
    assertThat(lines("{'hist_access_type': 'search', 'pattern': 'a ? 1'}")).containsExactly(2, 4);
    assertThat(lines("{'hist_access_type': 'search', 'pattern': 'a [*] *'}")).containsExactly(3);
    assertThat(lines("{'hist_access_type': 'search', 'pattern': 'a*', 'unique': true}"))
        .containsExactly(3, 4);
    assertThat(lines("{'hist_access_type': 'search', 'pattern': 'a*', 'n': 1}")).containsExactly(4);
    assertThat(lines("{'hist_access_type': 'search'}")).hasSize(4);
  }

  @Test
  void badRequests() {
    assertThatThrownBy(() -> ask("{'hist_access_type': 'all'}"))
        .hasMessageContaining("hist_access_type=all must be tail, range or search");
    assertThatThrownBy(() -> ask("{'hist_access_type': 'tail', 'n': 'x'}"))
        .hasMessage("history_request: n must be a whole number");
    assertThatThrownBy(() -> ask("{}")).hasMessageContaining("hist_access_type must be a text");
  }

  @Test
  @DisplayName("long histories lose their oldest cells")
  void isBounded() {
    for (int i = 5; i < 60; i++) {
      history.add(i, "x".repeat(100_000), null);
    }
    List<Object> kept = lines("{'hist_access_type': 'tail', 'n': 1000}");
    assertThat(kept).hasSize(39).endsWith(59);
  }
}
