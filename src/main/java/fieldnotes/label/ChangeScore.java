package fieldnotes.label;

import java.util.stream.IntStream;

/**
 * How sharply a group of clips stands out: by the height h at which its cluster was made, and that
 * of the cluster q that it is merged into. These scores are a design of this workbench, in the
 * spirit of the search for structural change of hierarchical cluster guided labelling (Wigness,
 * Draper and Beveridge, CVPR 2015), whose own formula we do not know.
 */
public enum ChangeScore {
  /** h(q) − h: large groups first. */
  GAP("gap"),
  /** (h(q) − h) / h(q): the sharpest first, however small. */
  RELATIVE_GAP("relative gap"),
  /**
   * h(q) less the mean height of the group and the merges up to 3 levels below, by their deviation.
   */
  LOCAL("local z-score"),
  /** The relative gap times √rows: prefers groups that save more work. */
  RELATIVE_GAP_BY_SIZE("relative gap · √size");

  /** Levels below a node that {@link #LOCAL} looks at. */
  private static final int LEVELS = 3;

  private final String words;

  ChangeScore(String words) {
    this.words = words;
  }

  double of(ClipTree tree, int node) {
    double above = tree.height[tree.parent[node]];
    double gap = above - tree.height[node];
    double relative = above > 0 ? gap / above : 0; // 0 where all points are the same
    return switch (this) {
      case GAP -> gap;
      case RELATIVE_GAP -> relative;
      case RELATIVE_GAP_BY_SIZE -> relative * Math.sqrt(tree.size(node));
      case LOCAL -> local(tree, node, above);
    };
  }

  private static double local(ClipTree tree, int node, double above) {
    double[] sums = new double[3];
    add(tree, node, LEVELS, sums);
    double mean = sums[1] / sums[0];
    double deviation = Math.sqrt(Math.max(0, sums[2] / sums[0] - mean * mean));
    // with one height, or equal ones, the height itself is the measure
    double scale = deviation > 1e-9 * mean ? deviation : mean;
    return scale > 0 ? (above - mean) / scale : 0;
  }

  private static void add(ClipTree tree, int node, int levels, double[] sums) {
    if (tree.isRow(node)) {
      return;
    }
    double height = tree.height[node];
    sums[0]++;
    sums[1] += height;
    sums[2] += height * height;
    if (levels > 0) {
      add(tree, tree.left[node], levels - 1, sums);
      add(tree, tree.right[node], levels - 1, sums);
    }
  }

  /**
   * The groups of at least {@code least} rows, the best first; ties go to the larger group, then to
   * the lower node. The root is no group.
   */
  int[] order(ClipTree tree, int least) {
    double[] scores = new double[tree.nodes()];
    int[] groups =
        IntStream.range(tree.rows, tree.root).filter(node -> tree.size(node) >= least).toArray();
    for (int node : groups) {
      scores[node] = of(tree, node);
    }
    return IntStream.of(groups)
        .boxed()
        .sorted(
            (a, b) -> {
              int byScore = Double.compare(scores[b], scores[a]);
              int bySize = Integer.compare(tree.size(b), tree.size(a));
              return byScore != 0 ? byScore : bySize != 0 ? bySize : Integer.compare(a, b);
            })
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public String toString() {
    return words;
  }
}
