package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundariesTest {
  private static final int RATE = 22_050;

  private static float[] noise(double seconds, double level) {
    Random random = new Random(3);
    float[] x = new float[(int) (seconds * RATE)];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (level * random.nextGaussian());
    }
    return x;
  }

  private static void tone(float[] x, double hz, double from, double to, double level) {
    for (int i = (int) (from * RATE); i < (int) (to * RATE); i++) {
      x[i] += (float) (level * Math.sqrt(2) * Math.sin(2 * Math.PI * hz * i / RATE));
    }
  }

  private static Boundaries of(float[] x) {
    Boundaries boundaries = new Boundaries(RATE, 20);
    boundaries.push(x, 0, x.length);
    return boundaries;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 10, 20})
  @DisplayName(
      "a tone over noise begins and ends within 30 ms of where it does, at 0, 10 and 20 dB")
  void toneOverNoise(double snr) {
    float[] x = noise(12, 0.01);
    tone(x, 1000, 6.37, 7.81, 0.01 * Math.pow(10, snr / 20));
    Boundaries boundaries = of(x);
    Boundaries.Floor floor = boundaries.floor();
    assertThat(boundaries.onset(floor, 6.6, 1, 0.5)).isCloseTo(6.37, within(0.03));
    assertThat(boundaries.offset(floor, 7.5, 0.9, 0.5)).isCloseTo(7.81, within(0.03));
  }

  @Test
  void aShortGapBelongsToTheSound() {
    float[] x = noise(12, 0.001);
    tone(x, 1000, 6, 6.4, 0.1);
    tone(x, 1000, 6.55, 7, 0.1);
    Boundaries boundaries = of(x);
    assertThat(boundaries.onset(boundaries.floor(), 6.7, 1, 0.3)).isCloseTo(6, within(0.03));
  }

  @Test
  void withoutASoundTheRoughTimeStays() {
    Boundaries boundaries = of(noise(12, 0.01));
    assertThat(boundaries.onset(boundaries.floor(), 6.6, 1, 0.5)).isEqualTo(6.6);
    assertThat(boundaries.offset(boundaries.floor(), 6.6, 1, 0.5)).isEqualTo(6.6);
    Boundaries none = new Boundaries(RATE, 20);
    assertThat(none.onset(none.floor(), 0.5, 1, 0.5)).isEqualTo(0.5);
    assertThat(none.change(0, 1)).isEqualTo(0.5);
  }

  @Test
  @DisplayName("from one tone to another of the same level, the change is found within 20 ms")
  void oneSoundAfterAnother() {
    float[] x = noise(12, 0.01);
    tone(x, 500, 0, 6.23, 0.1);
    tone(x, 2000, 6.23, 12, 0.1);
    assertThat(of(x).change(5.5, 7)).isCloseTo(6.23, within(0.02));
  }

  @Test
  void levelsDoNotDependOnTheBlocks() {
    float[] x = noise(8, 0.01);
    tone(x, 700, 3, 4, 0.05);
    Boundaries pieces = new Boundaries(RATE, 5);
    Random random = new Random(9);
    for (int at = 0; at < x.length; ) {
      int n = Math.min(x.length - at, random.nextInt(3000));
      pieces.push(x, at, at + n);
      at += n;
    }
    Boundaries whole = new Boundaries(RATE, 5);
    whole.push(x, 0, x.length);
    assertThat(pieces.floor().meanDb()).isEqualTo(whole.floor().meanDb());
    assertThat(pieces.change(3.2, 5)).isEqualTo(whole.change(3.2, 5));
  }
}
