package fieldnotes.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that cells print. Stack traces printed by {@code printStackTrace} give the lines of the
 * cell like those of errors, without the frames of the kernel.
 */
final class Traces {
  /** The text of a frame, or null if its class is not one of a cell. */
  interface Frames {
    String text(String className, String method, int line);
  }

  private static final Pattern CELL =
      Pattern.compile(
          "(\\s*)at (?:\\w+//)?(REPL\\.\\$JShell\\$[\\w$]+)\\.([\\w$<>]+)\\((?:[^:)]*:)?(\\d*).*\\)");
  private static final Pattern KERNEL =
      Pattern.compile(
          "\\s*at (?:\\w+//)?(?:fieldnotes\\.kernel\\."
              + "|java\\.base/(?:jdk\\.internal\\.reflect\\.|java\\.lang\\.reflect\\.Method\\."
              + "|java\\.lang\\.Thread\\.run)).*");

  private Traces() {}

  /** The same for a text that is no output, for example a value; its frames are not looked up. */
  static String plain(String text) {
    return plain(text, (type, method, line) -> null);
  }

  static String plain(String text, Frames frames) {
    if (!text.contains("$JShell$") && !text.contains("fieldnotes.kernel.")) {
      return Names.plain(text);
    }
    StringBuilder plain = new StringBuilder();
    boolean afterCell = false;
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      String mark = end < 0 ? "" : "\n";
      at = end < 0 ? text.length() : end + 1;
      Matcher cell = CELL.matcher(line.stripTrailing());
      boolean ofKernel = KERNEL.matcher(line).matches();
      if (cell.matches()) {
        int number = cell.group(4).isEmpty() ? 1 : Integer.parseInt(cell.group(4));
        String frame = frames.text(cell.group(2), cell.group(3), number);
        line = frame == null ? Names.plain(line) : cell.group(1) + plainFrame(frame);
      } else if (ofKernel && (afterCell || line.contains("fieldnotes.kernel."))) {
        continue;
      } else {
        line = Names.plain(line);
      }
      afterCell = cell.matches() || (afterCell && ofKernel);
      plain.append(line).append(mark);
    }
    return plain.toString();
  }

  private static String plainFrame(String frame) {
    return frame.strip().replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
