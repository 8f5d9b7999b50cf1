package fieldnotes.kernel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The public classes of jars and of the JDK: by name all, by package those of the top level. They
 * are kept as two sorted texts, which a search halves, so that a start need not take them apart.
 */
final class ClassNames {
  /** Ends the name of a class where the package of another stands that is nested in it. */
  static final String NESTED = "$";

  static final ClassNames NONE = new ClassNames(new byte[0], new byte[0]);

  /** Lines {@code Name TAB package TAB package}, sorted. */
  private final byte[] namesFirst;

  /** Lines {@code package TAB Name TAB Name}, sorted. */
  private final byte[] packagesFirst;

  private volatile String byName;
  private volatile String byPackage;

  private ClassNames(byte[] namesFirst, byte[] packagesFirst) {
    this.namesFirst = namesFirst;
    this.packagesFirst = packagesFirst;
  }

  /** Of the simple names in each package, and in each class, whose name ends with the sign. */
  static ClassNames of(Map<String, ? extends Collection<String>> packages) {
    TreeMap<String, TreeSet<String>> byName = new TreeMap<>();
    packages.forEach(
        (of, names) ->
            names.forEach(name -> byName.computeIfAbsent(name, n -> new TreeSet<>()).add(of)));
    TreeMap<String, Collection<String>> topLevel = new TreeMap<>(packages);
    topLevel.keySet().removeIf(of -> of.endsWith(NESTED));
    return new ClassNames(lines(byName), lines(topLevel));
  }

  /** Both collections in one. */
  static Collection<String> together(Collection<String> some, Collection<String> others) {
    TreeSet<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private static byte[] lines(Map<String, ? extends Collection<String>> sorted) {
    StringBuilder text = new StringBuilder();
    sorted.forEach(
        (key, values) -> {
          text.append(key);
          new TreeSet<>(values).forEach(value -> text.append('\t').append(value));
          text.append('\n');
        });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static ClassNames read(DataInputStream in) throws IOException {
    return new ClassNames(in.readNBytes(in.readInt()), in.readNBytes(in.readInt()));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(namesFirst.length);
    out.write(namesFirst);
    out.writeInt(packagesFirst.length);
    out.write(packagesFirst);
  }

  private String byName() {
    if (byName == null) {
      byName = new String(namesFirst, StandardCharsets.UTF_8);
    }
    return byName;
  }

  private String byPackage() {
    if (byPackage == null) {
      byPackage = new String(packagesFirst, StandardCharsets.UTF_8);
    }
    return byPackage;
  }

  /** The packages, and the classes with the sign, that have a class of this simple name. */
  List<String> packagesOf(String simpleName) {
    return values(byName(), simpleName);
  }

  /** The simple names of the classes of a package. */
  List<String> classesIn(String packageName) {
    return values(byPackage(), packageName);
  }

  /** The simple names that begin so. */
  List<String> startingWith(Begun begun) {
    List<String> found = new ArrayList<>();
    if (begun.anyCase()) {
      String text = byName();
      for (int line = 0; line < text.length(); line = text.indexOf('\n', line) + 1) {
        if (text.regionMatches(true, line, begun.text(), 0, begun.text().length())) {
          found.add(text.substring(line, text.indexOf('\t', line)));
        }
      }
    } else {
      each(byName(), begun.text(), found::add);
    }
    return found;
  }

  /** The packages whose names begin so, as far as the next dot: {@code java.} has java.util. */
  List<String> packagesFrom(String prefix) {
    TreeSet<String> found = new TreeSet<>();
    each(
        byPackage(),
        prefix,
        name -> {
          int dot = name.indexOf('.', prefix.length());
          found.add(dot < 0 ? name : name.substring(0, dot));
        });
    return List.copyOf(found);
  }

  private static List<String> values(String text, String key) {
    int line = firstFrom(text, key + "\t");
    if (!text.startsWith(key + "\t", line)) {
      return List.of();
    }
    int end = text.indexOf('\n', line);
    return List.of(text.substring(line + key.length() + 1, end).split("\t", -1));
  }

  private static void each(String text, String prefix, Consumer<String> take) {
    int line = firstFrom(text, prefix);
    while (line < text.length() && text.startsWith(prefix, line)) {
      take.accept(text.substring(line, text.indexOf('\t', line)));
      line = text.indexOf('\n', line) + 1;
    }
  }

  /** Where the first line begins that does not sort before a text. */
  private static int firstFrom(String text, String wanted) {
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = text.lastIndexOf('\n', (low + high) / 2 - 1) + 1;
      if (middle < low) {
        middle = low;
      }
      if (compare(text, middle, wanted) < 0) {
        low = text.indexOf('\n', middle) + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int compare(String text, int at, String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      char c = at + i < text.length() ? text.charAt(at + i) : '\n';
      if (c != wanted.charAt(i)) {
        return Character.compare(c, wanted.charAt(i));
      }
    }
    return 0;
  }
}
