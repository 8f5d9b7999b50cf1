package fieldnotes.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code %time} and {@code %timeit}: how long code runs, without its compilation. {@code %timeit}
 * works as in IPython: it runs the code in a loop, several times, and prints mean and deviation.
 */
public final class Timing {
  /** Code in a loop, which the kernel compiles for {@code %timeit}. */
  @FunctionalInterface
  public interface Loop {
    /** Runs the code this often. */
    void run(long loops) throws Exception;
  }

  /** What {@code %timeit} was told: 0 loops means that it chooses them. */
  private record Settings(long loops, int runs, String code) {}

  private static final String TIME = "time";
  private static final String TIMEIT = "timeit";
  private static final String USAGE = "[-n LOOPS] [-r RUNS]";
  private static final int RUNS = 7;
  private static final long MOST_LOOPS = 1_000_000_000;

  /** Loops are chosen so that a run takes at least this long, as in Python's timeit. */
  private static final long LEAST_NANOS = 200_000_000;

  private static final Pattern OPTION =
      Pattern.compile("\\A\\s*-(?<name>[nr])\\s*(?<number>\\w*)(?=\\s|\\z)");
  private static final VarHandle KEPT;
  private static final VarHandle KEPT_BITS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      KEPT = lookup.findStaticVarHandle(Timing.class, "kept", Object.class);
      KEPT_BITS = lookup.findStaticVarHandle(Timing.class, "keptBits", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // written through KEPT
  private static Object kept;

  @SuppressWarnings("unused") // written through KEPT_BITS
  private static long keptBits;

  private final JavaKernel kernel;

  Timing(JavaKernel kernel) {
    this.kernel = kernel;
    Registry all = (Registry) kernel.getMagicsRegistry();
    all.line(
        "%time CODE",
        "runs code and prints how long it took",
        (k, args) -> run(TIME, kernel.currentCell(), 0, String.join(" ", args)).value());
    all.cell(
        "%%time",
        "runs the cell and prints how long it took",
        (k, args, body) -> run(TIME, "", kernel.currentCell(), 0, body).value(),
        List.of());
    all.line(
        "%timeit " + USAGE + " CODE",
        "runs code many times and prints the mean time",
        (k, args) -> run(TIMEIT, kernel.currentCell(), 0, String.join(" ", args)).value());
    all.cell(
        "%%timeit " + USAGE,
        "runs the cell many times and prints the mean time",
        (k, args, body) ->
            run(TIMEIT, String.join(" ", args), kernel.currentCell(), 0, body).value(),
        List.of());
  }

  /** Whether the argument of a magic is Java code. */
  static boolean takesCode(String magic) {
    return magic.equals(TIME) || magic.equals(TIMEIT);
  }

  /** Runs a line magic. */
  Evaluator.Result run(String magic, Cell cell, int start, String arguments) {
    if (magic.equals(TIME)) {
      return time(cell, start, arguments);
    }
    Settings settings = settings("%timeit", arguments);
    return timeit(
        settings, cell, start + arguments.length() - settings.code().length(), settings.code());
  }

  /** Runs a cell magic. */
  Evaluator.Result run(String magic, String arguments, Cell cell, int start, String body) {
    if (magic.equals(TIME)) {
      return time(cell, start, body);
    }
    Settings settings = settings("%%timeit", arguments);
    if (!settings.code().isBlank()) {
      throw new MagicFailure(
          "%%%%timeit %s: takes only %s on its line; the code stands below"
              .formatted(arguments.strip(), USAGE));
    }
    return timeit(settings, cell, start, body);
  }

  private static Settings settings(String magic, String arguments) {
    long loops = 0;
    int runs = RUNS;
    String rest = arguments;
    Matcher option = OPTION.matcher(rest);
    while (option.find()) {
      String number = option.group("number");
      if (!number.matches("[1-9]\\d{0,8}")) {
        throw new MagicFailure(
            "%s -%s %s: must be a whole number from 1 to 999999999"
                .formatted(magic, option.group("name"), number));
      }
      if (option.group("name").equals("n")) {
        loops = Long.parseLong(number);
      } else {
        runs = Integer.parseInt(number);
      }
      rest = rest.substring(option.end());
      option = OPTION.matcher(rest);
    }
    return new Settings(loops, runs, rest.stripLeading());
  }

  private Evaluator.Result time(Cell cell, int start, String code) {
    long begin = System.nanoTime();
    long ranBefore = kernel.evaluator().ranNanos();
    try {
      return kernel.run(cell, start, code);
    } finally {
      long ran = kernel.evaluator().ranNanos() - ranBefore;
      kernel
          .printer()
          .line(
              "Time: %s (plus %s to compile)"
                  .formatted(
                      duration(ran), duration(Math.max(0, System.nanoTime() - begin - ran))));
    }
  }

  private Evaluator.Result timeit(Settings settings, Cell cell, int start, String code) {
    if (code.isBlank()) {
      throw new MagicFailure("%timeit: needs code, for example %timeit Math.sqrt(2)");
    }
    Loop loop = loop(cell, start, code);
    long loops = settings.loops() > 0 ? settings.loops() : chosen(loop);
    double[] nanos = new double[settings.runs()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = nanos(loop, loops) / (double) loops;
    }
    kernel.printer().line(report(nanos, loops));
    return Evaluator.Result.NOTHING;
  }

  /** Compiles the code in a loop: as an expression whose value is kept, else as statements. */
  private Loop loop(Cell cell, int start, String code) {
    String bare = code.strip();
    String expression = bare.replaceFirst(";\\z", "");
    try {
      int at = start + code.indexOf(expression);
      return compiled(cell, at, expression, "fieldnotes.kernel.Timing.keep(", ");");
    } catch (CompilationFailure asExpression) {
      try {
        return compiled(cell, start, code, "", bare.matches("(?s).*[;}]") ? "\n" : "\n;");
      } catch (CompilationFailure asStatement) {
        throw expression.contains(";") || bare.endsWith("}") ? asStatement : asExpression;
      }
    }
  }

  /** The code stands where it does in the cell, so that errors show its lines. */
  private Loop compiled(Cell cell, int start, String code, String before, String after) {
    String first = "new fieldnotes.kernel.Timing.Loop() {";
    String method =
        "public void run(long $loops) throws Exception {"
            + "for (long $loop = 0; $loop < $loops; $loop++) {"
            + before;
    String lines = "\n".repeat(Math.max(0, cell.line(start) - 1));
    int missing = start - first.length() - method.length() - lines.length();
    String prefix = first + lines + " ".repeat(Math.max(0, missing)) + method;
    String source = prefix + code + after + "}}}";
    return (Loop) kernel.evaluator().eval(cell, start - prefix.length(), source).value();
  }

  private long chosen(Loop loop) {
    for (long ten = 1; ; ten *= 10) {
      for (int digit : new int[] {1, 2, 5}) {
        long loops = ten * digit;
        if (nanos(loop, loops) >= LEAST_NANOS || loops >= MOST_LOOPS) {
          return loops;
        }
      }
    }
  }

  private long nanos(Loop loop, long loops) {
    return (Long)
        kernel
            .evaluator()
            .call(
                "",
                () -> {
                  long begin = System.nanoTime();
                  loop.run(loops);
                  return System.nanoTime() - begin;
                });
  }

  /**
   * The line that is printed.
   *
   * @param nanos of a loop, by run
   */
  static String report(double[] nanos, long loops) {
    double mean = Arrays.stream(nanos).average().orElse(0);
    double deviation =
        Math.sqrt(Arrays.stream(nanos).map(t -> (t - mean) * (t - mean)).average().orElse(0));
    return String.format(
        Locale.ROOT,
        "%s ± %s per loop (mean ± standard deviation of %d %s, %,d %s each; best %s)",
        shortly(mean),
        shortly(deviation),
        nanos.length,
        nanos.length == 1 ? "run" : "runs",
        loops,
        loops == 1 ? "loop" : "loops",
        shortly(Arrays.stream(nanos).min().orElse(0)));
  }

  /** Three significant digits. */
  private static String shortly(double nanos) {
    String[] units = {"ns", "µs", "ms", "s"};
    double value = nanos;
    int unit = 0;
    while (unit < units.length - 1 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, units[unit]);
  }

  static String duration(long nanos) {
    double seconds = nanos / 1e9;
    return seconds < 1e-3
        ? String.format(Locale.ROOT, "%.1f µs", seconds * 1e6)
        : seconds < 1
            ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3)
            : seconds < 120
                ? String.format(Locale.ROOT, "%.2f s", seconds)
                : String.format(
                    Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
  }

  /** Keeps a value, so that the JVM computes it. Called by the loops. */
  public static void keep(Object value) {
    KEPT.setOpaque(value);
  }

  /** Keeps a whole number or a character. */
  public static void keep(long value) {
    KEPT_BITS.setOpaque(value);
  }

  /** Keeps a number. */
  public static void keep(double value) {
    KEPT_BITS.setOpaque(Double.doubleToRawLongBits(value));
  }

  /** Keeps a truth value. */
  public static void keep(boolean value) {
    KEPT_BITS.setOpaque(value ? 1L : 0L);
  }
}
