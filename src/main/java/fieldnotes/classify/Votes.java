package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Models that vote.
 *
 * @param made how it came about
 * @param voters the models
 * @param hard whether classes are counted rather than probabilities averaged
 */
public record Votes(Made made, List<Voter> voters, boolean hard) implements Joined {
  /**
   * A model that votes.
   *
   * @param name what it is called
   * @param model the model
   * @param weight how much it counts, at least 0
   */
  public record Voter(String name, Model<Classified> model, double weight) {
    /** Checks the weight. */
    public Voter {
      Check.within("weight", weight, 0, Double.MAX_VALUE);
    }
  }

  /** Copies the voters and checks that they fit. */
  public Votes {
    voters = List.copyOf(voters);
    Joined.check(made, voters.stream().map(Voter::model).toList());
    double sum = voters.stream().mapToDouble(Voter::weight).sum();
    Check.that(
        sum > 0 && Double.isFinite(sum), "the weights sum to %s: must be above 0 and finite", sum);
  }

  @Override
  public List<Model<Classified>> parts() {
    return voters.stream().map(Voter::model).toList();
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    int rows = said.getFirst().rowCount();
    double[][] scores = new double[rows][made.classes().size()];
    double all = 0;
    for (int v = 0; v < voters.size(); v++) {
      double weight = voters.get(v).weight();
      all += weight;
      if (hard) {
        int[] codes = said.get(v).codes();
        for (int i = 0; i < rows; i++) {
          scores[i][codes[i]] += weight;
        }
        continue;
      }
      double[][] p = probabilities(voters.get(v).name(), said.get(v));
      for (int i = 0; i < rows; i++) {
        for (int c = 0; c < p[i].length; c++) {
          scores[i][c] += weight * p[i][c];
        }
      }
    }
    for (double[] row : scores) {
      for (int c = 0; c < row.length; c++) {
        row[c] = Math.min(1, row[c] / all);
      }
    }
    Classified soft = new Classified(made.classes(), scores);
    return hard ? new Classified(made.classes(), soft.codes(), scores, false) : soft;
  }

  private static double[][] probabilities(String name, Classified said) {
    Check.that(
        said.hasProbabilities(),
        "'%s' gives no probabilities, which a soft vote needs: vote hard with withHard(), or"
            + " calibrate it with Classifiers.calibrated(…)",
        name);
    return said.scores();
  }

  @Override
  public String toString() {
    return (hard ? "hard" : "soft")
        + voters.stream()
            .map(v -> String.format(Locale.ROOT, "%s × %.4g", v.name(), v.weight()))
            .collect(Collectors.joining(", ", " vote of ", ""));
  }
}
