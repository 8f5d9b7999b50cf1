package fieldnotes.plot;

import fieldnotes.cluster.KMeansSweep;
import fieldnotes.cluster.MixtureSweep;
import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores as curves over the number of clusters. */
public final class SweepPlot {
  private SweepPlot() {}

  /** Inertia over k, with the elbow marked. */
  public static Figure elbow(String title, KMeansSweep sweep) {
    return curve(title, "inertia", sweep, sweep.inertias(), sweep.elbow(), "elbow (Kneedle)");
  }

  /** Mean silhouette over k, with its maximum marked. */
  public static Figure silhouette(String title, KMeansSweep sweep) {
    return curve(
        title,
        "mean silhouette",
        sweep,
        sweep.meanSilhouettes(),
        sweep.bestBySilhouette(),
        "highest");
  }

  /**
   * Inertia, silhouette, Davies–Bouldin, Caliński–Harabasz and stability over k in one sheet, with
   * the choice of each marked, followed by the silhouette plot at the k of the highest mean
   * silhouette.
   */
  public static Figure all(String title, KMeansSweep sweep) {
    int best = sweep.bestBySilhouette();
    double[] stability = sweep.stability();
    int steadiest = 0;
    for (int i = 0; i < stability.length; i++) {
      steadiest = stability[i] > stability[steadiest] ? i : steadiest;
    }
    return Sheet.of(
        title,
        2,
        480,
        310,
        List.of(
            elbow("Inertia", sweep),
            silhouette("Mean silhouette", sweep),
            curve(
                "Davies–Bouldin",
                "index",
                sweep,
                sweep.daviesBouldin(),
                sweep.bestByDaviesBouldin(),
                "lowest"),
            curve(
                "Caliński–Harabasz",
                "index",
                sweep,
                sweep.calinskiHarabasz(),
                sweep.bestByCalinskiHarabasz(),
                "highest"),
            curve(
                "Stability over starts",
                "mean adjusted Rand index",
                sweep,
                stability,
                sweep.ks()[steadiest],
                "steadiest"),
            SilhouettePlot.of("Silhouettes of the rows, k = " + best, sweep.silhouette(best))));
  }

  private static Figure curve(
      String title, String label, KMeansSweep sweep, double[] y, int markedK, String name) {
    int[] ks = sweep.ks();
    int at = Arrays.binarySearch(ks, markedK);
    return Curves.marked(
        title, "clusters k", label, Curves.doubles(ks), y, at, name + ": k = " + markedK);
  }

  /**
   * BIC and AIC over the number of components, for full and diagonal covariances, with the lowest
   * BIC marked.
   */
  public static Figure mixtures(String title, MixtureSweep sweep) {
    Check.that(!sweep.full().isEmpty(), "the sweep is empty");
    double[] x = Curves.doubles(sweep.ks());
    double[][] y = {
      sweep.full().stream().mapToDouble(m -> m.bic()).toArray(),
      sweep.full().stream().mapToDouble(m -> m.aic()).toArray(),
      sweep.diagonal().stream().mapToDouble(m -> m.bic()).toArray(),
      sweep.diagonal().stream().mapToDouble(m -> m.aic()).toArray()
    };
    List<String> names = List.of("BIC, full", "AIC, full", "BIC, diagonal", "AIC, diagonal");
    List<Color> colours = List.of(Style.color(0), Style.color(5), Style.color(1), Style.color(4));
    double[] every = Arrays.stream(y).flatMapToDouble(Arrays::stream).toArray();
    Figure drawn =
        Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            "line chart of " + Words.list(names.size(), "line", "lines", names),
            Axis.around("Gaussians", x),
            Axis.around("criterion (lower is better)", every),
            (g, w, h, across, up) -> {
              Axes axes = Axes.layout(g, w, h, title, across, up, Axes.legendWidth(g, names));
              axes.paint(g);
              for (int l = 0; l < y.length; l++) {
                Curves.line(g, axes, x, y[l], colours.get(l), true);
              }
              axes.paintLegend(g, names, colours);
              var best = sweep.bestByBic();
              Curves.mark(
                  g,
                  axes,
                  best.count(),
                  best.bic(),
                  "lowest BIC: "
                      + best.count()
                      + (best.options().diagonal() ? ", diagonal" : ", full"),
                  true,
                  x,
                  y);
            });
    return drawn.withInteractive(
        shown -> {
          List<LiveChart.Line> lines = new ArrayList<>();
          for (int l = 0; l < y.length; l++) {
            lines.add(new LiveChart.Line(names.get(l), colours.get(l), x, y[l]));
          }
          return LiveChart.of(shown).lines(lines, false, true, "Gaussians", "criterion").done();
        });
  }
}
