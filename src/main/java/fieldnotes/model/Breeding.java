package fieldnotes.model;

import fieldnotes.evaluate.Better;
import fieldnotes.math.NumpyRandom;
import fieldnotes.model.Search.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Chooses the settings of a genetic search. */
final class Breeding implements Tuning.Chooser {
  /** The standard deviation of a step, as a share of an option's bounds. */
  private static final double STEP = 0.12;

  private final Genetic options;
  private final Better better;
  private final Space space;

  Breeding(Genetic options, Better better) {
    this.options = options;
    this.better = better;
    space = new Space(options.options(), options.seed());
  }

  @Override
  public List<Setting> next(List<Candidate> tried, int most) {
    Set<Setting> taken = Space.taken(tried);
    double[][] parents = parents(tried);
    List<Setting> chosen = new ArrayList<>();
    for (int c = 0; c < Math.min(most, options.population()); c++) {
      Optional<Setting> child =
          space.fresh(
              () -> parents.length == 0 ? space.draw() : space.setting(child(parents)), taken);
      child.ifPresent(chosen::add);
    }
    return chosen;
  }

  /** The best of all tried, the best first, of equals the earlier. */
  private double[][] parents(List<Candidate> tried) {
    double[] losses = Space.losses(tried, better);
    return IntStream.range(0, losses.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> losses[i]))
        .limit(options.population())
        .map(i -> space.point(tried.get(i).setting()))
        .toArray(double[][]::new);
  }

  private double[] child(double[][] parents) {
    NumpyRandom random = space.random();
    double[] one = parents[winner(parents.length, random)];
    double[] other = parents[winner(parents.length, random)];
    double[] child = new double[one.length];
    for (int o = 0; o < child.length; o++) {
      child[o] = random.uniform() < 0.5 ? one[o] : other[o];
      if (random.uniform() < options.mutation()) {
        child[o] = moved(child[o], space.entries(o), random);
      }
    }
    return child;
  }

  /** The least of some numbers drawn with replacement; parents are in order of their scores. */
  private int winner(int parents, NumpyRandom random) {
    int best = parents - 1;
    for (int t = 0; t < options.tournament(); t++) {
      best = Math.min(best, random.upTo(parents - 1));
    }
    return best;
  }

  /** Another entry of a list, or a step that is reflected at the bounds. */
  private static double moved(double place, int entries, NumpyRandom random) {
    if (entries > 0) {
      return random.upTo(entries - 1);
    }
    double moved = Math.abs(place + STEP * random.normal());
    return Math.clamp(moved > 1 ? 2 - moved : moved, 0, 1);
  }
}
