package fieldnotes.audio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the lines before an entry of an M3U playlist, or its keys in a PLS playlist, say about it.
 * What makes no sense is ignored.
 */
final class EntryNotes {
  private static final String INFO = "#EXTINF:";
  private static final Pattern OPTION =
      Pattern.compile("#EXTVLCOPT:\\s*(start|stop)-time\\s*=\\s*(\\S+)\\s*");

  private String title = "";
  private double seconds = Double.NaN;
  private double start;
  private double end = Double.NaN;

  /** Takes a line that begins with {@code #}. */
  void take(String line) {
    String bare = line.strip();
    if (bare.startsWith(INFO)) {
      int comma = comma(bare);
      length(bare.substring(INFO.length(), comma).strip().split("[\\s\"]", 2)[0]);
      title(bare.substring(Math.min(comma + 1, bare.length())));
      return;
    }
    Matcher option = OPTION.matcher(bare);
    if (option.matches()) {
      double time = number(option.group(2));
      if (option.group(1).equals("start")) {
        start = Double.isNaN(time) ? 0 : time;
      } else {
        end = time;
      }
    }
  }

  /** The first comma outside of quotes, which attributes may have; the end if there is none. */
  private static int comma(String line) {
    boolean quoted = false;
    for (int i = INFO.length(); i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      if (line.charAt(i) == ',' && !quoted) {
        return i;
      }
    }
    return line.length();
  }

  void title(String text) {
    title = text.strip();
  }

  void length(String text) {
    seconds = number(text);
  }

  /** A time of 0 to a milliard seconds; otherwise NaN. */
  private static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return value >= 0 && value < 1e9 ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  Playlist.Entry of(SoundFiles.Item file) {
    return new Playlist.Entry(file, title, seconds, start, end > start ? end : Double.NaN);
  }
}
