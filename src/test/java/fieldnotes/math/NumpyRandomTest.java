package fieldnotes.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.SplitTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The numbers beside each call were printed by NumPy 2.4.6's RandomState. */
class NumpyRandomTest {
  @Test
  void words() {
    NumpyRandom random = NumpyRandom.of(42);
    for (long expected : new long[] {1608637542L, 3421126067L, 4083286876L}) {
      assertThat(Integer.toUnsignedLong(random.nextWord())).isEqualTo(expected);
    }
    assertThat(random.wordsTaken()).isEqualTo(3);
  }

  @Test
  @DisplayName("the thousandth word lies behind a refill")
  void refill() {
    NumpyRandom random = NumpyRandom.of(42);
    for (int i = 0; i < 999; i++) {
      random.nextWord();
    }
    assertThat(random.nextWord() & 0xffffffffL).isEqualTo(1946654618L);
  }

  @Test
  void uniform() {
    NumpyRandom random = NumpyRandom.of(42);
    assertThat(random.uniform()).isEqualTo(0.3745401188473625);
    assertThat(random.uniform()).isEqualTo(0.9507143064099162);
    assertThat(random.uniform(-1, 3)).isEqualTo(1.9279757672456204);
  }

  @Test
  void permutation() {
    assertThat(NumpyRandom.of(42).permutation(10)).containsExactly(8, 1, 5, 0, 7, 2, 9, 4, 3, 6);
    assertThat(SplitTest.hash(NumpyRandom.of(42).permutation(20640)))
        .isEqualTo("f567c362fb69df88ab9de55b73865021669214f3b9364028bfe39a0c88c487ee");
  }

  @Test
  @DisplayName("normal numbers, to the last place but one: the logarithm may differ there")
  void normal() {
    NumpyRandom random = NumpyRandom.of(42);
    for (double expected :
        new double[] {
          0.4967141530112327,
          -0.13826430117118466,
          0.6476885381006925,
          1.5230298564080254,
          -0.23415337472333597
        }) {
      assertThat(random.normal()).isCloseTo(expected, within(1e-15));
    }
    assertThat(NumpyRandom.of(7).normal(10, 2)).isCloseTo(13.381051407600712, within(1e-14));
  }

  @Test
  void exponential() {
    NumpyRandom random = NumpyRandom.of(42);
    for (double expected :
        new double[] {
          0.4692680899768591, 3.010121430917521, 1.3167456935454493, 0.9129425537759532
        }) {
      assertThat(random.exponential()).isCloseTo(expected, within(1e-15));
    }
  }

  @Test
  void integers() {
    NumpyRandom random = NumpyRandom.of(42);
    for (int expected : new int[] {41, 31, 17, 45, 10, 23}) {
      assertThat(random.integer(3, 50)).isEqualTo(expected);
    }
    for (long expected : new long[] {440001501305L, 902372521174L, 319800038858L, 375095422324L}) {
      assertThat(random.integer(0, 1L << 40)).isEqualTo(expected);
    }
    assertThat(NumpyRandom.of(1).upTo(0)).isZero();
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> NumpyRandom.of(1L << 32)).hasMessageContaining("seed=4294967296");
    assertThatThrownBy(() -> NumpyRandom.of(1).upTo(-1)).hasMessageContaining("max=-1");
    assertThatThrownBy(() -> NumpyRandom.of(1).integer(3, 3)).hasMessageContaining("from=3, to=3");
  }
}
