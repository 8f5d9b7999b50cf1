package fieldnotes.model;

import fieldnotes.classify.ClassTree;
import fieldnotes.classify.Classifiers;
import fieldnotes.classify.CoTraining;
import fieldnotes.classify.Dummy;
import fieldnotes.classify.Kernel;
import fieldnotes.classify.Knownness;
import fieldnotes.classify.LabelPropagation;
import fieldnotes.classify.LabelSpreading;
import fieldnotes.classify.Member;
import fieldnotes.classify.SelfTraining;
import fieldnotes.classify.Voting;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.MixtureOptions;
import fieldnotes.cluster.Similarity;
import fieldnotes.embed.PcaOptions;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Scores;
import fieldnotes.housing.NeighbourTarget;
import fieldnotes.prepare.Balance;
import fieldnotes.prepare.Categories;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Missing;
import fieldnotes.prepare.Outliers;
import fieldnotes.prepare.Redundant;
import fieldnotes.prepare.Scaler;
import fieldnotes.prepare.Step;
import fieldnotes.prepare.Steps;
import fieldnotes.regress.Regressors;
import fieldnotes.regress.Selection;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
import fieldnotes.tree.TreeOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One learner or step of each class of the library, at least; each is made anew when asked for. */
final class Examples {
  private static final Learner<Classified, ClassTree> FLAT =
      Classifiers.tree(TreeOptions.of(3).withMaxDepth(2));

  private static final Member[] MEMBERS = {
    Member.of("deep", Classifiers.tree(TreeOptions.of(3))),
    Member.of("flat", Classifiers.tree(TreeOptions.of(5).withMaxDepth(1))).withWeight(2)
  };
  private static final HistogramOptions HISTOGRAMS =
      HistogramOptions.of(3).withRounds(6).withMinRowsInLeaf(4);

