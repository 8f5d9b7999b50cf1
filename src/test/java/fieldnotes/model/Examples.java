package fieldnotes.model;

import fieldnotes.classify.Classifiers;
import fieldnotes.cluster.KMeansOptions;
import fieldnotes.cluster.MixtureOptions;
import fieldnotes.cluster.Similarity;
import fieldnotes.embed.PcaOptions;
import fieldnotes.housing.NeighbourTarget;
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
import fieldnotes.tree.TreeOptions;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One learner or step of each class of the library, at least; each is made anew when asked for. */
final class Examples {
  /** Learners of classes. */
  static final List<Supplier<? extends Learner<?, ?>>> CLASSIFIERS =
      List.of(
          // boosted trees
          () -> Classifiers.boosting(BoostingOptions.of(3).withTrees(5)),
          () -> Classifiers.boosting(BoostingOptions.of(3).withTrees(5).withSubsample(0.5)),
          // linear and Bayesian
          // neighbours, support vectors, networks
          // several learners as one
          // few labels
          // balance
          // trees
          () -> Classifiers.tree(TreeOptions.of(3)),
          () -> Classifiers.tree(TreeOptions.of(3).withPruning(0.01)),
          () -> Classifiers.forest(ForestOptions.of(3).withTrees(9)),
          () -> Classifiers.forest(ForestOptions.extraTrees(3).withTrees(9)),
          () -> Pipeline.of(PcaOptions.of(2), Classifiers.tree(TreeOptions.of(3))));

  private static final List<Supplier<? extends Learner<?, ?>>> OTHERS =
      List.of(
          Regressors::leastSquares,
          () -> Regressors.ridge(0.5),
          () -> Regressors.tree(TreeOptions.of(3)),
          () -> Regressors.forest(ForestOptions.of(3).withTrees(9)),
          () -> Regressors.forest(ForestOptions.extraTrees(3).withTrees(9)),
          () -> Regressors.boosting(BoostingOptions.of(3).withTrees(9)),
          () -> Regressors.boosting(BoostingOptions.of(3).withTrees(9).withQuantile(0.4)),
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

  /** Whether it learns classes rather than numbers. */
  static boolean learnsClasses(Object what) {
    return CLASSIFIERS.stream().anyMatch(make -> make.get().equals(what));
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
