package fieldnotes.kernel;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which packages and classes the imports of a compilation unit bring. */
final class Imports {
  private final Set<String> packages = new HashSet<>(Set.of("java.lang"));
  private final Set<String> classes = new HashSet<>();

  Imports(CompilationUnitTree unit) {
    for (ImportTree one : unit.getImports()) {
      String name = one.getQualifiedIdentifier().toString();
      if (one.isModule()) {
        module(name, new HashSet<>());
      } else if (!one.isStatic() && name.endsWith(".*")) {
        packages.add(name.substring(0, name.length() - 2));
      } else if (!one.isStatic()) {
        classes.add(name);
      }
    }
  }

  private void module(String name, Set<String> seen) {
    Optional<ModuleDescriptor> found =
        ModuleLayer.boot().findModule(name).map(Module::getDescriptor);
    if (found.isPresent() && seen.add(name)) {
      found.get().exports().stream()
          .filter(one -> !one.isQualified())
          .forEach(one -> packages.add(one.source()));
      found.get().requires().stream()
          .filter(one -> one.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
          .forEach(one -> module(one.name(), seen));
    }
  }

  boolean has(String packageName, String simpleName) {
    return packages.contains(packageName) || classes.contains(packageName + "." + simpleName);
  }

  /** The package from which a simple name is imported, if it is. */
  Optional<String> packageOf(String simpleName, List<String> candidates) {
    return candidates.stream().filter(of -> has(of, simpleName)).findFirst();
  }
}
