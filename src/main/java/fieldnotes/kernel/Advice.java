package fieldnotes.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to do instead of the magics and commands of other kernels, which this one does not offer.
 */
final class Advice {
  private static final String COMMAND =
      "commands of the system are not offered in cells; use a terminal, or new String(new"
          + " ProcessBuilder(\"ls\", \"-l\").start().getInputStream().readAllBytes())";
  private static final String PYTHON =
      "only Java runs here; run other languages with a kernel of their own";
  private static final String IPYTHON = "this is a setting of IPython; delete the line";
  private static final String LIBRARY =
      "Python packages cannot be used from Java; add a Java library with %maven"
          + " group:artifact:version";

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("bash", COMMAND),
          Map.entry("sh", COMMAND),
          Map.entry("script", COMMAND),
          Map.entry("cmd", COMMAND),
          Map.entry("powershell", COMMAND),
          Map.entry("system", COMMAND),
          Map.entry("sx", COMMAND),
          Map.entry("pip", LIBRARY),
          Map.entry("conda", LIBRARY),
          Map.entry("mamba", LIBRARY),
          Map.entry(
              "matplotlib",
              "charts need no setting here; delete the line, and show a chart by its name on the"
                  + " last line of a cell"),
          Map.entry("pylab", IPYTHON),
          Map.entry("autoreload", IPYTHON),
          Map.entry("load_ext", IPYTHON),
          Map.entry("reload_ext", IPYTHON),
          Map.entry("config", IPYTHON),
          Map.entry("capture", IPYTHON),
          Map.entry("python", PYTHON),
          Map.entry("python3", PYTHON),
          Map.entry("perl", PYTHON),
          Map.entry("ruby", PYTHON),
          Map.entry("kotlin", PYTHON),
          Map.entry("writefile", "use Files.writeString(Path.of(\"name\"), \"\"\"the text\"\"\")"),
          Map.entry("file", "use Files.writeString(Path.of(\"name\"), \"\"\"the text\"\"\")"),
          Map.entry("run", "use %load for a Java script or a notebook"),
          Map.entry(
              "cd",
              "the folder of a running program cannot change; use"
                  + " Path.of(\"folder\").resolve(\"file\")"),
          Map.entry("pwd", "use Path.of(\"\").toAbsolutePath()"),
          Map.entry("ls", "use Files.list(Path.of(\".\")).toList()"),
          Map.entry("cat", "use Files.readString(Path.of(\"name\"))"),
          Map.entry("env", "use System.getenv(\"NAME\")"),
          Map.entry("set_env", "set the variable before you start Jupyter"),
          Map.entry("reset", "restart the kernel"),
          Map.entry("image", "use javax.imageio.ImageIO.read(new File(\"name\")) on the last line"),
          Map.entry("java", "write the Java in the cell itself"),
          Map.entry("javasrcClassByName", "use %load File.java, or write the class in a cell"),
          Map.entry("javasrcMethodByName", "use %load File.java, or write the method in a cell"),
          Map.entry(
              "javasrcInterfaceByName", "use %load File.java, or write the interface in a cell"),
          Map.entry("help", "use %lsmagic"),
          Map.entry("magic", "use %lsmagic"));

  /** {@code !ls -l}, which may also be a Java expression: {@code !name}. */
  private static final Pattern BANG =
      Pattern.compile("\\s*!\\s*(?<name>[A-Za-z][\\w./-]*)(?<rest>\\s+[^=&|?(].*|\\s*)");

  private Advice() {}

  /**
   * The error for a magic that does not exist.
   *
   * @param percent one percent sign or two
   */
  static MagicFailure unknown(String percent, String name, Collection<String> known) {
    String instead = INSTEAD.get(name);
    if (instead != null) {
      return new MagicFailure("%s%s: not offered; %s".formatted(percent, name, instead));
    }
    Optional<String> near = nearest(name, known);
    String all = String.join(", ", known.stream().map(one -> percent + one).toList());
    return new MagicFailure(
        near.map(one -> "no magic %s%s; did you mean %s%s?".formatted(percent, name, percent, one))
            .orElse("no magic %s%s; available: %s".formatted(percent, name, all)));
  }

  /** The name that differs least, if it differs by few letters. */
  static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(one -> distance(one, name) <= (name.length() < 5 ? 1 : 2))
        .min(Comparator.comparingInt(one -> distance(one, name)));
  }

  /** Whether a line that does not compile may be meant as a command of the system. */
  static boolean isCommand(Cell cell, CompilationFailure failure) {
    return !failure.problems().isEmpty()
        && BANG.matcher(line(cell, failure.problems().getFirst().start())).matches();
  }

  static MagicFailure command(CompilationFailure failure) {
    Problem first = failure.problems().getFirst();
    String line = line(failure.cell(), first.start()).strip();
    String name = line.substring(1).strip().split("\\s", 2)[0];
    return new MagicFailure(
        "%s: %s. If this is meant as a command: %s"
            .formatted(
                line,
                first.message().lines().findFirst().orElse(""),
                INSTEAD.getOrDefault(name, COMMAND)));
  }

  private static String line(Cell cell, int at) {
    String text = cell.text();
    int place = Math.clamp(at, 0, text.length());
    int end = text.indexOf('\n', place);
    int begin = place == 0 ? 0 : text.lastIndexOf('\n', place - 1) + 1;
    return end < begin ? text.substring(begin) : text.substring(begin, end);
  }

  /** How many characters to change, add, remove, or swap with the next. */
  static int distance(String a, String b) {
    List<Character> to = b.chars().mapToObj(c -> (char) c).toList();
    int[] before = new int[to.size() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    int[] twoBefore = before;
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[before.length];
      now[0] = i;
      for (int j = 1; j < now.length; j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == to.get(j - 1) ? 0 : 1);
        now[j] = Math.min(change, 1 + Math.min(before[j], now[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == to.get(j - 2)
            && a.charAt(i - 2) == to.get(j - 1)) {
          now[j] = Math.min(now[j], 1 + twoBefore[j - 2]);
        }
      }
      twoBefore = before;
      before = now;
    }
    return before[to.size()];
  }
}
