package fieldnotes.audio;

/**
 * A clip made from one or two training clips.
 *
 * @param clip the new sound
 * @param source place of the clip it was made from, whose class it has
 * @param other place of the clip mixed in by {@link Mixup}; equal to {@code source} if there is
 *     none
 * @param share share of {@code source} in the class, 0.5…1; the rest is that of {@code other}. 1
 *     without a mixture
 */
public record Augmented(Clip clip, int source, int other, double share) {
  /** Whether a second clip is mixed in. */
  public boolean mixed() {
    return share < 1;
  }

  @Override
  public String toString() {
    return clip
        + " from clip "
        + source
        + (mixed() ? " and " + Math.round(100 * (1 - share)) + " % of clip " + other : "");
  }
}
