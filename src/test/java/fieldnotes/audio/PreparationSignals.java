package fieldnotes.audio;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The signals of {@code src/test/python/preparation_fixtures.py}, and the numbers it wrote. */
final class PreparationSignals {
  private static final double[][] BURSTS = {
    {0.5, 0.4, 440, 0.5}, {1.4, 0.3, 990, 0.02}, {2.1, 0.5, 300, 0.2}
  };
  private static final int[] STEPS_DB = {-60, -40, -34, -30, -26, -20, -200, -14, -30, -20};

  private PreparationSignals() {}

  static JsonNode numbers(String kind) throws Exception {
    try (InputStream in = PreparationSignals.class.getResourceAsStream("/audio/preparation.json")) {
      return JsonMapper.shared().readTree(in).get(kind);
    }
  }

  private static final Map<String, Clip> MADE = new ConcurrentHashMap<>();

  static Clip clip(String name) {
    return MADE.computeIfAbsent(name, PreparationSignals::make);
  }

  private static Clip make(String name) {
    int rate =
        switch (name) {
          case "bursts" -> 22_050;
          case "tone" -> 48_000;
          case "steps" -> 44_100;
          case "voice" -> 16_000;
          case "low" -> 11_025;
          case "sweep" -> 32_000;
          default -> throw new IllegalArgumentException(name);
        };
    int seconds =
        switch (name) {
          case "bursts" -> 3;
          case "tone" -> 6;
          case "steps" -> 20;
          case "voice" -> 10;
          case "low" -> 5;
          default -> 8;
        };
    float[] x = new float[seconds * rate];
    long state = 1;
    for (int i = 0; i < x.length; i++) {
      state = (state * 1_664_525 + 1_013_904_223) & 0xffffffffL;
      x[i] = (float) sample(name, (double) i / rate, state / 2147483648.0 - 1);
    }
    return Clip.of(name, x, rate);
  }

  private static double sample(String name, double t, double noise) {
    return switch (name) {
      case "bursts" -> {
        double x = 1e-4 * noise;
        for (double[] b : BURSTS) {
          x += t >= b[0] && t < b[0] + b[1] ? b[3] * sine(b[2] * t) : 0;
        }
        yield x;
      }
      case "tone" -> Math.pow(10, -23.0 / 20) * sine(1000 * t);
      case "steps" -> Math.pow(10, STEPS_DB[(int) (t / 2)] / 20.0) * noise;
      case "voice" -> {
        double x = 0;
        for (int h = 1; h < 20; h++) {
          x += sine(130 * h * t) / h;
        }
        yield x * 0.15 * Math.max(0, sine(1.7 * t)) * (sine(0.2 * t) > -0.6 ? 1 : 0);
      }
      case "low" -> 0.7 * sine(60 * t) + 0.3 * Math.sin(2 * Math.PI * 2756.25 * t + 0.7);
      default -> 0.3 * sine(50 * t + 900 * t * t);
    };
  }

  private static double sine(double turns) {
    return Math.sin(2 * Math.PI * turns);
  }
}
