package fieldnotes.tree;

import fieldnotes.common.Check;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Gradient boosted trees: each stage adds trees that lower the loss of those before. The result
 * does not depend on the number of threads.
 *
 * @see "J. H. Friedman, Greedy function approximation: a gradient boosting machine, Annals of
 *     Statistics 29, 2001"
 */
public abstract sealed class Boosting permits RegressionBoosting, ClassificationBoosting {
  private static final double LARGEST = 1e300;

  final List<RegressionTree> trees;
  final double[] start;
  private final BoostingOptions options;
  private final double[] importances;
  private final double[] trainingLoss;
  private final double[] outOfBagImprovement;

  Boosting(Booster booster, BoostingOptions options) {
    this(
        new Parts(
            options,
            booster.start,
            booster.trees(),
            booster.importances(),
            booster.losses(),
            booster.improvements()));
  }

  Boosting(Parts parts) {
    options = parts.options;
    start = parts.start;
    trees = List.copyOf(parts.trees);
    importances = parts.importances;
    trainingLoss = parts.trainingLoss;
    outOfBagImprovement = parts.outOfBagImprovement;
    int width = start.length;
    int stages = trainingLoss.length;
    Check.that(
        stages >= 1 && stages <= options.trees() && trees.size() == (long) stages * width,
        "%d trees in %d stages of %d, but options.trees=%d",
        trees.size(),
        stages,
        width,
        options.trees());
    Check.that(
        outOfBagImprovement.length == (options.subsample() < 1 ? stages : 0),
        "%d improvements of %d stages, but options.subsample=%s",
        outOfBagImprovement.length,
        stages,
        options.subsample());
    double most = Arrays.stream(start).map(Math::abs).max().orElse(0);
    for (int t = 0; t < trees.size(); t++) {
      Nodes nodes = trees.get(t).nodes;
      Check.that(
          nodes.columns == importances.length && nodes.floats,
          "tree %d was not grown on %d columns",
          t,
          importances.length);
      for (double value : nodes.value) {
        most = Math.max(most, Math.abs(value));
      }
    }
    Check.that(
        most * Math.max(1, options.learningRate()) * (stages + 1.0) < LARGEST,
        "scores of up to %s at learning rate %s overflow",
        most,
        options.learningRate());
  }

  /** What is saved. */
  record Parts(
      BoostingOptions options,
      double[] start,
      List<RegressionTree> trees,
      double[] importances,
      double[] trainingLoss,
      double[] outOfBagImprovement) {}

  /** Adds the trees of stages to the scores of rows, shape [rows][trees of a stage]. */
  final void add(int fromStage, int toStage, double[][] x, double[][] scores) {
    List<RegressionTree> added = trees.subList(fromStage * start.length, toStage * start.length);
    Leaves.of(
        x,
        added,
        (tree, from, to, leaves) -> {
          double[] value = added.get(tree).nodes.value;
          int k = tree % start.length;
          for (int i = from; i < to; i++) {
            scores[i][k] += options.learningRate() * value[leaves[i - from]];
          }
        });
  }

