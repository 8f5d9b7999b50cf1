package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The text of an error below a cell: the position in the cell and only the frames that are useful
 * to the user.
 */
final class ErrorText {
  private static final String RED = "\u001b[1;31m";
  private static final String BLUE = "\u001b[34m";
  private static final String BOLD = "\u001b[1m";
  private static final String OFF = "\u001b[0m";
  private static final int MOST_FRAMES = 30;

  /** Of frames of libraries in a row: where it was thrown and what the user's line has called. */
  private static final int LIBRARY_FRAMES = 3;

  private static final Pattern LEFT = Pattern.compile("\\s*… [\\d,]+ more frames?");

  /** The part of a line of a cell that is shown. */
  private static final int LONGEST_LINE = 160;

  private ErrorText() {}

  /** The lines of a compilation failure: message, source line, a mark below the position. */
  static List<String> of(CompilationFailure failure) {
    List<String> lines = new ArrayList<>();
    Cell cell = failure.cell();
    for (Problem problem : failure.problems()) {
      String[] message = problem.message().strip().split("\\R");
      int line = cell.line(problem.start());
      String text = cell.lineText(line);
      lines.add("%s%s%s: %s".formatted(RED, cell.place(problem.start()), OFF, bold(message[0])));
      if (text != null) {
        String number = "%6d ".formatted(line);
        int column = problem.start() - cell.lineStart(problem.start());
        int first = column <= LONGEST_LINE / 2 ? 0 : column - LONGEST_LINE / 4;
        int last = Math.min(text.length(), first + LONGEST_LINE);
        String before = first > 0 ? "…" : "";
        text =
            before
                + text.substring(Math.min(first, last), last)
                + (last < text.length() ? "…" : "");
        column += before.length() - first;
        int width =
            Math.clamp(problem.end() - problem.start(), 1, Math.max(1, text.length() - column));
        lines.add(BLUE + number + OFF + text);
        lines.add(
            " ".repeat(number.length()) + blanks(text, column) + RED + "^".repeat(width) + OFF);
      }
      for (int i = 1; i < message.length; i++) {
        if (!message[i].strip().startsWith("location:")) {
          lines.add("       " + message[i].strip());
        }
      }
    }
    return lines;
  }

  /** Spaces up to the column; tabs are kept. */
  private static String blanks(String text, int column) {
    StringBuilder blanks = new StringBuilder();
    for (int i = 0; i < column; i++) {
      blanks.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
    }
    return blanks.toString();
  }

  /**
   * The lines of a failure at run time: message, line of the cell, frames, causes.
   *
   * @param origin gives the source of a snippet by its id
   */
  static List<String> of(CellFailure failure, Function<String, Origin> origin) {
    List<String> lines = of(failure, origin, false);
    for (int i = 0; i < lines.size(); i++) {
      if (LEFT.matcher(lines.get(i)).matches()) {
        lines.set(i, lines.get(i) + " (%trace shows all)");
        break;
      }
    }
    return lines;
  }

  /** The same with all frames but those of the kernel. */
  static List<String> all(CellFailure failure, Function<String, Origin> origin) {
    return of(failure, origin, true);
  }

