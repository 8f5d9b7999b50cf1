package fieldnotes.detect;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.data.DataSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A stream of which is known what sounds when: sounds placed at random over a steady noise. It is
 * made as it is read, so that its length costs no memory. The same sounds and options give the same
 * samples.
 *
 * <pre>{@code
 * Scene scene = Scene.of(sounds, SceneOptions.of(1200, 42).withNoise(SceneOptions.Noise.PINK, 10));
 * List<SoundEvent> heard = scene.listen(model, ListenOptions.of());
 * System.out.println(DetectionScore.events(
 *     scene.truth(), heard, List.of("bell", "clap"), scene.seconds(), EventMatching.of()));
 * }</pre>
 */
public final class Scene {
  /**
   * A sound of known class.
   *
   * @param clip the sound, without silence at its ends
   * @param label its class
   * @param recording the file it comes from
   */
  public record Sound(Clip clip, String label, String recording) {}

  /** Root mean square of the noise. */
  private static final double NOISE_RMS = 0.02;

  /** What is so far below the loudest part of a sound is silence. */
  private static final double SILENCE_DB = 30;

  private static final int FRAME = 1024;

  private final List<Sound> sounds;
  private final SceneOptions options;
  private final int rateHz;
  private final List<SoundEvent> truth = new ArrayList<>();

  /** Which sound begins at which sample, with what gain. */
  private record Placed(int sound, long at, double gain) {}

  private final List<Placed> placed = new ArrayList<>();

  private Scene(List<Sound> sounds, SceneOptions options) {
    Check.that(!sounds.isEmpty(), "sounds is empty: give at least one");
    this.sounds = List.copyOf(sounds);
    this.options = options;
    rateHz = sounds.getFirst().clip().sampleRateHz();
    for (Sound one : sounds) {
      Check.that(
          one.clip().sampleRateHz() == rateHz && one.clip().length() > 0,
          "%s: must have samples at %d Hz, as the first sound: resample it first",
          one.clip(),
          rateHz);
    }
    place();
  }

  /** A scene of sounds, which all have the same rate; each comes once before any comes again. */
  public static Scene of(List<Sound> sounds, SceneOptions options) {
    return new Scene(sounds, options);
  }

  /**
   * The labelled files of a data set as sounds at this rate, silence at their ends cut off: what is
   * 30 dB below the loudest part.
   */
  public static List<Sound> sounds(DataSet data, int rateHz) {
    List<Sound> all = new ArrayList<>();
    for (Path file : data.files()) {
      String label = data.label(file);
      if (!label.isEmpty()) {
        Clip clip = AudioFiles.read(file).resampled(rateHz);
        if (clip.peak() > 0) {
          all.add(new Sound(trimmed(clip), label, data.name(file)));
        }
      }
    }
    return all;
  }

  /** The sounds of these classes. */
  public static List<Sound> only(List<Sound> sounds, Collection<String> classes) {
    return sounds.stream().filter(s -> classes.contains(s.label())).toList();
  }

  /** The part from the first to the last frame that is loud enough; the onset to the sample. */
  static Clip trimmed(Clip clip) {
    float[] x = clip.samples();
    int hop = FRAME / 4;
    int frames = Math.max(1, (x.length - FRAME) / hop + 1);
    double[] power = new double[frames];
    double most = 0;
    for (int t = 0; t < frames; t++) {
      for (int i = t * hop; i < Math.min(x.length, t * hop + FRAME); i++) {
        power[t] += (double) x[i] * x[i];
      }
      most = Math.max(most, power[t]);
    }
    double least = most * Math.pow(10, -SILENCE_DB / 10);
    int first = 0;
    int last = frames - 1;
    while (power[first] < least) {
      first++;
    }
    while (power[last] < least) {
      last--;
    }
    int from = first * hop;
    float peak = 0;
    for (int i = from; i < Math.min(x.length, from + FRAME); i++) {
      peak = Math.max(peak, Math.abs(x[i]));
    }
    while (Math.abs(x[from]) < 0.1f * peak) {
      from++;
    }
    return clip.sliceSamples(from, Math.max(from + 1, Math.min(x.length, last * hop + FRAME)));
  }

