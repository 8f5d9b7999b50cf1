package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What {@code librosa.resample} (soxr_hq) gives; {@code resample.json} of the reference. */
class ResampleReferenceTest {
  static Stream<Arguments> cases() throws Exception {
    List<Arguments> out = new ArrayList<>();
    for (JsonNode one : Reference.json("resample.json").get("cases")) {
      out.add(Arguments.of(one.get("id").asString(), one));
    }
    return out.stream();
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  @DisplayName("length, level, bands and waveform are those of soxr_hq")
  void agreesWithSoxr(String id, JsonNode expected) {
    int from = expected.get("in_sr").asInt();
    int to = expected.get("out_sr").asInt();
    boolean chirp = id.startsWith("chirp");
    float[] x =
        chirp
            ? chirp(from, from == 44100 ? 100 : 50, from == 44100 ? 20000 : 3900)
            : AudioFiles.read(Reference.file(expected.get("source").asString())).samples();
    assertThat(x).hasSize(expected.get("n_in").asInt());
    float[] y = Resampler.of(from, to).resample(x);
    assertThat(y).hasSize(expected.get("n_out").asInt());

    double[] power = bands(y, to, expected.get("bands_hz"));
    double total = 0;
    for (double p : power) {
      total += p;
    }
    assertThat(10 * Math.log10(total))
        .isCloseTo(expected.get("rms_db").asDouble(), within(chirp ? 0.07 : 0.003));
    double nyquist = Math.min(from, to) / 2.0;
    for (int b = 0; b < power.length; b++) {
      double high = expected.get("bands_hz").get(b).get(1).asDouble();
      double low = expected.get("bands_hz").get(b).get(0).asDouble();
      double db = 10 * Math.log10(Math.max(1e-20, power[b]));
      double wanted = expected.get("band_db").get(b).asDouble();
      if (high <= 0.75 * nyquist) {
        assertThat(db).as("band %d", b).isCloseTo(wanted, within(0.02));
      } else if (high <= 0.9 * nyquist) {
        assertThat(db).as("band %d", b).isCloseTo(wanted, within(0.1));
      } else if (low >= nyquist) {
        assertThat(db - 10 * Math.log10(total)).as("band %d", b).isLessThan(-45);
      }
    }

    JsonNode index = expected.get("samples").get("index");
    double rms = Math.sqrt(total);
    for (int i = 0; i < index.size(); i++) {
      int at = index.get(i).asInt();
      if (at > to / 20 && at < y.length - to / 20) {
        double wanted = expected.get("samples").get("values").get(i).asDouble();
        assertThat((double) y[at]).as("sample %d", at).isCloseTo(wanted, within(rms * 0.003));
      }
    }
  }

  /** Mean square in each band, by the definition in the file. */
  private static double[] bands(float[] y, int rate, JsonNode bands) {
    double[] re = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      re[i] = y[i];
    }
    double[] p = Spectrum.power(re);
    double[] out = new double[bands.size()];
    for (int k = 0; k < p.length; k++) {
      double hz = (double) k * rate / y.length;
      for (int b = 0; b < out.length; b++) {
        boolean last = b == out.length - 1;
        double low = bands.get(b).get(0).asDouble();
        double high = bands.get(b).get(1).asDouble();
        if (hz >= low && (hz < high || (last && hz <= high))) {
          out[b] += p[k];
        }
      }
    }
    return out;
  }

  private static float[] chirp(int rate, long f0, long f1) {
    long q = 4L * rate * rate;
    float[] x = new float[2 * rate];
    for (int i = 0; i < x.length; i++) {
      long p = (4L * rate * f0 * i + (f1 - f0) * i * i) % q;
      x[i] = (float) (0.5 * Math.sin(2.0 * Math.PI * ((double) p / (double) q)));
    }
    return x;
  }
}
