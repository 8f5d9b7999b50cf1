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

  // several learners as one

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

  /**
   * A learner that labels rows without a class by itself, those it gives a class more than 0.75, in
   * up to ten rounds; see {@link SelfTraining}.
   *
   * @param learner gives probabilities
   */
  public static <M extends Model<Classified>> SelfTraining<M> selfTraining(
      Learner<Classified, M> learner) {
    return new SelfTraining<>(learner, 0.75, 0, 10);
  }

  /**
   * A learner that labels rows without a class by itself, once: those that it gives a class more
   * than the threshold; see {@link SelfTraining}.
   *
   * @param learner gives probabilities
   * @param threshold 0 to 1, 1 not included
   */
  public static <M extends Model<Classified>> SelfTraining<M> pseudoLabels(
      Learner<Classified, M> learner, double threshold) {
    return selfTraining(learner).withThreshold(threshold).withRounds(1);
  }

  /**
   * Two learners that see different columns and label rows without a class for each other: of a
   * pool of 75 rows one of each class in a round, in up to 30 rounds; see {@link CoTraining}.
   *
   * @param columns columns of the first; the second sees all others
   * @param seed of the pool, 0 to 4294967295
   */
  public static CoTraining coTraining(
      Learner<Classified, ? extends Model<Classified>> first,
      List<String> columns,
      Learner<Classified, ? extends Model<Classified>> second,
      long seed) {
    return new CoTraining(first, columns, second, seed, 75, 1, 30);
  }

  /**
   * Labels that pass to near rows, each row with a class keeping it; see {@link LabelPropagation}.
   */
  public static LabelPropagation labelPropagation() {
    return new LabelPropagation(new Affinity.Rbf(20), 1000, 1e-3);
  }

  /** Labels that pass to near rows, and may be outvoted; see {@link LabelSpreading}. */
  public static LabelSpreading labelSpreading() {
    return new LabelSpreading(new Affinity.Rbf(20), 0.2, 30, 1e-3);
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
