package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Groups;
import fieldnotes.draw.Scatter;
import fieldnotes.draw.Style;
import fieldnotes.embed.Embedding;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/** Plots of an embedding: the points coloured by group, and the convergence of t-SNE. */
public final class EmbeddingPlot {
  private EmbeddingPlot() {}

  /** Points coloured by cluster; −1 is noise. */
  public static Figure of(String title, Embedding embedding, int[] labels) {
    return of(title, embedding, Groups.of(labels));
  }

  /** Points coloured by class. */
  public static Figure of(String title, Embedding embedding, List<String> classes) {
    return of(title, embedding, Groups.of(classes));
  }

  /**
   * Points coloured by class, of the rows that were embedded: an interactive chart names them and
   * plays their sounds.
   */
  public static Figure of(String title, Embedding embedding, Samples rows) {
    return of(title, embedding, Groups.of(rows)).withRows(rows);
  }

  /** Points coloured by group, for classes that keep their colours in several charts. */
  public static Figure of(String title, Embedding embedding, Groups groups) {
    double[] x = Arrays.stream(embedding.points()).mapToDouble(p -> p[0]).toArray();
    double[] y = Arrays.stream(embedding.points()).mapToDouble(p -> p[1]).toArray();
    XYChart chart = Scatter.byLabel(title, "", "", x, y, groups.codes(), groups::name);
    // Position and unit of the axes have no meaning in an embedding.
    chart.getStyler().setAxisTicksVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setPlotBorderVisible(true);
    chart.getStyler().setPlotBorderColor(Style.GRID);
    Figure figure = Scatter.figure(chart, x, y, groups, false);
    return figure.sized(Style.WIDTH, Math.max(520, figure.height()));
  }

  /** The Kullback–Leibler divergence over the iterations of t-SNE. */
  public static Figure divergence(String title, Embedding embedding) {
    Check.that(
        embedding.divergence().length > 0, "%s has no divergence to draw", embedding.method());
    double[] rounds = Curves.doubles(embedding.rounds());
    int last = rounds.length - 1;
    return Curves.marked(
        title,
        "round",
        "Kullback–Leibler divergence in nats",
        rounds,
        embedding.divergence(),
        last,
        String.format(Locale.ROOT, "%.3f", embedding.finalDivergence()));
  }
}
