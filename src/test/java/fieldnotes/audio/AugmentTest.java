package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change of a clip. */
class AugmentTest {
  private static final int RATE = 16_000;

  private static Clip noise(double seconds, double gain, long seed) {
    double[] white = NoiseMix.white((int) (seconds * RATE), NumpyRandom.of(seed));
    float[] x = new float[white.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (gain * white[i]);
    }
    return Clip.of("noise", x, RATE);
  }

  private static Clip sine(double hz, double seconds) {
    float[] x = new float[(int) (seconds * RATE)];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return Clip.of("sine", x, RATE);
  }

  static List<Augment> all() {
    return List.of(
        Gain.of(-6, 40),
        TimeShift.of(0.3),
        TimeShift.of(0.3).withAround(true),
        Noise.white(-20, 10),
        Noise.pink(0, 10),
        Background.of(noise(0.1, 0.2, 4), 0, 10),
        PitchShift.of(-5, 5),
        TimeStretch.of(0.5, 2),
        Room.of(0.05, 0.3),
        ImpulseResponse.of(Clip.of("echo", new float[] {0, 0.1f, 1, 0, -0.5f}, RATE)),
        BandLimit.telephone(),
        BandLimit.of(0, 12_000),
        Mp3RoundTrip.of(8, 64),
        TimeMask.of(0.5).withCount(3),
        FrequencyMask.of(0.5).withCount(2));
  }