  /** Learners of classes. */
  static final List<Supplier<? extends Learner<?, ?>>> CLASSIFIERS =
      List.of(
          // boosted trees
          () -> Classifiers.boosting(BoostingOptions.of(3).withTrees(5)),
          () -> Classifiers.boosting(BoostingOptions.of(3).withTrees(5).withSubsample(0.5)),
          () -> Classifiers.histogramBoosting(HISTOGRAMS),
          () -> Classifiers.histogramBoosting(HISTOGRAMS.withStopping(0.2, 3, 1e-3)),
          // linear and Bayesian
          Classifiers::logistic,
          () -> Classifiers.logistic().withL1Ratio(0.5),
          Classifiers::linearDiscriminant,
          () -> Classifiers.linearDiscriminant().withAutoShrinkage().withPriors(0.25, 0.25, 0.5),
          () -> Classifiers.quadraticDiscriminant().withRegularization(0.1),
          () ->
              Classifiers.quadraticDiscriminant()
                  .withRegularization(0.5)
                  .withPriors(0.25, 0.25, 0.5),
          Classifiers::gaussianBayes,
          () -> Classifiers.gaussianBayes().withPriors(0.25, 0.25, 0.5),
          Classifiers::multinomialBayes,
          () -> Classifiers.multinomialBayes().withPriors(0.25, 0.25, 0.5),
          Classifiers::bernoulliBayes,
          () -> Classifiers.bernoulliBayes().withPriors(0.25, 0.25, 0.5),
          () -> Classifiers.dummy(Dummy.Kind.PRIOR),
          () -> Classifiers.dummy(Dummy.Kind.UNIFORM, 3),
          () -> Classifiers.dummy("class a"),
          // neighbours, support vectors, networks
          Classifiers::supportVectors,
          () -> Classifiers.network(3).withHidden(8, 4).withBatch(16).withMaxEpochs(5),
          () -> Classifiers.network(3).withHidden(5).withSgd(0.1).withMaxEpochs(5),
          () -> Classifiers.oneVsRest(Classifiers.tree(TreeOptions.of(3))),
          () -> Classifiers.oneVsOne(Classifiers.supportVectors()),
          () -> Classifiers.errorCorrecting(Classifiers.tree(TreeOptions.of(3)), 2, 7),
          () -> Classifiers.nearest(4),
          () -> Classifiers.nearest(3).withMinkowski(3),
          () -> Classifiers.supportVectors().withKernel(Kernel.linear()).withC(2),
          () -> Classifiers.supportVectors().withKernel(Kernel.polynomial(2)),
          // several learners as one
          () -> Classifiers.adaBoost(5, 3),
          () -> Classifiers.adaBoost(4, 3).withBase(Classifiers.tree(TreeOptions.of(3))),
          () -> Classifiers.balanced(Classifiers.tree(TreeOptions.of(3))),
          () -> Classifiers.weighted(Classifiers.tree(TreeOptions.of(3)), Map.of("class b", 2.0)),
          Examples::vote,
          () -> vote().withHard(),
          () -> vote().withWeightsByScore(Scores.accuracy(), Folds.stratified(3)),
          () -> Classifiers.stacking(Classifiers.tree(TreeOptions.of(3)), MEMBERS),
          () ->
              Classifiers.stacking(Classifiers.tree(TreeOptions.of(3)), MEMBERS).withPassthrough(),
          () -> Classifiers.bagging(Classifiers.tree(TreeOptions.of(3)), 7).withOutOfBag(),
          () -> Classifiers.bagging(Classifiers.tree(TreeOptions.of(3)), 7).withColumnShare(0.5),
          () ->
              Classifiers.calibrated(Classifiers.tree(TreeOptions.of(3)))
                  .withFolds(Folds.stratified(2, 7)),
          () ->
              Classifiers.calibrated(Classifiers.tree(TreeOptions.of(3).withMaxDepth(1)))
                  .withIsotonic()
                  .withoutEnsemble(),
          // few labels
          () -> Classifiers.selfTraining(FLAT),
          () -> Classifiers.selfTraining(FLAT).withBest(3).withRounds(2),
          () -> Classifiers.pseudoLabels(FLAT, 0.5),
          () -> Classifiers.coTraining(FLAT, List.of("p", "q"), FLAT, 7).withPool(5),
          Classifiers::labelPropagation,
          () -> Classifiers.labelPropagation().withNeighbours(3),
          () -> Classifiers.labelSpreading().withGamma(0.5).withRounds(9),
          // unknown
          () -> Classifiers.unknown(Classifiers.tree(TreeOptions.of(3))),
          () ->
              Classifiers.unknown(Classifiers.forest(ForestOptions.of(3).withTrees(9)))
                  .withFalseAlarms(0.1, Folds.stratified(3)),
          () ->
              Classifiers.unknown(Classifiers.tree(TreeOptions.of(3)))
                  .withKnownness(Knownness.energy(0.5), -0.3),
          () ->
              Classifiers.unknown(Classifiers.tree(TreeOptions.of(3)))
                  .withKnownness(Knownness.mahalanobis(), 0.1, Folds.stratified(3)),
          () ->
              Classifiers.unknown(Classifiers.tree(TreeOptions.of(3)))
                  .withKnownness(Knownness.nearest(2), -1),
          () ->
              Classifiers.unknown(Classifiers.tree(TreeOptions.of(3)))
                  .withKnownness(Knownness.isolation(9, 20, 1), -0.55),
          () ->
              Classifiers.unknown(Classifiers.tree(TreeOptions.of(3)))
                  .withKnownness(Knownness.oneClass(0.2), 0),
          // balance
          () -> Resampled.of(Balance.smote(3), Classifiers.tree(TreeOptions.of(3))),
          () ->
              new Tuned<>(
                  List.of(
                      Classifiers.tree(TreeOptions.of(3).withMaxDepth(1)),
                      Classifiers.tree(TreeOptions.of(3).withMaxDepth(3))),
                  Folds.of(2),
                  Scores.accuracy()),
          // trees
          () -> Classifiers.tree(TreeOptions.of(3)),
          () -> Classifiers.tree(TreeOptions.of(3).withPruning(0.01)),
          () -> Classifiers.forest(ForestOptions.of(3).withTrees(9)),
          () -> Classifiers.forest(ForestOptions.extraTrees(3).withTrees(9)),
          () -> Pipeline.of(PcaOptions.of(2), Classifiers.tree(TreeOptions.of(3))));

