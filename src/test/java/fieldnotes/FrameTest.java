package fieldnotes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import smile.feature.extraction.PCA;

class FrameTest {
  @Test
  void smileFindsItsNativeLibraries() {
    double[][] x = {{1, 2, 3}, {2, 4, 6.5}, {3, 1, 2}, {0, 1, 7}};
    assertThat(PCA.fit(x).varianceProportion().get(0)).isBetween(0.0, 1.0);
  }
}
