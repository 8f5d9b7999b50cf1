package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.util.List;

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

  /** The most iterations of a logistic regression by default; it needs some tens. */
  static final int ITERATIONS = 1000;

  /** The smoothing of Gaussian naive Bayes by default. */
  static final double SMOOTHING = 1e-9;

  /**
   * Logistic regression with the L2 penalty and C 1, as scikit-learn's {@code LogisticRegression}.
   */
  public static Logistic logistic() {
    return new Logistic(1, 0, ITERATIONS);
  }

  /** Linear discriminant analysis, as scikit-learn's {@code LinearDiscriminantAnalysis}. */
  public static LinearDiscriminant linearDiscriminant() {
    return new LinearDiscriminant(LinearDiscriminant.NONE, List.of());
  }

  /** Quadratic discriminant analysis, as scikit-learn's {@code QuadraticDiscriminantAnalysis}. */
  public static QuadraticDiscriminant quadraticDiscriminant() {
    return new QuadraticDiscriminant(0, List.of());
  }

  /** Gaussian naive Bayes, as scikit-learn's {@code GaussianNB}. */
  public static GaussianBayes gaussianBayes() {
    return new GaussianBayes(SMOOTHING, List.of());
  }

  /** Multinomial naive Bayes of counts, as scikit-learn's {@code MultinomialNB}. */
  public static MultinomialBayes multinomialBayes() {
    return new MultinomialBayes(1, List.of());
  }

  /** Bernoulli naive Bayes of cells above 0 or not, as scikit-learn's {@code BernoulliNB}. */
  public static BernoulliBayes bernoulliBayes() {
    return new BernoulliBayes(1, 0, List.of());
  }

  /**
   * A baseline that looks at no column, as scikit-learn's {@code DummyClassifier}.
   *
   * @param kind MOST_FREQUENT or PRIOR; the others need a seed or a class
   */
  public static Dummy dummy(Dummy.Kind kind) {
    Check.that(!kind.draws(), "%s draws classes: give it a seed, as in dummy(%s, 42)", kind, kind);
    return new Dummy(kind, "", 0);
  }

  /**
   * A baseline that draws classes.
   *
   * @param kind STRATIFIED or UNIFORM
   * @param seed 0 to 4294967295
   */
  public static Dummy dummy(Dummy.Kind kind, long seed) {
    Check.that(kind.draws(), "%s does not draw: call dummy(%s) without a seed", kind, kind);
    return new Dummy(kind, "", seed);
  }

  /** A baseline that always predicts this class. */
  public static Dummy dummy(String constant) {
    return new Dummy(Dummy.Kind.CONSTANT, constant, 0);
  }

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
