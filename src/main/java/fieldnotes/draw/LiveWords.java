package fieldnotes.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names in what Vega-Lite makes of titles. It writes them into expressions, for tooltips and for
 * screen readers, and there escapes quotes, but neither backslashes nor line ends.
 */
final class LiveWords {
  private static final Pattern LINE_ENDS = Pattern.compile("[\\n\\r\\u2028\\u2029]");
  private static final Pattern HARD = Pattern.compile("[\\\\\\n\\r\\u2028\\u2029]");

  private LiveWords() {}

  /** A title of a tooltip, which becomes a key of an object in an expression. */
  static String key(String title) {
    return LINE_ENDS.matcher(title).replaceAll(" ").replace("\\", "\\\\");
  }

  /**
   * Gives a mark words of its own for screen readers where Vega-Lite would make none that parse.
   */
  static void describe(Map<String, Object> mark, Map<String, Object> encoding) {
    boolean hard =
        encoding.entrySet().stream()
            .anyMatch(channel -> !channel.getKey().equals("tooltip") && isHard(channel.getValue()));
    if (!hard) {
      return;
    }
    List<String> words = new ArrayList<>();
    if (encoding.get("tooltip") instanceof List<?> tips) {
      for (Object one : tips) {
        Map<?, ?> tip = (Map<?, ?>) one;
        String title = ((String) tip.get("title")).replace("\\\\", "\\");
        words.add(
            Interactive.literal(title + ": ")
                + " + datum["
                + Interactive.literal(tip.get("field"))
                + "]");
      }
    }
    if (words.isEmpty()) {
      mark.put("aria", false);
    } else {
      mark.put("description", Map.of("expr", String.join(" + '; ' + ", words)));
    }
  }

  /** Whether a title in a channel, of it or its axis or legend, would not parse. */
  private static boolean isHard(Object channel) {
    return channel instanceof Map<?, ?> map
        && ((map.get("title") instanceof String title && HARD.matcher(title).find())
            || isHard(map.get("axis"))
            || isHard(map.get("legend")));
  }
}
