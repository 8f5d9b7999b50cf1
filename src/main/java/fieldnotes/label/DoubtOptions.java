package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.Locale;

/**
 * How clips are asked about by doubt.
 *
 * @param doubt how doubt is measured
 * @param density the power to which the density of the clips around one is taken, by which its
 *     doubt is multiplied; 0 for doubt alone
 * @param first clips to hear at random before the first model
 * @param batch answers after which the model is fitted again
 * @param random share of the questions about random clips, so that the model is not blind to what
 *     it is wrongly sure of; from 0 to 1
 * @param trees trees of the forest
 */
public record DoubtOptions(
    Doubt doubt, double density, int first, int batch, double random, int trees) {
  /** Checks the ranges. */
  public DoubtOptions {
    Check.that(
        density >= 0 && Double.isFinite(density),
        "density=%s: must be a finite number of at least 0",
        density);
    Check.atLeast("first", first, 2);
    Check.atLeast("batch", batch, 1);
    Check.within("random", random, 0, 1);
    Check.atLeast("trees", trees, 1);
  }

  /** Ten clips at random, then batches of five, a tenth of them random, by a forest of 50 trees. */
  public static DoubtOptions of(Doubt doubt) {
    return new DoubtOptions(doubt, 0, 10, 5, 0.1, 50);
  }

  /** Returns a copy that multiplies doubt by the density to this power; 0 for doubt alone. */
  public DoubtOptions withDensity(double power) {
    return new DoubtOptions(doubt, power, first, batch, random, trees);
  }

  /** Returns a copy that hears this number of random clips first. */
  public DoubtOptions withFirst(int clips) {
    return new DoubtOptions(doubt, density, clips, batch, random, trees);
  }

  /** Returns a copy that fits again after this number of answers. */
  public DoubtOptions withBatch(int answers) {
    return new DoubtOptions(doubt, density, first, answers, random, trees);
  }

  /** Returns a copy with this share of random clips. */
  public DoubtOptions withRandom(double share) {
    return new DoubtOptions(doubt, density, first, batch, share, trees);
  }

  /** Returns a copy with this number of trees. */
  public DoubtOptions withTrees(int number) {
    return new DoubtOptions(doubt, density, first, batch, random, number);
  }

  /** The number of answers, of this many, to which the model is fitted; 0 for no model yet. */
  int toFit(int answers) {
    return answers < first ? 0 : answers - (answers - first) % batch;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%s, %d first, batches of %d, %s random, %d trees",
        doubt,
        density == 0 ? "" : " · density^" + density,
        first,
        batch,
        random,
        trees);
  }
}
