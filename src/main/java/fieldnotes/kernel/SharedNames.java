package fieldnotes.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** {@code %fieldnotes}: what is imported from the start, and which names several packages have. */
final class SharedNames {
  /**
   * A class name that several imported packages have.
   *
   * @param used the class that it means, or null if the compiler refuses it
   * @param others the other classes
   */
  record Shared(String name, String used, List<String> others) {}

  private static final String MODULE = "java.base";

  private final DefaultImports imports;
  private final ClassLoader loader;

  SharedNames(DefaultImports imports, ClassLoader loader) {
    this.imports = imports;
    this.loader = loader;
  }

  static void register(JavaKernel kernel) {
    ((Registry) kernel.getMagicsRegistry())
        .line(
            "%fieldnotes",
            "shows what is imported from the start, and which names several packages have",
            (k, args) -> {
              kernel.display(
                  new SharedNames(kernel.imports(), kernel.evaluator().classLoader()).shown());
              return null;
            });
  }

  /** The names by what they mean; sorted. */
  List<Shared> shared() {
    Map<String, List<String>> ofPackages = new TreeMap<>();
    Map<String, List<String>> ofModule = new TreeMap<>();
    Map<String, String> single =
        imports.all().stream()
            .filter(one -> !one.isAll() && !one.isStatic())
            .collect(Collectors.toMap(DefaultImports.One::name, o -> o.from() + "." + o.name()));
    try (StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      for (DefaultImports.One one : imports.all()) {
        if (!one.isStatic() && imports.isWhole(one.from())) {
          add(files, StandardLocation.CLASS_PATH, one.from(), ofPackages);
        }
      }
      JavaFileManager.Location module =
          files.getLocationForModule(StandardLocation.SYSTEM_MODULES, MODULE);
      for (ModuleDescriptor.Exports exported : Object.class.getModule().getDescriptor().exports()) {
        if (!exported.isQualified()) {
          add(files, module, exported.source(), ofModule);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Shared> found = new ArrayList<>();
    ofPackages.forEach(
        (name, own) -> {
          List<String> all = new ArrayList<>(own);
          all.addAll(ofModule.getOrDefault(name, List.of()));
          if (all.size() > 1) {
            String used = single.getOrDefault(name, own.size() == 1 ? own.getFirst() : null);
            all.remove(used);
            found.add(new Shared(name, used, all));
          }
        });
    return found;
  }

  /** Adds the public classes of a package. */
  private void add(
      StandardJavaFileManager files,
      JavaFileManager.Location from,
      String packageName,
      Map<String, List<String>> into)
      throws IOException {
    for (JavaFileObject file :
        files.list(from, packageName, Set.of(JavaFileObject.Kind.CLASS), false)) {
      String name = files.inferBinaryName(from, file);
      if (name.indexOf('$') < 0 && isPublic(name)) {
        into.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), simple -> new ArrayList<>())
            .add(name);
      }
    }
  }

  private boolean isPublic(String name) {
    try {
      return Modifier.isPublic(Class.forName(name, false, loader).getModifiers());
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  DisplayData shown() {
    List<String> rows = new ArrayList<>();
    Map<String, List<String>> byRoot = new TreeMap<>();
    for (DefaultImports.One one : imports.all()) {
      if (imports.isWhole(one.from()) && !one.isStatic()) {
        int dot = one.from().lastIndexOf('.');
        byRoot
            .computeIfAbsent(one.from().substring(0, Math.max(0, dot)), root -> new ArrayList<>())
            .add(one.from().substring(dot + 1));
      } else if (one.isStatic() || !one.isAll()) {
        rows.add(one.line().replaceFirst("import ", "").replace(";", ""));
      }
    }
    byRoot.forEach((root, names) -> rows.add(root + ": " + String.join(", ", names)));
    rows.sort(null);
    rows.add(
        "module %s: java.util, java.util.stream, java.nio.file, java.time, …".formatted(MODULE));
    List<String> names =
        shared().stream()
            .map(
                one ->
                    "%s is %s, not %s"
                        .formatted(
                            one.name(),
                            one.used() == null ? "ambiguous" : one.used(),
                            String.join(" or ", one.others())))
            .toList();
    List<String> missing =
        imports.refused().entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .toList();
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    section(text, html, "Imported from the start", rows);
    section(text, html, "Not imported", missing);
    section(text, html, "Names that several of these have", names);
    section(
        text,
        html,
        "Another class is meant",
        List.of(
            "what a cell declares or imports comes first: import java.text.Format;",
            "or write the name in full: java.text.Format"));
    DisplayData data = new DisplayData(text.toString().stripTrailing());
    data.putHTML(html.toString());
    return data;
  }

  private static void section(
      StringBuilder text, StringBuilder html, String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.append(title).append('\n');
    html.append("<p><b>").append(Help.escape(title)).append("</b></p><ul>");
    for (String line : lines) {
      text.append("  ").append(line).append('\n');
      html.append("<li><code>").append(Help.escape(line)).append("</code></li>");
    }
    html.append("</ul>");
  }
}
