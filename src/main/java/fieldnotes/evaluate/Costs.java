package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What it costs to predict one class where another is true, and the decisions that cost least.
 *
 * @param classes the classes, each once, at least 2
 * @param cost of each true class (a row) predicted as each class (a column), finite; a negative
 *     cost is a gain, shape [classes][classes]
 * @see "C. Elkan, The foundations of cost-sensitive learning, IJCAI 2001"
 */
public record Costs(List<String> classes, double[][] cost) {
  /** Copies and checks. */
  public Costs {
    classes = List.copyOf(classes);
    Check.that(
        classes.size() >= 2 && new HashSet<>(classes).size() == classes.size(),
        "classes %s: name at least 2, each once",
        classes);
    Check.sameLength("cost", cost.length, "classes", classes.size());
    cost = Copy.finite("cost", cost);
    Check.sameLength("cost[0]", cost[0].length, "classes", classes.size());
  }

  /** Every mistake costs 1 and a right decision nothing; change single ones by {@link #with}. */
  public static Costs of(List<String> classes) {
    double[][] cost = new double[classes.size()][classes.size()];
    for (int t = 0; t < cost.length; t++) {
      Arrays.fill(cost[t], 1);
      cost[t][t] = 0;
    }
    return new Costs(classes, cost);
  }

  /** Returns a copy with this cost of predicting a class where another, or itself, is true. */
  public Costs with(String truth, String predicted, double costs) {
    double[][] changed = cost();
    changed[place(truth)][place(predicted)] = costs;
    return new Costs(classes, changed);
  }

  @Override
  public double[][] cost() {
    return Copy.of(cost);
  }

  /** The cost of predicting a class where another, or itself, is true. */
  public double of(String truth, String predicted) {
    return cost[place(truth)][place(predicted)];
  }

  private int place(String name) {
    int at = classes.indexOf(name);
    Check.that(at >= 0, "costs name no class '%s'; they name %s", name, classes);
    return at;
  }

  /**
   * The predictions of least expected cost by these probabilities; of equal ones the first class.
   *
   * @throws IllegalStateException if these are scores and no probabilities
   * @throws IllegalArgumentException if a predicted class has no costs
   */
  public Classified decide(Classified predicted) {
    int[] place = predicted.classes().stream().mapToInt(this::place).toArray();
    double[][] probabilities = predicted.probabilities();
    int[] codes = new int[probabilities.length];
    for (int i = 0; i < codes.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int p = 0; p < place.length; p++) {
        double expected = 0;
        for (int t = 0; t < place.length; t++) {
          expected += probabilities[i][t] * cost[place[t]][place[p]];
        }
        if (expected < least) {
          least = expected;
          codes[i] = p;
        }
      }
    }
    return new Classified(predicted.classes(), codes, probabilities, true);
  }

  /**
   * The probability of a class from which predicting it costs least, of two classes; below 0 or
   * above 1 if it is always or never the better decision.
   *
   * @throws IllegalArgumentException if there are more classes, or being right costs as much as
   *     being wrong
   */
  public double threshold(String name) {
    Check.that(
        classes.size() == 2,
        "there are %d classes: a threshold needs 2; decide(predicted) is for any number",
        classes.size());
    int is = place(name);
    int other = 1 - is;
    double falseAlarm = cost[other][is] - cost[other][other];
    double miss = cost[is][other] - cost[is][is];
    Check.that(
        falseAlarm + miss > 0,
        "being wrong costs no more than being right: raise the cost of a mistake");
    return falseAlarm / (falseAlarm + miss);
  }

  /** The mean cost of predictions. */
  record Mean(Costs costs) implements ClassScore {
    @Override
    public double ofClasses(Outcome.Classes outcome) {
      Judged rows = Judged.of(outcome);
      int[] place = rows.names().stream().mapToInt(costs::place).toArray();
      double[] each = new double[rows.rowCount()];
      Arrays.setAll(each, i -> costs.cost[place[rows.truth()[i]]][place[rows.predicted()[i]]]);
      return NumberScores.mean(each, rows.weights());
    }

    @Override
    public Better better() {
      return Better.LOWER;
    }

    @Override
    public Range range() {
      var all = Arrays.stream(costs.cost).flatMapToDouble(Arrays::stream).summaryStatistics();
      return new Range(all.getMin(), all.getMax());
    }

    @Override
    public String name() {
      return "mean cost";
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** Equal classes and costs. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Costs that
        && classes.equals(that.classes)
        && Arrays.deepEquals(cost, that.cost);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(cost);
  }

  @Override
  public String toString() {
    return "costs: "
        + IntStream.range(0, cost.length)
            .boxed()
            .flatMap(
                t ->
                    IntStream.range(0, cost.length)
                        .filter(p -> p != t || cost[t][p] != 0)
                        .mapToObj(
                            p ->
                                String.format(
                                    Locale.ROOT,
                                    "%s as %s %s",
                                    classes.get(t),
                                    classes.get(p),
                                    cost[t][p])))
            .collect(Collectors.joining(", "));
  }
}
