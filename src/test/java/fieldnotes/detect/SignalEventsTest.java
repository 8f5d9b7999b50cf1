package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.classify.Knownness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignalEventsTest {
  static Stream<Knownness> measures() {
    return Stream.of(
        Knownness.entropy(), Knownness.mahalanobis(), Knownness.nearest(5), Knownness.isolation(1));
  }

  private static List<SoundEvent> events(SoundModel model) {
    return Detector.events(model, HeardTones.stream(), ListenOptions.of());
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("measures")
  @DisplayName("a confidence is a probability, whatever the model rejects by")
  void confidence(Knownness by) {
    List<SoundEvent> usual = events(HeardTones.wholeModel());
    assertThat(usual).extracting(SoundEvent::label).containsExactly("low", "high");
    SoundModel model = HeardTones.wholeModel(by, -1e9);
    assertThat(events(model)).isEqualTo(usual);
    List<SoundEvent> unknown = events(model.withThreshold(1e9));
    assertThat(unknown).extracting(SoundEvent::label).containsExactly("Unknown", "Unknown");
    for (int i = 0; i < 2; i++) {
      assertThat(unknown.get(i).confidence()).isEqualTo(1 - usual.get(i).confidence());
    }
  }
}
