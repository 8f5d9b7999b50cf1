package fieldnotes.draw;

import static java.lang.Math.abs;
import static java.lang.Math.cos;
import static java.lang.Math.hypot;
import static java.lang.Math.pow;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toDegrees;
import static java.lang.Math.toRadians;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ColoursTest {
  /** G. Machado, M. Oliveira, L. Fernandes, 2009: severity 1, on linear RGB. */
  private static final Map<String, double[][]> SIGHTS =
      Map.of(
          "full",
          new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          "red-blind",
          new double[][] {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
          },
          "green-blind",
          new double[][] {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
          },
          "blue-blind",
          new double[][] {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
          });

  private static double[] linear(Color c) {
    double[] rgb = {c.getRed(), c.getGreen(), c.getBlue()};
    for (int i = 0; i < 3; i++) {
      double v = rgb[i] / 255;
      rgb[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
    return rgb;
  }

  private static double contrast(Color a, Color b) {
    double first = luminance(a) + 0.05;
    double second = luminance(b) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(Color c) {
    double[] rgb = linear(c);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  private static double[] lab(double[] rgb, double[][] sight) {
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += sight[i][j] * rgb[j];
      }
      seen[i] = Math.clamp(sum, 0, 1);
    }
    double x = f((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
    double y = f(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
    double z = f((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 216 / 24389.0 ? Math.cbrt(t) : (24389 / 27.0 * t + 16) / 116;
  }

  /** CIEDE2000 as in G. Sharma, W. Wu, E. Dalal, 2005. */
  private static double difference(double[] p, double[] q) {
    double mean = (hypot(p[1], p[2]) + hypot(q[1], q[2])) / 2;
    double g = 0.5 * (1 - sqrt(pow(mean, 7) / (pow(mean, 7) + pow(25, 7))));
    double a1 = p[1] * (1 + g);
    double a2 = q[1] * (1 + g);
    double c1 = hypot(a1, p[2]);
    double c2 = hypot(a2, q[2]);
    double h1 = c1 == 0 ? 0 : (toDegrees(Math.atan2(p[2], a1)) + 360) % 360;
    double h2 = c2 == 0 ? 0 : (toDegrees(Math.atan2(q[2], a2)) + 360) % 360;
    double turn = c1 * c2 == 0 ? 0 : (h2 - h1 + 540) % 360 - 180;
    double hue = 2 * sqrt(c1 * c2) * sin(toRadians(turn / 2));
    double h = c1 * c2 == 0 ? h1 + h2 : (h1 + h2) / 2;
    if (c1 * c2 != 0 && abs(h1 - h2) > 180) {
      h += h1 + h2 < 360 ? 180 : -180;
    }
    double l = (p[0] + q[0]) / 2;
    double c = (c1 + c2) / 2;
    double t =
        1
            - 0.17 * cos(toRadians(h - 30))
            + 0.24 * cos(toRadians(2 * h))
            + 0.32 * cos(toRadians(3 * h + 6))
            - 0.2 * cos(toRadians(4 * h - 63));
    double sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
    double sc = 1 + 0.045 * c;
    double sh = 1 + 0.015 * c * t;
    double rotation =
        -2
            * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)))
            * sin(toRadians(60 * Math.exp(-pow((h - 275) / 25, 2))));
    double dl = (q[0] - p[0]) / sl;
    double dc = (c2 - c1) / sc;
    double dh = hue / sh;
    return sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
  }

  @Test
  @DisplayName("the measure agrees with pairs 1, 7, 17 and 34 of its authors")
  void measure() {
    assertThat(difference(new double[] {50, 2.6772, -79.7751}, new double[] {50, 0, -82.7485}))
        .isEqualTo(2.0425, within(5e-5));
    assertThat(difference(new double[] {50, 0, 0}, new double[] {50, -1, 2}))
        .isEqualTo(2.3669, within(5e-5));
    assertThat(difference(new double[] {50, 2.5, 0}, new double[] {73, 25, -18}))
        .isEqualTo(27.1492, within(5e-5));
    assertThat(
            difference(
                new double[] {2.0776, 0.0795, -1.1350}, new double[] {0.9033, -0.0636, -0.5514}))
        .isEqualTo(0.9082, within(5e-5));
  }

  @Test
  @DisplayName("whoever looks, day or night, any two of the first eight colours differ by 10")
  void differ() {
    SIGHTS.forEach(
        (sight, matrix) -> {
          for (boolean night : new boolean[] {false, true}) {
            for (int i = 0; i < 8; i++) {
              for (int j = 0; j < i; j++) {
                Color a = night ? Night.of(Style.color(i)) : Style.color(i);
                Color b = night ? Night.of(Style.color(j)) : Style.color(j);
                assertThat(difference(lab(linear(a), matrix), lab(linear(b), matrix)))
                    .as("%s, night %s: colours %d and %d", sight, night, i, j)
                    .isGreaterThan(10);
              }
            }
          }
        });
  }

  @Test
  @DisplayName("the first eight colours have a contrast of 3 to the page, texts of 4.5")
  void contrasts() {
    for (int i = 0; i < 8; i++) {
      assertThat(contrast(Style.color(i), Color.WHITE)).as("%d", i).isGreaterThan(3);
      assertThat(contrast(Night.of(Style.color(i)), Night.PAPER)).as("%d", i).isGreaterThan(3);
    }
    for (Color text : List.of(Style.INK, Style.FAINT_INK)) {
      assertThat(contrast(text, Color.WHITE)).isGreaterThan(4.5);
      assertThat(contrast(Night.of(text), Night.PAPER)).isGreaterThan(4.5);
    }
  }

  @Test
  @DisplayName("at night white is the paper, black is white, and colours of heat maps stay")
  void night() {
    assertThat(Night.of(Color.WHITE)).isEqualTo(Night.PAPER);
    assertThat(Night.of(Color.BLACK)).isEqualTo(Color.WHITE);
    assertThat(Night.of(Color.RED)).isEqualTo(Color.RED);
    assertThat(Night.of(new Color(255, 255, 255, 225)).getAlpha()).isEqualTo(225);
    Color cell = ColorMap.VIRIDIS.color(0.2);
    assertThat(Night.of(cell)).isSameAs(cell);
    float[] day = Color.RGBtoHSB(0x1c, 0x6e, 0x91, null);
    Color turned = Night.of(new Color(0x1c6e91));
    float[] dark = Color.RGBtoHSB(turned.getRed(), turned.getGreen(), turned.getBlue(), null);
    assertThat(dark[0]).isEqualTo(day[0], within(0.01f));
  }

  @Test
  @DisplayName("a class has one colour in all charts that know all classes, whichever are there")
  void classColours() {
    List<String> all = List.of("dialogue", "effect", "music");
    Groups some = Groups.of(List.of("music", "dialogue"), all);
    assertThat(some.colours()).containsExactly(Style.color(0), Style.color(2));
    assertThat(some.names()).containsExactly("dialogue", "music");
  }

  @Test
  @DisplayName("interactive charts on JupyterLab's dark pages have the colours of dark figures")
  void dark() throws IOException {
    String script =
        Files.readString(Path.of("src/main/jupyter/fieldnotes-sound/static/remoteEntry.js"));
    List<String> pairs =
        IntStream.range(-1, Style.COLOURS)
            .mapToObj(Style::color)
            .map(day -> "'%s': '%s'".formatted(LiveStyle.hex(day), LiveStyle.hex(Night.of(day))))
            .toList();
    assertThat(script).contains("{\n    " + String.join(",\n    ", pairs) + "\n  };");
    assertThat(script).contains("background-color: " + LiveStyle.hex(Night.PAPER));
  }
}
