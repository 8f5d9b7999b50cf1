package fieldnotes.model;

import fieldnotes.common.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One choice of options in a search, by name.
 *
 * @param values in the order of the search's columns
 */
public record Setting(Map<String, Object> values) {
  /** Copies the values. */
  public Setting {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** An option that is a number. */
  public double number(String name) {
    Check.that(value(name) instanceof Number, "option '%s' is %s, not a number", name, value(name));
    return ((Number) value(name)).doubleValue();
  }

  /** An option that is a whole number. */
  public int whole(String name) {
    double number = number(name);
    Check.that(number == Math.rint(number), "option '%s' is %s, not a whole number", name, number);
    return (int) number;
  }

  /** An option that is a word. */
  public String word(String name) {
    return String.valueOf(value(name));
  }

  /** Returns a copy with this option set to this value; a new option comes last. */
  public Setting with(String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Setting(changed);
  }

  private Object value(String name) {
    Check.that(values.containsKey(name), "no option '%s'; available: %s", name, values.keySet());
    return values.get(name);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
