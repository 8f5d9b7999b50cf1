package fieldnotes.cli;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model says of a clip or row.
 *
 * @param label the class, or Unknown
 * @param score of the likeliest class
 * @param knownness how well it is known; NaN of a model that never says Unknown
 * @param classes all classes
 * @param scores of all classes
 * @param probabilities whether the scores are probabilities
 */
record Answer(
    String label,
    double score,
    double knownness,
    List<String> classes,
    double[] scores,
    boolean probabilities) {

  /** The answers of a model that may say Unknown. */
  static List<Answer> of(Rejected said) {
    double[] knownness = said.knownness();
    return of(said.classified(), said.labels(), knownness);
  }

  /** The answers of a model that does not. */
  static List<Answer> of(Classified said) {
    return of(said, said.labels(), null);
  }

  private static List<Answer> of(Classified said, List<String> labels, double[] knownness) {
    double[][] scores = said.scores();
    int[] codes = said.codes();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      answers.add(
          new Answer(
              labels.get(i),
              scores[i][codes[i]],
              knownness == null ? Double.NaN : knownness[i],
              said.classes(),
              scores[i],
              said.hasProbabilities()));
    }
    return answers;
  }

  /** The mean of several answers, as one. */
  static Answer mean(List<Answer> answers, double threshold, String unknown) {
    Answer first = answers.getFirst();
    double[] scores = new double[first.scores.length];
    double knownness = 0;
    for (Answer one : answers) {
      for (int c = 0; c < scores.length; c++) {
        scores[c] += one.scores[c] / answers.size();
      }
      knownness += one.knownness / answers.size();
    }
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    String label = knownness < threshold ? unknown : first.classes.get(best);
    return new Answer(label, scores[best], knownness, first.classes, scores, first.probabilities);
  }
}
