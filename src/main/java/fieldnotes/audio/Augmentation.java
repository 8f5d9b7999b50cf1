package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.math.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A chain of random changes for training clips, each done with a probability. It is for training
 * data only: clips for validation and test stay as they were recorded.
 *
 * <p>The text of a chain can be read back by {@link #parse}: {@code shift seconds=0.25; noise
 * snr=10..20 colour=pink p=0.5}.
 *
 * @param steps in the order in which they are done
 */
public record Augmentation(List<Step> steps) {
  static final String NONE = "none";

  /**
   * One change of the chain.
   *
   * @param change what is done
   * @param probability of doing it, 0…1
   */
  public record Step(Augment change, double probability) {
    public Step {
      Check.within("p", probability, 0, 1);
    }

    @Override
    public String toString() {
      return change + (probability == 1 ? "" : " p=" + AugmentWords.number(probability));
    }
  }

  public Augmentation {
    steps = List.copyOf(steps);
    Check.that(
        steps.stream().filter(s -> s.change() instanceof Mixup).count() <= 1,
        "an augmentation has mixup twice: one mixture is all that a copy can have");
  }

  /** The chain without steps, which changes nothing. */
  public static Augmentation none() {
    return new Augmentation(List.of());
  }

  /** A chain of one change, always done. */
  public static Augmentation of(Augment change) {
    return none().then(change);
  }

  /**
   * Reads a chain from its text: steps separated by semicolons, each a name and values by key, all
   * of which have a default; {@code p=} is the probability. A value without a key is that of the
   * first key. {@code none} is the chain without steps.
   *
   * <p>{@code shift seconds=0.25 around=no|yes}; {@code gain db=-6..6}; {@code noise snr=10..30
   * colour=white|pink}; {@code background file=FILE snr=5..20}; {@code pitch semitones=-2..2};
   * {@code stretch rate=0.9..1.1}; {@code room rt60=0.2..0.8}; {@code impulse file=FILE}; {@code
   * band hz=300..3400}; {@code mp3 kbits=16..64}; {@code mixup alpha=0.2}; {@code timemask most=0.2
   * count=1}; {@code freqmask most=0.2 count=1}. A file name with spaces is put in quotes.
   *
   * @throws IllegalArgumentException if a step or a value is unknown or out of its range
   * @throws AudioException if a file cannot be read
   */
  public static Augmentation parse(String text) {
    return AugmentSyntax.parse(text);
  }

  /** Returns a chain with one more change at the end, always done. */
  public Augmentation then(Augment change) {
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(change, 1));
    return new Augmentation(more);
  }

  /** Returns a chain whose last change is done with this probability, 0…1. */
  public Augmentation withProbability(double probability) {
    Check.that(!steps.isEmpty(), "a chain without steps has no probability: add a step by then()");
    List<Step> changed = new ArrayList<>(steps);
    changed.set(steps.size() - 1, new Step(steps.getLast().change(), probability));
    return new Augmentation(changed);
  }

  /**
   * A changed copy of a clip.
   *
   * @param seed of the random numbers; any value
   * @throws IllegalArgumentException if a sample is NaN or infinite, or the chain has {@link Mixup}
   */
  public Clip apply(Clip clip, long seed) {
    Clip changed = clip;
    for (int i = 0; i < steps.size(); i++) {
      NumpyRandom dice = Augmenter.dice(seed, i);
      if (dice.uniform() < steps.get(i).probability()) {
        changed = Augmenter.change(steps.get(i).change(), changed, dice);
      }
    }
    return changed;
  }

  /**
   * Changed copies of one clip. Copy i depends on the seed, i, and the name and start of the clip,
   * so it is the same whatever other clips there are.
   *
   * @param n number of copies, at least 0
   */
  public List<Clip> copies(Clip clip, int n, long seed) {
    return copies(List.of(clip), n, seed).stream().map(Augmented::clip).toList();
  }

  /**
   * Changed copies of training clips, first all of clip 0. Run by all cores, with the same result
   * on any number of them.
   *
   * @param clips training clips only; order matters for mixtures only
   * @param n number of copies of each clip, at least 0
   * @return clips.size()·n clips
   */
  public List<Augmented> copies(List<Clip> clips, int n, long seed) {
    Check.atLeast("n", n, 0);
    return Augmenter.copies(this, clips, n, seed);
  }

  @Override
  public String toString() {
    return steps.isEmpty()
        ? NONE
        : steps.stream().map(Step::toString).collect(Collectors.joining("; "));
  }
}
