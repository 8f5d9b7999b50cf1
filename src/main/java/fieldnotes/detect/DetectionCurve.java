package fieldnotes.detect;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * How many true events a detector finds at a given rate of false ones, at several thresholds: the
 * polyphonic sound detection curve, and the area below it. Events need not have the same beginning
 * and end, but overlap enough; an event that is split counts as found.
 *
 * @param classes the classes, sorted
 * @param rates effective false positives per hour, rising, shape [points]
 * @param found share of the true events found at that rate, for each class, shape [classes][points]
 * @param effective mean of the classes less {@link Options#spreadCost} times their standard
 *     deviation, at least 0, shape [points]
 * @param options what it was made with
 * @see "C. Bilen, G. Ferroni, F. Tuveri, J. Azcarreta and S. Krstulovic, A framework for the robust
 *     evaluation of sound event detection, ICASSP 2020"
 * @see "PSDSEval of psds_eval 0.5.3"
 */
public record DetectionCurve(
    List<String> classes, double[] rates, double[][] found, double[] effective, Options options) {

  /**
   * What counts, and what it costs.
   *
   * @param detection share of a found event that true events of its class must cover, 0 to 1
   * @param truth share of a true event that such found events must cover, 0 to 1
   * @param cross a found event that does not count is a confusion with a class that covers this
   *     share of it, 0 to 1
   * @param crossCost what confusions count in the effective rate, 0 to 1
   * @param spreadCost what the spread between classes counts, at least 0
   * @param mostPerHour the area is that up to this effective rate, above 0
   */
  public record Options(
      double detection,
      double truth,
      double cross,
      double crossCost,
      double spreadCost,
      double mostPerHour) {
    /** Checks the ranges. */
    public Options {
      Check.within("detection", detection, 0, 1);
      Check.within("truth", truth, 0, 1);
      Check.within("cross", cross, 0, 1);
      Check.within("crossCost", crossCost, 0, 1);
      Check.that(spreadCost >= 0, "spreadCost=%s: must be at least 0", spreadCost);
      Check.positive("mostPerHour", mostPerHour);
    }

    /** Half of either event, confusions and spread free, up to 100 an hour. */
    public static Options of() {
      return new Options(0.5, 0.5, 0.3, 0, 0, 100);
    }

    /** Returns a copy with these costs of confusions and of the spread between classes. */
    public Options withCosts(double crossing, double spread) {
      return new Options(detection, truth, cross, crossing, spread, mostPerHour);
    }

    /** Returns a copy that looks up to this effective rate. */
    public Options withMostPerHour(double most) {
      return new Options(detection, truth, cross, crossCost, spreadCost, most);
    }
  }

  /** Copies and checks. */
  public DetectionCurve {
    classes = List.copyOf(classes);
    rates = rates.clone();
    found = Arrays.stream(found).map(double[]::clone).toArray(double[][]::new);
    effective = effective.clone();
    Check.sameLength("found", found.length, "classes", classes.size());
    Check.sameLength("effective", effective.length, "rates", rates.length);
  }

  @Override
  public double[] rates() {
    return rates.clone();
  }

  @Override
  public double[][] found() {
    return Arrays.stream(found).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double[] effective() {
    return effective.clone();
  }

  /** How a detector does at one threshold. */
  private record Point(double[] found, double[] rates) {}

  /**
   * The curve of events with confidences: each threshold keeps those with at least that confidence.
   *
   * @param truth true events; those of a class do not overlap
   * @param found events of any confidence
   * @param classes the classes that count, each with a true event
   * @param seconds length of the sound
   */
  public static DetectionCurve of(
      List<SoundEvent> truth,
      List<SoundEvent> found,
      Collection<String> classes,
      double seconds,
      Options options) {
    double[] thresholds =
        found.stream().mapToDouble(SoundEvent::confidence).distinct().sorted().toArray();
    List<List<SoundEvent>> points = new ArrayList<>();
    for (double least : thresholds) {
      points.add(found.stream().filter(e -> e.confidence() >= least).toList());
    }
    return ofPoints(truth, points, classes, seconds, options);
  }

  /**
   * The curve of a detector that was run with several settings.
   *
   * @param points what was found with each setting, in any order
   */
  static DetectionCurve ofPoints(
      List<SoundEvent> truth,
      List<List<SoundEvent>> points,
      Collection<String> classes,
      double seconds,
      Options options) {
    Check.positive("seconds", seconds);
    List<String> names = List.copyOf(new TreeSet<>(classes));
    Check.that(!names.isEmpty(), "classes is empty: name at least one class");
    List<SoundEvent> counted = truth.stream().filter(e -> names.contains(e.label())).toList();
    for (String name : names) {
      Check.that(
          counted.stream().anyMatch(e -> e.label().equals(name)),
          "class '%s' has no true event: leave it out",
          name);
    }
    List<Point> all = new ArrayList<>();
    for (List<SoundEvent> found : points) {
      all.add(point(counted, found, names, seconds, options));
    }
    all.add(new Point(new double[names.size()], new double[names.size()]));
    return curve(all, names, options);
  }

  private static Point point(
      List<SoundEvent> truth,
      List<SoundEvent> all,
      List<String> names,
      double seconds,
      Options options) {
    List<SoundEvent> found =
        all.stream().filter(e -> names.contains(e.label()) && e.durationSeconds() > 0).toList();
    List<SoundEvent> valid =
        found.stream()
            .filter(
                f ->
                    covered(f, truth, f.label()) > 0
                        && covered(f, truth, f.label()) >= options.detection())
            .toList();
    double[] share = new double[names.size()];
    double[] rates = new double[names.size()];
    for (int c = 0; c < share.length; c++) {
      String name = names.get(c);
      List<SoundEvent> own = truth.stream().filter(e -> e.label().equals(name)).toList();
      List<SoundEvent> wrong =
          found.stream().filter(f -> f.label().equals(name) && !valid.contains(f)).toList();
      long right =
          own.stream()
              .filter(t -> covered(t, valid, name) > 0)
              .filter(t -> covered(t, valid, name) >= options.truth())
              .count();
      share[c] = (double) right / own.size();
      rates[c] = wrong.size() * 3600.0 / seconds;
      rates[c] += options.crossCost() * confusions(wrong, truth, names, name, options.cross());
    }
    return new Point(share, rates);
  }

  /** Confusions with another class, per hour in which that sounds; the mean over the others. */
  private static double confusions(
      List<SoundEvent> wrong,
      List<SoundEvent> truth,
      List<String> names,
      String name,
      double least) {
    double sum = 0;
    for (String other : names) {
      if (!other.equals(name)) {
        double hours = 0;
        for (SoundEvent t : truth) {
          hours += t.label().equals(other) ? t.durationSeconds() / 3600 : 0;
        }
        long count =
            wrong.stream()
                .filter(w -> covered(w, truth, other) > 0 && covered(w, truth, other) >= least)
                .count();
        sum += count / hours;
      }
    }
    return names.size() == 1 ? 0 : sum / (names.size() - 1);
  }

  /** The share of an event that events of a class cover; they are added up. */
  private static double covered(SoundEvent event, List<SoundEvent> by, String label) {
    double sum = 0;
    for (SoundEvent one : by) {
      if (one.label().equals(label) && one.overlaps(event)) {
        sum +=
            (Math.min(one.endSeconds(), event.endSeconds())
                    - Math.max(one.startSeconds(), event.startSeconds()))
                / event.durationSeconds();
      }
    }
    return sum;
  }

  private static DetectionCurve curve(List<Point> points, List<String> names, Options options) {
    double[] rates =
        points.stream()
            .flatMapToDouble(p -> DoubleStream.of(p.rates))
            .distinct()
            .sorted()
            .toArray();
    double[][] found = new double[names.size()][rates.length];
    double[] effective = new double[rates.length];
    for (int x = 0; x < rates.length; x++) {
      double sum = 0;
      double squares = 0;
      for (int c = 0; c < found.length; c++) {
        double best = 0;
        for (Point one : points) {
          best = one.rates[c] <= rates[x] ? Math.max(best, one.found[c]) : best;
        }
        found[c][x] = best;
        sum += best;
      }
      double mean = sum / found.length;
      for (double[] of : found) {
        squares += (of[x] - mean) * (of[x] - mean);
      }
      double spread = Math.sqrt(squares / found.length);
      effective[x] = Math.max(0, mean - options.spreadCost() * spread);
    }
    return new DetectionCurve(names, rates, found, effective, options);
  }

  /**
   * The area below the curve up to the highest rate looked at, divided by that rate: 0 to 1. Beyond
   * the last threshold, the curve goes on as it is.
   */
  public double score() {
    double most = options.mostPerHour();
    double area = 0;
    for (int x = 0; x < rates.length && rates[x] < most; x++) {
      double to = x + 1 < rates.length ? Math.min(most, rates[x + 1]) : most;
      area += (to - rates[x]) * effective[x];
    }
    return area / most;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "PSDS %.3f up to %s false positives an hour (%d classes, %d points)",
        score(),
        options.mostPerHour(),
        classes.size(),
        rates.length);
  }
}
