package fieldnotes.plot;

import fieldnotes.cluster.DbscanGrid;
import fieldnotes.cluster.HdbscanClusters;
import fieldnotes.cluster.HdbscanClusters.Branch;
import fieldnotes.cluster.KDistances;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.HeatMap;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Sheet;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Plots for density clustering: DBSCAN parameter grids, k-distances and HDBSCAN's condensed tree.
 */
public final class DensityPlot {
  private static final double MANY = 12;

  private DensityPlot() {}

  /** Two heat maps of a parameter grid: number of clusters and share of noise for each setting. */
  public static Figure grid(String title, DbscanGrid grid) {
    int radii = grid.eps().length;
    int samples = grid.minSamples().length;
    double[][] clusters = new double[samples][radii];
    double[][] noise = new double[samples][radii];
    double most = 1;
    for (int m = 0; m < samples; m++) {
      for (int l = 0; l < radii; l++) {
        clusters[m][l] = grid.count(l, m);
        noise[m][l] = 100 * grid.noise(l, m);
        most = Math.max(most, grid.count(l, m));
      }
    }
    List<String> columns =
        Arrays.stream(grid.eps()).mapToObj(e -> String.format(Locale.ROOT, "%.3g", e)).toList();
    List<String> rows = IntStream.of(grid.minSamples()).mapToObj(Integer::toString).toList();
    Axis x = Axis.names("eps", columns);
    Axis y = Axis.names("minSamples", rows);
    int height = Math.clamp(150 + 26L * samples, 260, 700);
    HeatMap counts =
        HeatMap.of("Clusters", x, y, clusters)
            .withRange(0, Math.min(most, MANY))
            .withUnit(most > MANY ? "up to 12" : "clusters")
            .withNumbers("%.0f");
    HeatMap share =
        HeatMap.of("Noise", x, y, noise)
            .withRange(0, 100)
            .withUnit("% noise")
            .withNumbers("%.0f")
            .withColours(ColorMap.BLUES);
    return Sheet.of(title, 1, 960, height, List.of(counts, share));
  }

  /** Sorted distances of all rows to their core-defining neighbour, with the knee marked. */
  public static Figure kDistances(String title, KDistances distances) {
    double[] y = distances.sorted();
    double[] x = IntStream.rangeClosed(1, y.length).asDoubleStream().toArray();
    double knee = distances.suggestedEps();
    int at = Math.max(0, Arrays.binarySearch(y, knee));
    return Figure.drawn(
            title,
            Style.WIDTH,
            Style.HEIGHT,
            String.format(
                Locale.ROOT,
                "sorted distances of %s, knee at %.3g",
                Words.count(y.length, "row"),
                knee),
            Axis.linear("rows, nearest first", 0, y.length * 1.02),
            Axis.linear(
                "distance to neighbour " + (distances.minSamples() - 1),
                0,
                Math.max(y[y.length - 1] * 1.05, 1e-12)),
            (g, w, h, across, up) -> {
              Axes axes = Axes.layout(g, w, h, title, across, up, 0);
              axes.paint(g);
              Curves.line(g, axes, x, y, Style.color(0), false);
              Curves.mark(
                  g,
                  axes,
                  x[at],
                  y[at],
                  String.format(Locale.ROOT, "knee: eps = %.3g", knee),
                  false,
                  x,
                  y);
            })
        .withInteractive(
            shown ->
                LiveChart.of(shown)
                    .rule(0, y[at], x[at], y[at], "knee")
                    .lines(
                        List.of(new LiveChart.Line("distance", Style.color(0), x, y)),
                        false,
                        false,
                        "row, nearest first",
                        shown.scales().orElseThrow().y().label())
                    .mark(x[at], y[at], String.format(Locale.ROOT, "knee: eps = %.3g", knee))
                    .done());
  }

  /**
   * Condensed tree of HDBSCAN as an icicle plot, with large distances at the top. The width of a
   * cluster is its number of rows; selected clusters are coloured.
   */
  public static Figure condensedTree(String title, HdbscanClusters clusters) {
    Icicles icicles = new Icicles(clusters);
    long chosen = clusters.tree().stream().filter(b -> b.label() >= 0).count();
    return Figure.drawn(
            title,
            Style.WIDTH,
            520,
            "condensed tree of "
                + Words.count(clusters.tree().getFirst().size(), "row")
                + " with "
                + Words.count(chosen, "selected cluster"),
            new Axis(
                "rows", 0, clusters.tree().getFirst().size(), Axis.Spacing.LINEAR, List.of("")),
            Axis.log("distance (1 / density)", icicles.near / 1.03, icicles.far * 1.03),
            (g, w, h, x, y) -> icicles.paint(g, w, h, title, x, y))
        .withInteractive(shown -> LiveChart.of(shown).boxes(icicles.boxes()).done());
  }

  /** Draws a condensed tree. */
  private static final class Icicles {
    private static final int MOST_BOXES = 1_000;

    private final List<Branch> tree;
    private final double[][]
        leaves; // for each branch, the distances at which rows leave, in decreasing order
    private final double[] left; // left edge of each branch, in rows
    private final double near; // smallest distance shown
    private final double far; // largest distance shown

