package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The axes of a figure in Vega-Lite, with the ranges, names and labels of the picture.
 *
 * @param ticks whether positions have a meaning
 * @param whole whether horizontal values are whole numbers
 * @param shown whether the axes are seen
 */
record LiveAxes(Axis x, Axis y, boolean ticks, boolean whole, boolean shown) {
  /** A letter of a label, and its height with a gap, in CSS pixels, nearly. */
  private static final double LETTER = 6.2;

  private static final int LINE = 13;
  private static final int LONGEST = 160;

  /** What an axis at the left takes of the width, in CSS pixels, nearly. */
  static int left(Axis y) {
    int longest = y.names().stream().mapToInt(String::length).max().orElse(0);
    return (int) Math.max(60, 32 + Math.min(LONGEST, LETTER * longest));
  }

  /** The encoding of x and y: fields x and y over the ranges of the picture. */
  Map<String, Object> encoding() {
    return encoding("x", "y");
  }

  /** The same for other fields. */
  Map<String, Object> encoding(String across, String up) {
    Map<String, Object> encoding = new LinkedHashMap<>();
    encoding.put("x", axis(x, across, whole));
    encoding.put("y", axis(y, up, false));
    return encoding;
  }

  private Map<String, Object> axis(Axis of, String field, boolean counted) {
    Map<String, Object> scale = new LinkedHashMap<>();
    scale.put("domain", Interactive.numbers(of.from(), of.to()));
    scale.put("nice", false);
    if (of.spacing() == Axis.Spacing.LOG) {
      scale.put("type", "log");
    } else {
      scale.put("zero", false); // which has no meaning on the other
    }
    Map<String, Object> axis = new LinkedHashMap<>();
    if (counted) {
      axis.put("tickMinStep", 1);
    }
    if (!shown) {
      axis.put("domain", false);
    }
    if (!ticks || !shown) {
      axis.put("ticks", false);
      axis.put("labels", false);
      axis.put("grid", false);
    } else if (!of.names().isEmpty()) {
      List<Axis.Tick> marks = of.ticks(Math.max(2, of.names().size()));
      List<Object> places = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (Axis.Tick mark : marks) {
        if (!mark.text().isEmpty()) {
          places.add(number(mark.value()));
          texts.add(mark.text());
        }
      }
      axis.put("values", places);
      axis.put(
          "labelExpr",
          Interactive.literal(texts)
              + "[indexof("
              + Interactive.literal(places)
              + ", datum.value)]");
      axis.put("labelLimit", LONGEST);
      if (field.startsWith("x")) {
        axis.putAll(upright(texts));
      }
      axis.put("labelOverlap", true);
    }
    LiveStyle.limit(axis, of.label(), 240);
    Map<String, Object> encoded = new LinkedHashMap<>();
    encoded.put("field", field);
    encoded.put("type", "quantitative");
    encoded.put("title", of.label());
    encoded.put("scale", scale);
    encoded.put("axis", axis);
    return encoded;
  }

  /** What turns names at the bottom that would touch beside each other. */
  static Map<String, Object> upright(List<String> names) {
    double room = names.stream().mapToDouble(name -> LETTER * name.length() + LINE).sum();
    return room <= 500
        ? Map.of()
        : Map.of(
            "labelAngle",
            -90,
            "labelAlign",
            "right",
            "labelBaseline",
            "middle",
            "labelFlush",
            false,
            "labelLimit",
            LONGEST);
  }
}
