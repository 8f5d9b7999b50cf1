package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Models whose scores are calibrated; their probabilities are averaged.
 *
 * @param made how it came about
 * @param fitted the models
 */
public record Calibrated(Made made, List<Part> fitted) implements Joined {
  /**
   * A model and what turns its scores into probabilities.
   *
   * @param model the model
   * @param calibrators one for each class; of two classes for the second alone
   */
  public record Part(Model<Classified> model, List<Calibrator> calibrators) {
    /** Copies the list and checks its length. */
    public Part {
      calibrators = List.copyOf(calibrators);
      int classes = model.made().classes().size();
      Check.sameLength("calibrators", calibrators.size(), "classes", classes == 2 ? 1 : classes);
    }
  }

  /** Copies the models and checks that they fit. */
  public Calibrated {
    fitted = List.copyOf(fitted);
    Joined.check(made, fitted.stream().map(Part::model).toList());
  }

  @Override
  public List<Model<Classified>> parts() {
    return fitted.stream().map(Part::model).toList();
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    int classes = made.classes().size();
    double[][] mean = new double[said.getFirst().rowCount()][classes];
    double[] p = new double[classes];
    for (int m = 0; m < said.size(); m++) {
      List<Calibrator> calibrators = fitted.get(m).calibrators();
      double[][] scores = said.get(m).scores();
      for (int i = 0; i < mean.length; i++) {
        probabilities(calibrators, scores[i], p);
        for (int c = 0; c < classes; c++) {
          mean[i][c] += p[c];
        }
      }
    }
    for (double[] row : mean) {
      for (int c = 0; c < classes; c++) {
        row[c] = Math.min(1, row[c] / said.size());
      }
    }
    return new Classified(made.classes(), mean);
  }

  private static void probabilities(List<Calibrator> calibrators, double[] scores, double[] p) {
    if (scores.length == 2) {
      p[1] = calibrators.getFirst().of(scores[1]);
      p[0] = 1 - p[1];
      return;
    }
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = calibrators.get(c).of(scores[c]);
      sum += p[c];
    }
    if (sum == 0) {
      Arrays.fill(p, 1.0 / p.length);
      return;
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
  }

  @Override
  public String toString() {
    return fitted.size() == 1
        ? fitted.getFirst().model() + ", calibrated"
        : fitted.size() + " calibrated models, the first " + fitted.getFirst().model();
  }
}
