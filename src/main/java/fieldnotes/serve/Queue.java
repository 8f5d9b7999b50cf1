package fieldnotes.serve;

import fieldnotes.common.Reason;
import fieldnotes.common.Warnings;
import fieldnotes.label.Guide;
import fieldnotes.label.How;
import fieldnotes.label.Label;
import fieldnotes.label.LabelStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Which clip comes next: as a guide asks, or else in a fixed order. A clip that one tab hears is
 * not given to another. Its session holds its lock around each call.
 */
final class Queue implements AutoCloseable {
  /** A tab that showed no life for so long has left its clip. */
  private static final Duration LEFT = Duration.ofMinutes(10);

  private record Held(int clip, Instant since) {}

  private final Tally tally;
  private final int[] order;
  private final Supplier<Guide> begin;
  private final Map<String, Held> held = new HashMap<>();
  private final ExecutorService fitting =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("refit").factory());
  private Guide guide;
  private boolean fits;
  private Map<Integer, Guide.Propagated> propagated;

  /**
   * A queue.
   *
   * @param order all clips
   * @param begin starts a guide without answers; null without a guide
   */
  Queue(Tally tally, int[] order, Supplier<Guide> begin, List<LabelStep> steps) {
    this.tally = tally;
    this.order = order;
    this.begin = begin;
    replay(steps);
  }

  boolean isGuided() {
    return guide != null;
  }

  /** Builds the guide anew from what was answered and not taken back. */
  void replay(List<LabelStep> steps) {
    if (begin == null) {
      return;
    }
    guide = begin.get();
    for (LabelStep step : steps) {
      step.labels().forEach(label -> tell(step.kind(), label));
    }
    refit();
  }

  private void tell(LabelStep.Kind kind, Label label) {
    boolean stands = tally.label(label.clip()).filter(l -> l.how() == How.EAR).isPresent();
    boolean answer = kind == LabelStep.Kind.LABEL || kind == LabelStep.Kind.CHECK;
    if (answer && label.how() == How.EAR && stands) {
      tally.number(label.clip()).ifPresent(row -> guide.heard(row, label.name()));
    }
  }

  /** Tells the guide what was heard. */
  void heard(int clip, String name) {
    if (guide != null) {
      guide.heard(clip, name);
      refit();
    }
  }

  /** Fits the model of the guide in the background, if it has one and there is news for it. */
  private void refit() {
    propagated = null;
    if (fits || !guide.stale() || fitting.isShutdown()) {
      return;
    }
    fits = true;
    Guide fitted = guide;
    fitting.execute(
        () -> {
          try {
            fitted.refit();
          } catch (CancellationException e) {
            // the page was closed meanwhile
          } catch (IllegalArgumentException e) {
            Warnings.warn("the order of the clips was not renewed: " + Reason.words(e));
          } finally {
            synchronized (tally) {
              fits = false;
              propagated = null;
            }
          }
        });
  }

  /** The next clip for a tab, which holds it then; empty if nothing is left but skipped ones. */
  OptionalInt next(String tab, Instant now) {
    held.remove(tab);
    held.values().removeIf(one -> one.since.plus(LEFT).isBefore(now));
    OptionalInt next = guide == null ? OptionalInt.empty() : guide.next(this::isFree);
    if (next.isEmpty()) {
      next = IntStream.of(order).filter(this::isFree).findFirst();
    }
    next.ifPresent(clip -> hold(tab, clip, now));
    return next;
  }

  void hold(String tab, int clip, Instant now) {
    if (!tab.isEmpty()) {
      held.put(tab, new Held(clip, now));
    }
  }

  private boolean isFree(int clip) {
    return tally.isOpen(clip) && held.values().stream().noneMatch(one -> one.clip == clip);
  }

  /** The clips that probably come after, so that the page can load them before. */
  List<Integer> upcoming(int most) {
    List<Integer> out = new ArrayList<>();
    for (int clip : order) {
      if (out.size() == most) {
        break;
      }
      if (isFree(clip)) {
        out.add(clip);
      }
    }
    return out;
  }

  /** What follows from what was heard, by clip. */
  Map<Integer, Guide.Propagated> propagated() {
    if (propagated == null) {
      propagated = guide == null ? Map.of() : guide.propagated();
    }
    return propagated;
  }

  @Override
  public void close() {
    fitting.shutdownNow();
  }
}
