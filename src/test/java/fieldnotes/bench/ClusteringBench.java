package fieldnotes.bench;

import fieldnotes.cluster.DbscanGrid;
import fieldnotes.cluster.Hdbscan;
import fieldnotes.cluster.HdbscanOptions;
import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.KMeans;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.Linkage;
import fieldnotes.embed.Pca;
import fieldnotes.embed.Tsne;
import fieldnotes.embed.TsneOptions;
import fieldnotes.evaluate.Silhouette;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import smile.clustering.Clustering;
import smile.clustering.DBSCAN;
import smile.clustering.HDBSCAN;
import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.WardLinkage;
import smile.manifold.TSNE;

/**
 * The Java side of bench/clustering.py: a task and a number of times a line; their median seconds,
 * what was found and the peak memory a line.
 */
public final class ClusteringBench {
  private static final double[] EPS = DbscanGrid.steps(0.01, 3, 30);
  private static final int[] SAMPLES = {3, 4, 5, 6, 7, 8, 9};

  private final double[][] x;
  private List<int[]> labels = List.of();

  private ClusteringBench(double[][] x) {
    this.x = x;
  }

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
    ClusteringBench bench = new ClusteringBench(x);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String task = line.split(" ")[0];
      double[] seconds = new double[Integer.parseInt(line.split(" ")[1])];
      double[] found = {};
      for (int i = 0; i < seconds.length; i++) {
        long start = System.nanoTime();
        found = bench.run(task);
        seconds[i] = (System.nanoTime() - start) / 1e9 * (task.equals("smile-grid") ? 210 : 1);
      }
      Arrays.sort(seconds);
      System.out.printf(
          Locale.ROOT,
          "{\"seconds\": %.7f, \"found\": %s, \"megabytes\": %.0f}%n",
          (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2,
          Arrays.toString(found),
          peakMegabytes());
    }
  }

  private static double peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return Double.NaN;
  }

  private double[] run(String task) {
    return switch (task) {
      case "pca" -> new double[] {Pca.fit(x).explainedVarianceRatio()[0]};
      case "kmeans" -> sweep();
      case "silhouettes" ->
          Silhouette.ofAll(x, labels).stream().mapToDouble(Silhouette::mean).toArray();
      case "grid" -> grid();
      case "hdbscan" -> new double[] {Hdbscan.fit(x, HdbscanOptions.of(10)).count()};
      case "ward" -> {
        double[] heights = Hierarchy.of(x, Linkage.WARD).heights();
        yield new double[] {heights[heights.length - 1]};
      }
      case "tsne" -> new double[] {Tsne.fit(x, TsneOptions.of(42)).finalDivergence()};
      default -> smile(task);
    };
  }

  private double[] sweep() {
    double[] inertia = new double[7];
    List<int[]> found = new ArrayList<>();
    for (int k = 2; k <= 8; k++) {
      var clusters = KMeans.fit(x, KMeansOptions.of(k, 42));
      inertia[k - 2] = clusters.inertia();
      found.add(clusters.labels());
    }
    labels = found;
    return inertia;
  }

  private double[] grid() {
    DbscanGrid grid = DbscanGrid.of(x, EPS, SAMPLES);
    double[] counts = new double[EPS.length * SAMPLES.length];
    for (int e = 0; e < EPS.length; e++) {
      for (int m = 0; m < SAMPLES.length; m++) {
        counts[e * SAMPLES.length + m] = grid.count(e, m);
      }
    }
    return counts;
  }

  /** Smile's own for the same work; where it has the best of several starts, one after another. */
  private double[] smile(String task) {
    switch (task) {
      case "smile-kmeans" -> {
        for (int k = 2; k <= 8; k++) {
          int clusters = k;
          Clustering.run(
              10, () -> smile.clustering.KMeans.fit(x, new Clustering.Options(clusters, 300)));
        }
      }
      case "smile-grid" -> DBSCAN.fit(x, 5, EPS[15]);
      case "smile-hdbscan" -> HDBSCAN.fit(x, 10, 10);
      case "smile-ward" -> HierarchicalClustering.fit(WardLinkage.of(x));
      case "smile-tsne" -> TSNE.fit(x, new TSNE.Options(2, 30, 200, 12, 1000));
      default -> throw new IllegalArgumentException("task=" + task);
    }
    return new double[0];
  }
}
