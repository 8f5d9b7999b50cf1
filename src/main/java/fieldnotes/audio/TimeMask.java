package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Silences parts of the clip, as SpecAugment masks frames. Each has a length from 0 to a share of
 * the clip, uniform, lies anywhere, and fades within 5 ms.
 *
 * @param most largest share of the clip that one part covers, 0…1
 * @param count number of parts, 1…100
 * @see "D. S. Park et al., SpecAugment, Interspeech 2019"
 */
public record TimeMask(double most, int count) implements Augment {
  public TimeMask {
    Check.within("most", most, 0, 1);
    Check.that(count >= 1 && count <= 100, "count=%d: must lie within 1 and 100", count);
  }

  /** One part of up to this share of the clip. */
  public static TimeMask of(double most) {
    return new TimeMask(most, 1);
  }

  /** The number of parts. */
  public TimeMask withCount(int count) {
    return new TimeMask(most, count);
  }

  @Override
  public String toString() {
    return "timemask most=" + AugmentWords.number(most) + (count == 1 ? "" : " count=" + count);
  }
}
