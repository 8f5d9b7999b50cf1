package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the names of IJava and JJava in cells to the kernel's, unless the user added the jar
 * that has them. Positions in the code stay the same.
 */
final class ForeignNames {
  /** Prefixes of qualified names, the first that fits counts. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    String registry = "org.dflib.jjava.jupyter.kernel.magic.";
    for (String old : List.of("kernel", "api")) {
      String here = "io.github.spencerpark.jupyter." + old + ".magic.registry.";
      for (String name :
          List.of("MagicsArgs", "UndefinedMagicException", "MagicArgsParseException")) {
        NAMES.put(here + name, registry + name);
      }
      NAMES.put(here, "fieldnotes.kernel.IJavaMagics.");
    }
    NAMES.put(
        "io.github.spencerpark.jupyter.kernel.magic.common.", "fieldnotes.kernel.IJavaMagics.");
    NAMES.put(
        "io.github.spencerpark.jupyter.api.display.", "org.dflib.jjava.jupyter.kernel.display.");
    NAMES.put(
        "io.github.spencerpark.jupyter.messages.DisplayData",
        "org.dflib.jjava.jupyter.kernel.display.DisplayData");
    NAMES.put("io.github.spencerpark.jupyter.", "org.dflib.jjava.jupyter.");
    NAMES.put("io.github.spencerpark.ijava.runtime.", "fieldnotes.kernel.IJava.");
    NAMES.put("io.github.spencerpark.ijava.", "fieldnotes.kernel.");
    NAMES.put("org.dflib.jjava.JJava", "fieldnotes.kernel.IJava.JJava");
    NAMES.put("org.dflib.jjava.runtime.", "fieldnotes.kernel.IJava.");
    NAMES.put("org.dflib.jjava.kernel.JavaKernel", "fieldnotes.kernel.JavaKernel");
    NAMES.put("org.dflib.jjava.JavaKernel", "fieldnotes.kernel.JavaKernel");
  }

  private static final String NAME =
      "\\b(?:io\\.github\\.spencerpark\\.(?:ijava|jupyter)"
          + "|org\\.dflib\\.jjava\\.(?:JJava|JavaKernel|runtime|kernel))\\b(?:\\.\\w+)*";

  private static final Pattern PLACES =
      Pattern.compile(
          // literals and comments, which are skipped
          "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'"
              + "|//[^\\n]*|/\\*(?s:.*?)\\*/"
              + "|(?<import>import\\s+(?:static\\s+)?)(?<imported>"
              + NAME
              + ")(?<all>\\.\\*)?\\s*;"
              + "|(?<name>"
              + NAME
              + ")");

  private ForeignNames() {}

  /** Splits code so that each translated import, which may be longer, stands alone. */
  static List<CellParts.Code> translate(CellParts.Code code, ClassLoader loader) {
    String text = code.text();
    if ((!text.contains("io.github.spencerpark.") && !text.contains("org.dflib.jjava."))
        || loader.getResource("io/github/spencerpark/ijava/IJava.class") != null
        || loader.getResource("org/dflib/jjava/JJava.class") != null) {
      return List.of(code);
    }
    List<CellParts.Code> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int start = 0;
    int copied = 0;
    Matcher place = PLACES.matcher(text);
    while (place.find()) {
      if (place.group("imported") != null) {
        piece.append(text, copied, place.start());
        add(pieces, code.start() + start, piece);
        String all = place.group("all") == null ? "" : ".*";
        // so that a package's name ends in the dot that the prefixes have
        String name = translated(place.group("imported") + (all.isEmpty() ? "" : "."));
        String imported = all.isEmpty() ? name : name + "*";
        pieces.add(
            new CellParts.Code(
                code.start() + place.start(), place.group("import") + imported + ";"));
        start = place.end();
        copied = place.end();
        piece.setLength(0);
      } else if (place.group("name") != null) {
        piece.append(text, copied, place.start());
        piece.append(padded(place.group("name")));
        copied = place.end();
      }
    }
    piece.append(text, copied, text.length());
    add(pieces, code.start() + start, piece);
    return pieces;
  }

  private static void add(List<CellParts.Code> pieces, int start, StringBuilder piece) {
    if (!piece.toString().isBlank()) {
      pieces.add(new CellParts.Code(start, piece.toString()));
    }
  }

  private static String translated(String name) {
    for (Map.Entry<String, String> one : NAMES.entrySet()) {
      String old = one.getKey();
      if (name.startsWith(old)
          && (old.endsWith(".")
              || name.length() == old.length()
              || name.charAt(old.length()) == '.')) {
        return one.getValue() + name.substring(old.length());
      }
    }
    return name;
  }

  /** The translation of a name, as long as the name. */
  private static String padded(String name) {
    // every cell can call getKernelInstance() by its simple name
    String to = translated(name.replaceFirst("^org\\.dflib\\.jjava\\.JJava\\.(?=get)", ""));
    return to.length() > name.length() ? name : to + " ".repeat(name.length() - to.length());
  }
}
