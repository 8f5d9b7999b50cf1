package fieldnotes.plot;

import fieldnotes.cluster.Hierarchy;
import fieldnotes.cluster.Linkage;
import fieldnotes.common.Check;
import fieldnotes.draw.Axes;
import fieldnotes.draw.Axis;
import fieldnotes.draw.Curves;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.table.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dendrogram of a hierarchical clustering: the height of each bracket is the merge distance. Large
 * hierarchies are truncated to their last merges; each leaf then shows its number of rows.
 */
public final class Dendrogram implements Figure {
  private static final int WHOLE = 60;
  private static final int SHOWN = 30;

  private final String title;
  private final Hierarchy hierarchy;
  private final int clusters;
  private final int ends;
  private final List<String> names;

  private Dendrogram(
      String title, Hierarchy hierarchy, int clusters, int ends, List<String> names) {
    this.title = title;
    this.hierarchy = hierarchy;
    this.clusters = clusters;
    this.ends = ends;
    this.names = List.copyOf(names);
  }

  /** Dendrogram of all merges for up to 60 rows, of the last 29 merges for more. */
  public static Dendrogram of(String title, Hierarchy hierarchy) {
    int rows = hierarchy.rows();
    return new Dendrogram(title, hierarchy, 1, rows <= WHOLE ? rows : SHOWN, List.of());
  }

  /**
   * Returns a copy with a horizontal line at the cut into {@code count} clusters; each cluster has
   * its own colour, in the order of the labels. Centroid and median linkage have the colours only:
   * their heights may decrease, so no height separates the clusters.
   */
  public Dendrogram cutInto(int count) {
    Check.that(
        count >= 1 && count <= hierarchy.rows(),
        "count=%d: must be from 1 to %d, the number of rows",
        count,
        hierarchy.rows());
    return new Dendrogram(title, hierarchy, count, ends, names);
  }

  /**
   * Returns a copy truncated to {@code count} leaves; a leaf of several rows shows their number in
   * brackets.
   */
  Dendrogram withEnds(int count) {
    Check.that(
        count >= 2 && count <= hierarchy.rows(),
        "ends=%d: must be from 2 to %d, the number of rows",
        count,
        hierarchy.rows());
    return new Dendrogram(title, hierarchy, clusters, count, names);
  }

