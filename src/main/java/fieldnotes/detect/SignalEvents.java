package fieldnotes.detect;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Rejected;
import fieldnotes.table.Matrix;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes events of what stands out of the background: {@link Activity} finds when something sounds,
 * and the model says once, of the whole sound, what it is. It keeps the last samples only.
 */
final class SignalEvents {
  private static final double KEPT_SECONDS = Activity.LONGEST_SECONDS + Activity.PAUSE_SECONDS + 3;

  /** A sound is given to the model at this level, so that its loudness does not count. */
  private static final double LEVEL = 0.1;

  private final SoundModel model;
  private final ListenOptions options;
  private final Consumer<SoundEvent> events;
  private final SoundModel.Measurer measurer;
  private final Activity activity;
  private final int rateHz;

  /** The last samples, a ring. */
  private final float[] kept;

  private long received;

  SignalEvents(SoundModel model, ListenOptions options, Consumer<SoundEvent> events) {
    this.model = model;
    this.options = options;
    this.events = events;
    rateHz = model.rateHz();
    measurer = model.measurer();
    kept = new float[(int) (KEPT_SECONDS * rateHz)];
    activity = new Activity(rateHz, this::sound);
  }

  /** Takes samples {@code from} to {@code end}. */
  void push(float[] x, int from, int end) {
    int most = kept.length / 16; // so that what ends within a block is still kept
    for (int at = from; at < end; ) {
      int n = Math.min(end - at, most);
      for (int i = at; i < at + n; i++) {
        kept[(int) (received++ % kept.length)] = x[i];
      }
      activity.push(x, at, at + n);
      at += n;
    }
  }

  void finish() {
    activity.finish();
  }

  /** What sounds now and has not ended. */
  Optional<SoundEvent> open() {
    double since = activity.openSince();
    double now = seconds();
    return Double.isNaN(since) || now - since < 0.3 ? Optional.empty() : said(since, now);
  }

  /** Length of the stream so far. */
  double seconds() {
    return (double) received / rateHz;
  }

  private void sound(double start, double end) {
    if (end - start >= options.leastSeconds()) {
      said(start, end).ifPresent(events);
    }
  }

  private Optional<SoundEvent> said(double start, double end) {
    long from = Math.max(Math.round(start * rateHz), Math.max(0, received - kept.length));
    long least = from + SegmentRows.least(rateHz);
    long to = Math.min(received, Math.max(Math.round(end * rateHz), least));
    float[] samples = new float[(int) (to - from)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = kept[(int) ((from + i) % kept.length)];
    }
    Clip clip = Clip.of("stream", samples, rateHz);
    if (20 * Math.log10(Math.max(1e-12, clip.rms())) < options.quietDb()) {
      return Optional.empty();
    }
    double[] row = measurer.row(clip);
    Rejected one;
    try {
      one = model.predict(new Matrix(model.set().columns(), new double[][] {row}));
    } catch (IllegalArgumentException e) {
      if (Check.allFinite(row)) {
        throw e;
      }
      return event(start, end, model.unknown(), 1);
    }
    double known = known(one);
    return event(start, end, one.label(0), one.isUnknown(0) ? 1 - known : known);
  }

  /**
   * How likely one of the classes is, 0 to 1: the knownness if it is made of probabilities, else
   * the largest of these, as a distance or an entropy is none.
   */
  private double known(Rejected one) {
    Classified said = one.classified();
    if (said.hasProbabilities()
        && CardedModel.rejecting(model.model()).knownness().countsUnknown(said)) {
      return Math.clamp(one.knownness()[0], 0, 1);
    }
    double[] scores = said.scores()[0];
    double largest = 0;
    for (int c = 0; c < scores.length; c++) {
      if (!said.classes().get(c).equals(one.name())) {
        largest = Math.max(largest, scores[c]);
      }
    }
    return Math.min(1, largest);
  }

  private Optional<SoundEvent> event(double start, double end, String label, double confidence) {
    boolean silent =
        options.background().contains(label)
            || (label.equals(model.unknown()) && !options.unknown());
    return silent ? Optional.empty() : Optional.of(new SoundEvent(start, end, label, confidence));
  }

  /** The sound at one level. */
  static Clip levelled(Clip sound) {
    double gain = LEVEL / Math.max(1e-9, sound.rms());
    float[] samples = new float[sound.length()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (gain * sound.samples()[i]);
    }
    return Clip.of(sound.name(), samples, sound.sampleRateHz());
  }
}
