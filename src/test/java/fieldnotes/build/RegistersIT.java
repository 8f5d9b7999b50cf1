package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.audio.Clip;
import fieldnotes.cluster.Fixtures;
import fieldnotes.cluster.Hdbscan;
import fieldnotes.cluster.HdbscanOptions;
import fieldnotes.cluster.KMeans;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.common.ChildJvm;
import fieldnotes.embed.Pca;
import fieldnotes.embed.Tsne;
import fieldnotes.embed.TsneOptions;
import fieldnotes.embed.Umap;
import fieldnotes.embed.UmapOptions;
import fieldnotes.evaluate.Silhouette;
import fieldnotes.feature.FeatureExtractor;
import fieldnotes.feature.FeatureSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A processor with narrower vector registers gives the same bits. */
class RegistersIT {
  private static final List<String> SETS = List.of("blobs", "iris", "moons", "telephone");
  private static List<String> wide;

  @BeforeAll
  static void asWideAsTheyAre() {
    wide = Bits.lines().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  @DisplayName("features, distances and layouts do not depend on the width of vector registers")
  void width(int bytes) throws Exception {
    Process process =
        ChildJvm.of(List.of("-XX:MaxVectorSize=" + bytes), Bits.class)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String narrow = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(narrow.strip().lines()).containsExactlyElementsOf(wide);
  }

  static final class Bits {
    private Bits() {}

    public static void main(String[] args) {
      Bits.lines().forEach(System.out::println);
    }

    static Stream<String> lines() {
      Random random = new Random(1);
      float[] samples = new float[44_100];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (0.3 * Math.sin(i * (0.02 + i * 1e-6)) + 0.1 * random.nextGaussian());
      }
      Clip clip = Clip.of("noise", samples, 44_100).resampled(22_050);
      String features =
          "features "
              + Arrays.hashCode(FeatureExtractor.of(FeatureSet.EVERYTHING).summary(clip))
              + " of samples "
              + Arrays.hashCode(clip.samples());
      return Stream.concat(Stream.of(features), SETS.stream().map(Bits::line));
    }

    private static String line(String set) {
      double[][] x = Fixtures.x(set);
      int[] labels = KMeans.fit(x, KMeansOptions.of(3, 1)).labels();
      return String.join(
          " ",
          set,
          "k-means " + Arrays.hashCode(labels),
          "HDBSCAN " + Arrays.hashCode(Hdbscan.fit(x, HdbscanOptions.of(5)).labels()),
          "silhouette " + Silhouette.of(x, labels).mean(),
          "PCA " + Arrays.deepHashCode(Pca.fit(x).scores().values()),
          "t-SNE " + layout(Tsne.fit(x, TsneOptions.of(1)).points()),
          "UMAP " + layout(Umap.fit(x, UmapOptions.of(1)).points()));
    }

    private static int layout(double[][] points) {
      return Arrays.deepHashCode(points);
    }
  }
}
