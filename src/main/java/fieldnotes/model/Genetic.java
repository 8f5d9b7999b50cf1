package fieldnotes.model;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import java.util.Collections;
import java.util.Map;

/**
 * Genetic search: the best settings of all tried are parents; a child takes each option from one of
 * two parents, which win tournaments, and some of its options move. Generations follow each other
 * until enough settings were tried.
 *
 * @param options what to choose, and from where
 * @param settings how many are tried, fewer if there are no more combinations
 * @param seed 0 to 4294967295
 * @param population the settings of a generation, and the parents of the next, at least 2
 * @param tournament how many parents are drawn, of which the best is taken, at least 1
 * @param mutation the chance that an option moves, 0 to 1
 * @see "A. E. Eiben, J. E. Smith, Introduction to Evolutionary Computing, 2nd edition, 2015"
 */
public record Genetic(
    Map<String, Search.Draw> options,
    int settings,
    long seed,
    int population,
    int tournament,
    double mutation) {
  /** Copies the options and checks the ranges. */
  public Genetic {
    options = Collections.unmodifiableSortedMap(Space.check(options));
    Check.atLeast("settings", settings, 1);
    NumpyRandom.of(seed);
    Check.atLeast("population", population, 2);
    Check.atLeast("tournament", tournament, 1);
    Check.within("mutation", mutation, 0, 1);
  }

  /** Generations of 6, tournaments of 3, every second option moves. */
  public static Genetic of(Map<String, Search.Draw> options, int settings, long seed) {
    return new Genetic(options, settings, seed, 6, 3, 0.5);
  }

  /** Returns a copy with generations of this size. */
  public Genetic withPopulation(int number) {
    return new Genetic(options, settings, seed, number, tournament, mutation);
  }

  /** Returns a copy with tournaments of this size. */
  public Genetic withTournament(int number) {
    return new Genetic(options, settings, seed, population, number, mutation);
  }

  /** Returns a copy in which options move with this chance. */
  public Genetic withMutation(double chance) {
    return new Genetic(options, settings, seed, population, tournament, chance);
  }

  @Override
  public String toString() {
    return "genetic search of %s settings over %s: generations of %s, tournaments of %s, mutation %s"
            .formatted(settings, options, population, tournament, mutation)
        + " (seed %s)".formatted(seed);
  }
}
