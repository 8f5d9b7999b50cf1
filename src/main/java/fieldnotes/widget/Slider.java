package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import fieldnotes.common.Check;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A slider for a number, also to be moved by the arrow keys.
 *
 * @param <N> {@code Integer} or {@code Double}
 */
public final class Slider<N extends Number> extends Input<N> {
  private static final int STEPS = 100;

  private final double least;
  private final double most;
  private final double start;
  private final double step;
  private final boolean whole;
  private final boolean whileMoving;
  private final DoubleFunction<N> type;

  private Slider(
      String name,
      double least,
      double most,
      double start,
      double step,
      boolean whole,
      boolean whileMoving,
      DoubleFunction<N> type) {
    super(name);
    Check.that(
        Double.isFinite(least) && Double.isFinite(most) && least < most,
        "%s from %s to %s: must be finite numbers, the first less than the second",
        name,
        text(least, whole),
        text(most, whole));
    Check.that(
        start >= least && start <= most,
        "%s=%s: must be from %s to %s",
        name,
        text(start, whole),
        text(least, whole),
        text(most, whole));
    Check.that(
        step > 0 && step <= most - least && (most - least) / step <= 1e6,
        "%s: step=%s: must be at most %s, and at least a millionth of it",
        name,
        text(step, whole),
        text(most - least, whole));
    this.least = least;
    this.most = most;
    this.start = start;
    this.step = step;
    this.whole = whole;
    this.whileMoving = whileMoving;
    this.type = type;
  }

  /**
   * A slider for whole numbers, in steps of 1.
   *
   * @throws IllegalArgumentException if {@code least < most} or {@code least ≤ start ≤ most} does
   *     not hold
   */
  public static Slider<Integer> of(String name, int least, int most, int start) {
    return new Slider<>(name, least, most, start, 1, true, true, v -> (int) v);
  }

  /**
   * A slider for numbers, in about a hundred steps.
   *
   * @throws IllegalArgumentException if {@code least < most} or {@code least ≤ start ≤ most} does
   *     not hold, or a number is not finite
   */
  public static Slider<Double> of(String name, double least, double most, double start) {
    return new Slider<>(name, least, most, start, niceStep(most - least), false, true, v -> v);
  }

  /** The same with another step: the values are {@code least + i · step}. */
  public Slider<N> withStep(N newStep) {
    return new Slider<>(
        name(), least, most, start, newStep.doubleValue(), whole, whileMoving, type);
  }

  /** The same, but the function runs only when the slider is let go: for slow functions. */
  public Slider<N> withRunOnRelease() {
    return new Slider<>(name(), least, most, start, step, whole, false, type);
  }

  /** The largest of 1, 2, 5 · 10^i that makes a hundred steps or more. */
  private static double niceStep(double range) {
    if (!(range > 0) || Double.isInfinite(range)) {
      return 1; // refused by the constructor
    }
    double power = Math.pow(10, Math.floor(Math.log10(range / STEPS)));
    double many = range / STEPS / power * (1 + 1e-9);
    return tidy((many >= 5 ? 5 : many >= 2 ? 2 : 1) * power);
  }

  private static double tidy(double value) {
    return new BigDecimal(value).round(new java.math.MathContext(12)).doubleValue();
  }

  private static String text(double value, boolean whole) {
    return whole && Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : fieldnotes.table.Numbers.text(value);
  }

  @Override
  public N start() {
    return type.apply(start);
  }

  @Override
  String range() {
    return "%s from %s to %s, here %s"
        .formatted(name(), text(least, whole), text(most, whole), text(start, whole));
  }

  @Override
  String kind() {
    return whole ? "IntSlider" : "FloatSlider";
  }

  @Override
  String style() {
    return "SliderStyle";
  }

  @Override
  void describe(JsonObject state) {
    state.add("min", json(least));
    state.add("max", json(most));
    state.add("step", json(step));
    state.addProperty("readout", true);
    state.addProperty("readout_format", whole ? "d" : "." + decimals() + "f");
    state.addProperty("continuous_update", whileMoving);
    state.addProperty("orientation", "horizontal");
    state.addProperty("behavior", "drag-tap");
  }

  /** The decimals of the step. */
  private int decimals() {
    return Math.clamp(new BigDecimal(Double.toString(step)).stripTrailingZeros().scale(), 0, 12);
  }

  private JsonPrimitive json(double value) {
    return whole ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
  }

  @Override
  JsonElement write(N value) {
    return json(value.doubleValue());
  }

  @Override
  N read(JsonElement sent) {
    double number = number(sent);
    if (Double.isNaN(number)) {
      return null;
    }
    double steps = Math.rint((Math.clamp(number, least, most) - least) / step);
    double value =
        BigDecimal.valueOf(step)
            .multiply(BigDecimal.valueOf(steps))
            .add(BigDecimal.valueOf(least))
            .setScale(15, RoundingMode.HALF_EVEN)
            .doubleValue();
    return type.apply(Math.clamp(value, least, most));
  }
}
