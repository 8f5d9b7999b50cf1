package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A learner for which the rows of some classes count more: each row's weight is multiplied by that
 * of its class before the learner sees it, as scikit-learn's {@code class_weight} does. The learner
 * must take row weights.
 *
 * <p>Balanced, a class weighs n / (classes · count), so that every class counts the same in sum.
 * Where rows have weights, n and count are sums of weights, as in scikit-learn's {@code
 * compute_class_weight(sample_weight=…)}.
 *
 * @param learner what learns from the weighted rows
 * @param weights the weight of each class, above 0; classes not named count 1. Empty: balanced
 */
public record ClassWeights<M extends Model<Classified>>(
    Learner<Classified, M> learner, Map<String, Double> weights)
    implements Seeded<Classified, ClassWeights.Fitted<M>> {
  /** Copies and checks the weights. */
  public ClassWeights {
    SortedMap<String, Double> sorted = new TreeMap<>(weights);
    sorted.forEach(
        (name, weight) ->
            Check.that(
                weight != null && weight > 0 && Double.isFinite(weight),
                "the weight of class '%s' is %s: must be a finite number above 0; to learn without"
                    + " a class, leave its rows out",
                name,
                weight));
    weights = Collections.unmodifiableSortedMap(sorted);
  }

  @Override
  public ClassWeights<M> withSeed(long seed) {
    return new ClassWeights<>(Seeded.of(learner, seed), weights);
  }

  @Override
  public Fitted<M> fit(Samples rows) {
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    double[] each = rows.weights().orElse(null);
    if (each == null) {
      each = new double[codes.length];
      Arrays.fill(each, 1);
    }
    double[] of = weights.isEmpty() ? balanced(made, codes, each) : given(made);
    for (int i = 0; i < codes.length; i++) {
      each[i] *= of[codes[i]];
    }
    return new Fitted<>(made, learner.fit(rows.withWeights(each)));
  }

  private static double[] balanced(Made made, int[] codes, double[] weights) {
    int classes = made.classes().size();
    double[] counts = new double[classes];
    double all = 0;
    for (int i = 0; i < codes.length; i++) {
      counts[codes[i]] += weights[i];
      all += weights[i];
    }
    for (int c = 0; c < classes; c++) {
      Check.that(
          counts[c] > 0,
          "all rows of class '%s' of '%s' have the weight 0: leave them out, or give them weight",
          made.classes().get(c),
          made.id());
      counts[c] = all / (classes * counts[c]);
    }
    return counts;
  }

  private double[] given(Made made) {
    for (String name : weights.keySet()) {
      Check.that(
          made.classes().contains(name),
          "there is a weight for class '%s', but the classes of '%s' are %s: correct its name or"
              + " leave it out",
          name,
          made.id(),
          made.classes());
    }
    return made.classes().stream().mapToDouble(c -> weights.getOrDefault(c, 1.0)).toArray();
  }

  @Override
  public String toString() {
    return learner
        + (weights.isEmpty() ? ", classes balanced by weight" : ", classes weighted " + weights);
  }

  /**
   * What it learnt.
   *
   * @param made how it came about
   * @param model the learner's own model
   */
  public record Fitted<M extends Model<Classified>>(Made made, M model) implements Joined {
    /** Checks that the model fits. */
    public Fitted {
      Joined.check(made, List.of(model));
    }

    @Override
    public List<M> parts() {
      return List.of(model);
    }

    @Override
    public Classified join(List<Classified> said, Supplier<Matrix> x) {
      return said.getFirst();
    }

    @Override
    public String toString() {
      return model + ", fitted on weighted classes";
    }
  }
}
