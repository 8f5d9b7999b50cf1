package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a stream becomes events. A model of whole sounds is asked once for each sound that stands out
 * of the background: then hop, smoothing, thresholds, joining and refining do not count.
 *
 * @param hopSeconds time between windows, above 0; 0 takes half of the model's window
 * @param smoothing number of windows whose scores are averaged, odd; the middle one counts most
 *     (triangular weights)
 * @param on an event begins where the score of its class reaches this, above 0, at most 1
 * @param off it ends where the score falls below this, above 0, at most {@code on}
 * @param leastSeconds shorter events are dropped, at least 0
 * @param joinSeconds events of one class with a shorter gap between them are joined, at least 0
 * @param refined whether beginnings and ends are moved to where the sound itself changes, see
 *     {@link Boundaries}; otherwise they lie between the middles of two windows
 * @param unknown whether what the model does not know makes events
 * @param quietDb a window with a lower root mean square, in dB of full scale, is silence, whatever
 *     the model says; −∞ for none
 * @param background classes that make no events, in any case of letters
 */
public record ListenOptions(
    double hopSeconds,
    int smoothing,
    double on,
    double off,
    double leastSeconds,
    double joinSeconds,
    boolean refined,
    boolean unknown,
    double quietDb,
    Set<String> background) {
  /** Names of classes that make no events unless it is said otherwise. */
  private static final Set<String> BACKGROUND = Set.of("background", "silence", "noise");

  /** Checks the ranges. */
  public ListenOptions {
    Check.that(
        hopSeconds >= 0 && Double.isFinite(hopSeconds),
        "hopSeconds=%s: must be a finite number above 0, or 0 for half of the window",
        hopSeconds);
    Check.that(
        smoothing >= 1 && smoothing % 2 == 1 && smoothing <= 101,
        "smoothing=%d: must be an odd number of windows from 1 to 101",
        smoothing);
    Check.that(on > 0 && on <= 1, "on=%s: must be above 0 and at most 1", on);
    Check.that(off > 0 && off <= on, "off=%s: must be above 0 and at most on=%s", off, on);
    Check.that(
        leastSeconds >= 0 && Double.isFinite(leastSeconds),
        "leastSeconds=%s: must be a finite number of at least 0",
        leastSeconds);
    Check.that(
        joinSeconds >= 0 && joinSeconds <= 60,
        "joinSeconds=%s: must lie within 0 and 60",
        joinSeconds);
    Check.that(quietDb < 0, "quietDb=%s: must be below 0 (full scale)", quietDb);
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(background);
    background = Collections.unmodifiableSortedSet(names);
  }

  /** The defaults. */
  public static ListenOptions of() {
    return new ListenOptions(0, 3, 0.4, 0.25, 0.2, 0.3, true, true, -70, BACKGROUND);
  }

  /** Time between windows in seconds; 0 takes half of the window. */
  public ListenOptions withHop(double seconds) {
    return new ListenOptions(
        seconds,
        smoothing,
        on,
        off,
        leastSeconds,
        joinSeconds,
        refined,
        unknown,
        quietDb,
        background);
  }

  /** The number of windows averaged, odd; 1 for no smoothing. */
  public ListenOptions withSmoothing(int windows) {
    return new ListenOptions(
        hopSeconds,
        windows,
        on,
        off,
        leastSeconds,
        joinSeconds,
        refined,
        unknown,
        quietDb,
        background);
  }

  /** The scores at which an event begins and ends. */
  public ListenOptions withThresholds(double newOn, double newOff) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        newOn,
        newOff,
        leastSeconds,
        joinSeconds,
        refined,
        unknown,
        quietDb,
        background);
  }

  /** Shorter events are dropped. */
  public ListenOptions withLeast(double seconds) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        on,
        off,
        seconds,
        joinSeconds,
        refined,
        unknown,
        quietDb,
        background);
  }

  /** Events of one class with a shorter gap are joined. */
  public ListenOptions withJoin(double seconds) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        on,
        off,
        leastSeconds,
        seconds,
        refined,
        unknown,
        quietDb,
        background);
  }

  /** Whether boundaries are moved to where the sound changes. */
  public ListenOptions withRefined(boolean refine) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        on,
        off,
        leastSeconds,
        joinSeconds,
        refine,
        unknown,
        quietDb,
        background);
  }

  /** Whether what the model does not know makes events. */
  public ListenOptions withUnknown(boolean show) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        on,
        off,
        leastSeconds,
        joinSeconds,
        refined,
        show,
        quietDb,
        background);
  }

  /** Windows quieter than this, in dB of full scale, are silence; −∞ for none. */
  public ListenOptions withQuiet(double db) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        on,
        off,
        leastSeconds,
        joinSeconds,
        refined,
        unknown,
        db,
        background);
  }

  /** The classes that make no events. */
  public ListenOptions withBackground(String... names) {
    return new ListenOptions(
        hopSeconds,
        smoothing,
        on,
        off,
        leastSeconds,
        joinSeconds,
        refined,
        unknown,
        quietDb,
        Set.copyOf(List.of(names)));
  }
}
