package fieldnotes.draw;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What interactive charts have in common: fonts, colours, title, width and the shape of data. */
public final class LiveStyle {
  static final String FONT = "Inter, DejaVu Sans, Verdana, sans-serif";

  static final List<String> HINTS =
      List.of("drag: pans", "Ctrl + wheel: zooms", "double click: resets");

  /** What all charts have in common. */
  static final Map<String, Object> CONFIG =
      Map.of(
          "font", FONT,
          "axis",
              Map.of(
                  "labelFontSize", 11,
                  "labelSeparation", 4,
                  "titleFontWeight", "normal",
                  "titleFontSize", 12),
          "legend", Map.of("labelFontSize", 12, "titleFontWeight", "normal"));

  /** The same for Vega, which names its styles otherwise. */
  static final Map<String, Object> VEGA_CONFIG =
      Map.of(
          "axis",
          Map.of("labelSeparation", 4),
          "style",
          Map.of(
              "guide-label", Map.of("font", FONT, "fontSize", 11),
              "guide-title", Map.of("font", FONT, "fontSize", 12, "fontWeight", "normal"),
              "group-title", Map.of("font", FONT),
              "group-subtitle", Map.of("font", FONT)),
          "text",
          Map.of("font", FONT));

  static final int WIDEST = 900;

  /** The colour of the page's own text: dark on light pages and light on dark ones. */
  static final String TEXT = "currentColor";

  /** A grey that is seen on light and on dark pages, in place of {@link Style#INK}. */
  static final String MIDDLE = "#8a8a8a";

  /** From this length on, texts are cut to the room; the text alternative has all. */
  static final int LONG = 60;

  /** Width of a letter of a hint in CSS pixels, nearly. */
  private static final double HINT_LETTER = 5.6;

  private LiveStyle() {}

  static Map<String, Object> legend() {
    return Map.of(
        "name",
        "chosen",
        "bind",
        "legend",
        "select",
        Map.of("type", "point", "fields", List.of("g")));
  }

  static Map<String, Object> fading(double faint, double full) {
    return Map.of("condition", Map.of("param", "chosen", "value", full), "value", faint);
  }

  static Map<String, Object> colours(List<String> names, List<Color> colours) {
    Map<String, Object> colour = new LinkedHashMap<>();
    colour.put("field", "g");
    colour.put("type", "nominal");
    colour.put(
        "scale", Map.of("domain", names, "range", colours.stream().map(LiveStyle::hex).toList()));
    colour.put("legend", Map.of("title", "", "labelLimit", 220, "symbolLimit", 60));
    return colour;
  }

  static Map<String, Object> tip(String field, String type, String title) {
    String key = LiveWords.key(title);
    return Map.of("field", field, "type", type, "title", key.isEmpty() ? field : key);
  }

  /** A datum of names and values. */
  static Map<String, Object> datum(Object... pairs) {
    Map<String, Object> datum = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      datum.put((String) pairs[i], pairs[i + 1]);
    }
    return datum;
  }

  /** A colour as CSS writes it; ink, which dark pages would swallow, is grey. */
  public static String hex(Color colour) {
    return colour.equals(Style.INK) || colour.equals(Style.FAINT_INK)
        ? MIDDLE
        : String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
  }

  /** The chart's title with a line of what can be done. */
  static Map<String, Object> title(String text, List<String> notes, List<String> hints, int width) {
    List<String> lines = new ArrayList<>(notes);
    StringBuilder line = new StringBuilder();
    for (String hint : hints) {
      if (!line.isEmpty() && (line.length() + hint.length()) * HINT_LETTER > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " · ").append(hint);
    }
    lines.add(line.toString());
    Map<String, Object> title = new LinkedHashMap<>();
    title.put("text", text);
    title.put("subtitle", lines);
    title.put("subtitleFontSize", 10);
    title.put("fontSize", 14);
    title.put("anchor", "start");
    title.put("subtitlePadding", 4);
    if (text.length() > LONG) {
      title.put("limit", Math.min(width, WIDEST));
    }
    return title;
  }

  /** Cuts the title of an axis if it is long. */
  static void limit(Map<String, Object> axis, String title, int room) {
    if (title.length() > LONG) {
      axis.put("titleLimit", room);
    }
  }

  /**
   * The width fits the room: a cell's, where the front end gives the chart all of it. Where it does
   * not, as in a widget, whose room is not known when the chart is drawn, it is the part of the
   * window that a cell has beside the list of files. Without a browser it is the figure's.
   */
  static Map<String, Object> width(int preferred) {
    int most = Math.min(preferred, WIDEST);
    return Map.of(
        "name",
        "width",
        "expr",
        "containerSize()[0] > 200 ? min(%1$d, containerSize()[0] - 45) : windowSize()[0] > 0 ? clamp(0.62 * windowSize()[0], 260, %1$d) : %1$d"
            .formatted(most));
  }
}
