package fieldnotes.cluster;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Agreement;
import fieldnotes.table.Matrix;
import fieldnotes.table.Rows;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The trees of the same rows by every linkage.
 *
 * @param trees the tree of each linkage
 * @param cophenetic cophenetic correlation of each tree, −1 to 1; NaN for a tree whose heights are
 *     all equal, as with single linkage of evenly spaced rows
 */
public record HierarchySweep(Map<Linkage, Hierarchy> trees, Map<Linkage, Double> cophenetic) {
  /** Copies the maps, in the order of the linkages. */
  public HierarchySweep {
    trees = Collections.unmodifiableMap(new EnumMap<>(trees));
    cophenetic = Collections.unmodifiableMap(new EnumMap<>(cophenetic));
  }

  /** All seven trees of rows of shape [rows][columns]. */
  public static HierarchySweep of(double[][] x) {
    return of(Matrix.of(Check.rectangular("x", x)));
  }

  /** All seven trees of the numeric columns of a table. */
  public static HierarchySweep of(Table table) {
    return of(KMeans.samples(table));
  }

  /**
   * All seven trees.
   *
   * @param x scaled rows, at least 2; of 2 the cophenetic correlations are NaN
   */
  public static HierarchySweep of(Rows x) {
    Map<Linkage, Hierarchy> trees = new EnumMap<>(Linkage.class);
    Map<Linkage, Double> cophenetic = new EnumMap<>(Linkage.class);
    for (Linkage linkage : Linkage.values()) {
      Hierarchy tree = Hierarchy.of(x, linkage);
      trees.put(linkage, tree);
      cophenetic.put(linkage, tree.copheneticCorrelation(x));
    }
    return new HierarchySweep(trees, cophenetic);
  }

  /** The tree of one linkage. */
  public Hierarchy tree(Linkage linkage) {
    return trees.get(linkage);
  }

  /** The linkage with the highest cophenetic correlation; NaN is never the highest. */
  public Linkage mostFaithful() {
    return Collections.max(
            cophenetic.entrySet(),
            Comparator.comparingDouble(
                e -> e.getValue().isNaN() ? Double.NEGATIVE_INFINITY : e.getValue()))
        .getKey();
  }

  /**
   * The ARI of every tree, cut into a number of clusters, with known classes; NaN without classes.
   */
  public Map<Linkage, Double> adjustedRand(int clusters, List<String> classes) {
    Map<Linkage, Double> found = new EnumMap<>(Linkage.class);
    trees.forEach(
        (linkage, tree) ->
            found.put(linkage, Agreement.of(classes, tree.cutInto(clusters)).adjustedRand()));
    return found;
  }

  /**
   * One row per linkage: its cophenetic correlation; for a cut into this number of clusters, the
   * ARI with known classes (missing if none is known) and the largest cluster; its inversions.
   *
   * @param classes the known class of each row, empty text if unknown
   */
  public Table toTable(int clusters, List<String> classes) {
    Map<Linkage, Double> rand = adjustedRand(clusters, classes);
    StringColumn name = StringColumn.create("linkage");
    DoubleColumn faithful = DoubleColumn.create("cophenetic");
    DoubleColumn agreement = DoubleColumn.create("ARI with classes");
    IntColumn largest = IntColumn.create("largest");
    IntColumn inversions = IntColumn.create("inversions");
    trees.forEach(
        (linkage, tree) -> {
          int[] sizes = new int[clusters];
          Arrays.stream(tree.cutInto(clusters)).forEach(c -> sizes[c]++);
          name.append(linkage.label());
          faithful.append(cophenetic.get(linkage));
          agreement.append(rand.get(linkage));
          largest.append(Arrays.stream(sizes).max().orElse(0));
          inversions.append(tree.inversions());
        });
    return Table.create("linkages", name, faithful, agreement, largest, inversions);
  }

  @Override
  public String toString() {
    return "trees by "
        + trees.keySet().stream()
            .map(
                l ->
                    String.format(
                        Locale.ROOT, "%s (cophenetic %.2f)", l.label(), cophenetic.get(l)))
            .collect(Collectors.joining(", "));
  }
}
