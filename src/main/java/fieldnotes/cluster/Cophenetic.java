package fieldnotes.cluster;

import fieldnotes.math.Points;
import java.util.Arrays;

/** How well the heights at which rows are merged follow their distances. */
final class Cophenetic {
  private Cophenetic() {}

  /** The sums for a correlation, row by row on all cores. */
  static double correlation(double[][] x, Hierarchy hierarchy) {
    int n = x.length;
    int[] leaves = hierarchy.leaves();
    int[] place = new int[n];
    for (int p = 0; p < n; p++) {
      place[leaves[p]] = p;
    }
    double[][] linkage = hierarchy.linkage();
    int[] parent = new int[2 * n - 1];
    int[] start = new int[2 * n - 1];
    int[] size = new int[2 * n - 1];
    Arrays.fill(size, 0, n, 1);
    for (int i = 0; i < n; i++) {
      start[i] = place[i];
    }
    double meanHeight = 0;
    for (int m = 0; m < n - 1; m++) {
      int left = (int) linkage[m][0];
      int right = (int) linkage[m][1];
      parent[left] = n + m;
      parent[right] = n + m;
      start[n + m] = Math.min(start[left], start[right]);
      size[n + m] = size[left] + size[right];
      meanHeight += linkage[m][2] * size[left] * size[right];
    }
    double pairs = (double) n * (n - 1) / 2;
    double shiftHeight = meanHeight / pairs;
    double shiftDistance = Math.sqrt(Points.between(x[0], x[n / 2]));
    double[][] sums = new double[n][];
    Points points = Points.of(x);
    points.forEachRow(
        "cophenetic distances",
        x,
        () -> new double[n],
        (i, squared, height) -> {
          points.root(squared, n);
          int below = i;
          while (below != 2 * n - 2) {
            int node = parent[below];
            double h = linkage[node - n][2] - shiftHeight;
            int from = start[node];
            int to = from + size[node];
            Arrays.fill(height, from, start[below], h);
            Arrays.fill(height, start[below] + size[below], to, h);
            below = node;
          }
          double[] s = new double[5];
          for (int j = 0; j < i; j++) {
            double d = squared[j] - shiftDistance;
            double h = height[place[j]];
            s[0] += d;
            s[1] += h;
            s[2] += d * d;
            s[3] += h * h;
            s[4] += d * h;
          }
          sums[i] = s;
        });
    double[] all = new double[5];
    for (double[] s : sums) {
      for (int k = 0; k < 5; k++) {
        all[k] += s[k];
      }
    }
    double cov = all[4] - all[0] * all[1] / pairs;
    double varD = all[2] - all[0] * all[0] / pairs;
    double varH = all[3] - all[1] * all[1] / pairs;
    double product = varD * varH;
    return product < Double.MAX_VALUE && product > 1e-290
        ? cov / Math.sqrt(product)
        : cov / Math.sqrt(varD) / Math.sqrt(varH);
  }
}
