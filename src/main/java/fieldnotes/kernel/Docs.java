package fieldnotes.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * Finds documentation comments in sources: in a folder, in the JDK's {@code src.zip}, and in a jar
 * {@code name-sources.jar} next to a jar of the class path. A comment is found by the declaration
 * after it, without the compiler, which would take longer than a person waits.
 */
final class Docs {
  private static final int KEPT = 8;

  private final Path folder;
  private final Map<String, String> read =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KEPT;
        }
      };
  private ZipFile jdk;

  /**
   * @param folder of the library's sources, or null
   */
  Docs(Path folder) {
    this.folder = folder;
  }

  /**
   * The comment of an element, or of the method that it overrides; null if there is none.
   *
   * @param path jars on the class path that have the element's package
   */
  String of(Element element, Members.Tools tools, List<File> path) {
    String own = own(element, tools.elements(), path);
    if (own != null && !own.contains("{@inheritDoc}")) {
      return own;
    }
    if (element instanceof ExecutableElement method
        && element.getEnclosingElement() instanceof TypeElement type) {
      String above = inherited(method, type, type, tools, path);
      return above == null || own == null ? above : own.replace("{@inheritDoc}", above);
    }
    return own;
  }

  private String inherited(
      ExecutableElement method,
      TypeElement type,
      TypeElement below,
      Members.Tools tools,
      List<File> path) {
    for (TypeMirror above : tools.types().directSupertypes(type.asType())) {
      if (tools.types().asElement(above) instanceof TypeElement one) {
        for (Element member : one.getEnclosedElements()) {
          if (member instanceof ExecutableElement other
              && tools.elements().overrides(method, other, below)) {
            String found = own(other, tools.elements(), path);
            if (found != null) {
              return found;
            }
          }
        }
        String found = inherited(method, one, below, tools, path);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private String own(Element element, Elements elements, List<File> path) {
    Element top = element;
    Element type = element instanceof TypeElement ? element : element.getEnclosingElement();
    while (top.getEnclosingElement() instanceof TypeElement above) {
      top = above;
    }
    if (!(top instanceof TypeElement outer) || !(type instanceof TypeElement owner)) {
      return null;
    }
    String source = source(outer, elements.getModuleOf(outer), path);
    if (source == null) {
      return null;
    }
    int from = owner.equals(outer) ? 0 : declaration(source, owner);
    String found = comment(source, Math.max(0, from), pattern(element), element);
    if (found == null && element instanceof ExecutableElement method) {
      String ofRecord = comment(source, Math.max(0, from), pattern(owner), owner);
      return ofRecord == null || !method.getParameters().isEmpty()
          ? null
          : DocText.parameter(ofRecord, element.getSimpleName().toString());
    }
    return found;
  }

  private static int declaration(String source, TypeElement type) {
    Matcher found = pattern(type).matcher(source);
    return found.find() ? source.lastIndexOf("/**", found.start()) : 0;
  }

  private static Pattern pattern(Element element) {
    String name = Pattern.quote(element.getSimpleName().toString());
    return Pattern.compile(
        switch (element) {
          case TypeElement type -> "\\b(?:class|interface|enum|record)\\s+" + name + "\\b";
          case ExecutableElement method when name.contains("<init>") ->
              "\\b" + Pattern.quote(method.getEnclosingElement().getSimpleName() + "") + "\\s*\\(";
          case ExecutableElement method -> "\\b" + name + "\\s*\\(";
          default -> "\\b" + name + "\\s*(?:[=;,({]|$)";
        });
  }

  /** The comment before the declaration that fits; of several the one that is indented least. */
  private static String comment(String source, int from, Pattern wanted, Element element) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (int at = source.indexOf("/**", from); at >= 0; at = source.indexOf("/**", at + 3)) {
      int end = source.indexOf("*/", at);
      if (end < 0) {
        return best;
      }
      int indent = at - source.lastIndexOf('\n', at) - 1;
      if (indent < least && declares(source, end + 2, wanted, element)) {
        least = indent;
        best = source.substring(at + 3, end).replaceAll("(?m)^\\s*\\*+ ?", "");
      }
    }
    return best;
  }

  private static boolean declares(String source, int at, Pattern wanted, Element element) {
    int end = at;
    int depth = 0;
    while (end < source.length()) {
      char c = source.charAt(end);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if ((depth <= 0 && (c == ';' || c == '{' || c == '='))
          || (c == '/' && source.startsWith("/**", end))) {
        break;
      }
      end++;
    }
    String declaration =
        source
            .substring(at, Math.min(source.length(), end + 1))
            .replaceAll("@\\w+(?:\\([^()]*\\))?", "");
    Matcher found = wanted.matcher(declaration);
    return found.find()
        && (!(element instanceof ExecutableElement method)
            || hasParameters(declaration.substring(found.end()), method));
  }

  /** Whether the text after the opening bracket has the parameters of a method, by their types. */
  private static boolean hasParameters(String text, ExecutableElement method) {
    int close = text.lastIndexOf(')');
    String all = close < 0 ? text : text.substring(0, close);
    int throwing = all.indexOf(") throws");
    all = (throwing < 0 ? all : all.substring(0, throwing)).replaceAll("<[^<>]*>", "");
    while (all.contains("<")) {
      String less = all.replaceAll("<[^<>]*>", "");
      if (less.equals(all)) {
        return false;
      }
      all = less;
    }
    List<String> written =
        all.isBlank() ? List.of() : Arrays.stream(all.split(",")).map(Docs::typeOf).toList();
    List<? extends VariableElement> parameters = method.getParameters();
    if (written.size() != parameters.size()) {
      return false;
    }
    for (int i = 0; i < written.size(); i++) {
      String type =
          Members.shortName(parameters.get(i).asType()).replaceAll("<.*>", "").replace("...", "[]");
      if (!type.equals(written.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String typeOf(String parameter) {
    String type = parameter.strip().replaceFirst("^final\\s+", "").replaceFirst("\\s*\\w+$", "");
    return type.replace("...", "[]").replaceAll("\\s", "").replaceAll("^(?:[a-z]\\w*\\.)+", "");
  }

  private String source(TypeElement type, ModuleElement module, List<File> path) {
    String entry = type.getQualifiedName().toString().replace('.', '/') + ".java";
    String known = read.get(entry);
    if (known == null) {
      known = readSource(entry, module == null ? "" : module.getQualifiedName().toString(), path);
      read.put(entry, known == null ? "" : known);
    }
    return known == null || known.isEmpty() ? null : known;
  }

  private String readSource(String entry, String module, List<File> path) {
    try {
      if (!module.isEmpty()) {
        if (jdk == null) {
          File file = Path.of(System.getProperty("java.home"), "lib", "src.zip").toFile();
          jdk = file.isFile() ? new ZipFile(file) : null;
        }
        return jdk == null ? null : text(jdk, module + "/" + entry);
      }
      if (folder != null && Files.isRegularFile(folder.resolve(entry))) {
        return Files.readString(folder.resolve(entry));
      }
      for (File jar : path) {
        File sources = new File(jar.getPath().replaceFirst("\\.jar\\z", "-sources.jar"));
        if (sources.isFile() && !sources.equals(jar)) {
          try (ZipFile zip = new ZipFile(sources)) {
            return text(zip, entry);
          }
        }
      }
    } catch (IOException e) {
      // Then there is a signature without documentation.
    }
    return null;
  }

  private static String text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
