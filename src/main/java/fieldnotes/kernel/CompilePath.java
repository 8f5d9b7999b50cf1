package fieldnotes.kernel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Finds classes for the compiler in an index. Without it, the compiler opens and lists every jar of
 * the class path before the first cell and lists the JDK's base packages, which took half of the
 * kernel's start.
 *
 * <p>Entries that magics add later are handled by the compiler's own file manager.
 */
final class CompilePath extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private final String start;
  private final ClassIndex index;
  private final boolean recording;

  /**
   * Wraps a file manager.
   *
   * @param start the class path of the index
   * @param recording whether to store lookups in the JDK in the index
   */
  CompilePath(StandardJavaFileManager files, ClassIndex index, String start, boolean recording) {
    super(files);
    this.index = index;
    this.start = start;
    this.recording = recording;
    leaveToOther(List.of());
  }

  private void leaveToOther(List<Path> added) {
    try {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, added);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean handleOption(String option, Iterator<String> rest) {
    if (!option.equals("-classpath")) {
      return super.handleOption(option, rest);
    }
    // JShell passes the class path of the start, with added entries at the end.
    String path = rest.next();
    String added = path.startsWith(start) ? path.substring(start.length()) : path;
    leaveToOther(
        Arrays.stream(added.split(File.pathSeparator))
            .filter(one -> !one.isEmpty())
            .map(Path::of)
            .toList());
    return true;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (!kinds.contains(JavaFileObject.Kind.CLASS)) {
      return super.list(location, packageName, kinds, recurse);
    }
    if (location == StandardLocation.CLASS_PATH) {
      List<JavaFileObject> found = new ArrayList<>();
      for (String one : recurse ? index.packagesFrom(packageName) : List.of(packageName)) {
        addFromJars(one, found);
      }
      super.list(location, packageName, kinds, recurse).forEach(found::add);
      return found;
    }
    String module = recurse ? null : systemModule(location);
    if (module == null) {
      return super.list(location, packageName, kinds, recurse);
    }
    String[] names = index.remembered(module, packageName);
    if (names == null) {
      Iterable<JavaFileObject> found = super.list(location, packageName, kinds, false);
      if (!recording) {
        return found;
      }
      int prefix = packageName.isEmpty() ? 0 : packageName.length() + 1;
      names =
          StreamSupport.stream(found.spliterator(), false)
              .filter(
                  one -> one.getKind() == JavaFileObject.Kind.CLASS) // not java.lang's data files
              .map(one -> super.inferBinaryName(location, one).substring(prefix))
              .toArray(String[]::new);
      index.remember(module, packageName, names);
    }
    return ofModule(location, module, packageName, names);
  }

  private void addFromJars(String packageName, List<JavaFileObject> found) throws IOException {
    for (ClassIndex.Jar jar : index.jarsOf(packageName)) {
      for (String name : index.classes(jar, packageName)) {
        found.add(inJar(jar, binary(packageName, name)));
      }
    }
  }

  private static IndexedClass inJar(ClassIndex.Jar jar, String binaryName) {
    return new IndexedClass(
        binaryName,
        jar.container(),
        () ->
            jar.open()
                .getInputStream(jar.open().getJarEntry(binaryName.replace('.', '/') + ".class")));
  }

  private List<JavaFileObject> ofModule(
      Location location, String module, String packageName, String[] names) {
    List<JavaFileObject> found = new ArrayList<>(names.length);
    for (String name : names) {
      String binaryName = binary(packageName, name);
      found.add(
          new IndexedClass(
              binaryName,
              "jrt:/" + module,
              () ->
                  fileManager
                      .getJavaFileForInput(location, binaryName, JavaFileObject.Kind.CLASS)
                      .openInputStream()));
    }
    return found;
  }

  private static String binary(String packageName, String name) {
    return packageName.isEmpty() ? name : packageName + "." + name;
  }

  /** The name of the JDK module at this location, or null. */
  private String systemModule(Location location) throws IOException {
    return location.isModuleOrientedLocation()
            || location instanceof StandardLocation
            || !location.getName().startsWith("SYSTEM_MODULES[")
        ? null
        : fileManager.inferModuleName(location);
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof IndexedClass one
        ? one.binaryName()
        : super.inferBinaryName(location, file);
  }

  @Override
  public JavaFileObject getJavaFileForInput(
      Location location, String className, JavaFileObject.Kind kind) throws IOException {
    if (location == StandardLocation.CLASS_PATH && kind == JavaFileObject.Kind.CLASS) {
      String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
      for (ClassIndex.Jar jar : index.jarsOf(packageName)) {
        if (jar.open().getEntry(className.replace('.', '/') + ".class") != null) {
          return inJar(jar, className);
        }
      }
    }
    return super.getJavaFileForInput(location, className, kind);
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return file instanceof IndexedClass one
        ? one.isInJar() && location == StandardLocation.CLASS_PATH
        : super.contains(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    boolean indexed = a instanceof IndexedClass || b instanceof IndexedClass;
    return indexed ? a.equals(b) : super.isSameFile(a, b);
  }

  // Methods of a standard file manager that the forwarding one lacks

  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    Iterable<? extends Path> own = fileManager.getLocationAsPaths(location);
    if (location != StandardLocation.CLASS_PATH) {
      return own;
    }
    List<Path> all = new ArrayList<>(index.paths());
    own.forEach(all::add);
    return all;
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    if (location != StandardLocation.CLASS_PATH) {
      return fileManager.getLocation(location);
    }
    List<File> all = new ArrayList<>();
    getLocationAsPaths(location).forEach(path -> all.add(path.toFile()));
    return all;
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
    fileManager.setLocation(location, files);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public void setLocationForModule(
      Location location, String moduleName, Collection<? extends Path> paths) throws IOException {
    fileManager.setLocationForModule(location, moduleName, paths);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(Path... paths) {
    return fileManager.getJavaFileObjects(paths);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromPaths(
      Collection<? extends Path> paths) {
    return fileManager.getJavaFileObjectsFromPaths(paths);
  }

  @Override
  public Path asPath(FileObject file) {
    return fileManager.asPath(file);
  }
}
