package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.ClassificationForest;
import fieldnotes.tree.ClassificationTree;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.util.List;
import java.util.Map;

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

  /**
   * A learner for which every class counts the same, however many rows it has: scikit-learn's
   * {@code class_weight="balanced"}. The learner must take row weights.
   */
  public static <M extends Model<Classified>> ClassWeights<M> balanced(
      Learner<Classified, M> learner) {
    return new ClassWeights<>(learner, Map.of());
  }

  /**
   * A learner for which each row of a class counts as given, as with scikit-learn's {@code
   * class_weight}. The learner must take row weights.
   *
   * @param weights the weight of each class, above 0; a class that is not named counts 1
   * @throws IllegalArgumentException naming a weight that is not finite or not above 0; when
   *     fitted, naming a class that the rows do not have
   */
  public static <M extends Model<Classified>> ClassWeights<M> weighted(
      Learner<Classified, M> learner, Map<String, Double> weights) {
    Check.that(!weights.isEmpty(), "weights is empty: name a class, or choose balanced(learner)");
    return new ClassWeights<>(learner, weights);
  }

  /**
   * Learners that vote by their probabilities, each counting the same; see {@link Voting}.
   *
   * @param members at least one, each with a name of its own
   */
  public static Voting voting(Member... members) {
    return new Voting(List.of(members), false);
  }

  /**
   * Learners, and a final one that learns from what they predict of rows they were not fitted on,
   * by five stratified folds; see {@link Stacking}.
   *
   * @param last the final learner
   * @param members at least one, each with a name of its own
   */
  public static <M extends Model<Classified>> Stacking<M> stacking(
      Learner<Classified, M> last, Member... members) {
    return new Stacking<>(List.of(members), last, Folds.stratified(5), false);
  }

  /**
   * A learner that is fitted ten times, on as many rows drawn with repeats; see {@link Bagging}.
   *
   * @param seed 0 to 4294967295
   */
  public static Bagging bagging(
      Learner<Classified, ? extends Model<Classified>> learner, long seed) {
    return new Bagging(learner, seed, 10, 1, 1, true, false);
  }

  /**
   * A learner whose scores are turned into probabilities that can be relied on, by a sigmoid on
   * five stratified folds; see {@link Calibration}.
   */
  public static Calibration calibrated(Learner<Classified, ? extends Model<Classified>> learner) {
    return new Calibration(learner, Calibration.Method.SIGMOID, true, Folds.stratified(5));
  }

  // few labels

  // unknown

  /**
   * A learner of classes that says Unknown of rows whose largest probability is below 0.6; by
   * another quantity with {@link Unknown#withKnownness}, and at a learnt threshold with {@link
   * Unknown#withFalseAlarms}.
   */
  public static <M extends Model<Classified>> Unknown<M> unknown(Learner<Classified, M> learner) {
    return new Unknown<>(learner, Knownness.largest(), new Unknown.Fixed(Unknown.LEAST), "Unknown");
  }

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