    Icicles(HdbscanClusters clusters) {
      tree = clusters.tree();
      List<List<Double>> fall = new ArrayList<>();
      List<List<Integer>> children = new ArrayList<>();
      for (int b = 0; b < tree.size(); b++) {
        fall.add(new ArrayList<>());
        children.add(new ArrayList<>());
      }
      double least = Double.POSITIVE_INFINITY;
      double greatest = 0;
      int[] branchOf = clusters.leaves();
      double[] density = clusters.leaveDensity();
      for (int i = 0; i < branchOf.length; i++) {
        double distance = 1 / density[i];
        fall.get(branchOf[i]).add(distance);
        if (distance > 0) {
          least = Math.min(least, distance);
        }
        greatest = Math.max(greatest, distance);
      }
      for (Branch branch : tree) {
        if (branch.parent() >= 0) {
          children.get(branch.parent()).add(branch.id());
          greatest = Math.max(greatest, 1 / branch.birth());
        }
      }
      near = Double.isInfinite(least) ? 0.5 : least;
      far = greatest > near ? greatest : near * 2;
      leaves =
          fall.stream()
              .map(
                  list ->
                      list.stream()
                          .mapToDouble(d -> Math.max(near, d))
                          .map(d -> -d)
                          .sorted()
                          .map(d -> -d)
                          .toArray())
              .toArray(double[][]::new);
      left = new double[tree.size()];
      // A cluster is centred over its children, which share its width in proportion to their sizes.
      for (Branch branch : tree) {
        double rest = branch.size();
        for (int child : children.get(branch.id())) {
          rest -= tree.get(child).size();
        }
        double at = left[branch.id()] + Math.max(0, rest) / 2;
        for (int child : children.get(branch.id())) {
          left[child] = at;
          at += tree.get(child).size();
        }
      }
    }

    void paint(Graphics2D g, int width, int height, String title, Axis x, Axis y) {
      List<Branch> chosen = tree.stream().filter(b -> b.label() >= 0).toList();
      List<String> names = new ArrayList<>();
      List<Color> colours = new ArrayList<>();
      for (Branch branch : chosen) {
        names.add("cluster " + branch.label() + ": " + branch.size());
        colours.add(Style.color(branch.label()));
      }
      boolean legend = names.size() <= 20;
      Axes axes =
          Axes.layout(g, width, height, title, x, y, legend ? Axes.legendWidth(g, names) : 0);
      axes.paint(g);
      for (Branch branch : tree) {
        int label = label(branch);
        g.setColor(label >= 0 ? Style.color(label) : Style.NOISE);
        g.fill(icicle(axes, branch));
      }
      if (legend) {
        axes.paintLegend(g, names, colours);
      } else {
        FontMetrics metrics = g.getFontMetrics(Style.font(12));
        String text = names.size() + " clusters";
        Curves.note(
            g,
            text,
            axes.area().getMaxX() - metrics.stringWidth(text) - 4,
            axes.area().y + metrics.getAscent() + 2.0);
      }
    }

    private double top(Branch branch) {
      return branch.parent() < 0 ? far : Math.max(near, 1 / branch.birth());
    }

    /** The selected cluster that a branch belongs to, or −1. */
    private int label(Branch branch) {
      int owner = branch.id();
      while (owner > 0 && tree.get(owner).label() < 0) {
        owner = tree.get(owner).parent();
      }
      return tree.get(owner).label();
    }

    /** The distances from the top of a branch on, and its half width from each on. */
    private List<double[]> steps(Branch branch) {
      double to = Math.max(near, 1 / branch.death());
      List<double[]> steps = new ArrayList<>();
      double half = branch.size() / 2.0;
      steps.add(new double[] {top(branch), half});
      for (double distance : leaves[branch.id()]) {
        if (distance < to) {
          break;
        }
        steps.add(new double[] {distance, half});
        half -= 0.5;
        steps.add(new double[] {distance, half});
      }
      steps.add(new double[] {to, half});
      return steps;
    }

    /** The branches as boxes, at most some {@value #MOST_BOXES}: where few rows leave, one box. */
    List<LiveChart.Box> boxes() {
      int rows = tree.getFirst().size();
      double least = (double) rows / MOST_BOXES;
      List<LiveChart.Box> boxes = new ArrayList<>();
      for (Branch branch : tree) {
        int label = label(branch);
        String group = label < 0 ? "not selected" : "cluster " + label;
        double middle = left[branch.id()] + branch.size() / 2.0;
        List<double[]> steps = steps(branch);
        double[] begun = steps.getFirst();
        for (double[] step : steps) {
          boolean end = step == steps.getLast();
          if (step[0] < begun[0] && (end || 2 * (begun[1] - step[1]) >= least)) {
            double half = Math.max(0, begun[1]);
            boxes.add(
                new LiveChart.Box(
                    middle - half,
                    middle + half,
                    step[0],
                    begun[0],
                    group,
                    label < 0 ? Style.NOISE : Style.color(label),
                    Words.count(Math.round(2 * half), "row")
                        + String.format(
                            Locale.ROOT, " at distance %.4g to %.4g", step[0], begun[0])));
            begun = step;
          }
        }
      }
      return boxes;
    }

    /** The outline of a branch, symmetric, narrower with each row that leaves. */
    private Path2D icicle(Axes axes, Branch branch) {
      double middle = left[branch.id()] + branch.size() / 2.0;
      List<double[]> steps = steps(branch);
      Path2D path = new Path2D.Double();
      for (int s = 0; s < steps.size(); s++) {
        double px = axes.x(middle - Math.max(0, steps.get(s)[1]));
        double py = axes.y(steps.get(s)[0]);
        if (s == 0) {
          path.moveTo(px, py);
        } else {
          path.lineTo(px, py);
        }
      }
      for (double[] step : steps.reversed()) {
        path.lineTo(axes.x(middle + Math.max(0, step[1])), axes.y(step[0]));
      }
      path.closePath();
      return path;
    }
  }
}
