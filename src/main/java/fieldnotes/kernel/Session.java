package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** {@code %who}, {@code %whos} and {@code %history}: what the notebook has and what has run. */
final class Session {
  /** A variable as it is listed. */
  private record Variable(String name, String type, String value) {}

  private static final int LONGEST_VALUE = 60;
  private static final Pattern RANGE = Pattern.compile("(?<first>\\d{1,9})(?:-(?<last>\\d{0,9}))?");

  private final JavaKernel kernel;

  private Session(JavaKernel kernel) {
    this.kernel = kernel;
  }

  static void register(JavaKernel kernel) {
    Session session = new Session(kernel);
    Registry all = (Registry) kernel.getMagicsRegistry();
    all.line(
        "%who [TYPE…]",
        "lists the variables with types and values", (k, args) -> session.who(args));
    all.line("%whos [TYPE…]", "shows the variables as a table", (k, args) -> session.table(args));
    all.line(
        "%history [-n] [-l COUNT | FIRST-LAST]",
        "prints the cells that have run, with -n their numbers",
        (k, args) -> session.history(args));
  }

  private Object who(List<String> types) {
    List<Variable> found = variables(types);
    int name = found.stream().mapToInt(v -> v.name().length()).max().orElse(0);
    int type = found.stream().mapToInt(v -> v.type().length()).max().orElse(0);
    found.forEach(
        v ->
            kernel
                .printer()
                .line(
                    (padded(v.name(), name) + "  " + padded(v.type(), Math.min(type, 40)) + "  ")
                        + v.value()));
    return null;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private Object table(List<String> types) {
    StringBuilder html = new StringBuilder("<table><tr><th>variable<th>type<th>value</tr>");
    StringBuilder text = new StringBuilder();
    for (Variable one : variables(types)) {
      html.append("<tr>");
      for (String cell : List.of(one.name(), one.type(), one.value())) {
        html.append("<td style=\"text-align:left\"><code>")
            .append(Help.escape(cell))
            .append("</code></td>");
      }
      html.append("</tr>");
      text.append(one.name()).append('\t').append(one.type()).append('\t').append(one.value());
      text.append('\n');
    }
    DisplayData data = new DisplayData(text.toString().stripTrailing());
    data.putHTML(html.append("</table>").toString());
    kernel.display(data);
    return null;
  }

  /** The variables whose type has one of these names, or all; sorted by name. */
  private List<Variable> variables(List<String> types) {
    List<Variable> found = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    kernel
        .evaluator()
        .shell()
        .variables()
        .filter(one -> !one.name().startsWith("$"))
        .filter(one -> kernel.evaluator().shell().status(one) == Snippet.Status.VALID)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(
            one -> {
              String type = Names.plain(one.typeName());
              known.add(bare(type));
              if (types.isEmpty() || types.contains(type) || types.contains(bare(type))) {
                found.add(new Variable(one.name(), type, value(one)));
              }
            });
    if (found.isEmpty()) {
      throw new MagicFailure(
          known.isEmpty()
              ? "the notebook has no variables yet"
              : "no variable is of type %s; the types are %s"
                  .formatted(String.join(" or ", types), String.join(", ", known)));
    }
    return found;
  }

  /** A type without its parameters. */
  private static String bare(String type) {
    return type.replaceFirst("<.*>", "");
  }

  private String value(VarSnippet variable) {
    Object text =
        kernel
            .evaluator()
            .call(
                "",
                () -> {
                  try {
                    return PlainText.of(kernel.evaluator().valueOf(variable));
                  } catch (IllegalStateException unset) {
                    return "(" + unset.getMessage() + ")";
                  }
                });
    String line = String.valueOf(text).strip().replaceAll("\\s+", " ");
    int end =
        line.offsetByCodePoints(0, Math.min(LONGEST_VALUE, line.codePointCount(0, line.length())));
    return end < line.length() ? line.substring(0, end) + "…" : line;
  }

  private Object history(List<String> arguments) {
    boolean numbers = false;
    List<History.Entry> found = kernel.history().last(Integer.MAX_VALUE);
    for (int i = 0; i < arguments.size(); i++) {
      String one = arguments.get(i);
      Matcher range = RANGE.matcher(one);
      if (one.equals("-n")) {
        numbers = true;
      } else if (one.equals("-l") && i + 1 < arguments.size() && isCount(arguments.get(i + 1))) {
        found = kernel.history().last(Integer.parseInt(arguments.get(++i)));
      } else if (range.matches()) {
        int first = Integer.parseInt(range.group("first"));
        String last = range.group("last");
        found =
            kernel
                .history()
                .between(
                    first,
                    last == null
                        ? first
                        : last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last));
      } else {
        throw new MagicFailure(
            "%%history %s: takes -n, -l COUNT, and cells such as 3, 3-5 or 3-"
                .formatted(String.join(" ", arguments)));
      }
    }
    for (History.Entry entry : found) {
      kernel.printer().line(numbers ? numbered(entry) : entry.input());
    }
    return null;
  }

  private static boolean isCount(String text) {
    return text.matches("\\d{1,9}");
  }

  /** The cell with its number; further lines are indented. */
  private static String numbered(History.Entry entry) {
    String number = "%4d: ".formatted(entry.line());
    return number + entry.input().replace("\n", "\n" + " ".repeat(number.length()));
  }
}
