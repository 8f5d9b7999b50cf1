package fieldnotes.evaluate;

import fieldnotes.common.Check;
import java.util.HashSet;
import java.util.List;

/**
 * Cohen's kappa: agreement of predicted and true classes beyond chance.
 *
 * @param power a mistake counts by the distance of its classes to this power; 0 if all count the
 *     same
 * @param order the classes from one end to the other; empty where all mistakes count the same
 */
record Kappa(int power, List<String> order) implements ClassScore {
  Kappa {
    order = List.copyOf(order);
    Check.that(
        new HashSet<>(order).size() == order.size(),
        "order %s names a class twice: name each once",
        order);
    Check.that(
        power == 0 || order.size() >= 2, "order %s: name at least 2 classes, in order", order);
  }

  @Override
  public double ofClasses(Outcome.Classes outcome) {
    ConfusionMatrix matrix = ConfusionMatrix.of(outcome);
    if (power > 0) {
      for (String name : matrix.classes()) {
        Check.that(
            order.contains(name), "%s: class '%s' is not in the order %s", this, name, order);
      }
      matrix = matrix.withClasses(order);
    }
    double[][] counts = matrix.counts();
    double[] truths = matrix.truths();
    double[] predictions = matrix.predictions();
    double all = matrix.total();
    double is = 0;
    double byChance = 0;
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        double mistake = power == 0 ? (t == p ? 0 : 1) : Math.pow(Math.abs(t - p), power);
        is += mistake * counts[t][p];
        byChance += mistake * (truths[t] * predictions[p] / all);
      }
    }
    return byChance == 0 ? Double.NaN : 1 - is / byChance;
  }

  @Override
  public Range range() {
    return Range.CORRELATION;
  }

  @Override
  public String name() {
    return switch (power) {
      case 0 -> "kappa";
      case 1 -> "linear kappa";
      default -> "quadratic kappa";
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
