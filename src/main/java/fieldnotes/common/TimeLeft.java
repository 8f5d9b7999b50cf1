package fieldnotes.common;

import java.util.ArrayDeque;

/**
 * Estimates the time until a task ends from the steps done so far.
 *
 * <p>Each update predicts the end from the speed since the start and the speed of late. There is no
 * estimate in the first five seconds, before the fifth step, or while the prediction still moves:
 * when steps at the start were quicker (read from a cache) or slower (the first one loads code)
 * than those that follow. Estimates are smoothed.
 */
final class TimeLeft {
  private static final double PATIENCE_SECONDS = 5;
  private static final double SMOOTHING_SECONDS = 3;
  private static final double STABLE = 1.4;

  /** How long the whole task takes, as predicted at a time. */
  private record Prediction(double seconds, double total) {}

  private final ArrayDeque<Prediction> predictions = new ArrayDeque<>();
  private double lastSeconds;
  private long lastDone;
  private double recentSteps;
  private double recentSeconds;
  private double shownTotal = Double.NaN;
  private double shownAt;

  /**
   * The estimate after an update.
   *
   * @param seconds since the start, not less than at the update before
   * @param done steps done so far
   * @param total steps of the task, 0 if unknown
   * @return the seconds left; NaN if there is no estimate
   */
  double update(double seconds, long done, long total) {
    if (total <= 0 || done <= 0 || done > total) {
      return Double.NaN;
    }
    double between = seconds - lastSeconds;
    double memory = Math.max(PATIENCE_SECONDS, seconds / 4);
    double kept = Math.exp(-between / memory);
    recentSteps = recentSteps * kept + (done - lastDone);
    recentSeconds = recentSeconds * kept + between;
    lastSeconds = seconds;
    lastDone = done;
    if (recentSteps <= 0 || recentSeconds <= 0) {
      return Double.NaN;
    }
    double secondsPerStep = Math.sqrt((seconds / done) * (recentSeconds / recentSteps));
    double predicted = seconds + (total - done) * secondsPerStep;
    predictions.addLast(new Prediction(seconds, predicted));
    while (predictions.size() > 2 && second().seconds() <= seconds / 2) {
      predictions.removeFirst();
    }
    Prediction earlier = predictions.getFirst();
    double moved = Math.max(predicted, earlier.total()) / Math.min(predicted, earlier.total());
    boolean evidence =
        seconds >= PATIENCE_SECONDS && done >= 5 && earlier.seconds() <= 0.7 * seconds;
    if (!evidence || moved > STABLE) {
      shownTotal = Double.NaN;
      return Double.NaN;
    }
    double weight =
        Double.isNaN(shownTotal) ? 1 : 1 - Math.exp(-(seconds - shownAt) / SMOOTHING_SECONDS);
    shownTotal = weight == 1 ? predicted : shownTotal + weight * (predicted - shownTotal);
    shownAt = seconds;
    return Math.max(0, shownTotal - seconds);
  }

  private Prediction second() {
    var all = predictions.iterator();
    all.next();
    return all.next();
  }

  /** The time in words, with no more digits than an estimate has; empty for no estimate. */
  static String text(double seconds) {
    if (Double.isNaN(seconds)) {
      return "";
    }
    if (seconds < 5) {
      return "a few seconds left";
    }
    long rounded = Math.round(seconds);
    if (seconds < 100) {
      long step = seconds < 20 ? 1 : 5;
      return "about " + step * Math.round((double) rounded / step) + " s left";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 100
        ? "about " + minutes + " min left"
        : "about " + Math.round(seconds / 3600) + " h left";
  }
}
