package fieldnotes.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a Vega specification, for charts that Vega-Lite cannot draw: values, signals, scales
 * and marks in the shapes that Vega reads.
 *
 * @see <a href="https://vega.github.io/vega/docs/">Vega</a>
 */
public final class Vega {
  private Vega() {}

  /** A constant in an encoding. */
  public static Map<String, Object> value(Object value) {
    return Map.of("value", value);
  }

  /** An expression in an encoding. */
  public static Map<String, Object> signal(String expression) {
    return Map.of("signal", expression);
  }

  /** A field of the data, at its place on a scale. */
  public static Map<String, Object> scaled(String scale, String field) {
    return Map.of("scale", scale, "field", field);
  }

  /** A signal that follows from others. */
  public static Map<String, Object> derived(String name, String expression) {
    return Map.of("name", name, "update", expression);
  }

  /** A linear scale over exactly a domain: two numbers, or a signal. */
  public static Map<String, Object> linear(String name, Object domain, String range) {
    return Map.of(
        "name", name, "type", "linear", "domain", domain, "range", range, "nice", false, "zero",
        false);
  }

  /** What replaces the labels of an axis: an expression of the value under each. */
  public static Map<String, Object> labels(String expression) {
    return Map.of("labels", Map.of("update", Map.of("text", signal(expression))));
  }

  /** A mark; add what it is drawn from, its name and the like. */
  public static Map<String, Object> mark(String type, Map<String, Object> update) {
    Map<String, Object> mark = new LinkedHashMap<>();
    mark.put("type", type);
    mark.put("encode", Map.of("update", update));
    return mark;
  }

  /** A mark for each row of the data of this name. */
  public static Map<String, Object> mark(String type, String data, Map<String, Object> update) {
    Map<String, Object> mark = mark(type, update);
    mark.put("from", Map.of("data", data));
    return mark;
  }

  /** Makes a mark one that screen readers pass over. */
  public static Map<String, Object> silent(Map<String, Object> mark) {
    mark.put("aria", false);
    return mark;
  }

  /** Makes a mark one that takes no pointer. */
  public static Map<String, Object> untouched(Map<String, Object> mark) {
    mark.put("interactive", false);
    return mark;
  }

  /** A bold text at the right edge, which tells of what is pointed at. */
  public static Map<String, Object> told(Object y, String expression, String colour) {
    return untouched(
        mark(
            "text",
            Map.of(
                "x", signal("width"),
                "y", y,
                "align", value("right"),
                "fontWeight", value("bold"),
                "fontSize", value(12),
                "fill", value(colour),
                "text", signal(expression))));
  }

  /** What fills the area without being seen, so that the pointer is noticed everywhere. */
  public static Map<String, Object> background() {
    return Map.of(
        "width", signal("width"), "height", signal("height"), "fill", value("transparent"));
  }

  /**
   * A chart of the size, title and text alternative of a figure.
   *
   * @param hints what can be done, under the title
   * @param signals after that of the width, which fits the page
   * @param parts the rest, by name: data, scales, axes, legends, marks
   */
  public static Interactive chart(
      Figure shown,
      List<String> hints,
      List<? extends Map<String, Object>> signals,
      Map<String, List<Object>> parts) {
    Map<String, Object> spec = new LinkedHashMap<>(parts);
    spec.put("title", LiveStyle.title(shown.title(), List.of(), hints, shown.width()));
    spec.put("description", shown.alt());
    spec.put("height", shown.height());
    spec.put("padding", 5);
    spec.put("autosize", Map.of("type", "fit", "contains", "padding"));
    spec.put("config", LiveStyle.VEGA_CONFIG);
    List<Object> all = new ArrayList<>();
    all.add(Map.of("name", "width", "init", LiveStyle.width(shown.width()).get("expr")));
    all.addAll(signals);
    spec.put("signals", all);
    return Interactive.vega(spec);
  }
}