  private void place() {
    SplittableRandom random = new SplittableRandom(options.seed());
    double mean = sounds.stream().mapToDouble(s -> s.clip().durationSeconds()).average().orElse(0);
    double gap = Math.max(options.gapSeconds() + 0.1, 60 / options.perMinute() - mean);
    List<Integer> deck = new ArrayList<>();
    double time = 1 + random.nextDouble() * gap;
    while (true) {
      if (deck.isEmpty()) {
        for (int i = 0; i < sounds.size(); i++) {
          deck.add(i);
        }
        for (int i = deck.size() - 1; i > 0; i--) {
          Collections.swap(deck, i, random.nextInt(i + 1));
        }
      }
      int next = deck.removeLast();
      Sound one = sounds.get(next);
      long at = (long) (time * rateHz);
      double start = (double) at / rateHz;
      double end = start + one.clip().durationSeconds();
      if (end + 1 > options.seconds()) {
        return;
      }
      double gain = NOISE_RMS * Math.pow(10, options.snrDb() / 20) / one.clip().rms();
      placed.add(new Placed(next, at, gain));
      truth.add(new SoundEvent(start, end, one.label(), 1));
      double more = -StrictMath.log(1 - random.nextDouble()) * (gap - options.gapSeconds());
      time = end + options.gapSeconds() + more;
    }
  }

  /** Sample rate in Hz. */
  public int rateHz() {
    return rateHz;
  }

  /** Its length in seconds. */
  public double seconds() {
    return options.seconds();
  }

  /** What sounds when, in order of time. */
  public List<SoundEvent> truth() {
    return List.copyOf(truth);
  }

  /** Takes the samples of a scene, block by block. The array is used again. */
  @FunctionalInterface
  public interface To {
    /**
     * @param samples the block
     * @param count how many of them count
     */
    void block(float[] samples, int count);
  }

  /** Reads the scene from its beginning. */
  public void read(To to) {
    SceneNoise noise = new SceneNoise(options.noise(), rateHz, options.seed());
    long length = Math.round(options.seconds() * rateHz);
    float[] block = new float[rateHz];
    int next = 0;
    for (long at = 0; at < length; at += block.length) {
      int n = (int) Math.min(block.length, length - at);
      noise.fill(block, n, NOISE_RMS);
      while (next < placed.size() && ends(placed.get(next)) <= at) {
        next++;
      }
      for (int p = next; p < placed.size() && placed.get(p).at < at + n; p++) {
        mix(placed.get(p), at, block, n);
      }
      to.block(block, n);
    }
  }

  private long ends(Placed one) {
    return one.at + sounds.get(one.sound).clip().length();
  }

  private void mix(Placed one, long at, float[] block, int n) {
    float[] x = sounds.get(one.sound).clip().samples();
    int from = (int) Math.max(0, one.at - at);
    int to = (int) Math.min(n, ends(one) - at);
    for (int i = from; i < to; i++) {
      block[i] += (float) (one.gain * x[(int) (at + i - one.at)]);
    }
  }

  /** The whole scene, for short ones. */
  public Clip clip() {
    float[] all = new float[(int) Math.round(options.seconds() * rateHz)];
    int[] at = {0};
    read(
        (samples, n) -> {
          System.arraycopy(samples, 0, all, at[0], n);
          at[0] += n;
        });
    return Clip.of("scene " + options.seed(), all, rateHz);
  }

  /**
   * What a model hears in the scene, read block by block.
   *
   * @throws IllegalArgumentException if the model listens at another rate
   */
  public List<SoundEvent> listen(SoundModel model, ListenOptions how) {
    Check.that(
        model.rateHz() == rateHz,
        "the model listens at %d Hz, the scene is at %d: make it of sounds at the model's rate",
        model.rateHz(),
        rateHz);
    List<SoundEvent> heard = new ArrayList<>();
    Listener listener = Listener.of(model, how, heard::add);
    read((samples, n) -> listener.accept(samples, 0, n));
    listener.finish();
    return heard;
  }

  @Override
  public String toString() {
    String[] classes =
        truth.stream().map(SoundEvent::label).distinct().sorted().toArray(String[]::new);
    return String.format(
        Locale.ROOT,
        "%d sounds of %s; %s",
        truth.size(),
        String.join(", ", Arrays.asList(classes)),
        options);
  }
}
