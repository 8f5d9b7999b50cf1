package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.hex;
import static fieldnotes.draw.LiveStyle.tip;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The layers of a waveform: what is drawn, and over it what is pointed at and clicked. */
final class LiveSound {
  private LiveSound() {}

  /**
   * Adds them; a click on a part plays the sound from where the part begins.
   *
   * @param told whether the pointer shows the least and greatest values
   */
  static void on(
      LiveChart chart,
      String sound,
      String name,
      Color colour,
      double[] from,
      double[] to,
      double[] low,
      double[] high,
      boolean told) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      values.add(
          datum(
              "x",
              number(from[i]),
              "x2",
              number(to[i]),
              "y",
              number(low[i]),
              "y2",
              number(high[i])));
    }
    Map<String, Object> drawn = chart.axes();
    drawn.put("x2", Map.of("field", "x2"));
    drawn.put("y2", Map.of("field", "y2"));
    chart.layer(
        values,
        Map.of(
            "type",
            "rect",
            "color",
            hex(colour),
            "stroke",
            hex(colour),
            "strokeWidth",
            0.5,
            "opacity",
            told ? 1 : 0.5,
            "aria",
            false),
        drawn,
        chart.first());
    Map<String, Object> clicked = chart.axes();
    clicked.put("x2", Map.of("field", "x2"));
    clicked.put("y", Map.of("value", 0));
    clicked.put("y2", Map.of("value", "height"));
    if (told) {
      clicked.put(
          "tooltip",
          List.of(
              tip("x", "quantitative", chart.xLabel()),
              tip("y", "quantitative", "least " + chart.yLabel()),
              tip("y2", "quantitative", "greatest " + chart.yLabel())));
    }
    Map<String, Object> layer =
        chart.layer(
            values,
            Map.of("type", "rect", "opacity", 0, "cursor", "pointer", "aria", false),
            clicked,
            List.of());
    layer.put(
        "transform",
        List.of(
            Map.of("calculate", Interactive.literal(sound), "as", "sound"),
            Map.of("calculate", Interactive.literal(name), "as", "n"),
            Map.of("calculate", "datum.x", "as", "from")));
    chart.hint("click: plays from there");
  }
}