  private static List<String> of(
      CellFailure failure, Function<String, Origin> origin, boolean all) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < failure.chain().size(); i++) {
      CellFailure.Thrown thrown = failure.chain().get(i);
      String[] text = thrown.text().split("\\R");
      lines.add(thrown.label() + RED + text[0] + OFF);
      for (int k = 1; k < Math.min(text.length, 40); k++) {
        lines.add(text[k]);
      }
      if (i == 0) {
        excerpt(lines, thrown.frames(), origin);
      }
      List<String> frames = new ArrayList<>();
      frames(frames, thrown.frames(), origin, all);
      String indent = thrown.label().startsWith(" ") ? thrown.label().replaceAll("\\S.*", "") : "";
      frames.forEach(frame -> lines.add(indent + frame));
    }
    return lines;
  }

  private static void excerpt(
      List<String> lines, StackTraceElement[] frames, Function<String, Origin> origin) {
    for (StackTraceElement frame : frames) {
      Origin from = originOf(frame, origin);
      if (from != null) {
        int line = from.line(frame.getLineNumber());
        for (int near = line - 1; near <= line + 1; near++) {
          String text = from.cell().lineText(near);
          if (text != null && text.length() > LONGEST_LINE) {
            text = text.substring(0, LONGEST_LINE) + "…";
          }
          if (text != null && (near == line || !text.isBlank())) {
            lines.add(
                near == line
                    ? "%s-->%s%s%3d%s %s".formatted(RED, OFF, BLUE, near, OFF, text)
                    : "   %s%3d%s %s".formatted(BLUE, near, OFF, text));
          }
        }
        return;
      }
    }
  }

  private static void frames(
      List<String> lines,
      StackTraceElement[] frames,
      Function<String, Origin> origin,
      boolean all) {
    int last = -1;
    for (int i = 0; i < frames.length; i++) {
      if (originOf(frames[i], origin) != null) {
        last = i;
      }
    }
    // Below the user's last frame there are only kernel frames. A library thread has no user frame;
    // then its own frames are shown.
    int end = last < 0 ? frames.length : last + 1;
    Set<Integer> folded = all ? Set.of() : folded(frames, end, last < 0, origin);
    int shown = 0;
    int left = 0;
    String before = "";
    for (int i = 0; i < end; i++) {
      Origin from = originOf(frames[i], origin);
      boolean tooMany = !all && shown >= MOST_FRAMES && i < end - 3;
      if (isPlumbing(frames[i])) {
        continue;
      }
      String line = frame(frames[i], from);
      boolean again = !lines.isEmpty() && line.equals(lines.getLast());
      if (again && i == end - 1) {
        continue; // JShell's two methods for one line of the cell
      }
      if (again || folded.contains(i) || tooMany || (left > 0 && line.equals(before))) {
        left++;
        before = line;
        continue;
      }
      if (left > 0) {
        lines.add(left(left));
        left = 0;
      }
      shown++;
      lines.add(line);
    }
    if (left > 0) {
      lines.add(left(left));
    }
  }

  /** The frames of libraries to leave out: in the middle of many in a row. */
  private static Set<Integer> folded(
      StackTraceElement[] frames, int end, boolean onlyLibrary, Function<String, Origin> origin) {
    Set<Integer> folded = new HashSet<>();
    List<Integer> row = new ArrayList<>();
    for (int i = 0; i <= end; i++) {
      if (i < end && isPlumbing(frames[i])) {
        continue;
      }
      if (i < end && originOf(frames[i], origin) == null) {
        row.add(i);
        continue;
      }
      if (row.size() > LIBRARY_FRAMES) {
        folded.addAll(
            onlyLibrary ? row.subList(LIBRARY_FRAMES, row.size()) : row.subList(1, row.size() - 1));
      }
      row.clear();
    }
    return folded;
  }

  private static String left(int frames) {
    return frames == 1
        ? "    … 1 more frame"
        : String.format(Locale.ROOT, "    … %,d more frames", frames);
  }

  /** The line of a stack frame, which is one of a cell if its origin is given. */
  static String frame(StackTraceElement frame, Origin from) {
    if (from == null) {
      String module = frame.getModuleName();
      String file =
          frame.getFileName() == null
              ? "unknown source"
              : frame.getLineNumber() > 0
                  ? frame.getFileName() + ":" + frame.getLineNumber()
                  : frame.getFileName();
      return "    at %s%s.%s(%s)"
          .formatted(
              module == null ? "" : module + "/",
              frame.getClassName(),
              frame.getMethodName(),
              file);
    }
    String where = from.cell().title() + ", line " + from.line(frame.getLineNumber());
    String method = methodName(frame);
    return method.isEmpty()
        ? "    at " + bold(where)
        : "    at %s (%s)".formatted(method, bold(where));
  }

  private static String methodName(StackTraceElement frame) {
    String method = frame.getMethodName();
    if (method.isEmpty() || method.startsWith("do_it$")) {
      return "";
    }
    String owner = frame.getClassName();
    method = method.startsWith("lambda$") ? "a lambda" : method;
    return owner == null || owner.isEmpty() || owner.startsWith("REPL.") || owner.equals("cell")
        ? method
        : (owner.matches("\\d+") ? "Anonymous" : owner) + "." + method;
  }

  private static boolean isPlumbing(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("fieldnotes.kernel.")
        || name.startsWith("jdk.jshell.")
        || name.startsWith("jdk.internal.reflect.")
        || name.startsWith("java.lang.invoke.")
        || name.equals("java.lang.reflect.Method");
  }

  private static Origin originOf(StackTraceElement frame, Function<String, Origin> origin) {
    String file = frame.getFileName();
    return file != null && file.startsWith("#") ? origin.apply(file.substring(1)) : null;
  }

  /** An exception of an extension's magic or of the kernel: its frames, down to those of Magics. */
  static List<String> of(Throwable e) {
    List<String> lines = new ArrayList<>();
    for (Throwable one = e; one != null && lines.size() < 100; one = one.getCause()) {
      lines.add((one == e ? "" : "Caused by: ") + RED + PlainText.cut(one.toString()) + OFF);
      Arrays.stream(one.getStackTrace())
          .takeWhile(frame -> !frame.getClassName().startsWith("fieldnotes.kernel.Magics"))
          .limit(8)
          .forEach(frame -> lines.add("    at " + frame));
    }
    return lines;
  }

  /** A message in the colour of errors. */
  static List<String> of(String message) {
    return List.of(RED + PlainText.cut(message) + OFF);
  }

  private static String bold(String text) {
    return BOLD + text + OFF;
  }
}
