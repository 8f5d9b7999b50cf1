package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
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
    return new TreeLearners.Tree(options);
  }

  /**
   * A random forest, as scikit-learn's {@code RandomForestClassifier} grows it; with {@link
   * ForestOptions#extraTrees}, as {@code ExtraTreesClassifier} does.
   */
  public static Learner<Classified, ClassForest> forest(ForestOptions options) {
    return new TreeLearners.Forest(options);
  }

  // boosted trees

  /**
   * Gradient boosted trees, as scikit-learn's {@code GradientBoostingClassifier} grows them.
   *
   * @param options by log loss, or for two classes by exponential loss
   */
  public static Learner<Classified, ClassBoosting> boosting(BoostingOptions options) {
    return new TreeLearners.Boosting(options);
  }

  /**
   * Gradient boosting on histograms, for large tables, as scikit-learn's {@code
   * HistGradientBoostingClassifier}: the same trees up to rounding, of finite numbers only.
   */
  public static Learner<Classified, HistogramClasses> histogramBoosting(HistogramOptions options) {
    return new TreeLearners.Histogram(options);
  }

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

  /** Support vectors with an RBF kernel and C = 1, as scikit-learn's {@code SVC} learns them. */
  public static SupportVectorMachine supportVectors() {
    return new SupportVectorMachine(Kernel.rbf(), 1, 1e-3);
  }

  /**
   * A network with a hidden layer of 100 units, as scikit-learn's {@code MLPClassifier}.
   *
   * @param seed 0 to 4294967295
   */
  public static Network network(long seed) {
    return new Network(
        List.of(100),
        Network.Activation.RELU,
        1e-4,
        200,
        new Network.Adam(1e-3, 0.9, 0.999),
        new Network.Stopping(200, 1e-4, 10, 0),
        seed);
  }

  /**
   * The classes of the nearest rows, as scikit-learn's {@code KNeighborsClassifier} gives them.
   *
   * @param k number of nearest rows that vote, at least 1
   */
  public static NearestNeighbours nearest(int k) {
    return new NearestNeighbours(k, NearestNeighbours.Distance.EUCLIDEAN, 2, false);
  }

  /**
   * Each class against all others, as scikit-learn's {@code OneVsRestClassifier}.
   *
   * @param learner tells two classes apart
   */
  public static Decomposition oneVsRest(Learner<Classified, ? extends Model<Classified>> learner) {
    return new Decomposition(learner, Decomposition.Scheme.REST, 0, 0);
  }

  /** Each class against each other one, as scikit-learn's {@code OneVsOneClassifier}. */
  public static Decomposition oneVsOne(Learner<Classified, ? extends Model<Classified>> learner) {
    return new Decomposition(learner, Decomposition.Scheme.PAIRS, 0, 0);
  }

  /**
   * Error-correcting codes, as scikit-learn's {@code OutputCodeClassifier} draws them.
   *
   * @param codeSize questions per class, above 0; below 1 there are fewer questions than classes
   * @param seed 0 to 4294967295
   */
  public static Decomposition errorCorrecting(
      Learner<Classified, ? extends Model<Classified>> learner, double codeSize, long seed) {
    return new Decomposition(learner, Decomposition.Scheme.CODES, codeSize, seed);
  }

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
   * Learners, and a logistic regression that learns from what they predict of rows they were not
   * fitted on, by five stratified folds; see {@link Stacking}.
   *
   * @param members at least one, each with a name of its own
   */
  public static Stacking<LogisticModel> stacking(Member... members) {
    return stacking(logistic(), members);
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

  // unknown

  /**
   * A learner of classes that says Unknown of rows whose largest probability is below 0.6; by
   * another quantity with {@link Unknown#withKnownness}, and at a learnt threshold with {@link
   * Unknown#withFalseAlarms}.
   */
  public static <M extends Model<Classified>> Unknown<M> unknown(Learner<Classified, M> learner) {
    return new Unknown<>(learner, Knownness.largest(), new Unknown.Fixed(Unknown.LEAST), "Unknown");
  }
}
