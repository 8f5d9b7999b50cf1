package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.common.Copy;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Models of two answers, which together predict many classes. Against the rest, scores are
 * probabilities if the models give any, made to sum to 1; where all are 0, classes are equally
 * probable. In pairs they are votes and how clear they were, see {@link SupportVectorModel}. With
 * codes, they are the negative distances between the answers and those of the class.
 *
 * @param made how it came about
 * @param scheme the questions
 * @param book the answer of each class to each question, 1 for yes, −1 for no, 0 where it is not
 *     asked, shape [classes][questions]
 * @param models a model of each question that not all classes answer alike; its classes are no and
 *     yes
 */
public record Decomposed(
    Made made, Decomposition.Scheme scheme, double[][] book, List<Model<Classified>> models)
    implements Joined {
  static final List<String> ANSWERS = List.of("no", "yes");

  /** Copies and checks. */
  public Decomposed {
    models = List.copyOf(models);
    book = Copy.finite("book", book);
    int classes = made.classes().size();
    Check.atLeast("classes", classes, 2);
    Check.sameLength("book", book.length, "classes", classes);
    for (double[] row : book) {
      for (double answer : row) {
        Check.that(
            Math.abs(answer) == 1 || (answer == 0 && scheme == Decomposition.Scheme.PAIRS),
            "an answer is %s: must be 1 or -1",
            answer);
      }
    }
    int questions =
        switch (scheme) {
          case REST -> classes == 2 ? 1 : classes;
          case PAIRS -> classes * (classes - 1) / 2;
          case CODES -> book[0].length;
        };
    Check.sameLength("questions", book[0].length, "those needed", questions);
    int asked = 0;
    for (int q = 0; q < questions; q++) {
      asked += isConstant(book, q) ? 0 : 1;
    }
    Check.sameLength("models", models.size(), "questions asked", asked);
    Check.that(
        scheme == Decomposition.Scheme.CODES || asked == questions,
        "%d of %d questions have one answer",
        questions - asked,
        questions);
    Set<Made.Input> inputs = new HashSet<>(made.inputs());
    for (Model<Classified> model : models) {
      Check.that(
          model.made().classes().equals(ANSWERS),
          "the classes of a model are %s: must be %s",
          model.made().classes(),
          ANSWERS);
      Check.that(
          inputs.containsAll(model.made().inputs()),
          "its columns are %s, those of a part %s",
          made.columns(),
          model.made().columns());
    }
  }

  /** Whether all classes answer a question alike. */
  static boolean isConstant(double[][] book, int question) {
    return Arrays.stream(book).allMatch(row -> row[question] == book[0][question]);
  }

  @Override
  public double[][] book() {
    return Copy.of(book);
  }

  @Override
  public List<Model<Classified>> parts() {
    return models;
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    boolean probabilities = said.stream().allMatch(Classified::hasProbabilities);
    double[][] yes = new double[said.size()][];
    for (int m = 0; m < yes.length; m++) {
      yes[m] = said.get(m).of(ANSWERS.get(1));
    }
    return switch (scheme) {
      case REST -> rest(yes, probabilities);
      case PAIRS -> pairs(said, yes);
      case CODES -> nearest(yes, probabilities);
    };
  }

  private Classified rest(double[][] yes, boolean probabilities) {
    int classes = book.length;
    int rows = yes[0].length;
    double[][] scores = new double[rows][classes];
    int[] codes = new int[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double score = classes > 2 ? yes[c][i] : yes[0][i];
        scores[i][c] = classes > 2 || c == 1 ? score : probabilities ? 1 - score : -score;
        sum += scores[i][c];
      }
      for (int c = 0; c < classes && probabilities; c++) {
        scores[i][c] = sum == 0 ? 1.0 / classes : scores[i][c] / sum;
      }
      codes[i] = largest(scores[i]);
    }
    return new Classified(made.classes(), codes, scores, probabilities);
  }

  private Classified pairs(List<Classified> said, double[][] yes) {
    int rows = yes[0].length;
    int[] codes = new int[rows];
    double[][] scores = new double[rows][];
    int[][] answers = said.stream().map(Classified::codes).toArray(int[][]::new);
    for (int i = 0; i < rows; i++) {
      boolean[] second = new boolean[yes.length];
      double[] confidence = new double[yes.length];
      for (int q = 0; q < yes.length; q++) {
        second[q] = answers[q][i] == 1;
        confidence[q] = yes[q][i];
      }
      scores[i] = PairVotes.scores(second, confidence, book.length);
      codes[i] = book.length == 2 ? answers[0][i] : largest(scores[i]);
    }
    return new Classified(made.classes(), codes, scores, false);
  }

  private Classified nearest(double[][] yes, boolean probabilities) {
    int rows = yes[0].length;
    int[] codes = new int[rows];
    double[][] scores = new double[rows][book.length];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < book.length; c++) {
        double sum = 0;
        int m = 0;
        for (int q = 0; q < book[c].length; q++) {
          double wanted = probabilities ? Math.max(0, book[c][q]) : book[c][q];
          double answer = isConstant(book, q) ? wanted : yes[m++][i];
          sum += (answer - wanted) * (answer - wanted);
        }
        scores[i][c] = -Math.sqrt(sum);
      }
      codes[i] = largest(scores[i]);
    }
    return new Classified(made.classes(), codes, scores, false);
  }

  private static int largest(double[] scores) {
    int most = 0;
    for (int c = 1; c < scores.length; c++) {
      most = scores[c] > scores[most] ? c : most;
    }
    return most;
  }

  /** Equal models of equal questions. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Decomposed that
        && made.equals(that.made)
        && scheme == that.scheme
        && Arrays.deepEquals(book, that.book)
        && models.equals(that.models);
  }

  @Override
  public int hashCode() {
    return 31 * made.hashCode() + models.hashCode();
  }

  /** Classes that no question tells apart are named: the first of them is predicted. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(made.learner());
    text.append(": ").append(models.size()).append(" models");
    for (int c = 0; c < book.length; c++) {
      for (int d = 0; d < c; d++) {
        if (Arrays.equals(book[c], book[d])) {
          text.append(
              ", '%s' and '%s' have one code: raise codeSize"
                  .formatted(made.classes().get(d), made.classes().get(c)));
        }
      }
    }
    return text.toString();
  }
}
