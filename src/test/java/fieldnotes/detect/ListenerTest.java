package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.evaluate.Rejected;
import fieldnotes.table.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {
  private static final int RATE = 22_050;

  /** The hiss is the background. */
  private static final ListenOptions OPTIONS = ListenOptions.of().withBackground("hiss");

  private static SoundModel model;
  private static Clip stream;

  @BeforeAll
  static void train() throws IOException {
    model = HeardTones.model();
    stream = HeardTones.stream();
  }

  private static List<SoundEvent> heard(Random blocks, List<WindowScores> windows) {
    List<SoundEvent> events = new ArrayList<>();
    Listener listener = Listener.of(model, OPTIONS, events::add, windows::add);
    float[] x = stream.samples();
    for (int at = 0; at < x.length; ) {
      int n = Math.min(x.length - at, blocks.nextInt(40_000));
      listener.accept(x, at, at + n);
      at += n;
    }
    listener.finish();
    listener.finish();
    return events;
  }

  @Test
  @DisplayName("two tones in hiss are two events, at their times within 50 ms")
  void hearsTwoTones() {
    List<SoundEvent> events = Detector.events(model, stream, OPTIONS);
    assertThat(events).extracting(SoundEvent::label).containsExactly("low", "high");
    assertThat(events.get(0).startSeconds()).isCloseTo(3.4, within(0.05));
    assertThat(events.get(0).endSeconds()).isCloseTo(5.5, within(0.05));
    assertThat(events.get(1).startSeconds()).isCloseTo(9.2, within(0.05));
    assertThat(events.get(1).endSeconds()).isCloseTo(10.7, within(0.05));
    assertThat(events).allSatisfy(e -> assertThat(e.confidence()).isBetween(0.4, 1.0));
  }

  @Test
  @DisplayName("what the model says of a window is what it says of the same samples offline")
  void windowsEqualOffline() {
    List<WindowScores> windows = new ArrayList<>();
    heard(new Random(1), windows);
    assertThat(windows).hasSize(31);
    for (WindowScores one : windows) {
      int from = (int) Math.round(one.startSeconds() * RATE);
      Clip window = stream.sliceSamples(from, from + model.windowSamples());
      double[] row = model.measurer().row(window);
      Rejected offline = model.predict(Matrix.of(model.set().columns(), new double[][] {row}));
      assertThat(one.scores()).isEqualTo(offline.classified().scores()[0]);
      assertThat(one.label()).isEqualTo(offline.label(0));
      assertThat(one.known()).isEqualTo(!offline.isUnknown(0));
    }
  }

  @Test
  void eventsDoNotDependOnTheBlocks(@TempDir Path folder) {
    List<SoundEvent> events = heard(new Random(1), new ArrayList<>());
    assertThat(events).isEqualTo(heard(new Random(2), new ArrayList<>()));
    assertThat(events).isEqualTo(Detector.events(model, stream, OPTIONS));
    Path file = folder.resolve("stream.wav");
    AudioFiles.writeWav(stream, file);
    assertThat(Detector.events(model, file, OPTIONS))
        .isEqualTo(Detector.events(model, AudioFiles.read(file), OPTIONS))
        .hasSize(2);
  }

  @Test
  void aSoundIsOpenWhileItSounds() {
    List<SoundEvent> events = new ArrayList<>();
    Listener listener = Listener.of(model, OPTIONS, events::add);
    listener.accept(stream.samples(), 0, 5 * RATE);
    assertThat(events).isEmpty();
    assertThat(listener.open()).get().extracting(SoundEvent::label).isEqualTo("low");
    assertThat(listener.open().get().startSeconds()).isCloseTo(3.4, within(0.05));
    assertThat(listener.seconds()).isEqualTo(5);
    listener.finish();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().endSeconds()).isCloseTo(5, within(0.05));
  }

  @Tag("long")
  @Test
  void silenceAndAShortStreamAreNoEvent() {
    assertThat(Detector.events(model, Clip.of("s", new float[5 * RATE], RATE), OPTIONS)).isEmpty();
    assertThat(Detector.events(model, Clip.of("s", new float[0], RATE), OPTIONS)).isEmpty();
    List<SoundEvent> events =
        Detector.events(model, Tones.clip("low", 0.6, RATE, 7), OPTIONS.withRefined(false));
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().endSeconds()).isEqualTo(13_230.0 / RATE);
  }

  @Test
  void badInput() {
    Listener listener = Listener.of(model, OPTIONS, e -> {});
    assertThatThrownBy(() -> listener.accept(new float[] {0, Float.NaN}, 0, 2))
        .hasMessage("sample 1 is NaN: must be finite");
    assertThatThrownBy(() -> listener.accept(new float[2], 1, 3))
        .hasMessage("samples 1 to 3: must lie within 0 and 2");
    listener.finish();
    assertThatThrownBy(() -> listener.accept(new float[2], 0, 2))
        .hasMessage("the stream has ended: make a new listener for another");
    assertThatThrownBy(() -> ListenOptions.of().withSmoothing(2))
        .hasMessage("smoothing=2: must be an odd number of windows from 1 to 101");
    assertThatThrownBy(() -> ListenOptions.of().withThresholds(0.4, 0.5))
        .hasMessage("off=0.5: must be above 0 and at most on=0.4");
    assertThatThrownBy(() -> ListenOptions.of().withHop(-1))
        .hasMessage(
            "hopSeconds=-1.0: must be a finite number above 0, or 0 for half of the window");
    assertThatThrownBy(() -> Listener.of(model, ListenOptions.of().withHop(1e-6), e -> {}))
        .hasMessage("hopSeconds=1.0E-6: must be at least one sample at 22050 Hz");
    assertThatThrownBy(() -> new SoundEvent(2, 1, "dog", 1))
        .hasMessage(
            "startSeconds=2.0, endSeconds=1.0: must be finite, at least 0 and in this order");
  }
}
