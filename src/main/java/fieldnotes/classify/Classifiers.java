package fieldnotes.classify;

import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
import fieldnotes.tree.HistogramTrees;
import fieldnotes.tree.TreeOptions;

/** The learners of classes. Every row they learn from needs a class, and there must be two. */
public final class Classifiers {
  private Classifiers() {}

  // trees

  /** A decision tree, as scikit-learn's {@code DecisionTreeClassifier} grows it. */
  public static Learner<Classified, ClassTree> tree(TreeOptions options) {
    return new TreeLearner(options);
  }

  /** A random forest, as scikit-learn's {@code RandomForestClassifier} grows it. */
  public static Learner<Classified, ClassForest> forest(ForestOptions options) {
    return new ForestLearner(options);
  }

  // boosted trees

  /**
   * Gradient boosting on histograms, for large tables, as scikit-learn's {@code
   * HistGradientBoostingClassifier}: the same trees up to rounding, of finite numbers only.
   */
  public static Learner<Classified, HistogramClasses> histogramBoosting(HistogramOptions options) {
    return new HistogramLearner(options);
  }

  // linear and Bayesian

  // neighbours, support vectors, networks

  // several learners as one

  /**
   * AdaBoost of trees with one split, as scikit-learn's {@code AdaBoostClassifier}; {@link
   * AdaBoost#withBase} takes any other learner.
   *
   * @param stages the largest number of trees, at least 1; scikit-learn's default is 50
   * @param seed 0 to 4294967295
   */
  public static AdaBoost adaBoost(int stages, long seed) {
    return AdaBoost.of(stages, seed);
  }

  // few labels

  // plumbing of the learners of trees

  record TreeLearner(TreeOptions options) implements Seeded<Classified, ClassTree> {
    @Override
    public ClassTree fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassTree(made, ClassificationTree.fit(x.values(), codes, weights, options));
    }

    @Override
    public TreeLearner withSeed(long seed) {
      return new TreeLearner(options.withSeed(seed));
    }

    @Override
    public String toString() {
      return "classification tree, " + options;
    }
  }

  record HistogramLearner(HistogramOptions options)
      implements Seeded<Classified, HistogramClasses> {
    @Override
    public HistogramClasses fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      boolean early = options.stopsEarly(codes.length);
      Split split =
          early ? Split.stratified(codes, options.validationShare(), options.splitSeed()) : null;
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
    public HistogramLearner withSeed(long seed) {
      return new HistogramLearner(options.withSeed(seed));
    }

    @Override
    public String toString() {
      return "classes boosted on histograms, " + options;
    }
  }

  record ForestLearner(ForestOptions options) implements Seeded<Classified, ClassForest> {
    @Override
    public ClassForest fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassForest(made, ClassificationForest.fit(x.values(), codes, weights, options));
    }

    @Override
    public ForestLearner withSeed(long seed) {
      return new ForestLearner(options.withTree(options.tree().withSeed(seed)));
    }

    @Override
    public String toString() {
      return "classification forest of " + options;
    }
  }
}
