package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain: its text, its seeds, its copies. */
class AugmentationTest {
  private static final Clip CLIP = Clip.of("ramp", new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 1000);

  @Test
  @DisplayName("a gain of 20 dB on a tenth of full scale gives full scale")
  void handWorked() {
    Clip clip = Clip.of("x", new float[] {0.1f, -0.05f}, 1000);
    assertThat(Gain.of(20, 20).apply(clip, 1).samples()).containsExactly(1f, -0.5f);
  }

  @Test
  @DisplayName("the order of a chain is that of its steps, and each step has its own numbers")
  void stepsAreIndependent() {
    Augmentation one = Augmentation.of(Gain.of(-6, 6));
    Augmentation two = one.then(TimeShift.of(1)).withProbability(0);
    assertThat(two.apply(CLIP, 5).samples()).isEqualTo(one.apply(CLIP, 5).samples());
  }

  @Test
  @DisplayName("a step with p=0.25 is done for a quarter of the seeds")
  void probability() {
    Augmentation chain = Augmentation.of(Gain.of(-20, -20)).withProbability(0.25);
    int done = 0;
    for (int seed = 0; seed < 4000; seed++) {
      done += chain.apply(CLIP, seed).samples()[0] < 0.05 ? 1 : 0;
    }
    assertThat(done).isBetween(900, 1100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "gain db=-6..6",
        "shift seconds=0.25",
        "shift seconds=0.25 around=yes p=0.5",
        "noise snr=10..20 colour=pink; gain db=3 p=0.1",
      })
  @DisplayName("a chain prints what parse reads")
  void prints(String text) {
    Augmentation chain = Augmentation.parse(text);
    assertThat(chain).hasToString(text);
    assertThat(Augmentation.parse(chain.toString())).isEqualTo(chain);
  }

  @Test
  @DisplayName(
      "a value without a key is that of the first key; spaces and a last semicolon are free")
  void shortForms() {
    assertThat(Augmentation.parse("  gain   -3..3 ;shift 0.1;"))
        .isEqualTo(Augmentation.of(Gain.of(-3, 3)).then(TimeShift.of(0.1)));
    assertThat(Augmentation.parse("gain; noise"))
        .isEqualTo(Augmentation.of(Gain.of(-6, 6)).then(Noise.white(10, 30)));
  }

  @Test
  @DisplayName("a copy does not depend on the other clips, the copies on each other differ")
  void copies() {
    Augmentation chain = Augmentation.of(Gain.of(-6, 0));
    Clip other = CLIP.withName("other");
    List<Augmented> all = chain.copies(List.of(other, CLIP), 3, 9);
    List<Clip> alone = chain.copies(CLIP, 3, 9);
    assertThat(all).extracting(Augmented::source).containsExactly(0, 0, 0, 1, 1, 1);
    for (int i = 0; i < 3; i++) {
      assertThat(alone.get(i).samples()).isEqualTo(all.get(3 + i).clip().samples());
    }
    assertThat(all.stream().map(a -> a.clip().samples()[0]).distinct()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nose snr=10 | no step is called 'nose'; there are shift seconds= around=, gain db=
          gain db=loud | augmentation step 'gain db=loud': db=loud must be a number or a range such as 10..20
          gain db=6..-6 | augmentation step 'gain db=6..-6': gain in dB=6..-6: must be a range within -120 and 120
          gain volume=3 | cannot read 'volume=3'; it has the values db=, p=
          gain p=2 | augmentation step 'gain p=2': p=2.0: must lie within 0.0 and 1.0
          gain db=1 db=2 | has db= twice
          noise colour=blue | colour=blue must be one of white, pink
          gain;; noise | a step is empty
          shift 0 | mostSeconds=0.0: must be a finite number above 0
          shift NaN | mostSeconds=NaN
          gain "db=3 | a quote is not closed
          """)
  @DisplayName("a step that cannot be read is shown with what is allowed")
  void badText(String text, String message) {
    assertThatThrownBy(() -> Augmentation.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void badUse() {
    assertThatThrownBy(() -> Augmentation.parse(" "))
        .hasMessageStartingWith("augmentation ' ': a step is empty; give steps separated by ';'");
    assertThatThrownBy(() -> Augmentation.none().withProbability(0.5))
        .hasMessageContaining("add a step by then()");
    assertThatThrownBy(() -> Augmentation.none().copies(CLIP, -1, 0)).hasMessageContaining("n=-1");
  }
}
