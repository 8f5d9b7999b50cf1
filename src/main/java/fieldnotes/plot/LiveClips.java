package fieldnotes.plot;

import fieldnotes.audio.Clip;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clips of interactive charts that were drawn in this process, so that a click plays them. They
 * are kept only while there is memory for them.
 */
public final class LiveClips {
  private static final String SCHEME = "clip:";
  private static final Map<String, SoftReference<Clip>> SHOWN = new ConcurrentHashMap<>();

  private LiveClips() {}

  /** Keeps a clip; equal clips have equal keys. */
  static String key(Clip clip) {
    String key =
        String.format(
            Locale.ROOT,
            "%s%08x%08x-%d",
            SCHEME,
            Arrays.hashCode(clip.samples()),
            clip.name().hashCode(),
            clip.sampleRateHz());
    SHOWN.values().removeIf(kept -> kept.get() == null);
    SHOWN.put(key, new SoftReference<>(clip));
    return key;
  }

  /** The clip of a key, if it is still kept. */
  public static Optional<Clip> get(String key) {
    SoftReference<Clip> kept = SHOWN.get(key);
    return Optional.ofNullable(kept == null ? null : kept.get());
  }

  /** Whether a chart's sound is a clip rather than a file. */
  public static boolean isClip(String sound) {
    return sound.startsWith(SCHEME);
  }
}
