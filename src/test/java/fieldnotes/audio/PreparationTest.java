package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Silence, levels and loudness. */
class PreparationTest {
  private static final SilenceOptions TENS = SilenceOptions.of(20).withFrames(10, 10);

  /** 100 samples at 100 Hz that are 1 in some places, and 0 elsewhere. */
  private static Clip ones(int from, int to, int from2, int to2) {
    float[] x = new float[100];
    Arrays.fill(x, from, to, 1);
    Arrays.fill(x, from2, to2, 1);
    return Clip.of("ones", x, 100);
  }

  @Test
  @DisplayName("frame 2 of 10 samples is centred on sample 20, so ones from 20 begin in frame 2")
  void handWorkedTrim() {
    Clip trimmed = Silence.trim(ones(20, 30, 60, 71), TENS);
    assertThat(trimmed.startSeconds()).isEqualTo(0.2);
    assertThat(trimmed.length()).isEqualTo(60); // frames 2 to 7
    List<Clip> parts = Silence.split(ones(20, 30, 60, 71), TENS);
    assertThat(parts).extracting(Clip::startSeconds).containsExactly(0.2, 0.6);
    assertThat(parts).extracting(Clip::length).containsExactly(20, 20);
  }

  @Test
  @DisplayName("silence at both ends is found wherever it is, and trimming twice changes nothing")
  void trimAgain() {
    Clip once = Silence.trim(PreparationSignals.clip("bursts"), SilenceOptions.of(30));
    Clip twice = Silence.trim(once, SilenceOptions.of(30));
    assertThat(twice.samples()).isEqualTo(once.samples());
    assertThat(once.startSeconds()).isBetween(0.44, 0.5);
  }

  @Test
  @DisplayName("trim and split give librosa's samples")
  void agreesWithLibrosa() throws Exception {
    int parts = 0;
    for (JsonNode one : PreparationSignals.numbers("silence")) {
      Clip clip = PreparationSignals.clip(one.get("signal").asString());
      SilenceOptions options =
          SilenceOptions.of(one.get("topDb").asDouble())
              .withFrames(one.get("frame").asInt(), one.get("hop").asInt());
      Clip trimmed = Silence.trim(clip, options);
      assertThat(ends(trimmed)).as("%s", one).containsExactly(ends(one.get("trim")));
      List<Clip> split = Silence.split(clip, options);
      assertThat(split).as("%s", one).hasSize(one.get("split").size());
      for (int i = 0; i < split.size(); i++) {
        assertThat(ends(split.get(i))).as("%s", one).containsExactly(ends(one.get("split").get(i)));
      }
      parts += split.size();
    }
    assertThat(parts).isGreaterThan(40);
  }

  private static int[] ends(Clip part) {
    int from = (int) Math.rint(part.startSeconds() * part.sampleRateHz());
    return new int[] {from, from + part.length()};
  }

  private static int[] ends(JsonNode pair) {
    return new int[] {pair.get(0).asInt(), pair.get(1).asInt()};
  }

