package fieldnotes.draw;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a figure: label, range, spacing, and names for a categorical axis.
 *
 * @param label quantity and unit; may be empty
 * @param from value at the left or bottom
 * @param to value at the right or top
 * @param spacing scale of the axis
 * @param names names at 0, 1, 2, … for a categorical axis; otherwise empty
 */
public record Axis(String label, double from, double to, Spacing spacing, List<String> names) {
  private static final double FARTHEST = 1e300;

  /** The scale of an axis. */
  public enum Spacing {
    /** Linear. */
    LINEAR {
      @Override
      double warp(double value) {
        return value;
      }

      @Override
      double unwarp(double place) {
        return place;
      }
    },
    /** Logarithmic. */
    LOG {
      @Override
      double warp(double value) {
        return Math.log10(value);
      }

      @Override
      double unwarp(double place) {
        return Math.pow(10, place);
      }
    },
    /** O'Shaughnessy's mel scale, for frequencies in Hz. */
    MEL {
      @Override
      double warp(double value) {
        return 2595 * Math.log10(1 + value / 700);
      }

      @Override
      double unwarp(double place) {
        return 700 * (Math.pow(10, place / 2595) - 1);
      }
    };

    abstract double warp(double value);

    abstract double unwarp(double place);
  }

  /** A tick: a value and its text. */
  public record Tick(double value, String text) {}

  public Axis {
    names = List.copyOf(names);
    Check.that(
        Double.isFinite(from) && Double.isFinite(to) && from != to,
        "axis '%s' goes from %s to %s: both must be finite and differ",
        label,
        from,
        to);
    Check.that(
        spacing != Spacing.LOG || (from > 0 && to > 0),
        "axis '%s' goes from %s to %s: a logarithmic axis needs values above 0",
        label,
        from,
        to);
  }

  /** A linear axis. */
  public static Axis linear(String label, double from, double to) {
    return new Axis(label, from, to, Spacing.LINEAR, List.of());
  }

  /** A logarithmic axis. */
  public static Axis log(String label, double from, double to) {
    return new Axis(label, from, to, Spacing.LOG, List.of());
  }

  /** A categorical axis: name {@code i} covers {@code i − 0.5} to {@code i + 0.5}. */
  public static Axis names(String label, List<String> names) {
    Check.that(!names.isEmpty(), "axis '%s' has no names", label);
    return new Axis(label, -0.5, names.size() - 0.5, Spacing.LINEAR, names);
  }

  /**
   * A linear axis over the range of these values with a margin of 5 % on either side. NaN and
   * values beyond ±1e300, whose differences could overflow, are ignored.
   */
  public static Axis around(String label, double... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Math.abs(value) <= FARTHEST) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    }
    double room = high > low ? 0.05 * (high - low) : Math.max(0.5, Math.abs(low) * 0.05);
    return linear(label, low - room, high + room);
  }

  /** Relative position of a value: 0 at {@code from}, 1 at {@code to}. */
  public double share(double value) {
    double start = spacing.warp(from);
    return (spacing.warp(value) - start) / (spacing.warp(to) - start);
  }

  /** The value at a relative position. */
  double valueAt(double share) {
    double start = spacing.warp(from);
    return spacing.unwarp(start + share * (spacing.warp(to) - start));
  }

  /** At most {@code most} ticks at round values; at least two on a linear axis. */
  public List<Tick> ticks(int most) {
    int limit = Math.max(2, most);
    if (!names.isEmpty()) {
      List<Tick> ticks = new ArrayList<>();
      int step = Math.ceilDiv(names.size(), limit);
      for (int i = 0; i < names.size(); i += step) {
        if (i >= Math.min(from, to) && i <= Math.max(from, to)) {
          ticks.add(new Tick(i, names.get(i)));
        }
      }
      return ticks;
    }
    double low = Math.min(from, to);
    double high = Math.max(from, to);
    return spacing == Spacing.LINEAR ? even(low, high, limit) : decades(low, high, limit);
  }

  private static List<Tick> even(double low, double high, int limit) {
    double step = Math.pow(10, Math.floor(Math.log10((high - low) / limit)));
    double chosen = step;
    double finer = step;
    for (double factor : new double[] {1, 2, 5, 10, 20, 50}) {
      chosen = step * factor;
      if (multiples(low, high, chosen) <= limit) {
        break;
      }
      finer = chosen;
    }
    long apart = 1;
    if (multiples(low, high, chosen) < 2) {
      // One mark alone shows no scale: the first and the last of the finer ones.
      chosen = finer;
      apart = Math.ceilDiv(multiples(low, high, finer) - 1, limit - 1);
    }
    List<Tick> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / chosen - 1e-9);
    long last = (long) Math.floor(high / chosen + 1e-9);
    for (long i = first; i <= last; i += Math.max(1, apart)) {
      ticks.add(new Tick(i * chosen, text(i * chosen, chosen)));
    }
    return ticks;
  }

  private static long multiples(double low, double high, double step) {
    return (long) (Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9)) + 1;
  }

  /** Powers of ten first, then multiples of five and two where there is room. */
  private List<Tick> decades(double low, double high, int limit) {
    int bottom = (int) Math.floor(Math.log10(low > 0 ? low : high / 1_000));
    int top = (int) Math.ceil(Math.log10(high));
    double apart = 1.0 / limit;
    List<Tick> ticks = new ArrayList<>();
    if (low == 0) {
      ticks.add(new Tick(0, "0"));
    }
    for (double factor : new double[] {1, 5, 2}) {
      // From the top, where the ticks of a mel axis are farthest apart.
      for (int decade = top; decade >= bottom; decade--) {
        double value = factor * Math.pow(10, decade);
        double place = share(value);
        if (value >= low * (1 - 1e-9)
            && value <= high * (1 + 1e-9)
            && ticks.stream().allMatch(t -> Math.abs(share(t.value()) - place) >= apart)) {
          ticks.add(new Tick(value, text(value, value)));
        }
      }
    }
    ticks.sort(Comparator.comparingDouble(Tick::value));
    return ticks;
  }

  /** Formats the value with the number of digits that the tick spacing requires. */
  public static String text(double value, double step) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    int digits = Math.max(0, (int) -Math.floor(Math.log10(Math.abs(step)) + 1e-9));
    // with three digits, numbers that differ by less than a hundredth would read alike
    double steps = size / Math.abs(step);
    boolean close = steps > 100.5 && steps < 1e15;
    if (size < 1e-4 || size >= (close ? 1e15 : 1e6)) {
      int behind = close ? (int) Math.ceil(Math.log10(steps)) : 2;
      String text = String.format(Locale.ROOT, "%." + behind + "e", value);
      return text.replaceFirst("\\.?0+e", "e")
          .replace("e+0", "e")
          .replace("e-0", "e−")
          .replace("-", "−");
    }
    return String.format(Locale.ROOT, "%,." + digits + "f", value).replace("-", "−");
  }
}
