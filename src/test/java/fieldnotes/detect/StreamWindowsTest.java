package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.Clip;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamWindowsTest {
  private record Cut(long start, List<Float> samples) {}

  private static List<Cut> cut(int size, int hop, int total, Random blocks) {
    List<Cut> cuts = new ArrayList<>();
    StreamWindows windows =
        new StreamWindows(
            size,
            hop,
            (start, samples) -> {
              List<Float> kept = new ArrayList<>();
              for (float x : samples) {
                kept.add(x);
              }
              cuts.add(new Cut(start, kept));
            });
    float[] x = new float[total];
    for (int i = 0; i < total; i++) {
      x[i] = i;
    }
    for (int at = 0; at < total; ) {
      int n = Math.min(total - at, 1 + blocks.nextInt(2 * size));
      windows.push(x, at, at + n);
      at += n;
    }
    windows.finish();
    assertThat(windows.received()).isEqualTo(total);
    return cuts;
  }

  @Test
  @DisplayName("windows of 4 every 2 in 9 samples, and one that ends with the stream")
  void handWorked() {
    assertThat(cut(4, 2, 9, new Random(1)))
        .containsExactly(
            new Cut(0, List.of(0f, 1f, 2f, 3f)),
            new Cut(2, List.of(2f, 3f, 4f, 5f)),
            new Cut(4, List.of(4f, 5f, 6f, 7f)),
            new Cut(5, List.of(5f, 6f, 7f, 8f)));
  }

  @Test
  void aShortStreamIsOneWindowAndAnEmptyOneNone() {
    assertThat(cut(4, 2, 3, new Random(1))).containsExactly(new Cut(0, List.of(0f, 1f, 2f)));
    assertThat(cut(4, 2, 0, new Random(1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7, 3, 100", "7, 7, 98", "7, 11, 95", "1, 1, 5", "5, 2, 5", "5, 40, 60"})
  void windowsAreTheSamplesAtTheirPlaceWhateverTheBlocks(int size, int hop, int total) {
    List<Cut> cuts = cut(size, hop, total, new Random(2));
    for (Cut one : cuts) {
      for (int i = 0; i < size; i++) {
        assertThat(one.samples().get(i)).isEqualTo((float) (one.start() + i));
      }
    }
    int whole = (total - size) / hop + 1;
    for (int k = 0; k < whole; k++) {
      assertThat(cuts.get(k).start()).isEqualTo((long) k * hop);
    }
    assertThat(cuts.getLast().start() + size).isEqualTo(total);
    assertThat(cut(size, hop, total, new Random(3))).isEqualTo(cuts);
  }

  @Test
  @DisplayName("rows of windows of a stream equal rows of the same samples offline, bit for bit")
  void rowsEqualThoseOffline() {
    int rate = 22_050;
    float[] x = new float[4 * rate];
    Random random = new Random(5);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.3 * Math.sin(0.02 * i + 1e-6 * i * i) + 0.05 * random.nextGaussian());
    }
    FeatureExtractor live = FeatureExtractor.of(FeatureSet.JOURNAL_38);
    List<double[]> rows = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    StreamWindows windows =
        new StreamWindows(
            rate,
            rate / 4,
            (start, samples) -> {
              starts.add(start);
              rows.add(live.summary(Clip.of("stream", samples, rate)));
            });
    for (int at = 0; at < x.length; ) {
      int n = Math.min(x.length - at, 1 + random.nextInt(5000));
      windows.push(x, at, at + n);
      at += n;
    }
    assertThat(rows).hasSizeGreaterThan(10);
    for (int k = 0; k < rows.size(); k++) {
      int from = (int) (long) starts.get(k);
      Clip offline = Clip.of("offline", Arrays.copyOfRange(x, from, from + rate), rate);
      assertThat(rows.get(k))
          .isEqualTo(FeatureExtractor.of(FeatureSet.JOURNAL_38).summary(offline));
    }
  }
}
