package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Successive halving: all settings are scored on few rows, the best of them on {@code factor} times
 * as many, and so on. Rows, rounds and survivors as scikit-learn's {@code HalvingGridSearchCV} and
 * {@code HalvingRandomSearchCV} with the same {@code random_state}; of equally good settings the
 * later ones survive, where scikit-learn's order depends on the machine.
 *
 * @param factor how many times fewer settings and more rows each round has, at least 2
 * @param minRows rows of the first round; 0 for as many as let the last round use all rows, −1 for
 *     the least that makes sense: 2 for each fold and class
 * @param aggressive whether the first rows are used again for as many rounds as it takes until the
 *     last round has fewer than {@code factor} settings
 * @param seed of the rows that are drawn from each fold, 0 to 4294967295
 * @see "K. Jamieson, A. Talwalkar, Non-stochastic best arm identification, AISTATS 2016"
 */
public record Halving(int factor, int minRows, boolean aggressive, long seed) {
  private static final int EXHAUST = 0;
  private static final int SMALLEST = -1;

  /** Checks the ranges. */
  public Halving {
    Check.atLeast("factor", factor, 2);
    Check.that(minRows >= SMALLEST, "minRows=%d: must be at least 1, 0 or -1", minRows);
    NumpyRandom.of(seed);
  }

  /** Factor 3, with all rows in the last round. */
  public static Halving of(long seed) {
    return new Halving(3, EXHAUST, false, seed);
  }

  /** Returns a copy with this factor. */
  public Halving withFactor(int times) {
    return new Halving(times, minRows, aggressive, seed);
  }

  /** Returns a copy whose first round has this number of rows, of both training and test. */
  public Halving withMinRows(int rows) {
    return new Halving(factor, Check.atLeast("rows", rows, 1), aggressive, seed);
  }

  /** Returns a copy whose first round has 2 rows for each fold and class. */
  public Halving withFewestRows() {
    return new Halving(factor, SMALLEST, aggressive, seed);
  }

  /** Returns a copy that eliminates aggressively. */
  public Halving withAggressiveElimination() {
    return new Halving(factor, minRows, true, seed);
  }

  /**
   * The rounds of a search.
   *
   * @param searches each round's settings with their scores
   * @param rows the rows that each round was given, shape [rounds]
   */
  public record Rounds(List<Search> searches, int[] rows) {
    /** Copies. */
    public Rounds {
      searches = List.copyOf(searches);
      rows = rows.clone();
      Check.sameLength("searches", searches.size(), "rows", rows.length);
      Check.that(rows.length > 0, "searches is empty");
    }

    @Override
    public int[] rows() {
      return rows.clone();
    }

    /** The last round, with the settings that came through. */
    public Search last() {
      return searches.getLast();
    }

    /**
     * The best setting of the last round.
     *
     * @throws IllegalStateException if all failed
     */
    public Setting best() {
      return last().best();
    }

    /** The mean score of the best setting in the last round. */
    public double bestScore() {
      return last().bestScore();
    }

    /**
     * As scikit-learn's {@code cv_results_}: one row per setting and round in the order tried, with
     * round, rows, and the columns of {@link Search#results}; ranks are over all rounds.
     */
    public Table table() {
      return SearchTable.rounds(this);
    }

    /** Equal rounds. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Rounds that
          && searches.equals(that.searches)
          && Arrays.equals(rows, that.rows);
    }

    @Override
    public int hashCode() {
      return 31 * searches.hashCode() + Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
      return "halving: %s settings on %s rows; last %s"
          .formatted(
              searches.stream().map(s -> s.candidates().size()).toList(),
              Arrays.toString(rows),
              last());
    }
  }

  /** Runs the rounds. */
  Rounds run(Tuning tuning, List<Setting> settings) {
    Tuning.requireSome(settings);
    List<Split> splits = tuning.folds().splits(tuning.rows());
    int[] given = rowsOfRounds(settings.size(), tuning.rows(), splits.size());
    List<Search> searches = new ArrayList<>();
    List<Setting> now = settings;
    try (SearchJobs jobs = new SearchJobs(tuning, fits(settings.size(), given, splits.size()))) {
      for (int rows : given) {
        double share = (double) rows / tuning.rows().rowCount();
        List<Split> parts = splits.stream().map(split -> part(split, share)).toList();
        Search search = new Search(tuning.score(), jobs.score(now, parts));
        searches.add(search);
        now = search.survivors(kept(now.size()));
      }
    }
    return new Rounds(searches, given);
  }

  private int kept(int settings) {
    return (settings + factor - 1) / factor;
  }

  private long fits(int settings, int[] rows, int folds) {
    long fits = 0;
    int left = settings;
    for (int r = 0; r < rows.length; r++) {
      fits += (long) left * folds;
      left = kept(left);
    }
    return fits;
  }

  /** The rows of each round. */
  private int[] rowsOfRounds(int settings, Samples rows, int folds) {
    int all = rows.rowCount();
    int required = 1 + powers(settings);
    int least = minRows;
    if (minRows <= 0) {
      least = 2 * folds * Math.max(1, rows.classNames().size());
    }
    Check.that(
        least <= all,
        "the first round needs %d rows, but '%s' has %d: choose fewer folds or minRows",
        least,
        rows.id(),
        all);
    if (minRows == EXHAUST) {
      least = Math.max(least, (int) (all / Math.pow(factor, required - 1)));
    }
    int possible = 1 + powers(all / least);
    int[] given = new int[aggressive ? required : Math.min(possible, required)];
    for (int r = 0; r < given.length; r++) {
      int power = aggressive ? Math.max(0, r - required + possible) : r;
      given[r] = (int) Math.min(all, Math.pow(factor, power) * least);
    }
    return given;
  }

  /** How often a number can be divided by the factor, found by logarithms as in scikit-learn. */
  private int powers(int number) {
    return (int) Math.floor(Math.log(number) / Math.log(factor));
  }

  private Split part(Split split, double share) {
    return new Split(part(split.train(), share), part(split.test(), share));
  }

  /** A share of rows, drawn without replacement. */
  private int[] part(int[] rows, double share) {
    int[] order = NumpyRandom.of(seed).permutation(rows.length);
    int count = (int) (share * rows.length);
    Check.that(
        count > 0,
        "a share of %s leaves none of the %d rows of a fold: choose more minRows or fewer folds",
        share,
        rows.length);
    return Arrays.stream(order, 0, count).map(i -> rows[i]).toArray();
  }

  @Override
  public String toString() {
    String first =
        switch (minRows) {
          case EXHAUST -> "";
          case SMALLEST -> ", from the fewest rows";
          default -> ", from " + minRows + " rows";
        };
    return "halving by %s%s%s (seed %s)"
        .formatted(factor, first, aggressive ? ", eliminating aggressively" : "", seed);
  }
}
