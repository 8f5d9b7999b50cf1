package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.model.Seeded;
import fieldnotes.table.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One learner, fitted again and again on rows and columns drawn at random, its predictions
 * averaged, as scikit-learn's {@code BaggingClassifier} draws and averages them. A learner that
 * takes a seed gets another one each time.
 *
 * <p>A learner sees the rows drawn, a row twice if it was drawn twice; scikit-learn gives learners
 * that take row weights all rows, weighted by how often they were drawn, which comes to the same
 * for learners that treat a row of weight 2 as two rows. Row weights decide how often a row is
 * drawn, and no longer count afterwards.
 *
 * @param learner the learner
 * @param seed 0 to 4294967295
 * @param draws how often it is fitted, at least 1
 * @param rowShare rows drawn, as a share of all rows, above 0, at most 1
 * @param columnShare columns drawn, without repeats, as a share of all columns, above 0, at most 1;
 *     at least one column is drawn
 * @param bootstrap whether a row may be drawn more than once
 * @param outOfBag whether rows that were not drawn are predicted, as a test of the whole
 * @see "L. Breiman, Bagging predictors, Machine Learning 24(2), 1996"
 */
public record Bagging(
    Learner<Classified, ? extends Model<Classified>> learner,
    long seed,
    int draws,
    double rowShare,
    double columnShare,
    boolean bootstrap,
    boolean outOfBag)
    implements Seeded<Classified, Bagged> {
  /** Checks the ranges. */
  public Bagging {
    Check.that(seed >= 0 && seed <= 0xffffffffL, "seed=%d: must lie within 0 and 4294967295", seed);
    Check.atLeast("draws", draws, 1);
    share("rowShare", rowShare);
    share("columnShare", columnShare);
    Check.that(
        bootstrap || !outOfBag,
        "the accuracy out of bag needs rows drawn with repeats: leave out withoutBootstrap()");
  }

  private static void share(String name, double share) {
    Check.that(share > 0 && share <= 1, "%s=%s: must be above 0 and at most 1", name, share);
  }

  @Override
  public Bagging withSeed(long newSeed) {
    return new Bagging(learner, newSeed, draws, rowShare, columnShare, bootstrap, outOfBag);
  }

  /** Returns a copy with this number of draws. */
  public Bagging withDraws(int number) {
    return new Bagging(learner, seed, number, rowShare, columnShare, bootstrap, outOfBag);
  }

  /** Returns a copy that draws this share of the rows. */
  public Bagging withRowShare(double share) {
    return new Bagging(learner, seed, draws, share, columnShare, bootstrap, outOfBag);
  }

  /** Returns a copy that draws this share of the columns. */
  public Bagging withColumnShare(double share) {
    return new Bagging(learner, seed, draws, rowShare, share, bootstrap, outOfBag);
  }

  /** Returns a copy that draws each row once at most: choose a row share below 1 as well. */
  public Bagging withoutBootstrap() {
    return new Bagging(learner, seed, draws, rowShare, columnShare, false, outOfBag);
  }

  /** Returns a copy that also predicts rows that were not drawn, see {@link Bagged}. */
  public Bagging withOutOfBag() {
    return new Bagging(learner, seed, draws, rowShare, columnShare, bootstrap, true);
  }

  @Override
  public Bagged fit(Samples rows) {
    Made made = Made.of(this, rows);
    int[] codes = made.codes(rows);
    List<String> names = rows.features();
    double[] shares = rows.weights().orElse(null);
    Samples unweighted = rows.withoutWeights();
    int rowsDrawn = Math.max(1, (int) (rowShare * codes.length));
    int columnsDrawn = Math.max(1, (int) (columnShare * names.size()));
    NumpyRandom random = NumpyRandom.of(seed);
    long[] seeds = new long[draws];
    for (int d = 0; d < draws; d++) {
      seeds[d] = random.upTo(Integer.MAX_VALUE - 1);
    }
    List<Drawn> drawn =
        Joined.fitted(
            unweighted,
            draws,
            d -> {
              NumpyRandom own = NumpyRandom.of(seeds[d]);
              int[] columns = Draws.without(own, names.size(), columnsDrawn);
              int[] chosen = rows(own, codes.length, rowsDrawn, shares);
              List<String> seen = Arrays.stream(columns).mapToObj(names::get).toList();
              return fitted(
                  d,
                  unweighted.withFeatures(seen),
                  chosen,
                  NumpyRandom.of(seeds[d]).upTo(Integer.MAX_VALUE - 1));
            });
    List<Model<Classified>> models = drawn.stream().map(Drawn::model).toList();
    if (!outOfBag) {
      return new Bagged(made, models, 0, 0);
    }
    double[][] held = new double[codes.length][made.classes().size()];
    for (Drawn one : drawn) {
      Bagged.add(one.said, made.classes(), one.outside, held);
    }
    int tested = 0;
    int right = 0;
    for (int i = 0; i < held.length; i++) {
      int most = 0;
      for (int c = 1; c < held[i].length; c++) {
        most = held[i][c] > held[i][most] ? c : most;
      }
      if (held[i][most] > 0) {
        tested++;
        right += most == codes[i] ? 1 : 0;
      }
    }
    return new Bagged(made, models, tested, right);
  }

  /** A model of a draw, and what it predicts of the rows that were not drawn. */
  private record Drawn(Model<Classified> model, int[] outside, Classified said) {}

  private Drawn fitted(int draw, Samples rows, int[] chosen, long ownSeed) {
    Samples part = rows.rows(chosen);
    Check.that(
        part.classNames().size() > 1,
        "draw %d of %d has rows of class '%s' only: draw more rows",
        draw,
        draws,
        part.classNames().getFirst());
    Model<Classified> model = Seeded.of(learner, ownSeed).fit(part);
    boolean[] inside = new boolean[rows.rowCount()];
    for (int row : chosen) {
      inside[row] = true;
    }
    int[] outside = IntStream.range(0, inside.length).filter(i -> !inside[i]).toArray();
    return outOfBag && outside.length > 0
        ? new Drawn(model, outside, model.predict(rows.rows(outside)))
        : new Drawn(model, new int[0], new Classified(List.of("none"), new double[0][]));
  }

  private int[] rows(NumpyRandom random, int count, int drawn, double[] shares) {
    if (shares != null) {
      return Draws.byShare(random, shares, drawn, bootstrap);
    }
    if (!bootstrap) {
      return Draws.without(random, count, drawn);
    }
    int[] chosen = new int[drawn];
    Arrays.setAll(chosen, _ -> random.upTo(count - 1));
    return chosen;
  }

  @Override
  public String toString() {
    return draws
        + " times "
        + learner
        + (rowShare == 1 ? ", on as many rows" : ", on " + rowShare + " of the rows")
        + (bootstrap ? " drawn with repeats" : " drawn without repeats")
        + (columnShare == 1 ? "" : " and " + columnShare + " of the columns")
        + ", seed "
        + seed
        + (outOfBag ? ", tested out of bag" : "");
  }
}
