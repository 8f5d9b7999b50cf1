package fieldnotes.draw;

import fieldnotes.common.Check;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The interactive form of a figure: a Vega-Lite or Vega specification, version 5, with its data.
 * JupyterLab and VS Code draw it without a script in the notebook and without a network.
 *
 * @param mimeType {@value #LITE} or {@value #VEGA}
 * @param spec JSON as maps, lists, texts, numbers and booleans; NaN is left out
 * @see <a href="https://vega.github.io/vega-lite/docs/">Vega-Lite</a>
 */
public record Interactive(String mimeType, Map<String, Object> spec) {
  /** Media type of Vega-Lite 5. */
  public static final String LITE = "application/vnd.vegalite.v5+json";

  /** Media type of Vega 5. */
  public static final String VEGA = "application/vnd.vega.v5+json";

  /** Most bytes of a specification; more points are thinned. */
  public static final int MOST_BYTES = 200_000;

  /** Control characters, line ends of expressions, and what overrides the direction of text. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}]");

  private static final MathContext DIGITS = new MathContext(6);

  // Maps have no order of their own: equal figures are to give equal bytes.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  public Interactive {
    Check.that(
        mimeType.equals(LITE) || mimeType.equals(VEGA),
        "mimeType '%s': must be %s or %s",
        mimeType,
        LITE,
        VEGA);
    spec = cleanMap(spec);
  }

  private static Map<String, Object> cleanMap(Map<?, ?> map) {
    Map<String, Object> clean = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) { // as the protocol of notebooks does
            clean.put((String) key, key.equals("sound") ? value : clean(value)); // a file's name
          }
        });
    return Collections.unmodifiableMap(clean);
  }

  /** Texts without what would spoil an SVG or turn the reading direction of what follows. */
  private static Object clean(Object value) {
    if (value instanceof String text) {
      return HARMFUL.matcher(text).replaceAll("\uFFFD");
    }
    if (value instanceof Map<?, ?> map) {
      return cleanMap(map);
    }
    if (value instanceof List<?> list) {
      List<Object> cleaned = new ArrayList<>();
      list.forEach(one -> cleaned.add(clean(one)));
      return Collections.unmodifiableList(cleaned);
    }
    return value;
  }

  /** A Vega-Lite specification. */
  static Interactive lite(Map<String, Object> spec) {
    return new Interactive(LITE, with(spec, "https://vega.github.io/schema/vega-lite/v5.json"));
  }

  /** A Vega specification. */
  static Interactive vega(Map<String, Object> spec) {
    return new Interactive(VEGA, with(spec, "https://vega.github.io/schema/vega/v5.json"));
  }

  private static Map<String, Object> with(Map<String, Object> spec, String schema) {
    Map<String, Object> whole = new LinkedHashMap<>(spec);
    whole.put("$schema", schema); // a name: nothing is fetched
    whole.put(
        "usermeta",
        Map.of(
            "embedOptions",
            Map.of(
                "renderer",
                "svg",
                "actions",
                // not the editor, which is on a foreign host
                Map.of("export", true, "source", false, "compiled", false, "editor", false))));
    return whole;
  }

  /** Returns a copy with another text alternative. */
  Interactive withDescription(String alt) {
    Map<String, Object> changed = new LinkedHashMap<>(spec);
    changed.put("description", alt);
    return new Interactive(mimeType, changed);
  }

  /** The specification as JSON; equal figures give equal texts. */
  public String json() {
    return json(spec);
  }

  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  /** Size of the specification in bytes. */
  public int bytes() {
    return json().getBytes(StandardCharsets.UTF_8).length;
  }

  boolean isLite() {
    return mimeType.equals(LITE);
  }

  /** A number with six significant digits, or null if it is not finite. */
  public static Object number(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
      return (long) rounded;
    }
    return rounded;
  }

  /** Numbers with six significant digits. */
  public static List<Object> numbers(double... values) {
    return java.util.Arrays.stream(values).mapToObj(Interactive::number).toList();
  }

  /** A text as a literal of Vega's expressions, in which it is inert. */
  public static String literal(Object text) {
    // JSON allows two line ends in texts that expressions do not
    return json(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, %,d bytes", mimeType.equals(LITE) ? "Vega-Lite" : "Vega", bytes());
  }
}
