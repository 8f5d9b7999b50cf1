package fieldnotes.classify;

import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ClassificationBoosting;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
import fieldnotes.tree.HistogramTrees;
import fieldnotes.tree.TreeOptions;

/** The learners of classes that grow the trees of {@code fieldnotes.tree}. */
final class TreeLearners {
  private TreeLearners() {}

  record Tree(TreeOptions options) implements Seeded<Classified, ClassTree> {
    @Override
    public ClassTree fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassTree(made, ClassificationTree.fit(x.values(), codes, weights, options));
    }

    @Override
    public Tree withSeed(long seed) {
      return new Tree(options.withSeed(seed));
    }

    @Override
    public String toString() {
      return "classification tree, " + options;
    }
  }

  record Boosting(BoostingOptions options) implements Seeded<Classified, ClassBoosting> {
    @Override
    public ClassBoosting fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassBoosting(
          made, ClassificationBoosting.fit(x.values(), codes, weights, options));
    }

    @Override
    public Boosting withSeed(long seed) {
      return new Boosting(options.withTree(options.tree().withSeed(seed)));
    }

    @Override
    public String toString() {
      return "boosted classes, " + options;
    }
  }

  record Histogram(HistogramOptions options) implements Seeded<Classified, HistogramClasses> {
    @Override
    public HistogramClasses fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      boolean early = options.stopsEarly(codes.length);
      Split split =
          early
              ? Split.stratified(codes, options.early().validationShare(), options.splitSeed())
              : null;
      return new HistogramClasses(
          made,
          HistogramTrees.ofClasses(
              x.values(),
              codes,
              made.classes().size(),
              weights,
              early ? split.train() : null,
              early ? split.test() : null,
              options));
    }

    @Override
    public Histogram withSeed(long seed) {
      return new Histogram(options.withSeed(seed));
    }

    @Override
    public String toString() {
      return "classes boosted on histograms, " + options;
    }
  }

  record Forest(ForestOptions options) implements Seeded<Classified, ClassForest> {
    @Override
    public ClassForest fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassForest(made, ClassificationForest.fit(x.values(), codes, weights, options));
    }

    @Override
    public Forest withSeed(long seed) {
      return new Forest(options.withTree(options.tree().withSeed(seed)));
    }

    @Override
    public String toString() {
      return "classification forest of " + options;
    }
  }
}
