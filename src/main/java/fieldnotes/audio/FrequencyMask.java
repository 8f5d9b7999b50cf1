package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Removes bands of frequencies, as SpecAugment masks mel bands. Each has a width from 0 to a share
 * of the mel scale up to half the sample rate, uniform, and lies anywhere: the short-time spectrum
 * of frames of 46 ms is set to 0 there and turned back into sound.
 *
 * @param most largest share of the mel scale that one band covers, 0…1
 * @param count number of bands, 1…100
 * @see "D. S. Park et al., SpecAugment, Interspeech 2019"
 */
public record FrequencyMask(double most, int count) implements Augment {
  public FrequencyMask {
    Check.within("most", most, 0, 1);
    Check.that(count >= 1 && count <= 100, "count=%d: must lie within 1 and 100", count);
  }

  /** One band of up to this share of the mel scale. */
  public static FrequencyMask of(double most) {
    return new FrequencyMask(most, 1);
  }

  /** The number of bands. */
  public FrequencyMask withCount(int count) {
    return new FrequencyMask(most, count);
  }

  @Override
  public String toString() {
    return "freqmask most=" + AugmentWords.number(most) + (count == 1 ? "" : " count=" + count);
  }
}
