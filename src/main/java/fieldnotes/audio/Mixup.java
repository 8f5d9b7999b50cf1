package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Mixes two training clips with their classes: λ of the one and 1 − λ of another, drawn from all
 * clips, with λ from a Beta(α, α) distribution; the larger share is that of the first. The other is
 * resampled to its rate, cut at the end or followed by silence.
 *
 * <p>It needs the other clips, so it is done by {@link Augmentation#copies(java.util.List, int,
 * long)} only.
 *
 * @param alpha 0.05…100; small values mostly leave one of the two
 * @see "H. Zhang et al., mixup: beyond empirical risk minimization, ICLR 2018; the larger share
 *     first as in D. Berthelot et al., MixMatch, NeurIPS 2019"
 */
public record Mixup(double alpha) implements Augment {
  public Mixup {
    Check.within("alpha", alpha, 0.05, 100);
  }

  /** Shares from Beta(α, α). */
  public static Mixup of(double alpha) {
    return new Mixup(alpha);
  }

  @Override
  public String toString() {
    return "mixup alpha=" + AugmentWords.number(alpha);
  }
}
