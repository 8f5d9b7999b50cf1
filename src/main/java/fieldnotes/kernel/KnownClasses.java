package fieldnotes.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The public classes that a cell could import: those of the start and those of added jars. */
final class KnownClasses {
  private static final int PATIENCE_MILLIS = 100;

  /** Packages whose classes come first, the others by name. */
  private static final List<String> FIRST =
      List.of("fieldnotes.", "tech.tablesaw.api.", "tech.tablesaw.", "java.util.", "java.");

  private static final Set<String> USUAL =
      Set.of("tech.tablesaw.api", "java.lang", "java.util", "java.util.stream", "java.nio.file");

  private final List<CompletableFuture<ClassNames>> all = new ArrayList<>();

  KnownClasses(ClassNames start) {
    add(start);
  }

  synchronized void add(ClassNames names) {
    all.add(CompletableFuture.completedFuture(names));
  }

  /** Reads the classes of jars and folders that a magic has added, in the background. */
  synchronized void add(Collection<Path> paths) {
    CompletableFuture<ClassNames> read = new CompletableFuture<>();
    all.add(read);
    List<Path> of = List.copyOf(paths);
    Thread.ofPlatform()
        .daemon()
        .name("class names")
        .start(() -> read.complete(ClassNames.of(NameScan.of(of))));
  }

  private synchronized List<CompletableFuture<ClassNames>> sources() {
    return List.copyOf(all);
  }

  private List<String> collect(Function<ClassNames, List<String>> what) {
    TreeSet<String> found = new TreeSet<>();
    for (CompletableFuture<ClassNames> one : sources()) {
      ClassNames names =
          one.copy()
              .completeOnTimeout(ClassNames.NONE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .join();
      found.addAll(what.apply(names));
    }
    return new ArrayList<>(found);
  }

  /** The packages that have a class of this simple name, the library's own first. */
  List<String> packagesOf(String simpleName) {
    return places(simpleName, false);
  }

  /** The classes that have a nested one of this simple name, the library's own first. */
  List<String> ownersOf(String simpleName) {
    return places(simpleName, true);
  }

  /**
   * The packages that have a class of this simple name, then the usual classes that have a nested
   * one.
   */
  List<String> placesOf(String simpleName) {
    List<String> found = new ArrayList<>(packagesOf(simpleName));
    ownersOf(simpleName).stream().filter(of -> isUsual(packageOf(of))).forEach(found::add);
    return found;
  }

  private List<String> places(String simpleName, boolean nested) {
    return collect(names -> names.packagesOf(simpleName)).stream()
        .filter(of -> of.endsWith(ClassNames.NESTED) == nested)
        .map(of -> nested ? of.substring(0, of.length() - ClassNames.NESTED.length()) : of)
        .sorted(Comparator.comparingInt(KnownClasses::rank).thenComparing(of -> of))
        .toList();
  }

  /** The package of a class by its qualified name. */
  static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  List<String> classesIn(String packageName) {
    return collect(names -> names.classesIn(packageName));
  }

  List<String> startingWith(Begun begun) {
    return collect(names -> names.startingWith(begun));
  }

  List<String> packagesFrom(String prefix) {
    return collect(names -> names.packagesFrom(prefix));
  }

  /** Whether there is a package of this name, or one below it. */
  boolean isPackage(String name) {
    return !packagesFrom(name + ".").isEmpty() || !classesIn(name).isEmpty();
  }

  /** The names that a misspelt one may stand for, the nearest first. */
  List<String> near(String name) {
    int most = name.length() < 5 ? 1 : 2;
    record Near(String name, int distance, int rank) {}
    List<Near> found = new ArrayList<>();
    // A first letter is seldom wrong but in its case.
    String first = name.substring(0, 1);
    for (String one : startingWith(new Begun(first, true))) {
      if (Math.abs(one.length() - name.length()) <= most) {
        int distance = one.equalsIgnoreCase(name) ? 1 : Advice.distance(one, name);
        List<String> places = distance > 0 && distance <= most ? placesOf(one) : List.of();
        if (!places.isEmpty()) {
          found.add(new Near(one, distance, rank(places.getFirst())));
        }
      }
    }
    found.sort(
        Comparator.comparingInt((Near one) -> one.distance() + 2 * (one.rank() / 3))
            .thenComparingInt(Near::rank)
            .thenComparing(Near::name));
    return found.stream().map(Near::name).limit(3).toList();
  }

  /** The order of packages: the library's, Tablesaw's, the usual of Java, the rest of it. */
  static int rank(String packageName) {
    String prefix = packageName + ".";
    for (int i = 0; i < FIRST.size(); i++) {
      if (prefix.startsWith(FIRST.get(i))) {
        return i;
      }
    }
    return FIRST.size();
  }

  /** Whether a package's classes are what notebooks use most. */
  static boolean isUsual(String packageName) {
    return packageName.startsWith("fieldnotes.") || USUAL.contains(packageName);
  }
}
