package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.audio.Clip;
import fieldnotes.classify.Classifiers;
import fieldnotes.classify.UnknownModel;
import fieldnotes.table.Samples;
import fieldnotes.tree.ForestOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenes of known truth, and events found by the signal in them. */
class SceneTest {
  private static final int RATE = 16_000;

  /** A tone with partials, or beeps of it with pauses. */
  private static Scene.Sound sound(String label, double hz, double seconds, double pause, int i) {
    float[] x = new float[(int) (seconds * RATE)];
    for (int n = 0; n < x.length; n++) {
      double t = (double) n / RATE;
      boolean on = pause == 0 || t % (0.2 + pause) < 0.2 || t > seconds - 0.15;
      double a = 2 * Math.PI * hz * (1 + 0.01 * i) * t;
      x[n] = on ? (float) (0.3 * Math.sin(a) + 0.1 * Math.sin(2.3 * a)) : 0;
    }
    return new Scene.Sound(Clip.of(label, x, RATE), label, label + i);
  }

  private static List<Scene.Sound> sounds(int from, int to) {
    List<Scene.Sound> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.add(sound("high", 2500, 1 + 0.1 * (i % 9), 0, i));
      all.add(sound("low", 300, 1 + 0.1 * (i % 7), 0, i));
      all.add(sound("beeps", 900, 1.5 + 0.1 * (i % 8), 0.5, i));
    }
    return all;
  }

  private static SoundModel model() {
    Samples rows = SegmentRows.withStrangers(SegmentRows.of(sounds(0, 4), 2, 3), 3);
    UnknownModel<?> fitted =
        Classifiers.unknown(Classifiers.forest(ForestOptions.extraTrees(1).withTrees(40)))
            .withThreshold(0.3)
            .fit(rows);
    return SoundModel.ofWhole(fitted, RATE, ModelCard.of("tones"));
  }

  @Test
  @DisplayName("sounds are as far above the noise as asked for, and where the truth says")
  void levels() {
    SceneOptions options = SceneOptions.of(60, 3).withNoise(SceneOptions.Noise.WHITE, 20);
    Scene scene = Scene.of(sounds(0, 4), options);
    Clip clip = scene.clip();
    assertThat(clip.durationSeconds()).isEqualTo(60);
    double noise = 0.02 * 0.02;
    for (SoundEvent e : scene.truth()) {
      double power = Math.pow(clip.slice(e.startSeconds(), e.endSeconds()).rms(), 2);
      assertThat(10 * Math.log10(power / noise - 1)).isCloseTo(20, within(0.5));
      assertThat(clip.slice(e.startSeconds() - 0.5, e.startSeconds()).rms())
          .isCloseTo(0.02, within(0.001));
    }
    assertThat(scene.truth()).hasSizeGreaterThan(3);
    for (int i = 1; i < scene.truth().size(); i++) {
      double gap = scene.truth().get(i).startSeconds() - scene.truth().get(i - 1).endSeconds();
      assertThat(gap).isGreaterThan(1.49);
    }
  }

  @ParameterizedTest
  @EnumSource(SceneOptions.Noise.class)
  @DisplayName("noise of each kind has the level it should, and falls as its kind does")
  void noise(SceneOptions.Noise kind) {
    float[] x = new float[1 << 17];
    new SceneNoise(kind, RATE, 5).fill(x, x.length, 0.1);
    assertThat(Clip.of("noise", x, RATE).rms()).isCloseTo(0.1, within(0.01));
    double low = 0;
    double high = 0;
    for (int i = 1; i < x.length; i++) {
      low += Math.pow(x[i] + x[i - 1], 2);
      high += Math.pow(x[i] - x[i - 1], 2);
    }
    double ratio = low / high; // 1 for white noise
    switch (kind) {
      case WHITE -> assertThat(ratio).isBetween(0.95, 1.05);
      case PINK -> assertThat(ratio).isBetween(3.0, 20.0);
      case ROOM -> assertThat(ratio).isGreaterThan(30);
    }
  }

  @Test
  @DisplayName("the same seed gives the same scene, another seed another one")
  void seeds() {
    List<Scene.Sound> sounds = sounds(0, 4);
    float[] one = Scene.of(sounds, SceneOptions.of(20, 1)).clip().samples();
    assertThat(Scene.of(sounds, SceneOptions.of(20, 1)).clip().samples()).isEqualTo(one);
    assertThat(Scene.of(sounds, SceneOptions.of(20, 2)).clip().samples()).isNotEqualTo(one);
  }

  @Test
  @DisplayName("silence at the ends is cut off, to the sample at the beginning")
  void trims() {
    float[] x = new float[RATE];
    for (int i = 5000; i < 9000; i++) {
      x[i] = (float) Math.cos(0.3 * (i - 5000));
    }
    Clip trimmed = Scene.trimmed(Clip.of("x", x, RATE));
    assertThat(trimmed.startSeconds()).isEqualTo(5000.0 / RATE);
    assertThat(trimmed.length()).isBetween(4000, 4000 + 1024);
  }

  @Test
  @DisplayName("the signal says when sounds begin and end, pauses included, whatever they are")
  void activity() {
    SceneOptions options = SceneOptions.of(90, 8).withNoise(SceneOptions.Noise.PINK, 10);
    Scene scene = Scene.of(sounds(0, 4), options);
    List<SoundEvent> found = new ArrayList<>();
    Activity activity =
        new Activity(RATE, (from, to) -> found.add(new SoundEvent(from, to, "x", 1)));
    scene.read((samples, n) -> activity.push(samples, 0, n));
    activity.finish();
    List<SoundEvent> truth =
        scene.truth().stream()
            .map(e -> new SoundEvent(e.startSeconds(), e.endSeconds(), "x", 1))
            .toList();
    DetectionScore score =
        DetectionScore.events(
            truth, found, List.of("x"), 90, EventMatching.of(0.1).withOffset(0.1, 0));
    assertThat(score.overall().f1()).as(truth + " " + found).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  @DisplayName("steady noise alone is no sound; what goes on for ever is given in parts")
  void extremes() {
    float[] noise = new float[32 * RATE];
    new SceneNoise(SceneOptions.Noise.PINK, RATE, 1).fill(noise, noise.length, 0.02);
    List<Double> ends = new ArrayList<>();
    Activity quiet = new Activity(RATE, (from, to) -> ends.add(to));
    quiet.push(noise, 0, noise.length);
    quiet.finish();
    assertThat(ends).isEmpty();
    Random random = new Random(2);
    for (int i = 8 * RATE; i < noise.length; i++) {
      noise[i] += 0.5f * (float) Math.sin(i * (0.2 + 0.1 * Math.sin(i * 1e-4)) + random.nextInt(2));
    }
    List<Double> lengths = new ArrayList<>();
    Activity loud = new Activity(RATE, (from, to) -> lengths.add(to - from));
    loud.push(noise, 0, noise.length);
    loud.finish();
    assertThat(lengths).isNotEmpty();
    assertThat(lengths).allSatisfy(l -> assertThat(l).isLessThan(Activity.LONGEST_SECONDS + 0.1));
    Activity none = new Activity(RATE, (from, to) -> ends.add(to));
    none.push(new float[100], 0, 100);
    none.finish();
    assertThat(ends).isEmpty();
  }

  @Test
  @Tag("long")
  @DisplayName("a listener names whole sounds, the same for any size of blocks")
  void listens() {
    SoundModel model = model();
    SceneOptions options = SceneOptions.of(60, 4).withNoise(SceneOptions.Noise.ROOM, 15);
    Scene scene = Scene.of(sounds(0, 4), options);
    ListenOptions how = ListenOptions.of();
    List<SoundEvent> heard = scene.listen(model, how);
    List<String> known = List.of("beeps", "high", "low");
    DetectionScore score =
        DetectionScore.events(scene.truth(), heard, known, 60, EventMatching.of());
    assertThat(score.overall().f1()).isGreaterThan(0.8);
    float[] all = scene.clip().samples();
    for (int size : new int[] {997, all.length}) {
      List<SoundEvent> again = new ArrayList<>();
      Listener listener = Listener.of(model, how, again::add);
      for (int at = 0; at < all.length; at += size) {
        listener.accept(all, at, Math.min(all.length, at + size));
      }
      listener.finish();
      assertThat(again).isEqualTo(heard);
      assertThat(listener.seconds()).isEqualTo(60);
    }
  }

  @Test
  @DisplayName("rows of sounds do not depend on loudness; strangers are of no class")
  void rows() {
    List<Scene.Sound> sounds = sounds(0, 1);
    List<Scene.Sound> loud = new ArrayList<>();
    for (Scene.Sound s : sounds) {
      float[] x = s.clip().samples().clone();
      for (int i = 0; i < x.length; i++) {
        x[i] *= 2;
      }
      loud.add(new Scene.Sound(Clip.of("loud", x, RATE), s.label(), s.recording()));
    }
    Samples rows = SegmentRows.of(sounds, 1, 3);
    double[][] one = rows.matrix().values();
    double[][] other = SegmentRows.of(loud, 1, 3).matrix().values();
    for (int r = 0; r < one.length; r++) {
      for (int c = 0; c < one[r].length; c++) {
        assertThat(other[r][c]).isCloseTo(one[r][c], within(1e-3 * (1 + Math.abs(one[r][c]))));
      }
    }
    Samples more = SegmentRows.withStrangers(rows, 1);
    assertThat(more.rowCount()).isEqualTo(2 * rows.rowCount());
    assertThat(more.classes().subList(rows.rowCount(), more.rowCount())).containsOnly("Unknown");
    assertThat(Arrays.equals(more.matrix().values()[0], one[0])).isTrue();
  }

  @Test
  @DisplayName("what cannot be a scene is told")
  void refuses() {
    SceneOptions options = SceneOptions.of(60, 3);
    assertThatThrownBy(() -> Scene.of(List.of(), options))
        .hasMessage("sounds is empty: give at least one");
    List<Scene.Sound> mixed = new ArrayList<>(sounds(0, 1));
    mixed.add(new Scene.Sound(Clip.of("x", new float[100], 8000), "x", "x"));
    assertThatThrownBy(() -> Scene.of(mixed, options)).hasMessageContaining("resample it first");
    assertThatThrownBy(() -> SceneOptions.of(1, 3)).hasMessage("seconds=1.0: must be at least 2");
    assertThatThrownBy(() -> options.withPerMinute(0)).hasMessageContaining("perMinute");
  }
}