  @Test
  @DisplayName("a sine of half scale has a peak of -6.02 dB and an RMS 3.01 dB below")
  void handWorkedLevels() {
    float[] x = new float[480];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.5 * Math.sin(2 * Math.PI * i / 48));
    }
    Levels levels = Levels.of(Clip.of("sine", x, 48_000));
    assertThat(levels.peakDb()).isEqualTo(-6.0206, within(1e-4));
    assertThat(levels.rmsDb()).isEqualTo(-9.0309, within(1e-4));
    assertThat(levels).hasToString("peak -6.0 dB, RMS -9.0 dB");
    assertThat(Levels.of(Levels.toPeak(Clip.of("sine", x, 48_000), -1)).peakDb())
        .isEqualTo(-1, within(1e-5));
  }

  @Test
  @DisplayName("loudness, its range and the peak are FFmpeg's")
  void agreesWithFfmpeg() throws Exception {
    for (JsonNode one : PreparationSignals.numbers("loudness")) {
      Loudness ours = Loudness.of(PreparationSignals.clip(one.get("signal").asString()));
      assertThat(ours.integratedLufs())
          .as("%s %s", one, ours)
          .isEqualTo(one.get("integrated").asDouble(), within(0.02));
      assertThat(ours.momentaryLufs())
          .as("%s %s", one, ours)
          .isEqualTo(one.get("momentary").asDouble(), within(0.02));
      assertThat(ours.shortTermLufs())
          .as("%s %s", one, ours)
          .isEqualTo(one.get("shortTerm").asDouble(), within(0.02));
      String signal = one.get("signal").asString();
      if (!signal.equals("bursts")) { // of one block FFmpeg says 20 LU
        assertThat(ours.rangeLu()) // percentiles of blocks: one block up or down
            .as("%s %s", one, ours)
            .isEqualTo(one.get("range").asDouble(), within(0.2));
      }
      boolean high = signal.equals("steps") || signal.equals("sweep"); // near half the rate
      assertThat(ours.truePeakDb())
          .as("%s %s", one, ours)
          .isEqualTo(one.get("truePeak").asDouble(), within(high ? 0.45 : 0.02));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bursts", "tone", "voice", "sweep"})
  @DisplayName("twice the amplitude is 6.02 LU more, and silence before and after is not measured")
  void loudnessProperties(String name) {
    Clip clip = PreparationSignals.clip(name);
    double loud = Loudness.of(clip).integratedLufs();
    assertThat(Loudness.of(Levels.scaled(clip, 2)).integratedLufs())
        .isEqualTo(loud + 6.0206, within(name.equals("bursts") ? 0.3 : 1e-3));
    Clip normalised = Loudness.normalised(clip, -30);
    assertThat(Loudness.of(normalised).integratedLufs()).isEqualTo(-30, within(0.3));
    Clip limited = Loudness.normalised(clip, -1, -3);
    assertThat(Loudness.of(limited).truePeakDb()).isEqualTo(-3, within(0.01));
  }

  @Test
  @DisplayName("silent, empty and very short clips have their answers")
  void extremes() {
    Clip silent = Clip.of("silent", new float[48_000], 48_000);
    Clip empty = Clip.of("empty", new float[0], 48_000);
    Clip click = Clip.of("click", new float[] {0.5f}, 48_000);
    for (Clip none : List.of(silent, empty)) {
      assertThat(Loudness.of(none).integratedLufs()).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(Loudness.of(none).rangeLu()).isZero();
      assertThat(Loudness.normalised(none, -23)).isSameAs(none);
      assertThat(Levels.of(none).peakDb()).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(Levels.toPeak(none, -1)).isSameAs(none);
    }
    assertThat(Silence.trim(silent).length()).isEqualTo(48_000);
    assertThat(Silence.trim(empty).length()).isZero();
    assertThat(Silence.split(empty)).isEmpty();
    assertThat(Silence.trim(click).length()).isEqualTo(1);
    assertThat(Silence.split(click)).hasSize(1);
    assertThat(Loudness.of(click).integratedLufs()).isFinite();
    Loudness loud = Loudness.of(PreparationSignals.clip("tone"));
    assertThat(loud)
        .hasToString(
            "-26.0 LUFS, loudest 400 ms -26.0, loudest 3 s -26.0, range 0.0 LU, true peak -23.0 dB");
  }

  @Test
  @DisplayName("what cannot be measured is refused with its reason")
  void badInput() {
    Clip bad = Clip.of("bad.wav", new float[] {0, Float.NaN}, 8000);
    String reason = "sample 1 of bad.wav is NaN: samples must be finite numbers";
    assertThatThrownBy(() -> Loudness.of(bad)).hasMessage(reason);
    assertThatThrownBy(() -> Levels.of(bad)).hasMessage(reason);
    assertThatThrownBy(() -> Silence.trim(bad)).hasMessage(reason);
    assertThatThrownBy(() -> Silence.split(bad)).hasMessage(reason);
    Clip slow = Clip.of("slow", new float[10], 2000);
    assertThatThrownBy(() -> Loudness.of(slow))
        .hasMessage("sampleRateHz=2000: must be at least 4000");
    assertThatThrownBy(() -> SilenceOptions.of(0)).hasMessageContaining("topDb=0.0");
    assertThatThrownBy(() -> SilenceOptions.of().withFrames(0, 1))
        .hasMessageContaining("frameLength=0");
    assertThatThrownBy(() -> Loudness.normalised(slow, 3)).hasMessageContaining("targetLufs=3.0");
    assertThatThrownBy(() -> Levels.toPeak(slow, 1)).hasMessageContaining("peakDb=1.0");
  }
}
