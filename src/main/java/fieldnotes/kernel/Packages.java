package fieldnotes.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Completes the names of packages, and what imports can name. */
final class Packages {
  private static final Pattern IMPORT =
      Pattern.compile(
          "\\s*import\\s+(?:(?<kind>static|module)\\s+)?(?<name>(?:[\\w$]+\\s*\\.\\s*)*)[\\w$]*\\z");

  private final CellView view;
  private final KnownClasses known;

  Packages(CellView view) {
    this.view = view;
    this.known = view.known();
  }

  /**
   * Completes an import.
   *
   * @return whether the statement is one
   */
  boolean addImport(Candidates found, String statement, Begun begun) {
    String prefix = begun.text();
    Matcher one = IMPORT.matcher(statement.substring(CellParts.codeStart(statement)));
    if (!one.matches()) {
      return false;
    }
    String kind = one.group("kind") == null ? "" : one.group("kind");
    String name = one.group("name").replaceAll("\\s", "").replaceAll("\\.\\z", "");
    if (kind.equals("module")) {
      modules(found, name.isEmpty() ? prefix : name + "." + prefix, name.length() + 1, name);
      return true;
    }
    if (name.isEmpty()) {
      addTop(found, prefix);
      Stream.of("static", "module")
          .filter(word -> kind.isEmpty() && !prefix.isEmpty() && word.startsWith(prefix))
          .forEach(word -> found.add(word, "keyword", ""));
      return true;
    }
    if (known.isPackage(name)) {
      add(found, name, begun);
      if (prefix.isEmpty() && kind.isEmpty() && !known.classesIn(name).isEmpty()) {
        found.add("*;", "class", "all %d classes".formatted(known.classesIn(name).size()));
      }
    } else {
      members(found, name, begun, kind.equals("static"));
    }
    return true;
  }

  /** The first parts of the names of packages. */
  void addTop(Candidates found, String prefix) {
    known.packagesFrom(prefix).stream()
        .sorted(Comparator.comparingInt(KnownClasses::rank).thenComparing(name -> name))
        .forEach(name -> found.add(name, "module", "package"));
  }

  /** The packages in a package, then its classes. */
  void add(Candidates found, String packageName, Begun begun) {
    String from = packageName + ".";
    known.packagesFrom(from + begun.text()).stream()
        .map(name -> name.substring(from.length()))
        .filter(name -> !name.isEmpty())
        .forEach(name -> found.add(name, "module", "package"));
    known.classesIn(packageName).stream()
        .filter(begun::begins)
        .forEach(name -> found.add(name, "class", packageName));
  }

  private void modules(Candidates found, String begun, int cut, String before) {
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.getName().startsWith(begun))
        .filter(module -> !module.getName().startsWith("jdk.internal."))
        .map(module -> module.getName().substring(before.isEmpty() ? 0 : cut))
        .sorted()
        .forEach(name -> found.add(name, "module", "module"));
  }

  /** What a class has to import: nested classes, and by a static import methods and fields. */
  private void members(Candidates found, String className, Begun begun, boolean statics) {
    view.see(
        "",
        "",
        members -> {
          TypeElement type = members.seen().elements().getTypeElement(className);
          if (type != null) {
            List<Element> all =
                members.of(type.asType(), true).stream()
                    .filter(one -> begun.begins(one.getSimpleName()))
                    .filter(one -> statics || one instanceof TypeElement)
                    .filter(one -> one.getModifiers().contains(Modifier.STATIC))
                    .toList();
            Members.byName(all)
                .values()
                .forEach(group -> Completion.add(found, members, type.asType(), group, "", false));
          }
          return null;
        });
    withoutBrackets(found, begun.text(), statics);
  }

  private static void withoutBrackets(Candidates found, String prefix, boolean statics) {
    List<Candidates.One> all = found.list();
    found.clear();
    all.forEach(
        one -> found.add(one.text().replaceAll("\\(\\)?\\z", ""), one.kind(), one.signature()));
    if (statics && prefix.isEmpty() && !all.isEmpty()) {
      found.add("*;", "class", "all static members");
    }
  }
}
