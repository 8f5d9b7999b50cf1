package fieldnotes.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> texts(Axis axis, int most) {
    return axis.ticks(most).stream().map(Axis.Tick::text).toList();
  }

  @Test
  @DisplayName("marks stand at 1, 2 or 5 times a power of ten, with the digits that takes")
  void handWorked() {
    assertThat(texts(Axis.linear("s", 0, 10), 6)).containsExactly("0", "2", "4", "6", "8", "10");
    assertThat(texts(Axis.linear("s", 0.1, 0.35), 6))
        .containsExactly("0.10", "0.15", "0.20", "0.25", "0.30", "0.35");
    assertThat(texts(Axis.linear("", -1, 1), 3)).containsExactly("−1", "0", "1");
    assertThat(texts(Axis.linear("", 0, 20_000), 3)).containsExactly("0", "10,000", "20,000");
    assertThat(texts(Axis.log("Hz", 50, 8_000), 10))
        .containsExactly("50", "100", "200", "500", "1,000", "2,000", "5,000");
    assertThat(texts(Axis.names("", List.of("a", "b", "c", "d")), 2)).containsExactly("a", "c");
    assertThat(texts(Axis.linear("", 0, 3e7), 3)).containsExactly("0", "2e7");
    // of 0, 0.2, 0.4 the first and the last; 0 alone would show no scale
    assertThat(texts(Axis.linear("share", 0, 0.41), 2)).containsExactly("0", "0.4");
    assertThat(texts(Axis.linear("share", 0, 0.24), 2)).containsExactly("0", "0.2");
  }

  @Property(tries = 200)
  void marksAreFewAndInside(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double from,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double length) {
    List<Axis.Tick> ticks = Axis.linear("", from, from + length).ticks(8);
    assertThat(ticks).hasSizeBetween(2, 8);
    assertThat(Axis.linear("", from, from + length).ticks(2)).hasSize(2);
    assertThat(ticks)
        .allMatch(
            t -> t.value() >= from - length * 1e-6 && t.value() <= from + length * (1 + 1e-6));
  }

  @Property(tries = 200)
  void thereAndBackAgain(
      @ForAll Axis.Spacing spacing, @ForAll @DoubleRange(min = 21, max = 19_999) double hz) {
    Axis axis = new Axis("Hz", 20, 20_000, spacing, List.of());
    assertThat(axis.valueAt(axis.share(hz))).isCloseTo(hz, within(1e-6 * hz));
    assertThat(axis.share(hz)).isBetween(0.0, 1.0);
  }

  @Test
  @DisplayName("1000 Hz is 1000 mel, and the marks of a mel axis keep their distance")
  void mel() {
    Axis axis = new Axis("Hz", 0, 11_025, Axis.Spacing.MEL, List.of());
    assertThat(axis.share(1_000) / axis.share(11_025))
        .isCloseTo(1_000 / (2595 * Math.log10(1 + 11_025 / 700.0)), within(1e-4));
    List<Axis.Tick> ticks = axis.ticks(8);
    for (int i = 1; i < ticks.size(); i++) {
      assertThat(axis.share(ticks.get(i).value()) - axis.share(ticks.get(i - 1).value()))
          .isGreaterThanOrEqualTo(1 / 8.0);
    }
  }

  @Test
  void aLogarithmicAxisFromZeroIsRefused() {
    assertThatThrownBy(() -> Axis.log("Hz", 0, 100))
        .hasMessage("axis 'Hz' goes from 0.0 to 100.0: a logarithmic axis needs values above 0");
  }
}
