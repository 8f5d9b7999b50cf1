package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.label.Combined.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CombinedTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Segment A = Segment.of("a.wav");

  private static LabelSet set(Label... labels) {
    return LabelSet.of(List.of(labels));
  }

  private static Label ear(Segment clip, String name, String who, int minute) {
    return Label.byEar(clip, name, who, NOON.plusSeconds(60L * minute));
  }

  private static Label model(Segment clip, String name, int minute) {
    return Label.byModel(clip, name, 0.75, "forest", NOON.plusSeconds(60L * minute));
  }

  private static String chosen(Rule rule, LabelSet... sets) {
    Combined combined = Combined.of(List.of(sets), rule);
    assertThat(combined.conflicts()).hasSize(1);
    return combined.conflicts().getFirst().toString();
  }

  @Test
  @DisplayName("each rule on the same three labels: heard early, predicted late, heard later")
  void handWorked() {
    LabelSet[] sets = {
      set(ear(A, "music", "ann", 0)), set(model(A, "dialogue", 9)), set(ear(A, "both", "bob", 5))
    };
    String all = "a.wav: both by ear, music by ear, dialogue by model → ";
    assertThat(chosen(Rule.NEWEST, sets))
        .isEqualTo(all + "dialogue (newest, 2026-03-01T12:09:00Z)");
    assertThat(chosen(Rule.EAR_FIRST, sets)).isEqualTo(all + "both (by ear, newest of these)");
    assertThat(chosen(Rule.MAJORITY, sets))
        .isEqualTo(all + "open (a tie of both and dialogue and music)");
    Combined open = Combined.of(List.of(sets), Rule.MAJORITY);
    assertThat(open.labels().size()).isZero();
    assertThat(open.open()).hasSize(1);
    assertThat(open).hasToString("no labels; 1 conflict, 1 open (rule: majority)");
    assertThat(open.toTable().print())
        .contains("a.wav")
        .contains("both by ear, music by ear, dialogue by model")
        .contains("a tie of both and dialogue and music");
  }

  @Test
  @DisplayName("labels that agree are no conflict: the best known stays")
  void agreeing() {
    Combined combined =
        Combined.of(
            List.of(
                set(model(A, "music", 9), ear(Segment.of("b.wav"), "both", "ann", 1)),
                set(ear(A, "music", "ann", 1)),
                set(ear(A, "music", "bob", 2))),
            Rule.NEWEST);
    assertThat(combined.conflicts()).isEmpty();
    assertThat(combined.labels().of(A)).contains(ear(A, "music", "bob", 2));
    assertThat(combined.labels().size()).isEqualTo(2);
  }

  @Test
  @DisplayName("a majority: copies count once, and of one listener only the newest")
  void majority() {
    assertThat(
            chosen(
                Rule.MAJORITY,
                set(ear(A, "music", "ann", 0)),
                set(ear(A, "both", "bob", 1)),
                set(ear(A, "both", "cy", 2))))
        .endsWith("→ both (2 of 3)");
    assertThat(
            chosen(
                Rule.MAJORITY,
                set(ear(A, "music", "ann", 0)),
                set(ear(A, "music", "ann", 0)),
                set(ear(A, "both", "bob", 1))))
        .endsWith("→ open (a tie of both and music)");
    assertThat(
            chosen(
                Rule.MAJORITY,
                set(ear(A, "music", "ann", 0)),
                set(ear(A, "both", "ann", 5)),
                set(ear(A, "both", "bob", 1))))
        .endsWith("→ both (2 of 2)");
    assertThat(
            chosen(
                Rule.MAJORITY,
                set(ear(A, "music", "", 0)),
                set(ear(A, "music", "", 5)),
                set(ear(A, "both", "bob", 1))))
        .endsWith("→ music (2 of 3)");
  }

  @Test
  @DisplayName("equally new: what was heard first; heard at the same time stays open")
  void ties() {
    assertThat(chosen(Rule.NEWEST, set(ear(A, "music", "ann", 3)), set(model(A, "both", 3))))
        .endsWith("→ music (of equally new ones, by ear)");
    assertThat(chosen(Rule.NEWEST, set(ear(A, "music", "ann", 3)), set(ear(A, "both", "bob", 3))))
        .endsWith("→ open (equally new and equally known)");
    assertThat(
            chosen(Rule.EAR_FIRST, set(ear(A, "music", "ann", 3)), set(ear(A, "both", "bob", 3))))
        .endsWith("→ open (equally new and equally known)");
    assertThat(chosen(Rule.EAR_FIRST, set(model(A, "music", 9)), set(ear(A, "both", "ann", 1))))
        .endsWith("→ both (by ear)");
  }

  @Test
  @DisplayName("times that are the same in milliseconds are the same clip")
  void milliseconds() {
    Combined combined =
        Combined.of(
            List.of(
                set(ear(new Segment("a.wav", 10, 20), "music", "ann", 0)),
                set(ear(new Segment("a.wav", 10.0000001, 20.0004), "both", "bob", 1)),
                set(ear(new Segment("a.wav", 10.001, 20), "other", "bob", 1))),
            Rule.NEWEST);
    assertThat(combined.conflicts()).hasSize(1);
    assertThat(combined.conflicts().getFirst().clip()).isEqualTo(new Segment("a.wav", 10, 20));
    assertThat(combined.labels().counts()).containsOnlyKeys("both", "other");
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  @DisplayName("the order of the sets changes nothing; every clip has a label or is open")
  void anyOrder(Rule rule) {
    Random random = new Random(5);
    List<String> names = List.of("music", "dialogue", "both");
    List<String> people = List.of("", "ann", "bob");
    for (int round = 0; round < 100; round++) {
      List<LabelSet> sets = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          Segment clip =
              i < 6
                  ? Segment.of(i + ".wav")
                  : new Segment("p.wav", i, i + 1 + random.nextInt(3) * 2e-4);
          String name = names.get(random.nextInt(3));
          String who = people.get(random.nextInt(3));
          int minute = random.nextInt(3);
          switch (random.nextInt(4)) {
            case 0 -> labels.add(ear(clip, name, who, minute));
            case 1 -> labels.add(model(clip, name, minute));
            case 2 -> labels.add(Label.byCluster(clip, name, 2, 3, who, NOON));
            default -> {}
          }
        }
        sets.add(LabelSet.of(labels));
      }
      Combined first = Combined.of(sets, rule);
      for (int i = 0; i < 5; i++) {
        Collections.shuffle(sets, random);
        assertThat(Combined.of(sets, rule)).isEqualTo(first);
      }
      List<LabelSet> twice = new ArrayList<>(sets);
      twice.addAll(sets);
      assertThat(Combined.of(twice, rule)).as("a set given twice").isEqualTo(first);
      long clips =
          sets.stream()
              .flatMap(set -> set.labels().stream())
              .map(label -> ClipKey.of(label.clip()))
              .distinct()
              .count();
      assertThat(first.labels().size() + first.open().size()).isEqualTo((int) clips);
      if (rule == Rule.EAR_FIRST) {
        assertThat(first.conflicts())
            .allSatisfy(
                c ->
                    assertThat(c.chosen().map(Label::how).orElse(c.labels().getFirst().how()))
                        .isEqualTo(c.labels().getFirst().how()));
      }
    }
  }

  @Test
  @DisplayName("sets under different schemes: speech is dialogue")
  void schemes() {
    LabelSet old = set(ear(A, "speech", "ann", 0));
    LabelSet now = set(ear(A, "dialogue", "bob", 1));
    assertThat(Combined.of(List.of(old, now), Rule.NEWEST).conflicts()).hasSize(1);
    LabelSet renamed = old.renamed(Map.of("speech", "dialogue"));
    assertThat(Combined.of(List.of(renamed, now), Rule.NEWEST).conflicts()).isEmpty();
    assertThatThrownBy(() -> Combined.of(List.of(), Rule.NEWEST))
        .hasMessage("sets is empty: give at least one set of labels");
  }
}
