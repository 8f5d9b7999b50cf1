package fieldnotes.audio;

import fieldnotes.common.Check;

/**
 * Plays the clip in a measured room: convolution with its impulse response. The largest sample of
 * the response is the direct sound, so nothing is delayed. The level of the clip stays; what rings
 * after its end is cut off.
 *
 * @param name of the response, a file for {@link Augmentation#parse}
 * @param response not empty and not silent; resampled to the rate of the clip
 */
public record ImpulseResponse(String name, Clip response) implements Augment {
  public ImpulseResponse {
    Augmenter.finite(response);
    Check.that(response.peak() > 0, "the impulse response %s is empty or silent", name);
  }

  /** Convolution with this response. */
  public static ImpulseResponse of(Clip response) {
    return new ImpulseResponse(response.name(), response);
  }

  @Override
  public String toString() {
    return "impulse file=" + AugmentSyntax.quoted(name);
  }
}
