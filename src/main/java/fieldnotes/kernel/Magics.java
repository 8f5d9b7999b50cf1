package fieldnotes.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.UndefinedMagicException;

/**
 * The magics, commands that are not Java: those of {@link Dependencies}, {@link ShellCommands},
 * {@link Timing} and {@link Session}, {@code %load}, {@code %lsmagic}, cell magics that show their
 * body, such as {@code %%html}, and those that extensions and notebooks add.
 */
final class Magics {
  private final JavaKernel kernel;
  private final Timing timing;
  private final Set<String> shown = new TreeSet<>();
  private Object assigned;

  Magics(JavaKernel kernel) {
    this.kernel = kernel;
    Dependencies.register(kernel);
    ShellCommands.register(kernel);
    Session.register(kernel);
    Doctor.register(kernel);
    SharedNames.register(kernel);
    timing = new Timing(kernel);
    registry().line("%load FILE", "runs a Java file or a notebook", (k, args) -> load(args));
    registry().line("%lsmagic", "lists all magics", (k, args) -> list());
    shows("html", MIMEType.TEXT_HTML);
    shows("markdown", MIMEType.TEXT_MARKDOWN);
    shows("latex", MIMEType.TEXT_LATEX);
    shows("svg", MIMEType.IMAGE_SVG);
    shows("javascript", MIMEType.APPLICATION_JAVASCRIPT);
    shows("js", MIMEType.APPLICATION_JAVASCRIPT);
    registry().hasOwn();
  }

  private Registry registry() {
    return (Registry) kernel.getMagicsRegistry();
  }

  /** A cell magic that shows its body as a type. */
  private void shows(String name, MIMEType type) {
    shown.add(name);
    registry()
        .cell(
            "%%" + name,
            "shows the cell as " + type,
            (k, args, body) -> {
              DisplayData data = new DisplayData(body);
              data.putData(type, body);
              return data;
            },
            List.of());
  }

  /** How a magic is written and what it does; the name is with its percent signs. */
  Registry.Description help(String name) {
    return registry().descriptions().get(name);
  }

  boolean isLineMagic(String name) {
    return kernel.getMagicsRegistry().getLineMagicNames().contains(name);
  }

  Set<String> lineMagics() {
    return new TreeSet<>(kernel.getMagicsRegistry().getLineMagicNames());
  }

  Set<String> cellMagics() {
    return new TreeSet<>(kernel.getMagicsRegistry().getCellMagicNames());
  }

  /** Whether a cell magic shows its body, which is not Java. */
  boolean showsBody(String name) {
    return shown.contains(name);
  }

  /** Whether the arguments of a line magic are Java. */
  boolean takesCode(String name) {
    return Timing.takesCode(name);
  }

  Evaluator.Result run(Cell cell, CellParts.LineMagic magic) {
    if (Timing.takesCode(magic.name())) {
      int start = cell.text().indexOf(magic.arguments(), magic.start());
      return timing.run(magic.name(), cell, start, magic.arguments());
    }
    line(magic.name(), split(magic.arguments()));
    return Evaluator.Result.NOTHING;
  }

  Evaluator.Result run(Cell cell, CellParts.CellMagic magic) {
    if (Timing.takesCode(magic.name())) {
      return timing.run(magic.name(), magic.arguments(), cell, magic.bodyStart(), magic.body());
    }
    Object value = cell(magic.name(), split(magic.arguments()), magic.body());
    return value == null ? Evaluator.Result.NOTHING : new Evaluator.Result(true, value);
  }

  Evaluator.Result run(Cell cell, CellParts.AssignedMagic magic) {
    assigned = line(magic.name(), split(magic.arguments()));
    String value = assigned instanceof List ? "magicList()" : "magicValue()";
    return kernel
        .evaluator()
        .eval(
            cell, magic.start(), magic.target() + "fieldnotes.kernel.CellFunctions." + value + ";");
  }

  Object assigned() {
    return assigned;
  }

  Object line(String name, List<String> arguments) {
    if (!isLineMagic(name)) {
      throw Advice.unknown("%", name, lineMagics());
    }
    return call("%" + name, () -> registry().evalLineMagic(kernel, name, arguments));
  }

  Object cell(String name, List<String> arguments, String body) {
    try {
      return call("%%" + name, () -> registry().evalCellMagic(kernel, name, arguments, body));
    } catch (UndefinedMagicException e) {
      throw Advice.unknown("%%", name, cellMagics());
    }
  }

  /** Runs a magic: one that is not the kernel's like the code of a cell. */
  private Object call(String name, Callable<Object> magic) {
    if (registry().isOther(name) && !kernel.evaluator().isCellThread()) {
      return kernel.evaluator().call("", magic);
    }
    try {
      return magic.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new MagicFailure(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /** Splits at blanks; words in double quotes may contain blanks. */
  static List<String> split(String arguments) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (any) {
          words.add(word.toString());
        }
        word.setLength(0);
        any = false;
      } else {
        word.append(c);
        any = true;
      }
    }
    if (any) {
      words.add(word.toString());
    }
    return words;
  }

  /** A file as text, UTF-8 or UTF-16 with a byte-order mark, without the mark. */
  static String text(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    Charset charset =
        mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return Text.withoutMark(text);
  }

  private Object load(List<String> arguments) throws IOException {
    if (arguments.size() != 1) {
      throw new MagicFailure("%load: needs one file, a Java script or a notebook");
    }
    Path file = Path.of(arguments.getFirst());
    for (String ending : List.of("", ".jshell", ".java", ".jsh", ".ipynb")) {
      Path candidate = Path.of(file + ending);
      if (Files.isRegularFile(candidate)) {
        String text = text(candidate);
        String name = candidate.getFileName().toString();
        if (name.endsWith(".ipynb")) {
          loadNotebook(name, text);
        } else {
          kernel.run(new Cell(0, name, text));
        }
        return null;
      }
    }
    throw new MagicFailure(
        "%%load %s: no such file; relative paths start at %s"
            .formatted(file, Path.of("").toAbsolutePath()));
  }

  private void loadNotebook(String name, String json) {
    int number = 0;
    for (JsonElement element :
        JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cells")) {
      JsonObject cell = element.getAsJsonObject();
      if (cell.get("cell_type").getAsString().equals("code")) {
        number++;
        kernel.run(new Cell(0, name + ", code cell " + number, source(cell.get("source"))));
      }
    }
  }

  private static String source(JsonElement source) {
    if (source instanceof JsonArray lines) {
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(line.getAsString()));
      return text.toString();
    }
    return source.getAsString();
  }

  private Object list() {
    Map<String, Registry.Description> all = registry().descriptions();
    int width = all.values().stream().mapToInt(one -> one.usage().length()).max().orElse(0);
    int column = Math.min(width, 40);
    all.values()
        .forEach(
            one ->
                kernel
                    .printer()
                    .line(
                        one.usage().length() > column
                            ? one.usage() + "  " + one.text()
                            : one.usage()
                                + " ".repeat(column - one.usage().length() + 2)
                                + one.text()));
    return null;
  }
}
