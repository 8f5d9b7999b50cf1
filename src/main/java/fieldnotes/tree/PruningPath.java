package fieldnotes.tree;

import fieldnotes.common.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a tree shrinks under minimal cost-complexity pruning, step by step from the whole tree to its
 * root. {@link TreeOptions#withPruning} with an alpha gives the last tree whose alpha is not
 * larger.
 *
 * @param alphas the least alpha at which each tree is pruned to that size, shape [trees]; the first
 *     is 0, the whole tree
 * @param impurities weighted impurity of each tree's leaves, shape [trees]
 */
public record PruningPath(double[] alphas, double[] impurities) {
  /** Copies the arrays. */
  public PruningPath {
    Check.sameLength("alphas", alphas.length, "impurities", impurities.length);
    Check.atLeast("the number of alphas", alphas.length, 1);
    alphas = alphas.clone();
    impurities = impurities.clone();
  }

  @Override
  public double[] alphas() {
    return alphas.clone();
  }

  @Override
  public double[] impurities() {
    return impurities.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PruningPath p
        && Arrays.equals(alphas, p.alphas)
        && Arrays.equals(impurities, p.impurities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(alphas) + Arrays.hashCode(impurities);
  }

  @Override
  public String toString() {
    int last = alphas.length - 1;
    return String.format(
        Locale.ROOT,
        "pruning path: %d trees, alpha 0 to %.4g, impurity %.4g to %.4g",
        alphas.length,
        alphas[last],
        impurities[0],
        impurities[last]);
  }
}
