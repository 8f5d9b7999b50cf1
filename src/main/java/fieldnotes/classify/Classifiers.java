package fieldnotes.classify;

import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ClassificationBoosting;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;

/** The learners of classes. Every row they learn from needs a class, and there must be two. */
public final class Classifiers {
  private Classifiers() {}

  // trees

  /**
   * A decision tree, as scikit-learn's {@code DecisionTreeClassifier} grows it, also with random
   * thresholds or pruned.
   */
  public static Learner<Classified, ClassTree> tree(TreeOptions options) {
    return new TreeLearner(options);
  }

  /**
   * A random forest, as scikit-learn's {@code RandomForestClassifier} grows it; with {@link
   * ForestOptions#extraTrees}, as {@code ExtraTreesClassifier} does.
   */
  public static Learner<Classified, ClassForest> forest(ForestOptions options) {
    return new ForestLearner(options);
  }

  // boosted trees

  /**
   * Gradient boosted trees, as scikit-learn's {@code GradientBoostingClassifier} grows them.
   *
   * @param options by log loss, or for two classes by exponential loss
   */
  public static Learner<Classified, ClassBoosting> boosting(BoostingOptions options) {
    return new BoostingLearner(options);
  }

  // linear and Bayesian

  // neighbours, support vectors, networks

  // several learners as one

  // few labels

  // plumbing of the learners of trees

  record TreeLearner(TreeOptions options) implements Learner<Classified, ClassTree> {
    @Override
    public ClassTree fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassTree(made, ClassificationTree.fit(x.values(), codes, weights, options));
    }

    @Override
    public String toString() {
      return "classification tree, " + options;
    }
  }

  record BoostingLearner(BoostingOptions options) implements Learner<Classified, ClassBoosting> {
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
    public String toString() {
      return "boosted classes, " + options;
    }
  }

  record ForestLearner(ForestOptions options) implements Learner<Classified, ClassForest> {
    @Override
    public ClassForest fit(Samples rows) {
      Matrix x = Made.learnFrom(rows);
      Made made = Made.of(this, rows);
      double[] weights = rows.weights().orElse(null);
      int[] codes = made.codes(rows);
      return new ClassForest(made, ClassificationForest.fit(x.values(), codes, weights, options));
    }

    @Override
    public String toString() {
      return "classification forest of " + options;
    }
  }
}
