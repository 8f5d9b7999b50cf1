package fieldnotes.detect;

import fieldnotes.classify.Classifiers;
import fieldnotes.classify.Member;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.HistogramOptions;
import java.util.List;

/** Learners of classes by a word, all of which give probabilities. */
public final class SoundLearners {
  private static final int TREES = 200;
  private static final List<String> NAMES =
      List.of(
          "ensemble", "forest", "extra", "boosting", "svm", "logistic", "knn", "network", "bayes");

  private SoundLearners() {}

  /** The words, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The learner that a word stands for. Where it takes weights, each class counts the same.
   *
   * <ul>
   *   <li>ensemble: the vote of forest and network
   *   <li>forest, extra: 200 trees, of random rows or with random cuts
   *   <li>boosting: on histograms
   *   <li>svm: RBF kernel, C 10, calibrated by a sigmoid on three folds
   *   <li>logistic: L2 penalty, C 1
   *   <li>knn: the five nearest rows
   *   <li>network: a hidden layer of 100 units
   *   <li>bayes: Gaussian naive Bayes
   * </ul>
   *
   * @param name one of {@link #names}
   * @param seed 0 to 4294967295
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Learner<Classified, ? extends Model<Classified>> named(String name, long seed) {
    return switch (name) {
      case "ensemble" ->
          Classifiers.voting(
              Member.of("forest", named("forest", seed)),
              Member.of("network", named("network", seed)));
      case "forest" ->
          Classifiers.balanced(Classifiers.forest(ForestOptions.of(seed).withTrees(TREES)));
      case "extra" ->
          Classifiers.balanced(Classifiers.forest(ForestOptions.extraTrees(seed).withTrees(TREES)));
      case "boosting" ->
          Classifiers.balanced(Classifiers.histogramBoosting(HistogramOptions.of(seed)));
      case "svm" ->
          Classifiers.calibrated(Classifiers.supportVectors().withC(10))
              .withFolds(Folds.stratified(3, seed));
      case "logistic" -> Classifiers.balanced(Classifiers.logistic());
      case "knn" -> Classifiers.nearest(5);
      case "network" -> Classifiers.network(seed);
      case "bayes" -> Classifiers.gaussianBayes();
      default ->
          throw new IllegalArgumentException(
              "learner '%s': must be one of %s".formatted(name, String.join(", ", NAMES)));
    };
  }
}
