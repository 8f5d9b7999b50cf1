package fieldnotes.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Reads which public classes jars, folders and the JDK have, also those nested in them. */
final class NameScan {
  /** Packages that their authors mark as no interface of theirs. */
  private static final Pattern INTERNAL =
      Pattern.compile("(?:^|.*\\.)(?:internal|shaded|repackaged|relocated|thirdparty)(?:\\..*|$)");

  /** How an entry of a jar, a folder or a module is opened. */
  private interface Opener {
    InputStream open(String entry) throws IOException;
  }

  private final Map<String, TreeSet<String>> packages = new TreeMap<>();

  private NameScan() {}

  /** The classes of the modules of the JDK that this process has, as far as wanted. */
  static Map<String, ? extends Collection<String>> ofJdk(Predicate<String> wanted)
      throws IOException {
    NameScan scan = new NameScan();
    for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
      if (wanted.test(module.name())) {
        scan.module(module.reference());
      }
    }
    return scan.packages;
  }

  /** The classes of jars and folders; what cannot be read has none. */
  static Map<String, ? extends Collection<String>> of(Iterable<Path> paths) {
    NameScan scan = new NameScan();
    for (Path path : paths) {
      try {
        if (Files.isDirectory(path)) {
          scan.folder(path);
        } else if (Files.isRegularFile(path)) {
          scan.jar(path);
        }
      } catch (IOException | RuntimeException e) {
        // Not an archive, or damaged: the compiler reports it where it is used.
      }
    }
    return scan.packages;
  }

  private void module(ModuleReference module) throws IOException {
    Set<String> exported = new HashSet<>();
    module.descriptor().exports().stream()
        .filter(one -> !one.isQualified())
        .forEach(one -> exported.add(one.source()));
    try (ModuleReader reader = module.open();
        Stream<String> entries = reader.list()) {
      entries(
          entries,
          exported::contains,
          entry ->
              reader
                  .open(entry)
                  .orElseThrow(() -> new IOException("no " + entry + " in " + module)));
    }
  }

  private void jar(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
        Stream<String> entries = jar.versionedStream().map(one -> one.getName())) {
      entries(entries, name -> true, entry -> jar.getInputStream(jar.getJarEntry(entry)));
    }
  }

  private void folder(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      entries(
          files.map(file -> root.relativize(file).toString().replace('\\', '/')),
          name -> true,
          entry -> Files.newInputStream(root.resolve(entry)));
    }
  }

  private void entries(Stream<String> entries, Predicate<String> wanted, Opener opener) {
    entries
        .filter(
            entry ->
                entry.endsWith(".class")
                    && entry.indexOf('/') > 0
                    && entry.indexOf('$') < 0
                    && entry.indexOf('-') < 0
                    && !entry.startsWith("META-INF/"))
        .forEach(
            entry -> {
              int slash = entry.lastIndexOf('/');
              String of = entry.substring(0, slash).replace('/', '.');
              if (wanted.test(of) && !INTERNAL.matcher(of).matches()) {
                read(entry, of, entry.substring(slash + 1, entry.length() - 6), opener);
              }
            });
  }

  private void read(String entry, String of, String name, Opener opener) {
    try (InputStream in = opener.open(entry)) {
      ClassModel model = ClassFile.of().parse(in.readAllBytes());
      if (model.flags().has(AccessFlag.PUBLIC) && !model.flags().has(AccessFlag.SYNTHETIC)) {
        packages.computeIfAbsent(of, one -> new TreeSet<>()).add(name);
        model
            .findAttribute(Attributes.innerClasses())
            .ifPresent(inner -> nested(of + "." + name + ClassNames.NESTED, model, inner));
      }
    } catch (IOException | IllegalArgumentException e) {
      // not a class, or one of a newer JDK
    }
  }

  private void nested(String of, ClassModel model, InnerClassesAttribute inner) {
    for (InnerClassInfo one : inner.classes()) {
      if (one.has(AccessFlag.PUBLIC)
          && !one.has(AccessFlag.SYNTHETIC)
          && one.outerClass().filter(outer -> isSame(outer, model.thisClass())).isPresent()) {
        one.innerName()
            .ifPresent(
                name ->
                    packages.computeIfAbsent(of, owner -> new TreeSet<>()).add(name.stringValue()));
      }
    }
  }

  private static boolean isSame(ClassEntry one, ClassEntry other) {
    return one.asInternalName().equals(other.asInternalName());
  }
}
