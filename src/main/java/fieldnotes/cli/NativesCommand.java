package fieldnotes.cli;

import java.util.concurrent.Callable;
import org.bytedeco.ffmpeg.global.avutil;
import picocli.CommandLine.Command;
import smile.feature.extraction.PCA;
import smile.tensor.ARPACK;
import smile.tensor.DenseMatrix;

/** Calls each native library once and compares the result with a known one. */
@Command(
    name = "natives",
    hidden = true,
    description = "Check that the native libraries work (part of ./workbench doctor).",
    footer = "%nExit code: 0 if all work, 1 if one does not.")
final class NativesCommand implements Callable<Integer> {
  private boolean missing;

  @Override
  public Integer call() {
    check(
        "OpenBLAS",
        () -> {
          // the second column is twice the first: all variance lies in one component
          double[][] x = {{1, 2}, {2, 4}, {3, 6}, {5, 10}};
          double share = PCA.fit(x).varianceProportion().get(0);
          expect(Math.abs(share - 1) < 1e-12, "PCA: variance share is " + share + ", must be 1");
          return "Smile's PCA through LAPACK is correct";
        });
    check(
        "ARPACK",
        () -> {
          DenseMatrix a = DenseMatrix.of(new double[][] {{2, 0, 0}, {0, 3, 0}, {0, 0, 5}});
          double largest = ARPACK.syev(a, ARPACK.SymmOption.LA, 1).wr().get(0);
          expect(Math.abs(largest - 5) < 1e-9, "largest eigenvalue is " + largest + ", must be 5");
          return "Smile's eigenvalues are correct";
        });
    check("FFmpeg", () -> "version " + avutil.av_version_info().getString());
    return missing ? 1 : 0;
  }

  private interface Probe {
    String found();
  }

  private static void expect(boolean right, String wrong) {
    if (!right) {
      throw new IllegalStateException(wrong);
    }
  }

  private void check(String what, Probe probe) {
    try {
      System.out.printf("%-8s %-18s %s%n", "ok", what, probe.found());
    } catch (LinkageError | RuntimeException failure) {
      missing = true;
      String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
      System.out.printf(
          "%-8s %-18s %s: %s%n", "MISSING", what, failure.getClass().getSimpleName(), message);
      System.out.printf("%-8s %-18s → ./workbench clean && ./workbench build%n", "", "");
    }
  }
}
