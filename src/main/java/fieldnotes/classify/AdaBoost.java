package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Progress;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.ClassModel;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import fieldnotes.tree.TreeOptions;
import fieldnotes.tree.WeightedTrees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * AdaBoost (SAMME): a learner is fitted again and again, each time with more weight on the rows
 * that were classified wrongly, and the models vote, the better ones with more weight. As
 * scikit-learn's {@code AdaBoostClassifier} does it, with the seeds it gives to its stages.
 *
 * <p>A stage has the weight learningRate · (ln((1 − error) / error) + ln(classes − 1)), where error
 * is the weight of the rows that it classifies wrongly, of 1. It ends early after a stage without
 * error, and before one that is no better than guessing.
 *
 * @param stages the largest number of models, at least 1
 * @param seed 0 to 4294967295; gives each stage its seed, if the base takes one
 * @param learningRate above 0; the less, the more stages are needed
 * @param base what is fitted in each stage; it must take row weights
 * @see "J. Zhu, H. Zou, S. Rosset and T. Hastie, Multi-class AdaBoost, Statistics and its Interface
 *     2, 2009"
 */
public record AdaBoost(
    int stages, long seed, double learningRate, Learner<Classified, ? extends ClassModel> base)
    implements Seeded<Classified, AdaBoosted> {
  private static final Learner<Classified, ? extends ClassModel> STUMP =
      Classifiers.tree(TreeOptions.of(0).withMaxDepth(1));

  /** Weights are kept above this, as in scikit-learn. */
  private static final double LEAST = Math.ulp(1.0);

  /** Validates the ranges. */
  public AdaBoost {
    Check.atLeast("stages", stages, 1);
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.positive("learningRate", learningRate);
  }

  /** Of trees with one split, with learning rate 1. */
  static AdaBoost of(int stages, long seed) {
    return new AdaBoost(stages, seed, 1, STUMP);
  }

  /** Returns a copy with this seed. */
  @Override
  public AdaBoost withSeed(long newSeed) {
    return new AdaBoost(stages, newSeed, learningRate, base);
  }

  /** Returns a copy whose stages have so much weight, above 0. */
  public AdaBoost withLearningRate(double rate) {
    return new AdaBoost(stages, seed, rate, base);
  }

  /** Returns a copy that fits this in each stage; it must take row weights. */
  public AdaBoost withBase(Learner<Classified, ? extends ClassModel> learner) {
    return new AdaBoost(stages, seed, learningRate, learner);
  }

  @Override
  public AdaBoosted fit(Samples rows) {
    Matrix x = Made.learnFrom(rows);
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    Fit fit = new Fit(this, rows, x, codes, made.classes().size());
    try (Progress progress = Progress.start("AdaBoost", stages)) {
      for (int stage = 0; stage < stages && fit.next(stage); stage++) {
        progress.advance(1);
      }
    }
    return new AdaBoosted(made, fit.members, numbers(fit.weights), numbers(fit.errors));
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** What a fit knows from stage to stage. */
  private static final class Fit {
    private final AdaBoost options;
    private final Samples rows;
    private final Matrix x;
    private final int[] codes;
    private final int classes;
    private final NumpyRandom random;
    private final double[] row;
    private final boolean[] never;
    private final WeightedTrees trees;
    private final List<ClassModel> members = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    Fit(AdaBoost options, Samples rows, Matrix x, int[] codes, int classes) {
      this.options = options;
      this.rows = rows;
      this.x = x;
      this.codes = codes;
      this.classes = classes;
      random = NumpyRandom.of(options.seed);
      row = rows.weights().orElseGet(() -> ones(codes.length));
      never = new boolean[row.length];
      for (int i = 0; i < row.length; i++) {
        never[i] = row[i] == 0;
      }
      divideBySum();
      trees =
          options.base instanceof TreeLearners.Tree ? WeightedTrees.of(x.values(), codes) : null;
    }

    private static double[] ones(int length) {
      double[] ones = new double[length];
      Arrays.fill(ones, 1);
      return ones;
    }

    private double sum() {
      double sum = 0;
      for (double w : row) {
        sum += w;
      }
      return sum;
    }

    /** Whether that left finite weights. */
    private boolean divideBySum() {
      double sum = sum();
      for (int i = 0; i < row.length; i++) {
        row[i] /= sum;
      }
      return sum > 0 && Double.isFinite(sum);
    }

    /** Fits a stage; returns whether there may be another. */
    boolean next(int stage) {
      for (int i = 0; i < row.length; i++) {
        row[i] = never[i] ? 0 : Math.max(row[i], LEAST);
      }
      ClassModel model = member(stage);
      int[] said = AdaBoosted.codes(model, x);
      double wrong = 0;
      for (int i = 0; i < row.length; i++) {
        wrong += said[i] == codes[i] ? 0 : row[i];
      }
      double error = wrong / sum();
      if (error > 0 && error >= 1 - 1.0 / classes) {
        Check.that(
            stage > 0,
            "%s is no better than guessing on '%s', in the first stage of AdaBoost: choose a"
                + " stronger base, or other features",
            options.base,
            rows.id());
        return false;
      }
      members.add(model);
      errors.add(error);
      if (error <= 0) {
        weights.add(1.0);
        return false;
      }
      double weight =
          options.learningRate * (Math.log((1 - error) / error) + Math.log(classes - 1.0));
      weights.add(weight);
      for (int i = 0; i < row.length; i++) {
        if (!never[i]) {
          row[i] = Math.exp(Math.log(row[i]) + (said[i] == codes[i] ? 0 : weight));
        }
      }
      return divideBySum();
    }

    private ClassModel member(int stage) {
      long stageSeed = random.upTo(Integer.MAX_VALUE - 1);
      Learner<Classified, ? extends ClassModel> learner = seeded(options.base, stageSeed);
      Samples weighted = rows.withWeights(row);
      if (trees != null && learner instanceof TreeLearners.Tree(TreeOptions tree)) {
        return new ClassTree(Made.of(learner, weighted), trees.grow(row, tree));
      }
      try {
        return learner.fit(weighted);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "stage %d of AdaBoost, which gives every row a weight: %s"
                .formatted(stage + 1, e.getMessage()),
            e);
      }
    }

    private static <M extends ClassModel> Learner<Classified, M> seeded(
        Learner<Classified, M> learner, long seed) {
      return Seeded.of(learner, seed);
    }
  }

  /** The number of stages, the seed, and every option that is not the default. */
  @Override
  public String toString() {
    return "AdaBoost of "
        + stages
        + " stages, seed "
        + seed
        + (learningRate == 1 ? "" : ", learning rate " + learningRate)
        + (base.equals(STUMP) ? "" : ", base (" + base + ")");
  }
}
