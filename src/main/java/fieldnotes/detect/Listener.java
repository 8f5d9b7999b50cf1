package fieldnotes.detect;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.evaluate.Rejected;
import fieldnotes.table.Matrix;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Listens to a stream: samples in, events out as they end. A window is measured by the code that
 * measures files, so its row equals that of the same samples offline. Memory is bounded, however
 * long the stream is. Not thread-safe; events are given on the thread that brings the samples.
 *
 * <pre>{@code
 * Listener listener = Listener.of(model, ListenOptions.of(), System.out::println);
 * listener.accept(block, 0, block.length); // again and again
 * listener.finish();
 * }</pre>
 */
public final class Listener {
  /** How long levels are kept, from which the noise floor is estimated. */
  private static final double KEPT_SECONDS = 20;

  private final SoundModel model;
  private final Consumer<WindowScores> windows;
  private final SoundModel.Measurer measurer;
  private final StreamWindows cut;
  private final Boundaries boundaries;
  private final Smoother smoother;
  private final EventMaker maker;
  private final int rateHz;
  private final int hop;
  private final double quiet;

  /** Middles of the windows whose smoothed scores are not yet there, and of the one before. */
  private long slot;

  /** Finds events by the signal instead; null for those of windows. */
  private final SignalEvents signal;

  private boolean finished;

  private Listener(
      SoundModel model,
      ListenOptions options,
      Consumer<SoundEvent> events,
      Consumer<WindowScores> windows) {
    this.model = model;
    this.windows = windows;
    rateHz = model.rateHz();
    quiet = Math.pow(10, options.quietDb() / 20);
    int size = model.windowSamples();
    hop = hopSamples(model, options);
    measurer = model.measurer();
    cut = new StreamWindows(size, hop, this::window);
    double window = (double) size / rateHz;
    double seen = KEPT_SECONDS + 3 * window + options.smoothing() * (double) hop / rateHz;
    boundaries = options.refined() && !model.whole() ? new Boundaries(rateHz, seen) : null;
    smoother = new Smoother(options.smoothing());
    signal = model.whole() ? new SignalEvents(model, options, events) : null;
    maker = new EventMaker(model.classes(), model.unknown(), options, window, boundaries, events);
  }

  private static int hopSamples(SoundModel model, ListenOptions options) {
    double seconds = options.hopSeconds() == 0 ? model.windowSeconds() / 2 : options.hopSeconds();
    double samples = seconds * model.rateHz();
    Check.that(
        samples >= 0.5 && samples < Integer.MAX_VALUE,
        "hopSeconds=%s: must be at least one sample at %d Hz",
        seconds,
        model.rateHz());
    return (int) Math.max(1, Math.round(samples));
  }

  /**
   * A listener.
   *
   * @param events takes each event when it has ended and nothing can be joined to it any more; in
   *     order of time
   */
  public static Listener of(SoundModel model, ListenOptions options, Consumer<SoundEvent> events) {
    return new Listener(model, options, events, scores -> {});
  }

  /**
   * A listener that also gives what the model says of each window.
   *
   * @param windows takes each window as it is full, before the events that it ends; none of a model
   *     of whole sounds
   */
  public static Listener of(
      SoundModel model,
      ListenOptions options,
      Consumer<SoundEvent> events,
      Consumer<WindowScores> windows) {
    return new Listener(model, options, events, windows);
  }

  /**
   * Takes samples {@code from} to {@code to}, of any number, at the model's rate.
   *
   * @throws IllegalArgumentException if one is not finite; then none is taken
   * @throws IllegalStateException after {@link #finish}
   */
  public void accept(float[] samples, int from, int to) {
    Check.that(
        from >= 0 && from <= to && to <= samples.length,
        "samples %d to %d: must lie within 0 and %d",
        from,
        to,
        samples.length);
    if (finished) {
      throw new IllegalStateException("the stream has ended: make a new listener for another");
    }
    for (int i = from; i < to; i++) {
      Check.that(Float.isFinite(samples[i]), "sample %d is %s: must be finite", i, samples[i]);
    }
    if (signal != null) {
      signal.push(samples, from, to);
      return;
    }
    // each window is looked at when the levels up to its end are there and none beyond, so that
    // events do not depend on the sizes of the blocks
    for (int at = from; at < to; ) {
      int n = Math.min(to - at, cut.missing());
      if (boundaries != null) {
        boundaries.push(samples, at, at + n);
      }
      cut.push(samples, at, at + n);
      at += n;
    }
  }

  /** Ends the stream: looks at what remains, and gives the events that have not ended. */
  public void finish() {
    if (finished) {
      return;
    }
    finished = true;
    if (signal != null) {
      signal.finish();
      return;
    }
    cut.finish();
    for (double[] mean = smoother.rest(); mean != null; mean = smoother.rest()) {
      slot(mean);
    }
    maker.finish(seconds());
  }

  /** The sound that is heard now and has not ended. */
  public Optional<SoundEvent> open() {
    return signal != null ? signal.open() : maker.open(seconds());
  }

  /** Length of the stream so far. */
  public double seconds() {
    return signal != null ? signal.seconds() : (double) cut.received() / rateHz;
  }

  private void window(long start, float[] samples) {
    double from = (double) start / rateHz;
    Clip clip = Clip.of("stream", samples, rateHz).withStart(from);
    double[] scores = new double[maker.width()];
    WindowScores said = said(clip, scores);
    windows.accept(said);
    double[] mean = smoother.push(scores);
    if (mean != null) {
      slot(mean);
    }
  }

  /** What the model says of a window; fills in the scores that count. */
  private WindowScores said(Clip window, double[] scores) {
    double from = window.startSeconds();
    double to = from + window.durationSeconds();
    double[] row = measurer.row(window);
    Rejected one;
    try {
      one = model.predict(new Matrix(model.set().columns(), new double[][] {row}));
    } catch (IllegalArgumentException e) {
      if (Check.allFinite(row)) {
        throw e;
      }
      // a feature without a value, as of silence, and a model that takes none
      return new WindowScores(from, to, model.unknown(), false, new double[model.classes().size()]);
    }
    double[] classes = CardedModel.named(one).scores()[0];
    boolean known = !one.isUnknown(0);
    if (window.rms() < quiet) {
      return new WindowScores(from, to, one.label(0), known, classes);
    }
    if (known) {
      System.arraycopy(classes, 0, scores, 0, classes.length);
    } else {
      scores[maker.unknown()] = 1;
    }
    return new WindowScores(from, to, one.label(0), known, classes);
  }

  /** Gives the slot of the next window: from halfway to the one before to halfway to the next. */
  private void slot(double[] mean) {
    double half = model.windowSamples() / 2.0;
    double from = slot == 0 ? 0 : (half + (slot - 0.5) * hop) / rateHz;
    double to = (half + (slot + 0.5) * hop) / rateHz;
    maker.slot(Math.min(from, seconds()), Math.min(to, seconds()), mean);
    slot++;
  }
}
