package fieldnotes.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The cells that ran since the kernel started, for {@code history_request}. The start counts as
 * session 1; other sessions are not kept. Long histories lose their oldest cells.
 */
final class History {
  private static final int SESSION = 1;
  private static final int MOST_CHARACTERS = 4_000_000;

  record Entry(int line, String input, String output) {
    int characters() {
      return 100 + input.length() + (output == null ? 0 : output.length());
    }
  }

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private int characters;

  /**
   * Remembers a cell.
   *
   * @param line the cell's execution count
   * @param output the text of its result, or null
   */
  synchronized void add(int line, String input, String output) {
    Entry entry = new Entry(line, input, output);
    entries.add(entry);
    characters += entry.characters();
    while (characters > MOST_CHARACTERS && entries.size() > 1) {
      characters -= entries.removeFirst().characters();
    }
  }

  /**
   * Answers a history request.
   *
   * @return rows of session, line and input, or of session, line and (input, output)
   */
  synchronized List<List<Object>> answer(Fields request) {
    boolean output = request.flag("output", false);
    String type = request.text("hist_access_type");
    List<Entry> found =
        switch (type) {
          case "tail" -> last(List.copyOf(entries), request.number("n", 10));
          case "range" ->
              range(
                  request.number("session", 0),
                  request.number("start", 0),
                  request.number("stop", Integer.MAX_VALUE));
          case "search" -> {
            List<Entry> matching =
                search(request.text("pattern", "*"), request.flag("unique", false));
            yield last(matching, request.number("n", Integer.MAX_VALUE));
          }
          default ->
              throw new Fields.Invalid(
                  "history_request: hist_access_type=%s must be tail, range or search"
                      .formatted(type));
        };
    return found.stream().map(one -> row(one, output)).toList();
  }

  /** The last cells, oldest first. */
  synchronized List<Entry> last(int n) {
    return List.copyOf(last(List.copyOf(entries), n));
  }

  /** The cells from one number to another, both included. */
  synchronized List<Entry> between(int first, int last) {
    return range(0, first, last == Integer.MAX_VALUE ? last : last + 1);
  }

  private static List<Object> row(Entry one, boolean output) {
    // Not List.of, as there may be no output.
    Object text = output ? Arrays.asList(one.input(), one.output()) : one.input();
    return List.of(SESSION, one.line(), text);
  }

  private static List<Entry> last(List<Entry> all, int n) {
    return all.subList(Math.max(0, all.size() - Math.max(0, n)), all.size());
  }

  /** Session 0 is the current one; the stop itself is not included. */
  private List<Entry> range(int session, int start, int stop) {
    return session != 0 && session != SESSION
        ? List.of()
        : entries.stream().filter(one -> one.line() >= start && one.line() < stop).toList();
  }

  private List<Entry> search(String glob, boolean unique) {
    Pattern pattern = Pattern.compile(regex(glob), Pattern.DOTALL);
    List<Entry> found = entries.stream().filter(e -> pattern.matcher(e.input()).matches()).toList();
    if (!unique) {
      return found;
    }
    Map<String, Entry> latest = new LinkedHashMap<>();
    for (Entry one : found) {
      latest.remove(one.input());
      latest.put(one.input(), one);
    }
    Collection<Entry> kept = latest.values();
    return new ArrayList<>(kept);
  }

  /** The regular expression of a glob with *, ? and [a-z]. */
  static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = glob.substring(i + 1, close);
        boolean not = set.startsWith("!") || set.startsWith("^");
        regex.append(not ? "[^" : "[");
        regex.append(set.substring(not ? 1 : 0).replaceAll("[\\\\\\[\\]&^]", "\\\\$0"));
        regex.append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
