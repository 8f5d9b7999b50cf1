package fieldnotes.audio;

import fieldnotes.common.Check;
import fieldnotes.common.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of one step of an {@link Augmentation} as text: a name, then values by key. */
final class AugmentWords {
  private final String step;
  private final List<String> keys;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param words of the step, without its name
   * @param keys allowed, the first of which is that of a value without a key
   */
  AugmentWords(String step, List<String> words, List<String> keys) {
    this.step = step;
    this.keys = keys;
    for (String word : words) {
      int at = word.indexOf('=');
      String key = at < 0 && !keys.isEmpty() ? keys.getFirst() : word.substring(0, Math.max(0, at));
      Check.that(
          keys.contains(key),
          "augmentation step '%s': cannot read '%s'; it has %s",
          Quoted.line(step),
          Quoted.line(word),
          keys.isEmpty() ? "no values" : "the values " + String.join("=, ", keys) + "=");
      Check.that(
          values.put(key, word.substring(at + 1)) == null,
          "augmentation step '%s': has %s= twice",
          Quoted.line(step),
          key);
    }
  }

  /** A range such as {@code 10..20}, or one number, which is both ends. */
  double[] range(String key, double from, double to) {
    String value = values.get(key);
    if (value == null) {
      return new double[] {from, to};
    }
    int dots = value.indexOf("..");
    return dots < 0
        ? new double[] {parse(key, value), parse(key, value)}
        : new double[] {
          parse(key, value.substring(0, dots)), parse(key, value.substring(dots + 2))
        };
  }

  double number(String key, double otherwise) {
    String value = values.get(key);
    return value == null ? otherwise : parse(key, value);
  }

  int whole(String key, int otherwise) {
    double value = number(key, otherwise);
    Check.that(
        value == Math.rint(value) && Math.abs(value) < 1e9,
        "augmentation step '%s': %s=%s must be a whole number",
        Quoted.line(step),
        key,
        values.get(key));
    return (int) value;
  }

  /** One of some words, the first of which is the default. */
  String oneOf(String key, String... words) {
    String value = values.getOrDefault(key, words[0]);
    Check.that(
        List.of(words).contains(value),
        "augmentation step '%s': %s=%s must be one of %s",
        Quoted.line(step),
        key,
        Quoted.line(value),
        String.join(", ", words));
    return value;
  }

  /** A value that must be there. */
  String text(String key) {
    String value = values.get(key);
    Check.that(
        value != null && !value.isEmpty(),
        "augmentation step '%s': needs %s=, for example %s=recording.wav",
        Quoted.line(step),
        key,
        key);
    return value;
  }

  /** The keys this step may have. */
  List<String> keys() {
    return keys;
  }

  private double parse(String key, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "augmentation step '%s': %s=%s must be a number or a range such as 10..20"
              .formatted(Quoted.line(step), key, Quoted.line(values.get(key))),
          e);
    }
  }

  /** Checks both ends of a range. */
  static void range(String name, double from, double to, double least, double most) {
    Check.that(
        from >= least && to <= most && from <= to,
        "%s=%s: must be a range within %s and %s, the lower end first",
        name,
        range(from, to),
        number(least),
        number(most));
  }

  static String range(double from, double to) {
    return from == to ? number(from) : number(from) + ".." + number(to);
  }

  /** A number as short as it can be read back. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
