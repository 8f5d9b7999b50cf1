package fieldnotes.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.dflib.jjava.jupyter.Extension;

/**
 * An index of the jars on the kernel's class path, stored in a file, so that a start does not open
 * them: the packages of each jar, the extensions, the classes of the packages that a start reads,
 * and the names of all public classes. It is valid only for the JDK and the jars from which it was
 * made.
 */
final class ClassIndex {
  private static final int FORMAT = 4;
  private static final String SERVICE = "META-INF/services/" + Extension.class.getName();

  private final List<Jar> jars;
  private final Map<String, int[]> jarsOf;
  private final List<String> extensions;
  private final Map<String, String[]> listings;

  /** The public classes of the class path and of the JDK, for completion. */
  private ClassNames names = ClassNames.NONE;

  private ClassIndex(
      List<Jar> jars,
      Map<String, int[]> jarsOf,
      List<String> extensions,
      Map<String, String[]> listings) {
    this.jars = jars;
    this.jarsOf = jarsOf;
    this.extensions = extensions;
    this.listings = listings;
  }

  /** A jar of the class path, opened when a class in it is first read. */
  static final class Jar {
    final File file;
    private JarFile opened;
    private String container;

    Jar(File file) {
      this.file = file;
    }

    /** What stands before its entries in a URI; made once, as it reads the file's attributes. */
    synchronized String container() {
      if (container == null) {
        container = "jar:" + file.toURI() + "!";
      }
      return container;
    }

