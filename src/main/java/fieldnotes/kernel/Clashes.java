package fieldnotes.kernel;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds the classes of jars to be added that will not be used, because a jar of the kernel, or one
 * added before, has them in another version and comes first.
 */
final class Clashes {
  /** The name of a jar as Maven repositories have it. */
  static final Pattern VERSIONED = Pattern.compile("(?<artifact>.+?)-(?<version>\\d[^/]*)\\.jar");

  /** What marks a jar that writes the log of SLF4J: the first since 2.0, the other before. */
  private static final List<String> PROVIDERS =
      List.of(
          "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
          "org/slf4j/impl/StaticLoggerBinder.class");

  private Clashes() {}

  /**
   * Notes for the user, each one line.
   *
   * @param loader has the class path as it is before the jars are added
   */
  static List<String> notes(List<Path> added, ClassLoader loader) {
    Set<String> versions = new LinkedHashSet<>();
    Map<String, Set<String>> packages = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (Path jar : added) {
      if (!jar.toString().endsWith(".jar") || !Files.isRegularFile(jar)) {
        continue;
      }
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        String name = jar.getFileName().toString();
        others(zip, loader)
            .forEach(
                (other, those) -> {
                  Matcher own = VERSIONED.matcher(name);
                  Matcher used = VERSIONED.matcher(other);
                  if (own.matches()
                      && used.matches()
                      && own.group("artifact").equals(used.group("artifact"))) {
                    versions.add(
                        "%s %s (not %s)"
                            .formatted(
                                used.group("artifact"),
                                used.group("version"),
                                own.group("version")));
                  } else {
                    packages
                        .computeIfAbsent(name + " and " + other, key -> new TreeSet<>())
                        .addAll(those);
                  }
                });
        provider(zip, name, loader, notes);
      } catch (IOException e) {
        // A jar that cannot be read has no classes; using it says why.
      }
    }
    if (!versions.isEmpty()) {
      notes.addFirst(
          "the class path has other versions of what was added, and they are used: %s. Code that"
                  .formatted(String.join(", ", versions))
              + " needs the added version may fail; run it outside this kernel.");
    }
    packages.forEach(
        (both, those) ->
            notes.add(
                "%s have different classes in %s; those of the second are used"
                    .formatted(both, String.join(", ", those))));
    return notes;
  }

  /** The packages of which other jars have other classes of the same name, by that jar. */
  private static Map<String, Set<String>> others(ZipFile zip, ClassLoader loader)
      throws IOException {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    Map<String, ZipFile> provided = new HashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.indexOf('/') < 0) {
        continue;
      }
      String folder = name.substring(0, name.lastIndexOf('/'));
      // One search for each package; a package is nearly always in one jar.
      if (!provided.containsKey(folder)) {
        provided.put(folder, jarOf(loader.getResource(name)));
      }
      ZipFile other = provided.get(folder);
      ZipEntry same = other == null ? null : other.getEntry(name);
      if (same != null && same.getCrc() != entry.getCrc()) {
        found
            .computeIfAbsent(
                Path.of(other.getName()).getFileName().toString(), key -> new TreeSet<>())
            .add(folder.replace('/', '.'));
      }
    }
    return found;
  }

  /** The jar of a resource, which the JDK keeps open for its class loaders; null if in none. */
  private static ZipFile jarOf(URL resource) throws IOException {
    if (resource != null && resource.getProtocol().equals("jar")) {
      URLConnection connection = resource.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return jar.getJarFile();
      }
    }
    return null;
  }

  private static void provider(ZipFile zip, String name, ClassLoader loader, List<String> notes)
      throws IOException {
    if (PROVIDERS.stream().noneMatch(one -> zip.getEntry(one) != null)) {
      return;
    }
    Enumeration<URL> known = loader.getResources(PROVIDERS.getFirst());
    ZipFile used = known.hasMoreElements() ? jarOf(known.nextElement()) : null;
    String other = used == null ? "none" : Path.of(used.getName()).getFileName().toString();
    if (!other.equals(name)) {
      notes.add(
          "%s is not used: this kernel has chosen what writes the log of SLF4J before, %s%s"
              .formatted(
                  name, other, other.startsWith("slf4j-nop") ? ", which writes nothing" : ""));
    }
  }
}
