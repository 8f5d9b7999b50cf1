package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  @ParameterizedTest
  @CsvSource({
    "44100, 22050, 132300, 66150",
    "8000, 22050, 26280, 72435",
    "44100, 48000, 147, 161", // 160 exactly; the double product lies just above
    "48000, 44100, 160, 147",
    "44100, 22050, 1, 1",
    "22050, 7, 22050, 7",
    "44100, 22050, 0, 0"
  })
  @DisplayName("the length is librosa's: the ceiling of the product in double precision")
  void length(int from, int to, int n, int expected) {
    assertThat(Resampler.length(n, from, to)).isEqualTo(expected);
    assertThat(Resampler.of(from, to).resample(new float[n])).hasSize(expected);
  }

  @Test
  @DisplayName("the same rate changes nothing")
  void sameRate() {
    float[] x = noise(100, 1);
    assertThat(Resampler.of(8000, 8000).resample(x)).isEqualTo(x).isNotSameAs(x);
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 22050",
    "8000, 22050",
    "48000, 22050",
    "16000, 22050",
    "44100, 48000",
    "96000, 44100",
    "22050, 44100",
    "11025, 8000",
    "44100, 22051",
    "44101, 22050",
    "48000, 1000"
  })
  @DisplayName("a constant stays what it is, away from the ends")
  void constant(int from, int to) {
    float[] x = new float[from / 2];
    java.util.Arrays.fill(x, 0.5f);
    float[] y = Resampler.of(from, to).resample(x);
    for (int i = y.length / 4; i < y.length * 3 / 4; i++) {
      assertThat(y[i]).isCloseTo(0.5f, within(2e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 22050",
    "8000, 22050",
    "48000, 22050",
    "16000, 22050",
    "44100, 48000",
    "44101, 22050",
    "22050, 16000",
    "96000, 22050"
  })
  @DisplayName("tones in the passband keep level and place within 0.002 dB")
  void passband(int from, int to) {
    double edge = 0.905 * Math.min(from, to) / 2;
    for (double hz : new double[] {0.01 * edge, 0.1 * edge, 0.37 * edge, 0.8 * edge, edge}) {
      float[] y = Resampler.of(from, to).resample(tone(hz, from, from / 2));
      double error = 0;
      double power = 0;
      for (int i = y.length / 4; i < y.length * 3 / 4; i++) {
        double wanted = Math.sin(2 * Math.PI * hz * i / to);
        error += (y[i] - wanted) * (y[i] - wanted);
        power += wanted * wanted;
      }
      assertThat(10 * Math.log10(error / power)).as("%s Hz", hz).isLessThan(-72);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "44100, 22050",
    "48000, 22050",
    "44100, 8000",
    "22050, 16000",
    "96000, 44100",
    "44101, 22050",
    "48000, 500"
  })
  @DisplayName("tones above the new Nyquist frequency are gone: aliasing is below -80 dB")
  void aliasing(int from, int to) {
    double old = from / 2.0;
    double limit = to / 2.0;
    for (double part : new double[] {0.0, 0.01, 0.05, 0.2, 0.5, 0.8, 0.99}) {
      double hz = limit + part * (old - limit);
      float[] y = Resampler.of(from, to).resample(tone(hz, from, from / 2));
      assertThat(levelDb(y)).as("%s Hz", hz).isLessThan(-80);
    }
  }

  @ParameterizedTest
  @CsvSource({"8000, 22050", "22050, 44100", "44100, 48000", "22050, 22051"})
  @DisplayName("going up adds nothing above the old Nyquist frequency: images are below -80 dB")
  void images(int from, int to) {
    for (double part : new double[] {0.1, 0.5, 0.9}) {
      double hz = part * from / 2;
      float[] y = Resampler.of(from, to).resample(tone(hz, from, from / 2));
      // What is left after the tone itself is taken out by its exact shape.
      double error = 0;
      int n = 0;
      for (int i = y.length / 4; i < y.length * 3 / 4; i++, n++) {
        double rest = y[i] - Math.sin(2 * Math.PI * hz * i / to);
        error += rest * rest;
      }
      assertThat(10 * Math.log10(error / n / 0.5)).as("%s Hz", hz).isLessThan(-80);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "44100, 22050, 100000",
    "8000, 22050, 30000",
    "44100, 48000, 50000",
    "22050, 7, 60000",
    "44101, 22050, 30000",
    "7, 22050, 40",
    "1000000, 100, 300000"
  })
  @DisplayName("blocks of any size give the same bits as the whole")
  void streaming(int from, int to, int n) {
    float[] x = noise(n, 3);
    Resampler resampler = Resampler.of(from, to);
    float[] whole = resampler.resample(x);
    Random random = new Random(5);
    Resampler.Stream stream = resampler.stream();
    List<Float> out = new ArrayList<>();
    for (int at = 0; at < n; ) {
      int count = Math.min(n - at, random.nextInt(9000));
      add(out, stream.push(x, at, count));
      at += count;
    }
    add(out, stream.finish());
    assertThat(out).hasSize(whole.length);
    for (int i = 0; i < whole.length; i++) {
      assertThat(out.get(i)).isEqualTo(whole[i]);
    }
  }

  @Test
  @DisplayName("the vector loop and the plain loop give the same bits")
  void vectorAndPlain() {
    float[] x = noise(2000, 7);
    float[] h = noise(300, 8);
    int[] offsets = new int[290];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = k * 37 % 1500;
    }
    float[] plain = new float[192];
    float[] vector = new float[192];
    Convolution.plain(x, offsets, h, 5, plain);
    VectorConvolution.run(x, offsets, h, 5, vector);
    assertThat(vector).isEqualTo(plain);
  }

  @Test
  @DisplayName("a rate of 0 is refused by name")
  void badRate() {
    assertThatThrownBy(() -> Resampler.of(44100, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("toHz=0: must be at least 1");
  }

  private static void add(List<Float> out, float[] more) {
    for (float v : more) {
      out.add(v);
    }
  }

  private static float[] tone(double hz, int rate, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.sin(2 * Math.PI * hz * i / rate);
    }
    return x;
  }

  /** Level of the middle half against a full tone, in dB. */
  private static double levelDb(float[] y) {
    double power = 0;
    int n = 0;
    for (int i = y.length / 4; i < y.length * 3 / 4; i++, n++) {
      power += (double) y[i] * y[i];
    }
    return 10 * Math.log10(Math.max(1e-30, power / n / 0.5));
  }

  private static float[] noise(int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = 2 * random.nextFloat() - 1;
    }
    return x;
  }
}
