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
      axis.put("labelOverlap", true);
      axis.put("labelLimit", 160);
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
}
