package fieldnotes.detect;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.AudioReader;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Events of a file or a clip, as a {@link Listener} finds them in the same samples. */
public final class Detector {
  private Detector() {}

  /**
   * Events of a clip of any rate and length, in order of time.
   *
   * @return times are counted from the beginning of the clip
   * @throws IllegalArgumentException if a sample is not finite
   */
  public static List<SoundEvent> events(SoundModel model, Clip clip, ListenOptions options) {
    List<SoundEvent> found = new ArrayList<>();
    Listener listener = Listener.of(model, options, found::add);
    float[] samples = clip.resampled(model.rateHz()).samples();
    listener.accept(samples, 0, samples.length);
    listener.finish();
    return List.copyOf(found);
  }

  /**
   * Events of a sound file, read in blocks, in order of time.
   *
   * @throws fieldnotes.audio.AudioException if it cannot be read
   */
  public static List<SoundEvent> events(SoundModel model, Path file, ListenOptions options) {
    List<SoundEvent> found = new ArrayList<>();
    Listener listener = Listener.of(model, options, found::add);
    try (AudioReader reader = AudioFiles.open(file, ReadOptions.of(model.rateHz()))) {
      float[] block = new float[1 << 14];
      for (int n = reader.read(block); n >= 0; n = reader.read(block)) {
        listener.accept(block, 0, n);
      }
    }
    listener.finish();
    return List.copyOf(found);
  }
}