    synchronized JarFile open() throws IOException {
      if (opened == null) {
        opened = new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version());
      }
      return opened;
    }
  }

  /**
   * Indexes a class path.
   *
   * @return the index; null if a manifest refers to other jars
   * @throws IOException if an entry cannot be read or is not a jar
   */
  static ClassIndex scan(String path) throws IOException {
    List<Jar> jars = jars(path);
    Map<String, int[]> jarsOf = new HashMap<>();
    List<String> extensions = new ArrayList<>();
    for (int i = 0; i < jars.size(); i++) {
      JarFile jar = jars.get(i).open();
      if (leadsElsewhere(jars.get(i).file, jar.getManifest())) {
        return null;
      }
      int number = i;
      jar.versionedStream()
          .map(entry -> entry.getName())
          .filter(ClassIndex::isClass)
          .map(ClassIndex::packageOf)
          .distinct()
          .forEach(name -> jarsOf.merge(name, new int[] {number}, ClassIndex::joined));
      if (jar.getEntry(SERVICE) != null) {
        new String(jar.getInputStream(jar.getEntry(SERVICE)).readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(extensions::add);
      }
    }
    return new ClassIndex(jars, jarsOf, extensions, new ConcurrentHashMap<>());
  }

  private static List<Jar> jars(String path) throws IOException {
    List<Jar> jars = new ArrayList<>();
    for (String one : path.split(File.pathSeparator)) {
      File file = new File(one);
      if (!one.endsWith(".jar") || !file.isFile()) {
        throw new IOException("not a jar: " + one);
      }
      jars.add(new Jar(file));
    }
    return jars;
  }

  private static boolean leadsElsewhere(File jar, Manifest manifest) {
    String more =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    return more != null
        && Arrays.stream(more.strip().split("\\s+"))
            .anyMatch(one -> new File(jar.getParentFile(), one).exists());
  }

  private static int[] joined(int[] before, int[] after) {
    int[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = after[0];
    return all;
  }

  private static boolean isClass(String entry) {
    return entry.endsWith(".class")
        && !entry.startsWith("META-INF/")
        && !entry.endsWith("module-info.class");
  }

  private static String packageOf(String entry) {
    return entry.substring(0, Math.max(0, entry.lastIndexOf('/'))).replace('/', '.');
  }

  /** Makes the extensions on the class path. */
  List<Extension> extensions(ClassLoader loader) {
    List<Extension> made = new ArrayList<>();
    for (String name : extensions) {
      try {
        made.add(
            Class.forName(name, true, loader)
                .asSubclass(Extension.class)
                .getConstructor()
                .newInstance());
      } catch (ReflectiveOperationException | LinkageError e) {
        throw new IllegalStateException("extension " + name + " cannot be created: " + e, e);
      }
    }
    return made;
  }

  List<Path> paths() {
    return jars.stream().map(jar -> jar.file.toPath()).toList();
  }

  /** The jars with classes of a package, in class path order. */
  List<Jar> jarsOf(String packageName) {
    int[] numbers = jarsOf.get(packageName);
    return numbers == null ? List.of() : Arrays.stream(numbers).mapToObj(jars::get).toList();
  }

  /** This package and all packages below it. */
  List<String> packagesFrom(String packageName) {
    return jarsOf.keySet().stream()
        .filter(
            one ->
                packageName.isEmpty()
                    || one.equals(packageName)
                    || one.startsWith(packageName + "."))
        .sorted()
        .toList();
  }

  /** The simple names of a package's classes in a jar, including nested ones. */
  String[] classes(Jar jar, String packageName) throws IOException {
    String key = jar.file + "/" + packageName;
    String[] known = listings.get(key);
    if (known == null) {
      String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
      known =
          jar.open()
              .versionedStream()
              .map(entry -> entry.getName())
              .filter(name -> isClass(name) && name.startsWith(folder))
              .map(name -> name.substring(folder.length(), name.length() - 6))
              .filter(name -> name.indexOf('/') < 0)
              .toArray(String[]::new);
      listings.put(key, known);
    }
    return known;
  }

  /** The names that {@link #remember} stored, or null. */
  String[] remembered(String module, String packageName) {
    return listings.get(module + "/" + packageName);
  }

  /** Stores the simple names of the classes in a package of the JDK. */
  void remember(String module, String packageName, String[] classes) {
    listings.put(module + "/" + packageName, classes);
  }

  ClassNames names() {
    return names;
  }

  /** Reads which public classes the jars and the JDK have, which takes seconds. */
  void readNames() throws IOException {
    Map<String, Collection<String>> all = new TreeMap<>(NameScan.ofJdk(module -> true));
    NameScan.of(paths()).forEach((of, classes) -> all.merge(of, classes, ClassNames::together));
    names = ClassNames.of(all);
  }

  /**
   * Reads the index from a file; null if there is none that is valid for this JDK and class path.
   */
  static ClassIndex read(Path file, String path) {
    try {
      byte[] all = Files.readAllBytes(file);
      int length = all.length - Long.BYTES;
      if (length < 0 || ByteBuffer.wrap(all).getLong(length) != checksum(all, length)) {
        return null;
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(all, 0, length));
      if (in.readInt() != FORMAT
          || !in.readUTF().equals(System.getProperty("java.home"))
          || !in.readUTF().equals(Runtime.version().toString())) {
        return null;
      }
      List<Jar> jars = new ArrayList<>();
      String[] names = path.split(File.pathSeparator);
      if (in.readInt() != names.length) {
        return null;
      }
      for (String name : names) {
        File jar = new File(name);
        if (!in.readUTF().equals(name)
            || in.readLong() != jar.length()
            || in.readLong() != jar.lastModified()) {
          return null;
        }
        jars.add(new Jar(jar));
      }
      int n = in.readInt();
      Map<String, int[]> jarsOf = HashMap.newHashMap(n);
      for (int i = 0; i < n; i++) {
        String name = in.readUTF();
        int[] numbers = new int[in.readInt()];
        for (int j = 0; j < numbers.length; j++) {
          numbers[j] = in.readInt();
        }
        jarsOf.put(name, numbers);
      }
      List<String> extensions = List.of(strings(in));
      n = in.readInt();
      Map<String, String[]> listings = new ConcurrentHashMap<>(2 * n);
      for (int i = 0; i < n; i++) {
        listings.put(in.readUTF(), strings(in));
      }
      ClassIndex read = new ClassIndex(jars, jarsOf, extensions, listings);
      read.names = ClassNames.read(in);
      return read;
    } catch (IOException e) {
      return null;
    }
  }

  /** Detects a file damaged by a power failure or a full disk. */
  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static String[] strings(DataInputStream in) throws IOException {
    String[] all = new String[in.readInt()];
    for (int i = 0; i < all.length; i++) {
      all[i] = in.readUTF();
    }
    return all;
  }

  /**
   * Writes the index with all packages read so far; the file is replaced whole or left alone.
   *
   * @throws FileSystemException naming the file and the reason, if it cannot be written
   */
  void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeUTF(System.getProperty("java.home"));
      out.writeUTF(Runtime.version().toString());
      out.writeInt(jars.size());
      for (Jar jar : jars) {
        out.writeUTF(jar.file.getPath());
        out.writeLong(jar.file.length());
        out.writeLong(jar.file.lastModified());
      }
      out.writeInt(jarsOf.size());
      for (Map.Entry<String, int[]> one : jarsOf.entrySet()) {
        out.writeUTF(one.getKey());
        out.writeInt(one.getValue().length);
        for (int number : one.getValue()) {
          out.writeInt(number);
        }
      }
      write(out, extensions.toArray(String[]::new));
      out.writeInt(listings.size());
      for (Map.Entry<String, String[]> one : listings.entrySet()) {
        out.writeUTF(one.getKey());
        write(out, one.getValue());
      }
      names.write(out);
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    }
    Path waiting = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.write(waiting, bytes.toByteArray());
      Files.move(
          waiting, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(waiting);
      } catch (IOException left) {
        e.addSuppressed(left); // the next write replaces it
      }
      throw e instanceof FileSystemException
          ? e
          : new FileSystemException(file.toString(), null, e.getMessage());
    }
  }

  private static void write(DataOutputStream out, String[] strings) throws IOException {
    out.writeInt(strings.length);
    for (String one : strings) {
      out.writeUTF(one);
    }
  }
}
