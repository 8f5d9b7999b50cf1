package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A learner of two classes that learns many, by several questions with the answers no and yes, as
 * scikit-learn's {@code OneVsRestClassifier}, {@code OneVsOneClassifier} and {@code
 * OutputCodeClassifier} put them and join the answers. An answer counts by its probability, or by
 * its decision value if the learner gives no probabilities; scikit-learn takes decision values
 * wherever there are any.
 *
 * @param learner answers each question
 * @param scheme the questions
 * @param codeSize for {@link Scheme#CODES} the number of questions per class, above 0; otherwise 0
 * @param seed for {@link Scheme#CODES} 0 to 4294967295; otherwise 0
 */
public record Decomposition(
    Learner<Classified, ? extends Model<Classified>> learner,
    Scheme scheme,
    double codeSize,
    long seed)
    implements Seeded<Classified, Decomposed> {

  /** Which questions are put. */
  public enum Scheme {
    /** Each class against all others. */
    REST,
    /** Each class against each other one. */
    PAIRS,
    /**
     * Classes drawn at random against those not drawn; a row is of the class whose answers are
     * nearest to its own.
     *
     * @see "T. Dietterich and G. Bakiri, Solving multiclass learning problems via error-correcting
     *     output codes, JAIR 2, 1995"
     */
    CODES
  }

  /** Checks the options. */
  public Decomposition {
    if (scheme == Scheme.CODES) {
      Check.positive("codeSize", codeSize);
      Check.that(
          seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    } else {
      Check.that(codeSize == 0, "codeSize=%s: must be 0 for %s", codeSize, scheme);
      Check.that(seed == 0, "seed=%d: must be 0 for %s", seed, scheme);
    }
  }

  /** {@inheritDoc} Without codes, nothing is drawn, and only the learner gets another seed. */
  @Override
  public Decomposition withSeed(long newSeed) {
    return new Decomposition(
        Seeded.of(learner, newSeed), scheme, codeSize, scheme == Scheme.CODES ? newSeed : 0);
  }

  @Override
  public Decomposed fit(Samples rows) {
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    double[][] book = book(made.classes().size());
    int[] asked =
        IntStream.range(0, book[0].length).filter(q -> !Decomposed.isConstant(book, q)).toArray();
    Check.that(
        asked.length > 0,
        "none of the %d questions divides the %d classes: raise codeSize",
        book[0].length,
        book.length);
    List<Model<Classified>> models =
        Joined.fitted(rows, asked.length, m -> answered(rows, codes, book, asked[m]));
    return new Decomposed(made, scheme, book, models);
  }

  private Model<Classified> answered(Samples rows, int[] codes, double[][] book, int question) {
    int[] chosen =
        IntStream.range(0, codes.length).filter(i -> book[codes[i]][question] != 0).toArray();
    List<String> answers = new ArrayList<>();
    for (int row : chosen) {
      answers.add(Decomposed.ANSWERS.get(book[codes[row]][question] > 0 ? 1 : 0));
    }
    Samples part = chosen.length == codes.length ? rows : rows.rows(chosen);
    return learner.fit(part.withClasses(answers));
  }

  /** The answer of each class to each question: 1 for yes, −1 for no, 0 where it is not asked. */
  private double[][] book(int classes) {
    return switch (scheme) {
      case REST -> {
        double[][] book = new double[classes][classes == 2 ? 1 : classes];
        for (int c = 0; c < classes; c++) {
          for (int q = 0; q < book[c].length; q++) {
            book[c][q] = classes == 2 ? 2 * c - 1 : c == q ? 1 : -1;
          }
        }
        yield book;
      }
      case PAIRS -> {
        double[][] book = new double[classes][classes * (classes - 1) / 2];
        for (int q = 0; q < book[0].length; q++) {
          int[] pair = SupportVectorFit.pair(q, classes);
          book[pair[0]][q] = -1;
          book[pair[1]][q] = 1;
        }
        yield book;
      }
      case CODES -> {
        int questions = (int) (classes * codeSize);
        Check.that(questions >= 1, "codeSize=%s of %d classes is no question", codeSize, classes);
        NumpyRandom random = NumpyRandom.of(seed);
        double[][] book = new double[classes][questions];
        for (double[] row : book) {
          for (int q = 0; q < questions; q++) {
            row[q] = random.uniform() > 0.5 ? 1 : -1;
          }
        }
        yield book;
      }
    };
  }

  @Override
  public String toString() {
    return switch (scheme) {
      case REST -> "each class against the rest: " + learner;
      case PAIRS -> "each class against each other: " + learner;
      case CODES -> "codes of " + codeSize + " per class, seed " + seed + ": " + learner;
    };
  }
}
