package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RaterAgreementTest {
  private static LabelSet set(String classes) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < classes.length(); i++) {
      if (classes.charAt(i) != '.') {
        labels.add(
            Label.byEar(
                Segment.of("%02d.wav".formatted(i)),
                classes.substring(i, i + 1),
                "",
                Instant.EPOCH));
      }
    }
    return LabelSet.of(labels);
  }

  @Test
  @DisplayName("20 both yes, 15 both no, 5 and 10 mixed: 70 %, kappa 0.4")
  void handWorked() {
    LabelSet one = set("y".repeat(20) + "y".repeat(5) + "n".repeat(10) + "n".repeat(15));
    LabelSet other = set("y".repeat(20) + "n".repeat(5) + "y".repeat(10) + "n".repeat(15));
    RaterAgreement agreement = RaterAgreement.of(one, other);
    assertThat(agreement.percent()).isEqualTo(70);
    // by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5
    assertThat(agreement.kappa()).isEqualTo(0.4, within(1e-12));
    assertThat(agreement.confusion().classes()).containsExactly("n", "y");
    assertThat(agreement.confusion().counts()).isDeepEqualTo(new double[][] {{15, 10}, {5, 20}});
    assertThat(agreement.differing()).hasSize(15).startsWith(Segment.of("20.wav"));
    assertThat(agreement.toTable().columnNames()).containsExactly("first set", "n", "y");
    assertThat(agreement.toTable().name()).isEqualTo("first × second");
    assertThat(agreement).hasToString("50 clips in both, 70.0 % agree, kappa 0.400");
  }

  @Test
  @DisplayName("only clips that both have count; classes of one set only are listed")
  void parts() {
    RaterAgreement agreement = RaterAgreement.of(set("mm.db"), set(".msdd"));
    assertThat(agreement.clips())
        .extracting(Segment::file)
        .containsExactly("01.wav", "03.wav", "04.wav");
    assertThat(agreement.onlyFirst()).containsExactly("b");
    assertThat(agreement.onlySecond()).containsExactly("s");
    assertThat(agreement)
        .hasToString(
            "3 clips in both, 66.7 % agree, kappa 0.500; only in the first: b; only in the second:"
                + " s");
  }

  @Test
  @DisplayName("without clips or with one class there is no kappa")
  void none() {
    RaterAgreement none = RaterAgreement.of(set("m."), set(".m"));
    assertThat(none.percent()).isNaN();
    assertThat(none.kappa()).isNaN();
    assertThat(none).hasToString("no clip in common; are the files named from the same folder?");
    assertThatThrownBy(none::confusion)
        .hasMessage("the sets share no clip: compare sets of the same clips");
    RaterAgreement same = RaterAgreement.of(set("mmm"), set("mmm"));
    assertThat(same.percent()).isEqualTo(100);
    assertThat(same.kappa()).isNaN();
    assertThat(same.toString()).contains("100.0 % agree, no kappa, as there is one class only");
    assertThat(RaterAgreement.fleissKappa(List.of(set("mmm"), set("mmm")))).isNaN();
    assertThat(RaterAgreement.fleissKappa(List.of(set("m."), set(".m")))).isNaN();
    assertThatThrownBy(() -> RaterAgreement.fleissKappa(List.of(set("m"))))
        .hasMessage("the number of sets=1: must be at least 2");
  }

  /**
   * The much-printed table of 14 raters, 10 subjects and 5 categories: κ 0.210, of 0.378 observed
   * and 0.213 by chance.
   */
  @Test
  @DisplayName("Fleiss' kappa of the published table of 14 raters")
  void fleissPublished() {
    int[][] table = {
      {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
      {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
    };
    Random random = new Random(3);
    StringBuilder[] raters = new StringBuilder[14];
    for (int r = 0; r < 14; r++) {
      raters[r] = new StringBuilder();
    }
    for (int[] subject : table) {
      List<String> given = new ArrayList<>();
      for (int c = 0; c < 5; c++) {
        given.addAll(Collections.nCopies(subject[c], String.valueOf((char) ('a' + c))));
      }
      Collections.shuffle(given, random); // who said what does not matter
      for (int r = 0; r < 14; r++) {
        raters[r].append(given.get(r));
      }
    }
    List<LabelSet> sets = IntStream.range(0, 14).mapToObj(r -> set(raters[r].toString())).toList();
    // (3440/9100 − 0.2127551) / (1 − 0.2127551), by rational numbers
    assertThat(RaterAgreement.fleissKappa(sets)).isEqualTo(0.20993070442195522, within(1e-12));
    assertThat(RaterAgreement.fleissKappa(sets.reversed()))
        .isEqualTo(RaterAgreement.fleissKappa(sets), within(1e-15));
  }

  @Test
  @DisplayName("all agree: 1; two raters of equal shares: the same as Cohen's")
  void properties() {
    assertThat(RaterAgreement.fleissKappa(List.of(set("mdbm"), set("mdbm"), set("mdbm"))))
        .isEqualTo(1, within(1e-15));
    LabelSet one = set("mmmddd");
    LabelSet other = set("mmdmdd");
    assertThat(RaterAgreement.fleissKappa(List.of(one, other)))
        .isEqualTo(RaterAgreement.of(one, other).kappa(), within(1e-12));
    assertThat(RaterAgreement.of(one, other).kappa())
        .isEqualTo(RaterAgreement.of(other, one).kappa());
  }
}