  /** Returns a copy with a name for each row; default: row numbers from 0. */
  public Dendrogram named(List<String> rowNames) {
    Check.sameLength("names", rowNames.size(), "the hierarchy", hierarchy.rows());
    return new Dendrogram(title, hierarchy, clusters, ends, rowNames);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int width() {
    return Math.clamp((clusters > 1 ? 190 : 120) + 30L * ends, Style.WIDTH, 1_600);
  }

  @Override
  public int height() {
    return 480;
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    double[][] merges = hierarchy.linkage();
    int n = hierarchy.rows();
    int firstShown = n - ends; // merges from this index on are drawn
    List<Integer> order = ends(merges, n, firstShown);
    double[] at = new double[2 * n - 1];
    for (int e = 0; e < order.size(); e++) {
      at[order.get(e)] = e;
    }
    for (int m = Math.max(0, firstShown); m < n - 1; m++) {
      at[n + m] = (at[(int) merges[m][0]] + at[(int) merges[m][1]]) / 2;
    }
    int[] colour = colours(merges, n);
    Axis x = across(merges, order);
    Axis y = up(merges);
    List<String> cut =
        marksCut()
            ? List.of(
                String.format(Locale.ROOT, "%d clusters", clusters),
                String.format(Locale.ROOT, "at %.4g", hierarchy.heightFor(clusters)))
            : List.of();
    FontMetrics words = g.getFontMetrics(Style.font(12));
    int right = cut.stream().mapToInt(line -> words.stringWidth(line) + 8).max().orElse(0);
    Axes axes = Axes.layout(g, width, height, title, x, y, right);
    axes.paint(g);
    g.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
    for (int m = firstShown; m < n - 1; m++) {
      g.setColor(colour[n + m] < 0 ? Style.FAINT_INK : Style.color(colour[n + m]));
      bracket(g, axes, merges, n, m, at, colour, firstShown);
    }
    if (marksCut()) {
      cut(g, axes, cut);
    }
    if (hierarchy.inversions() > 0) {
      String text =
          hierarchy.inversions()
              + (hierarchy.inversions() == 1 ? " inversion" : " inversions")
              + ": merges lower than one inside them";
      Curves.note(
          g,
          text,
          axes.area().getMaxX() - words.stringWidth(text) - 4,
          axes.area().y + words.getAscent() + 2.0);
    }
  }

  /** The tree with a cut line to drag, where one height separates the clusters. */
  @Override
  public Optional<Interactive> interactive() {
    double[][] merges = hierarchy.linkage();
    int n = hierarchy.rows();
    List<Integer> order = ends(merges, n, n - ends);
    boolean cut = hierarchy.method() != Linkage.CENTROID && hierarchy.method() != Linkage.MEDIAN;
    return Optional.of(
        new LiveTree(
                this,
                merges,
                order,
                order.stream().map(node -> name(node, merges, n)).toList(),
                label(),
                up(merges),
                cut ? hierarchy.heightFor(Math.min(n, Math.max(2, clusters))) : -1)
            .made());
  }

  /** Whether one height separates the clusters. */
  private boolean marksCut() {
    return clusters > 1
        && hierarchy.method() != Linkage.CENTROID
        && hierarchy.method() != Linkage.MEDIAN;
  }

  private Axis across(double[][] merges, List<Integer> order) {
    if (ends > 200) {
      return new Axis(label(), -0.5, ends - 0.5, Axis.Spacing.LINEAR, List.of(""));
    }
    int n = hierarchy.rows();
    return Axis.names(label(), order.stream().map(node -> name(node, merges, n)).toList());
  }

  private static Axis up(double[][] merges) {
    double low = 0;
    double high = 0;
    for (double[] merge : merges) {
      low = Math.min(low, merge[2]);
      high = Math.max(high, merge[2]);
    }
    return Axis.linear("height", low, high > low ? high * 1.05 : low + 1);
  }

  @Override
  public String alt() {
    double[][] merges = hierarchy.linkage();
    Axis y = up(merges);
    String cut =
        clusters > 1
            ? String.format(Locale.ROOT, ", coloured by %,d clusters", clusters)
                + (marksCut()
                    ? String.format(Locale.ROOT, " cut at %.4g", hierarchy.heightFor(clusters))
                    : "")
            : "";
    return String.format(
        Locale.ROOT,
        "%s: dendrogram of %s by %s linkage, %s drawn%s. x: %s; y: height, %s to %s.",
        title,
        Words.count(hierarchy.rows(), "row"),
        hierarchy.method().toString().toLowerCase(Locale.ROOT),
        Words.count(ends, "end"),
        cut,
        label(),
        Axis.text(y.from(), 1),
        Numbers.text(merges[merges.length - 1][2]));
  }

  private String label() {
    return ends == hierarchy.rows()
        ? "rows"
        : String.format(Locale.ROOT, "ends (rows under them) of %,d rows", hierarchy.rows());
  }

  /** Draws the cut line and its label. */
  private void cut(Graphics2D g, Axes axes, List<String> lines) {
    double y = axes.y(hierarchy.heightFor(clusters));
    Curves.broken(g);
    g.draw(new Line2D.Double(axes.area().x, y, axes.area().getMaxX(), y));
    FontMetrics metrics = g.getFontMetrics(Style.font(12));
    double top = y - lines.size() * metrics.getHeight() / 2.0;
    top = Math.clamp(top, 0, axes.area().getMaxY() - lines.size() * metrics.getHeight());
    for (int i = 0; i < lines.size(); i++) {
      double base = top + i * metrics.getHeight() + metrics.getAscent();
      Curves.note(g, lines.get(i), axes.area().getMaxX() + 6, base);
    }
  }

  /** The leaves from left to right. */
  private static List<Integer> ends(double[][] merges, int n, int firstShown) {
    List<Integer> order = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    open.push(2 * n - 2);
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node < n + Math.max(0, firstShown)) {
        order.add(node);
      } else {
        open.push((int) merges[node - n][1]);
        open.push((int) merges[node - n][0]);
      }
    }
    return order;
  }

  private String name(int node, double[][] merges, int n) {
    if (node >= n) {
      return String.format(Locale.ROOT, "(%d)", (int) merges[node - n][3]);
    }
    return names.isEmpty() ? Integer.toString(node) : names.get(node);
  }

  /** The cluster of each node, or −1 above the cut. */
  private int[] colours(double[][] merges, int n) {
    int[] colour = new int[2 * n - 1];
    if (clusters == 1) {
      return colour;
    }
    int[] labels = hierarchy.cutInto(clusters);
    System.arraycopy(labels, 0, colour, 0, n);
    for (int m = 0; m < n - 1; m++) {
      int a = colour[(int) merges[m][0]];
      int b = colour[(int) merges[m][1]];
      colour[n + m] = a == b ? a : -1;
    }
    return colour;
  }

  private static void bracket(
      Graphics2D g,
      Axes axes,
      double[][] merges,
      int n,
      int m,
      double[] at,
      int[] colour,
      int firstShown) {
    int a = (int) merges[m][0];
    int b = (int) merges[m][1];
    double top = axes.y(merges[m][2]);
    Color own = g.getColor();
    for (int child : new int[] {a, b}) {
      double foot =
          child >= n + firstShown && child >= n ? axes.y(merges[child - n][2]) : axes.y(0);
      double px = axes.x(at[child]);
      // A leg has the colour of the subtree below it, so clusters are coloured up to the cut.
      g.setColor(colour[child] < 0 ? own : Style.color(colour[child]));
      g.draw(new Line2D.Double(px, top, px, foot));
    }
    g.setColor(own);
    Path2D bar = new Path2D.Double();
    bar.moveTo(axes.x(at[a]), top);
    bar.lineTo(axes.x(at[b]), top);
    g.draw(bar);
  }

  @Override
  public String toString() {
    return "%s: dendrogram of %d rows, %d ends".formatted(title, hierarchy.rows(), ends);
  }
}