  static Stream<Clip> hostile() {
    float[] huge = new float[1500];
    Arrays.fill(huge, Float.MAX_VALUE);
    float[] tiny = new float[1500];
    Arrays.fill(tiny, Float.MIN_VALUE);
    float[] square = new float[1500];
    for (int i = 0; i < square.length; i++) {
      square[i] = i % 20 < 10 ? 1 : -1;
    }
    return Stream.of(
        Clip.of("empty", new float[0], RATE),
        Clip.of("one", new float[] {0.7f}, RATE),
        Clip.of("two", new float[] {0.7f, -1}, RATE),
        Clip.of("hundred", Arrays.copyOf(square, 100), RATE),
        Clip.of("silent", new float[1500], RATE),
        Clip.of("square", square, RATE),
        Clip.of("slow", square, 2000),
        Clip.of("odd rate", square, 17_123),
        Clip.of("fast", square, 192_000),
        Clip.of("huge", huge, RATE),
        Clip.of("tiny", tiny, RATE));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("same seed, same result; finite, bounded, of the same length; the clip is untouched")
  void holdsForAll(Augment change) {
    hostile()
        .forEach(
            clip -> {
              float[] before = clip.samples().clone();
              double peak = Math.max(1, clip.peak());
              for (int seed = 0; seed < 2; seed++) {
                Clip once = change.apply(clip, seed);
                assertThat(Arrays.equals(once.samples(), change.apply(clip, seed).samples()))
                    .as("%s of %s", change, clip.name())
                    .isTrue();
                for (float x : once.samples()) {
                  assertThat(Math.abs(x) <= peak).as("%s of %s: %s", change, clip, x).isTrue();
                }
                if (!(change instanceof TimeStretch)) {
                  assertThat(once.length()).as("%s", change).isEqualTo(clip.length());
                }
                assertThat(once.name()).isEqualTo(clip.name());
                assertThat(once.sampleRateHz()).isEqualTo(clip.sampleRateHz());
              }
              assertThat(Arrays.equals(clip.samples(), before)).isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("another seed gives another result, and the start in the file is kept")
  void seedsMatter(Augment change) {
    Clip clip = PreparationSignals.clip("voice").sliceSamples(8000, 24_000);
    Clip a = change.apply(clip, 1);
    Clip b = change.apply(clip, 2);
    if (!(change instanceof ImpulseResponse || change instanceof BandLimit)) {
      assertThat(Arrays.equals(a.samples(), b.samples())).as("%s", change).isFalse();
    }
    assertThat(a.startSeconds()).isEqualTo(0.5);
    assertThat(a.rms()).as("%s", change).isBetween(0.1 * clip.rms(), 100 * clip.rms());
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("a change prints what parse reads, unless it has a clip of no file")
  void prints(Augment change) {
    if (!(change instanceof Background || change instanceof ImpulseResponse)) {
      assertThat(Augmentation.parse(change.toString())).isEqualTo(Augmentation.of(change));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("NaN is refused with its place")
  void nanIsRefused(Augment change) {
    Clip bad = Clip.of("bad.wav", new float[] {0, Float.NaN}, RATE);
    assertThatThrownBy(() -> change.apply(bad, 0))
        .hasMessage("sample 1 of bad.wav is NaN: samples must be finite numbers");
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "-6", "35"})
  @DisplayName("noise has the ratio of powers that was asked for")
  void ratio(double snr) {
    Clip clip = sine(440, 1);
    for (Augment change :
        List.of(
            Noise.white(snr, snr),
            Noise.pink(snr, snr),
            Background.of(noise(3, 0.1, 1), snr, snr))) {
      float[] y = change.apply(clip.withName("x"), 5).samples();
      // the sum may have been scaled down: find the share of the sine by its projection
      double share = 0;
      for (int i = 0; i < y.length; i++) {
        share += y[i] * clip.samples()[i];
      }
      share /= clip.rms() * clip.rms() * y.length;
      double rest = 0;
      for (int i = 0; i < y.length; i++) {
        rest += Math.pow(y[i] / share - clip.samples()[i], 2);
      }
      double measured = 10 * Math.log10(clip.rms() * clip.rms() * y.length / rest);
      assertThat(measured).as("%s", change).isEqualTo(snr, within(0.5));
    }
  }

  @Test
  @DisplayName("pink noise has equal power in each octave, white noise twice that of the one below")
  void colours() {
    for (boolean pink : new boolean[] {true, false}) {
      double[] level = new double[4];
      for (int octave = 0; octave < 4; octave++) {
        NumpyRandom dice = NumpyRandom.of(1);
        double[] x = pink ? NoiseMix.pink(1 << 18, dice) : NoiseMix.white(1 << 18, dice);
        Biquad.highPass(x, 0.02 * (1 << octave), 1);
        Biquad.lowPass(x, 0.04 * (1 << octave), 1);
        level[octave] = 10 * Math.log10(Arrays.stream(x).map(v -> v * v).sum());
      }
      double step = (level[3] - level[0]) / 3;
      assertThat(step).isEqualTo(pink ? 0 : 3.01, within(0.25));
    }
  }

  @Test
  @DisplayName(
      "a shift moves each sample by the same number of places, and at most by half the clip")
  void shifts() {
    float[] x = new float[1001];
    x[500] = 1;
    Clip clip = Clip.of("click", x, 1000);
    int most = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[] y = TimeShift.of(9).apply(clip, seed).samples();
      int at = 0;
      while (y[at] == 0) {
        at++;
      }
      most = Math.max(most, Math.abs(at - 500));
    }
    assertThat(most).isBetween(450, 500);
    Clip ramp = Clip.of("ramp", new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 1);
    float[] around = TimeShift.of(9).withAround(true).apply(ramp, 3).samples();
    assertThat(around).containsExactlyInAnyOrder(0.1f, 0.2f, 0.3f, 0.4f);
  }

  @Test
  @DisplayName("convolution by blocks is the sum of products")
  void convolution() {
    NumpyRandom dice = NumpyRandom.of(3);
    double[] h = NoiseMix.white(1500, dice);
    float[] x = new float[20_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) dice.normal();
    }
    double[] y = Reverberation.convolve(x, h, 7);
    for (int i : new int[] {0, 1, 1499, 1500, 1023, 1024, 9999, 19_992, 19_999}) {
      double sum = 0;
      for (int k = 0; k < h.length; k++) {
        int j = i + 7 - k;
        sum += j >= 0 && j < x.length ? h[k] * x[j] : 0;
      }
      assertThat(y[i]).isEqualTo(sum, within(1e-9));
    }
  }

  @Test
  @DisplayName("the power of a room falls by 60 dB in its reverberation time; the level stays")
  void rooms() {
    double[] h = Reverberation.response(Room.of(0.5, 0.5), RATE, NumpyRandom.of(2));
    double early = power(h, 200, 1800);
    double late = power(h, 4200, 5800); // a quarter of a second later: 30 dB
    assertThat(10 * Math.log10(early / late)).isEqualTo(30, within(1.0));
    Clip clip = noise(1, 0.1, 1);
    assertThat(Room.of(0.5, 0.5).apply(clip, 1).rms()).isEqualTo(clip.rms(), within(1e-6));
    float[] direct = {0, 0, 0.5f};
    Clip same = ImpulseResponse.of(Clip.of("late", direct, RATE)).apply(clip, 0);
    for (int i = 0; i < clip.length(); i++) {
      assertThat(same.samples()[i]).isEqualTo(clip.samples()[i], within(1e-5f));
    }
  }

  private static double power(double[] x, int from, int to) {
    return Arrays.stream(x, from, to).map(v -> v * v).sum();
  }

  @ParameterizedTest
  @CsvSource({"300, -3.01", "3400, -3.01", "1000, 0", "75, -48", "150, -24"})
  @DisplayName("a telephone has -3 dB at 300 and 3400 Hz and falls by 24 dB an octave")
  void telephone(double hz, double db) {
    Clip clip = sine(hz, 1);
    Clip y = BandLimit.telephone().apply(clip, 0);
    double gain = 20 * Math.log10(y.slice(0.5, 1).rms() / clip.slice(0.5, 1).rms());
    assertThat(gain).isEqualTo(db, within(0.3));
  }

  @ParameterizedTest
  @CsvSource({"8000", "16000", "22050", "44100", "17123"})
  @DisplayName("what comes back from MP3 is aligned with the clip and like it")
  void mp3(int rate) {
    Clip clip = Clip.of("voice", PreparationSignals.clip("voice").samples(), rate).slice(0, 2);
    Clip y = Mp3RoundTrip.of(64, 64).apply(clip, 0);
    double error = 0;
    for (int i = 0; i < clip.length(); i++) {
      error += Math.pow(y.samples()[i] - clip.samples()[i], 2);
    }
    double snr = 10 * Math.log10(clip.rms() * clip.rms() * clip.length() / error);
    assertThat(snr).isBetween(10.0, 60.0);
    Clip poor = Mp3RoundTrip.of(8, 8).apply(clip, 0);
    assertThat(Arrays.equals(poor.samples(), y.samples())).isFalse();
  }

  @Test
  @DisplayName("bit rates are those of the standard")
  void bitRates() {
    assertThat(Mp3Trip.nearest(8, 44_100)).isEqualTo(32);
    assertThat(Mp3Trip.nearest(320, 22_050)).isEqualTo(160);
    assertThat(Mp3Trip.nearest(27, 8_000)).isEqualTo(24);
  }

  @Test
  @DisplayName("masks take out one part of time, or one band of frequencies, and leave the rest")
  void masks() {
    Clip clip = noise(1, 0.1, 8);
    double timeLeft = 0;
    double bandLeft = 0;
    for (int seed = 0; seed < 100; seed++) {
      Clip time = TimeMask.of(0.5).apply(clip, seed);
      long silent =
          java.util.stream.IntStream.range(0, RATE).filter(i -> time.samples()[i] == 0).count();
      assertThat(silent).isLessThanOrEqualTo(RATE / 2);
      timeLeft += Math.pow(time.rms() / clip.rms(), 2) / 100;
      bandLeft += Math.pow(FrequencyMask.of(0.5).apply(clip, seed).rms() / clip.rms(), 2) / 100;
    }
    assertThat(timeLeft).isEqualTo(0.75, within(0.04)); // a quarter on average
    assertThat(bandLeft).isBetween(0.6, 0.9); // of the mel scale, not of the power
  }

  @Test
  @DisplayName("mixup has the share of the first class, which is at least half")
  void mixup() {
    Clip a = Clip.of("a", new float[] {1, 1, 1, 1}, 100);
    Clip b = Clip.of("b", new float[] {-1, -1}, 100);
    Augmentation chain = Augmentation.of(Mixup.of(1));
    List<Augmented> mixed = chain.copies(List.of(a, b), 500, 4);
    double mean = 0;
    for (Augmented one : mixed.subList(0, 500)) {
      assertThat(one.source()).isZero();
      assertThat(one.other()).isEqualTo(1);
      assertThat(one.share()).isBetween(0.5, 1.0);
      assertThat(one.clip().samples()[0]).isEqualTo((float) (2 * one.share() - 1), within(1e-6f));
      assertThat(one.clip().samples()[3]).isEqualTo((float) one.share(), within(1e-6f));
      mean += one.share() / 500;
    }
    assertThat(mean).isEqualTo(0.75, within(0.02)); // of the larger of two uniform shares
    assertThat(chain.withProbability(0).copies(List.of(a, b), 1, 4))
        .allSatisfy(one -> assertThat(one.mixed()).isFalse());
    assertThatThrownBy(() -> chain.copies(a, 1, 0))
        .hasMessage("mixup alpha=1: mixup needs at least two clips");
    assertThatThrownBy(() -> chain.apply(a, 0)).hasMessageContaining("call copies(clips, n, seed)");
    assertThatThrownBy(() -> chain.then(Mixup.of(1))).hasMessageContaining("has mixup twice");
  }

  @Test
  @DisplayName("files are named in the text, with quotes where needed")
  void files(@TempDir Path folder) {
    Path file = folder.resolve("a street.wav");
    AudioFiles.writeWav(noise(0.5, 0.1, 1), file);
    Augmentation chain =
        Augmentation.parse("background file=\"%s\" snr=0..5; impulse \"%s\"".formatted(file, file));
    assertThat(chain)
        .hasToString("background file=\"%s\" snr=0..5; impulse file=\"%s\"".formatted(file, file));
    assertThat(Augmentation.parse(chain.toString())).hasToString(chain.toString());
    assertThatThrownBy(() -> Augmentation.parse("background snr=3"))
        .hasMessageContaining("needs file=, for example file=recording.wav");
    assertThatThrownBy(() -> Augmentation.parse("impulse file=absent.wav"))
        .isInstanceOf(AudioException.class)
        .hasMessageContaining("absent.wav");
  }

  @Test
  @DisplayName("values out of range are refused with the range")
  void badOptions() {
    Clip empty = Clip.of("empty", new float[0], RATE);
    assertThatThrownBy(() -> PitchShift.of(3, 1))
        .hasMessage(
            "pitch shift in semitones=3..1: must be a range within -24 and 24, the lower end first");
    assertThatThrownBy(() -> TimeStretch.of(0, 1)).hasMessageContaining("within 0.25 and 4");
    assertThatThrownBy(() -> Room.of(0, 1)).hasMessageContaining("reverberation time in seconds");
    assertThatThrownBy(() -> BandLimit.of(500, 200)).hasMessageContaining("band in Hz=500..200");
    assertThatThrownBy(() -> Mp3RoundTrip.of(1, 9)).hasMessageContaining("within 8 and 320");
    assertThatThrownBy(() -> Mixup.of(0)).hasMessageContaining("alpha=0.0");
    assertThatThrownBy(() -> TimeMask.of(2)).hasMessageContaining("most=2.0");
    assertThatThrownBy(() -> FrequencyMask.of(1).withCount(0)).hasMessageContaining("count=0");
    assertThatThrownBy(() -> Background.of(empty, 0, 1)).hasMessageContaining("empty is empty");
    assertThatThrownBy(() -> ImpulseResponse.of(empty))
        .hasMessage("the impulse response empty is empty or silent");
    assertThatThrownBy(() -> Gain.of(Double.NaN, 1)).hasMessageContaining("gain in dB=NaN..1");
  }

  @Test
  @DisplayName("a recording of another rate is resampled once for all clips, and as by itself")
  void resampledOnce() {
    Clip recording = Clip.of("street", new float[44_100], 44_100);
    recording.samples()[7] = 1;
    Clip made = AtRate.of(recording, 22_050);
    assertThat(AtRate.of(recording, 22_050)).isSameAs(made);
    assertThat(made.samples()).isEqualTo(recording.resampled(22_050).samples());
    assertThat(AtRate.of(recording, 8_000).sampleRateHz()).isEqualTo(8_000);
    assertThat(AtRate.of(recording, 44_100)).isSameAs(recording);
  }
}
