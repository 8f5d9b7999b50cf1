package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.evaluate.Score;
import fieldnotes.model.Learner;
import fieldnotes.model.Model;
import fieldnotes.model.Pipeline;
import fieldnotes.model.Search;
import fieldnotes.model.Search.Draw;
import fieldnotes.model.Setting;
import fieldnotes.prepare.Missing;
import fieldnotes.table.Samples;
import fieldnotes.tree.BoostingOptions;
import fieldnotes.tree.ForestOptions;
import fieldnotes.tree.TreeOptions;
import java.util.Map;

/**
 * A forest and gradient boosting, each with the best of settings drawn at random, and their soft
 * vote, in which boosting counts twice. Missing cells are filled with medians. Of {@code trees} at
 * most, both draw a quarter to all; the forest draws 2 to 19 features at a split, a depth of 2 to
 * 11 and 1 to 7 rows in a leaf; boosting a learning rate of 0.02 to 0.5, a depth of 1 to 4 and 0.5
 * to 1 of the rows.
 *
 * @param forests the search for the forest
 * @param boostings the search for boosting, on the same folds
 * @param forest with the best setting, to be fitted
 * @param boosting with the best setting, to be fitted
 * @param vote of both, to be fitted
 */
public record TunedVote(
    Search forests,
    Search boostings,
    Pipeline<Classified, ClassForest> forest,
    Pipeline<Classified, ClassBoosting> boosting,
    Voting vote) {
  private static final double BOOSTING_WEIGHT = 2;

  /**
   * Searches for both.
   *
   * @param train the rows; those that a model is judged on afterwards must not be among them
   * @param candidates settings to draw for each of the two, at least 1; 20 on 3 folds are 60 fits
   * @param trees the most trees, at least 4
   * @param folds by recording where several rows come from one
   * @param score what decides
   * @throws IllegalArgumentException if the folds cannot be made or all settings of one fail, with
   *     the reason
   */
  public static TunedVote of(
      Samples train, int candidates, int trees, Folds folds, Score score, long seed) {
    Check.atLeast("candidates", candidates, 1);
    Check.atLeast("trees", trees, 4);
    Draw count = Draw.integer(trees / 4, trees + 1);
    Search forests =
        Search.over(
            Search.random(
                Map.of(
                    "trees",
                    count,
                    "features",
                    Draw.integer(2, 20),
                    "depth",
                    Draw.integer(2, 12),
                    "leaf",
                    Draw.integer(1, 8)),
                candidates,
                seed),
            s -> forest(s, seed),
            train,
            folds,
            score);
    Search boostings =
        Search.over(
            Search.random(
                Map.of(
                    "trees",
                    count,
                    "rate",
                    Draw.logUniform(0.02, 0.5),
                    "depth",
                    Draw.integer(1, 5),
                    "rows",
                    Draw.uniform(0.5, 1)),
                candidates,
                seed),
            s -> boosting(s, seed),
            train,
            folds,
            score);
    var forest = forest(best(forests), seed);
    var boosting = boosting(best(boostings), seed);
    Voting vote =
        Classifiers.voting(
            Member.of("forest", forest),
            Member.of("boosting", boosting).withWeight(BOOSTING_WEIGHT));
    return new TunedVote(forests, boostings, forest, boosting, vote);
  }

  private static Setting best(Search search) {
    Check.that(search.candidates().stream().anyMatch(c -> c.failure().isEmpty()), "%s", search);
    return search.best();
  }

  private static Pipeline<Classified, ClassForest> forest(Setting s, long seed) {
    return prepared(
        Classifiers.forest(
            ForestOptions.of(seed)
                .withTrees(s.whole("trees"))
                .withTree(
                    TreeOptions.of(seed)
                        .withMaxFeatures(s.whole("features"))
                        .withMaxDepth(s.whole("depth"))
                        .withMinRowsInLeaf(s.whole("leaf")))));
  }

  private static Pipeline<Classified, ClassBoosting> boosting(Setting s, long seed) {
    return prepared(
        Classifiers.boosting(
            BoostingOptions.of(seed)
                .withTrees(s.whole("trees"))
                .withLearningRate(s.number("rate"))
                .withMaxDepth(s.whole("depth"))
                .withSubsample(s.number("rows"))));
  }

  private static <M extends Model<Classified>> Pipeline<Classified, M> prepared(
      Learner<Classified, M> learner) {
    return Pipeline.of(Missing.median(), learner);
  }

  @Override
  public String toString() {
    return "forest %s\nboosting %s".formatted(forests, boostings);
  }
}
