package fieldnotes.serve;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counts of the service in the text format of Prometheus 0.0.4. */
final class Metrics {
  private static final double[] BOUNDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Map<String, DoubleAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Times> times = new ConcurrentHashMap<>();
  private final Map<String, Gauge> gauges = new LinkedHashMap<>();

  private record Gauge(String help, DoubleSupplier value) {}

  private static final class Times {
    final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    final LongAdder nanos = new LongAdder();

    Times() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }
  }

  /** A number that is asked for when the metrics are. */
  void gauge(String name, String help, DoubleSupplier value) {
    gauges.put(name, new Gauge(help, value));
  }

  /** Adds to a count, whose labels are part of the name: {@code name{label="value"}}. */
  void add(String name, double more) {
    counts.computeIfAbsent(name, any -> new DoubleAdder()).add(more);
  }

  /** Notes an answer; the route is one of a few, so that there are few rows. */
  void answered(String route, int status, long nanos) {
    add("fieldnotes_requests_total{route=\"" + route + "\",status=\"" + status + "\"}", 1);
    Times of = times.computeIfAbsent(route, any -> new Times());
    int at = 0;
    while (at < BOUNDS.length && nanos > BOUNDS[at] * 1e9) {
      at++;
    }
    of.buckets[at].increment();
    of.nanos.add(nanos);
  }

  /** All, as text. */
  String text() {
    StringBuilder out = new StringBuilder();
    String before = "";
    for (Map.Entry<String, DoubleAdder> one : new TreeMap<>(counts).entrySet()) {
      String name = one.getKey().split("\\{", 2)[0];
      if (!name.equals(before)) {
        out.append("# TYPE ").append(name).append(" counter\n");
        before = name;
      }
      out.append(one.getKey()).append(' ').append(text(one.getValue().sum())).append('\n');
    }
    if (!times.isEmpty()) {
      out.append("# HELP fieldnotes_request_seconds From the head of a request to its answer.\n");
      out.append("# TYPE fieldnotes_request_seconds histogram\n");
    }
    new TreeMap<>(times).forEach((route, of) -> histogram(out, route, of));
    gauges.forEach(
        (name, gauge) -> {
          out.append("# HELP ").append(name).append(' ').append(gauge.help()).append('\n');
          out.append("# TYPE ").append(name).append(" gauge\n");
          out.append(name).append(' ').append(text(gauge.value().getAsDouble())).append('\n');
        });
    return out.toString();
  }

  /** Whole numbers without a point. */
  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static void histogram(StringBuilder out, String route, Times of) {
    String start = "fieldnotes_request_seconds";
    long sum = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      sum += of.buckets[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      out.append("%s_bucket{route=\"%s\",le=\"%s\"} %s\n".formatted(start, route, bound, sum));
    }
    out.append(
        String.format(
            Locale.ROOT, "%s_sum{route=\"%s\"} %.9f\n", start, route, of.nanos.sum() / 1e9));
    out.append("%s_count{route=\"%s\"} %s\n".formatted(start, route, sum));
  }
}
