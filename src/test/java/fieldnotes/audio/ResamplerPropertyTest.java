package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every signal and every pair of rates. */
class ResamplerPropertyTest {
  private static final int[] RATES = {
    8000, 11_025, 16_000, 22_050, 22_051, 32_000, 44_100, 48_000, 96_000
  };

  private static float[] noise(int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = 2 * random.nextFloat() - 1;
    }
    return x;
  }

  private static Resampler pair(int a, int b) {
    return Resampler.of(RATES[a], RATES[b]);
  }

  @Property(tries = 40)
  void itIsLinear(
      @ForAll @IntRange(min = 0, max = 8) int from,
      @ForAll @IntRange(min = 0, max = 8) int to,
      @ForAll @IntRange(min = 1, max = 3000) int n,
      @ForAll @DoubleRange(min = -1, max = 1) double gain,
      @ForAll @IntRange(max = 1000) int seed) {
    float[] x = noise(n, seed);
    float[] y = noise(n, seed + 5000L);
    float[] sum = new float[n];
    for (int i = 0; i < n; i++) {
      sum[i] = (float) (gain * x[i] + y[i]);
    }
    float[] a = pair(from, to).resample(x);
    float[] b = pair(from, to).resample(y);
    float[] both = pair(from, to).resample(sum);
    for (int i = 0; i < both.length; i++) {
      assertThat((double) both[i]).isCloseTo(gain * a[i] + b[i], within(4e-6));
    }
  }

  @Property(tries = 40)
  void delayedSoundComesDelayed(
      @ForAll @IntRange(min = 0, max = 8) int from,
      @ForAll @IntRange(min = 0, max = 8) int to,
      @ForAll @IntRange(max = 1000) int seed) {
    // A delay that is a whole number of samples at both rates.
    int divisor = 1;
    for (int d = 1; d <= RATES[from]; d++) {
      if (RATES[from] % d == 0 && RATES[to] % d == 0) {
        divisor = d;
      }
    }
    int delay = RATES[from] / divisor;
    if (delay > 2000) {
      return;
    }
    float[] x = noise(2000, seed);
    float[] late = new float[2000 + delay];
    System.arraycopy(x, 0, late, delay, 2000);
    float[] a = pair(from, to).resample(x);
    float[] b = pair(from, to).resample(late);
    int shift = RATES[to] / divisor;
    for (int i = 0; i < a.length - 1; i++) {
      assertThat(b[i + shift]).isCloseTo(a[i], within(1e-6f));
    }
  }

  @Property(tries = 20)
  void silenceStaysSilentAndTheLengthIsTheLaw(
      @ForAll @IntRange(min = 0, max = 8) int from,
      @ForAll @IntRange(min = 0, max = 8) int to,
      @ForAll @IntRange(min = 0, max = 5000) int n) {
    float[] out = pair(from, to).resample(new float[n]);
    assertThat(out).hasSize((int) Resampler.length(n, RATES[from], RATES[to]));
    for (float v : out) {
      assertThat(v).isZero();
    }
  }
}
