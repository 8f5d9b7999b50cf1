package fieldnotes.bench;

import fieldnotes.embed.Umap;
import fieldnotes.embed.UmapOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import smile.manifold.UMAP;
import smile.math.MathEx;

/**
 * The Java side of bench/umap.py: reads the file and number of rows as arguments, then a method
 * ({@code ours} or {@code smile}) and a seed per line; writes the seconds and the layout per line.
 */
public final class UmapBench {
  private static final int NEIGHBOURS = 15;

  private UmapBench() {}

  public static void main(String[] args) throws IOException {
    int rows = Integer.parseInt(args[1]);
    DoubleBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0])))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer();
    double[][] x = new double[rows][values.remaining() / rows];
    for (double[] row : x) {
      values.get(row);
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      long seed = Long.parseLong(words[1]);
      long start = System.nanoTime();
      try {
        double[][] layout = words[0].equals("ours") ? ours(x, seed) : smile(x, seed);
        System.out.printf(
            Locale.ROOT,
            "{\"seconds\": %.4f, \"layout\": %s}%n",
            (System.nanoTime() - start) / 1e9,
            Arrays.deepToString(layout));
      } catch (LinkageError e) {
        System.out.println("{\"missing\": \"OpenBLAS and ARPACK are not on LD_LIBRARY_PATH\"}");
      }
    }
  }

  private static double[][] ours(double[][] x, long seed) {
    return Umap.fit(x, UmapOptions.of(seed).withNeighbours(NEIGHBOURS)).points();
  }

  /** With the same options: 500 rounds, least distance 0.1, spread 1, 5 negative samples. */
  private static double[][] smile(double[][] x, long seed) {
    MathEx.setSeed(seed);
    return UMAP.fit(x, new UMAP.Options(NEIGHBOURS, 2, 500, 1, 0.1, 1, 5, 1, 1));
  }
}
