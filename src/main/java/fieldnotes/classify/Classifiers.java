package fieldnotes.classify;

import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
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

  // linear and Bayesian

  // neighbours, support vectors, networks

  /** Support vectors with an RBF kernel and C = 1, as scikit-learn's {@code SVC} learns them. */
  public static SupportVectorOptions supportVectors() {
    return new SupportVectorOptions(Kernel.rbf(), 1, 1e-3);
  }

  /**
   * The classes of the nearest rows, as scikit-learn's {@code KNeighborsClassifier} gives them.
   *
   * @param k number of nearest rows that vote, at least 1
   */
  public static NearestOptions nearest(int k) {
    return new NearestOptions(k, NearestOptions.Distance.EUCLIDEAN, 2, false);
  }

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
