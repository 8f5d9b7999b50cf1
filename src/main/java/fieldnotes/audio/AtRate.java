package fieldnotes.audio;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** Recordings that many clips are changed by, resampled once for each rate. */
final class AtRate {
  /** What was made of a recording, as long as somebody has it. */
  private static final Map<Clip, Map<Integer, Clip>> MADE =
      Collections.synchronizedMap(new WeakHashMap<>());

  private AtRate() {}

  /** The recording at a rate. */
  static Clip of(Clip recording, int rateHz) {
    return rateHz == recording.sampleRateHz() // which must not keep itself from being forgotten
        ? recording
        : MADE.computeIfAbsent(recording, r -> new ConcurrentHashMap<>())
            .computeIfAbsent(rateHz, recording::resampled);
  }
}
