package fieldnotes.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    List<String> found = collect(names -> names.packagesOf(simpleName));
    found.sort(Comparator.comparingInt(KnownClasses::rank).thenComparing(name -> name));
    return found;
  }

  List<String> classesIn(String packageName) {
    return collect(names -> names.classesIn(packageName));
  }

  List<String> startingWith(String prefix) {
    return collect(names -> names.startingWith(prefix));
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
    TreeSet<String> candidates = new TreeSet<>(startingWith(first.toUpperCase(Locale.ROOT)));
    candidates.addAll(startingWith(first.toLowerCase(Locale.ROOT)));
    for (String one : candidates) {
      if (Math.abs(one.length() - name.length()) <= most) {
        int distance = one.equalsIgnoreCase(name) ? 1 : Advice.distance(one, name);
        if (distance > 0 && distance <= most) {
          found.add(new Near(one, distance, rank(packagesOf(one).getFirst())));
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