  /** Scores before the first stage. */
  final double[][] begin(double[][] x) {
    trees.getFirst().nodes.check(x);
    double[][] scores = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      scores[i] = start.clone();
    }
    return scores;
  }

  /** Scores after the last stage. */
  final double[][] scores(double[][] x) {
    double[][] scores = begin(x);
    add(0, stages(), x, scores);
    return scores;
  }

  /** The trees, stage by stage; their leaves are not multiplied by the learning rate. */
  public final List<RegressionTree> trees() {
    return trees;
  }

  /** The number of stages; less than {@code options.trees} if it stopped early. */
  public final int stages() {
    return trainingLoss.length;
  }

  /** The options it was fitted with. */
  public final BoostingOptions options() {
    return options;
  }

  /** The number of columns it was fitted on. */
  public final int columnCount() {
    return importances.length;
  }

  /** Impurity-based importance of each column, shape [columns]; sums to 1, or all 0. */
  public final double[] importances() {
    return importances.clone();
  }

  /** Mean loss on the rows each stage was grown on, after it, shape [stages]. */
  public final double[] trainingLoss() {
    return trainingLoss.clone();
  }

  /**
   * How much each stage lowered the loss on the rows it was not grown on, shape [stages]; empty
   * without subsampling. As in scikit-learn, the rows differ from stage to stage.
   */
  public final double[] outOfBagImprovement() {
    return outOfBagImprovement.clone();
  }

  /** Writes options, scores and trees, without impurities and row counts. */
  public final void write(DataOutput out) throws IOException {
    out.writeInt(options.trees());
    out.writeDouble(options.learningRate());
    out.writeUTF(options.loss().name());
    out.writeDouble(options.alpha());
    out.writeDouble(options.subsample());
    out.writeInt(options.early().patience());
    out.writeDouble(options.early().validationShare());
    out.writeDouble(options.early().tolerance());
    Forest.writeOptions(options.tree(), out);
    for (double[] numbers : List.of(start, importances, trainingLoss, outOfBagImprovement)) {
      out.writeInt(numbers.length);
      for (double number : numbers) {
        out.writeDouble(number);
      }
    }
    for (RegressionTree tree : trees) {
      tree.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Parts readParts(DataInput in) throws IOException {
    List<RegressionTree> trees = new ArrayList<>();
    try {
      int most = in.readInt();
      double learningRate = in.readDouble();
      BoostingOptions.Loss loss = BoostingOptions.Loss.valueOf(in.readUTF());
      BoostingOptions options =
          new BoostingOptions(
              most,
              learningRate,
              loss,
              in.readDouble(),
              in.readDouble(),
              new EarlyStopping(in.readInt(), in.readDouble(), in.readDouble()),
              Forest.readTreeOptions(in));
      double[] start = readNumbers(in, "start scores");
      double[] importances = readNumbers(in, "importances");
      double[] trainingLoss = readNumbers(in, "training losses");
      double[] improvement = readNumbers(in, "improvements");
      while (trees.size() < (long) start.length * trainingLoss.length) {
        trees.add(RegressionTree.read(in));
      }
      Check.that(!trees.isEmpty(), "no trees");
      return new Parts(options, start, trees, importances, trainingLoss, improvement);
    } catch (EOFException e) {
      EOFException named = new EOFException("boosting is truncated, in tree " + trees.size());
      named.initCause(e);
      throw named;
    } catch (IllegalArgumentException e) {
      throw new IOException("not boosting: " + e.getMessage(), e);
    }
  }

  private static double[] readNumbers(DataInput in, String what) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("boosting has %d %s".formatted(count, what));
    }
    double[] numbers = new double[Math.min(count, 1024)];
    for (int i = 0; i < count; i++) {
      if (i == numbers.length) {
        numbers = Arrays.copyOf(numbers, (int) Math.min(count, 2L * i));
      }
      numbers[i] = in.readDouble();
      if (!Double.isFinite(numbers[i])) {
        throw new IOException("boosting has %s among its %s".formatted(numbers[i], what));
      }
    }
    return numbers;
  }

  /** Equal options, scores and trees, as they are saved. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Boosting b
        && options.equals(b.options)
        && Arrays.equals(start, b.start)
        && trees.equals(b.trees)
        && Arrays.equals(importances, b.importances)
        && Arrays.equals(trainingLoss, b.trainingLoss)
        && Arrays.equals(outOfBagImprovement, b.outOfBagImprovement);
  }

  @Override
  public final int hashCode() {
    return 31 * options.hashCode() + trees.hashCode();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "boosted %s: %d stages, %d columns, loss %.4g on its rows, seed %d",
        this instanceof ClassificationBoosting c ? c.classes() + " classes" : "numbers",
        stages(),
        columnCount(),
        trainingLoss[stages() - 1],
        options.seed());
  }
}