  private static final List<Supplier<? extends Learner<?, ?>>> OTHERS =
      List.of(
          Regressors::leastSquares,
          Regressors::dummyMean,
          () -> Regressors.dummyQuantile(0.25),
          () -> Regressors.ridge(0.5),
          () -> Regressors.tree(TreeOptions.of(3)),
          () -> Regressors.forest(ForestOptions.of(3).withTrees(9)),
          () -> Regressors.forest(ForestOptions.extraTrees(3).withTrees(9)),
          () -> Regressors.boosting(BoostingOptions.of(3).withTrees(9)),
          () -> Regressors.boosting(BoostingOptions.of(3).withTrees(9).withQuantile(0.4)),
          () -> Regressors.histogramBoosting(HISTOGRAMS),
          () -> Regressors.onScaledTarget(Regressors.ridge(0.5)),
          () -> Regressors.smileLinearSvr(0.1, 10, 1e-3),
          () -> Regressors.smileRbfSvr(0.1, 0.1, 10, 1e-3),
          () -> Regressors.smileForest(5, 2, 3),
          () -> Regressors.smileBoosting(5, 4, 8, 0.3),
          () ->
              Pipeline.of(Steps.of(Missing.median(), Scaler.standard()), Regressors.leastSquares()),
          () -> KMeansOptions.of(3, 1),
          () -> KMeansOptions.of(3, 1).withStart(KMeansOptions.Start.BOOK),
          () -> MixtureOptions.of(3, 1));

  static final List<Supplier<? extends Learner<?, ?>>> LEARNERS =
      Stream.concat(CLASSIFIERS.stream(), OTHERS.stream()).toList();

  static final List<Supplier<? extends Step<?>>> STEPS =
      List.of(
          Scaler::standard,
          () -> Scaler.minMax(-1, 1),
          Scaler::robust,
          Missing::median,
          Missing::knn,
          Categories::oneHot,
          Outliers::byIqr,
          Outliers::byZScore,
          Redundant::drop,
          Steps::log,
          Steps::ratio,
          () -> Steps.buckets(4),
          () -> Steps.of(Missing.mean(), Scaler.robust()),
          () ->
              Columns.of()
                  .with("first", List.of("p", "q"), Missing.median(), Steps.ratio())
                  .withRemainder(Scaler.standard()),
          () -> Similarity.to(new double[][] {{5, 9, 1, 20}, {8, 7, 1, 21}}, 0.1, "one", "two"),
          () -> Similarity.ofClusters(KMeansOptions.of(3, 1), 0.5),
          () -> Selection.of(ForestOptions.of(3).withTrees(5), 0.05),
          () -> PcaOptions.of(2),
          () -> NeighbourTarget.of(3, true));

  private static final Step<?> FILL = Steps.of(Missing.median(), Scaler.standard());

  private Examples() {}

  private static Voting vote() {
    return Classifiers.voting(MEMBERS);
  }

  /** Whether it learns classes rather than numbers. */
  static boolean learnsClasses(Object what) {
    return CLASSIFIERS.stream().anyMatch(make -> make.get().equals(what));
  }

  /** Whether it learns from rows of which some have no class. */
  static boolean takesUnlabelled(Object what) {
    return what instanceof SelfTraining<?>
        || what instanceof CoTraining
        || what instanceof LabelPropagation
        || what instanceof LabelSpreading;
  }

  /** Whether the columns that it needs are among its options. */
  static boolean namesColumns(Object what) {
    return what instanceof CoTraining;
  }

  /** Whether missing cells are no error to it. */
  static boolean takesMissing(Object what) {
    return what instanceof Pipeline<?, ?> p && p.steps().contains(FILL);
  }

  /** The columns that it is tried on. */
  static List<String> columns(Object what, List<String> all) {
    return what.equals(Steps.ratio()) ? all.subList(0, 2) : all;
  }
}
