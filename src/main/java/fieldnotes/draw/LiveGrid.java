package fieldnotes.draw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several interactive charts as one. Legends stand below, where they take no width from the charts;
 * charts whose colours or signs mean the same have one legend together, others one each.
 */
final class LiveGrid {
  /** What a cell has beside JupyterLab's list of files in a window of 1,200 CSS pixels. */
  private static final int ROOM = 740;

  /** Channels whose legends are merged if they show the same names. */
  private static final Set<String> LEGENDS = Set.of("color", "shape", "strokeDash", "size");

  /** Width of a letter of a legend and of a sign with its gap, in CSS pixels, nearly. */
  private static final double LETTER = 6.5;

  private static final int SIGN = 30;

  private final int columns;
  private final int width;
  private final Map<String, Set<Object>> scales = new LinkedHashMap<>();

  private LiveGrid(int columns, int width) {
    this.columns = columns;
    this.width = width;
  }

  /**
   * The charts as one, with the names of their parameters made distinct.
   *
   * @param columns how many stand beside each other
   * @param sizes width and height of each with its axes
   * @param lefts what the axis at the left of each takes of its width
   */
  static Interactive of(
      String title,
      String alt,
      int columns,
      List<Interactive> charts,
      List<int[]> sizes,
      List<Integer> lefts) {
    int left = lefts.stream().mapToInt(Integer::intValue).max().orElse(0);
    int room = Math.min(sizes.getFirst()[0] - 20, ROOM / columns - 20);
    LiveGrid grid = new LiveGrid(columns, Math.max(120, room - left));
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < charts.size(); i++) {
      Map<String, Object> chart = new LinkedHashMap<>(charts.get(i).spec());
      for (String whole : List.of("$schema", "usermeta", "config", "autosize", "params")) {
        chart.remove(whole);
      }
      String own = (String) ((Map<?, ?>) chart.get("title")).get("text");
      Map<?, ?> cut = Map.of("text", own, "limit", grid.width);
      chart.put("title", own.length() > LiveStyle.LONG ? cut : own);
      chart.put("width", grid.width);
      chart.put("height", Math.max(80, sizes.get(i)[1] - 90));
      all.add(grid.part(chart, "c" + i + "_"));
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("title", LiveStyle.title(title, List.of(), LiveStyle.HINTS, LiveStyle.WIDEST));
    spec.put("description", alt);
    spec.put("columns", columns);
    spec.put("config", LiveStyle.CONFIG);
    Map<String, Object> own = new LinkedHashMap<>();
    grid.scales.forEach(
        (channel, meanings) -> {
          if (meanings.size() > 1) {
            own.put(channel, "independent");
          }
        });
    if (!own.isEmpty()) {
      spec.put("resolve", Map.of("scale", own));
    }
    spec.put("concat", all);
    return Interactive.lite(spec);
  }

  /** A part with a prefix before each name of a parameter, and its legends below. */
  private Object part(Object value, String prefix) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> part(one, prefix)).toList();
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach(
        (key, inner) -> {
          boolean name =
              inner instanceof String
                  && (key.equals("param") || (key.equals("name") && map.containsKey("select")));
          Object made = name ? prefix + inner : key.equals("values") ? inner : part(inner, prefix);
          if (LEGENDS.contains(key) && inner instanceof Map<?, ?> channel) {
            made = below((String) key, channel, made);
          }
          named.put((String) key, made);
        });
    return named;
  }

  @SuppressWarnings("unchecked")
  private Object below(String name, Map<?, ?> channel, Object made) {
    if (!channel.containsKey("field") || !(channel.get("legend") instanceof Map<?, ?> legend)) {
      return made;
    }
    scales.computeIfAbsent(name, any -> new HashSet<>()).add(channel.get("scale"));
    Map<String, Object> moved = new LinkedHashMap<>((Map<String, Object>) legend);
    moved.put("orient", "bottom");
    if (channel.get("scale") instanceof Map<?, ?> scale
        && "nominal".equals(channel.get("type"))
        && scale.get("domain") instanceof List<?> names) {
      int longest = names.stream().mapToInt(one -> one.toString().length()).max().orElse(1);
      double each = SIGN + LETTER * Math.min(longest, 34);
      moved.put("columns", (int) Math.clamp(width / each, 1, Math.max(1, names.size())));
    } else if (!name.equals("size")) {
      moved.put("gradientLength", Math.min(200, width));
    }
    Map<String, Object> changed = new LinkedHashMap<>((Map<String, Object>) made);
    changed.put("legend", moved);
    return changed;
  }
}
