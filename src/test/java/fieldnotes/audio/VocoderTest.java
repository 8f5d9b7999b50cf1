package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Stretching, shifting the pitch, and the short-time spectra that they use. */
class VocoderTest {
  private static final int RATE = 22_050;

  private static float[] sine(double hz, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return x;
  }

  /** Crossings of zero upwards a second, away from the ends. */
  private static double hz(float[] x) {
    int from = x.length / 4;
    int to = 3 * x.length / 4;
    int count = 0;
    int first = 0;
    int last = 0;
    for (int i = from + 1; i < to; i++) {
      if (x[i - 1] < 0 && x[i] >= 0) {
        first = count == 0 ? i : first;
        last = i;
        count++;
      }
    }
    return (double) (count - 1) * RATE / (last - first);
  }

  private static float peak(float[] x) {
    float[] middle = Arrays.copyOfRange(x, x.length / 4, 3 * x.length / 4);
    return (float) Clip.of("x", middle, RATE).peak();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 1024, 5000})
  @DisplayName("spectra written as they were read give the samples back")
  void roundTrip(int length) {
    float[] x = Arrays.copyOf(PreparationSignals.clip("voice").samples(), length);
    ShortSpectra spectra = new ShortSpectra(1024, x, length);
    double[] re = new double[spectra.bins];
    double[] im = new double[spectra.bins];
    for (int t = 0; t < spectra.frames(); t++) {
      spectra.read(t, re, im);
      spectra.write(re, im);
    }
    float[] y = spectra.samples();
    for (int i = 0; i < length; i++) {
      assertThat(y[i]).isEqualTo(x[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, true", "0.8, true", "1.3, true", "2, true", "0.5, false", "1.3, false"})
  @DisplayName("a stretched sine is a sine of the same pitch and level, and of another length")
  void stretchedSine(double speed, boolean locked) {
    float[] y = Vocoder.stretch(sine(1000, 2 * RATE), speed, 1024, locked);
    assertThat(y.length).isEqualTo((int) Math.rint(2 * RATE / speed));
    assertThat(hz(y)).isEqualTo(1000, within(1.0));
    assertThat(peak(y)).isEqualTo(0.5f, within(locked ? 0.02f : 0.06f));
  }

  @ParameterizedTest
  @CsvSource({"12, 2000", "-12, 500", "7, 1498.3", "0.5, 1029.3", "-1, 943.9", "0, 1000"})
  @DisplayName("a shifted sine has the other pitch, the same level and the same length")
  void shiftedSine(double semitones, double hz) {
    Clip clip = Clip.of("sine", sine(1000, 2 * RATE), RATE);
    Clip y = PitchShift.of(semitones, semitones).apply(clip, 3);
    assertThat(y.length()).isEqualTo(clip.length());
    assertThat(hz(y.samples())).isEqualTo(hz, within(1.0));
    assertThat(peak(y.samples())).isEqualTo(0.5f, within(0.02f));
  }

  @Test
  @DisplayName("without locking, a stretch is that of librosa")
  void agreesWithLibrosa() throws Exception {
    for (JsonNode one : PreparationSignals.numbers("stretch")) {
      float[] x =
          Arrays.copyOf(
              PreparationSignals.clip(one.get("signal").asString()).samples(), 2 * 16_000);
      float[] y = Vocoder.stretch(x, one.get("rate").asDouble(), 2048, false);
      assertThat(y.length).isEqualTo(one.get("length").asInt());
      JsonNode samples = one.get("samples");
      for (int i = 0; i < samples.size(); i++) {
        assertThat((double) y[997 * i])
            .as("%s %s, sample %d", one.get("signal"), one.get("rate"), 997 * i)
            .isEqualTo(samples.get(i).asDouble(), within(1e-6));
      }
    }
  }
}
