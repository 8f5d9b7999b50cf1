package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots of 1 s, without a signal: events begin and end with slots. */
class EventMakerTest {
  private static final List<String> CLASSES = List.of("background", "cat", "dog");
  private static final ListenOptions OPTIONS =
      ListenOptions.of().withThresholds(0.6, 0.4).withJoin(1).withLeast(0.5).withRefined(false);

  private final List<SoundEvent> events = new ArrayList<>();

  /** One letter per slot: b, c, d and u are sure, C and D half sure, others nothing. */
  private EventMaker hear(ListenOptions options, double window, String letters) {
    EventMaker maker = new EventMaker(CLASSES, "Unknown", options, window, null, events::add);
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      double[] scores = new double[4];
      int code = "bcdu".indexOf(Character.toLowerCase(letter));
      if (code >= 0) {
        scores[code] = Character.isUpperCase(letter) ? 0.5 : 0.75;
      }
      maker.slot(i, i + 1, scores);
    }
    return maker;
  }

  private void heard(ListenOptions options, double window, String letters) {
    events.clear();
    hear(options, window, letters).finish(letters.length());
  }

  private static SoundEvent event(double from, double to, String label, double confidence) {
    return new SoundEvent(from, to, label, confidence);
  }

  @Test
  void anEventBeginsAtOnAndEndsBelowOff() {
    heard(OPTIONS, 1, "..DDddDD..");
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().startSeconds()).isEqualTo(4);
    assertThat(events.getFirst().endSeconds()).isEqualTo(8);
    assertThat(events.getFirst().confidence()).isEqualTo((0.75 + 0.75 + 0.5 + 0.5) / 4);
    heard(OPTIONS, 1, "..DDDD..");
    assertThat(events).isEmpty();
  }

  @Test
  void aGapIsJoinedUpToTheOption() {
    heard(OPTIONS, 1, "dd.dd..dd");
    assertThat(events).containsExactly(event(0, 5, "dog", 0.75), event(7, 9, "dog", 0.75));
    heard(OPTIONS.withJoin(2), 1, "dd.dd..dd");
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().endSeconds()).isEqualTo(9);
  }

  @Test
  void shortEventsAreDroppedAfterJoining() {
    heard(OPTIONS.withLeast(1.5), 1, "d..d.d..");
    assertThat(events).containsExactly(event(3, 6, "dog", 0.75));
  }

  @Test
  void theBackgroundMakesNoEvent() {
    heard(OPTIONS, 1, "bbccbb");
    assertThat(events).containsExactly(event(2, 4, "cat", 0.75));
    heard(OPTIONS.withBackground("CAT"), 1, "bbccbb");
    assertThat(events).extracting(SoundEvent::label).containsExactly("background", "background");
  }

  @Test
  void oneClassFollowsAnother() {
    heard(OPTIONS, 1, "ccddd");
    assertThat(events).containsExactly(event(0, 2, "cat", 0.75), event(2, 5, "dog", 0.75));
  }

  @Test
  void theUnknownIsAnEventUnlessHiddenOrATransition() {
    heard(OPTIONS, 2, ".uuu.");
    assertThat(events).containsExactly(event(1, 4, "Unknown", 0.75));
    heard(OPTIONS.withUnknown(false), 2, ".uuu.");
    assertThat(events).isEmpty();
    heard(OPTIONS, 2, ".uddu..");
    assertThat(events).containsExactly(event(2, 4, "dog", 0.75));
    heard(OPTIONS, 2, "dduuuudd");
    assertThat(events).extracting(SoundEvent::label).containsExactly("dog", "Unknown", "dog");
  }

  @Test
  void anEventIsGivenWhenNothingCanBeJoinedToIt() {
    EventMaker maker = hear(OPTIONS, 1, "dd");
    assertThat(maker.open(2)).contains(event(0, 2, "dog", 0.75));
    maker.slot(2, 3, new double[4]);
    assertThat(events).isEmpty();
    maker.slot(3, 4, new double[4]);
    maker.slot(4, 5, new double[4]);
    assertThat(events).isEmpty();
    maker.slot(5, 6, new double[4]);
    assertThat(events).hasSize(1);
    assertThat(maker.open(6)).isEmpty();
  }

  @Test
  void smoothingWeighsTheMiddleMost() {
    Smoother smoother = new Smoother(3);
    assertThat(smoother.push(new double[] {0})).isNull();
    assertThat(smoother.push(new double[] {1})).containsExactly(1 / 3.0);
    assertThat(smoother.push(new double[] {0})).containsExactly(0.5);
    assertThat(smoother.push(new double[] {0})).containsExactly(0.25);
    assertThat(smoother.rest()).containsExactly(0);
    assertThat(smoother.rest()).isNull();
    assertThat(new Smoother(1).push(new double[] {0.3})).containsExactly(0.3);
  }
}
