package fieldnotes.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** The magics that add libraries, under the names of IJava, JJava and the kernel of rapaio. */
final class Dependencies {
  private static final List<String> SCOPES = List.of("compile", "runtime");

  private final JavaKernel kernel;
  private final Set<String> waiting = new LinkedHashSet<>();
  private Maven maven;

  private Dependencies(JavaKernel kernel) {
    this.kernel = kernel;
  }

  static void register(JavaKernel kernel) {
    Dependencies magics = new Dependencies(kernel);
    Registry all = (Registry) kernel.getMagicsRegistry();
    all.line(
        "%jars FILE…",
        "adds jars to the class path; *.jar matches several",
        (k, args) -> magics.jars(args),
        List.of("addJars"));
    all.line(
        "%classpath PATH…",
        "adds jars or folders to the class path",
        (k, args) -> magics.classpath(args),
        List.of("addClasspath"));
    all.line(
        "%maven GROUP:ARTIFACT:VERSION…",
        "adds libraries with what they need, from Maven repositories",
        (k, args) -> magics.maven(args),
        List.of("addMavenDependency", "addMavenDependencies"));
    all.line(
        "%mavenRepo NAME URL",
        "adds a Maven repository", (k, args) -> magics.repository("mavenRepo", args));
    all.line(
        "%addMavenRepo NAME URL",
        "as %mavenRepo", (k, args) -> magics.repository("addMavenRepo", args));
    all.line(
        "%dependency /add GROUP:ARTIFACT:VERSION… | /resolve | /list-dependencies",
        "adds libraries like %maven, as notebooks of rapaio's kernel do",
        (k, args) -> magics.dependency(args));
    all.line(
        "%loadFromPOM FILE [SCOPE…]",
        "adds the dependencies of a Maven project", (k, args) -> magics.loadFromPom(args));
    all.cell(
        "%%loadFromPOM [SCOPE…]",
        "adds the dependencies in a piece of a POM",
        (k, args, body) -> magics.fromPom("%%loadFromPOM", body, null, magics.scopes(args)),
        List.of());
  }

  private List<String> jars(List<String> patterns) {
    List<Path> found = new ArrayList<>();
    for (String pattern : patterns) {
      List<Path> jars =
          matching(() -> PathsHandler.resolveGlobs(pattern)).stream()
              .filter(p -> p.toString().endsWith(".jar") && Files.exists(p))
              .toList();
      found.addAll(jars);
      if (jars.isEmpty()) {
        throw new MagicFailure(
            "%%jars %s: no such jar; relative paths start at %s".formatted(pattern, here()));
      }
    }
    return add(found);
  }

  private List<String> classpath(List<String> patterns) {
    List<Path> found = new ArrayList<>();
    for (String pattern : patterns) {
      List<Path> some = matching(() -> PathsHandler.splitAndResolveGlobs(pattern));
      if (some.stream().noneMatch(Files::exists)) {
        throw new MagicFailure(
            "%%classpath %s: no such file or folder; relative paths start at %s"
                .formatted(pattern, here()));
      }
      found.addAll(some);
    }
    return add(found);
  }

  /** The files that match a pattern; none if its folder does not exist. */
  private static List<Path> matching(Supplier<List<Path>> search) {
    try {
      return search.get();
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  private static Path here() {
    return Path.of("").toAbsolutePath();
  }

  private List<String> add(List<Path> paths) {
    kernel.addToClasspath(paths);
    return paths.stream().map(p -> p.toAbsolutePath().toString()).toList();
  }

  private synchronized Maven maven() {
    if (maven == null) {
      maven = Maven.ofUser();
    }
    return maven;
  }

  /** Coordinates, with IJava's options: {@code --from=URL} and {@code -v}. */
  private List<String> maven(List<String> arguments) throws Exception {
    List<String> coordinates = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String one = arguments.get(i);
      if (one.equals("--from") || one.equals("-f")) {
        if (i + 1 == arguments.size()) {
          throw new MagicFailure("%maven: --from needs the URL of a repository");
        }
        from(arguments.get(++i));
      } else if (one.startsWith("--from=")) {
        from(one.substring("--from=".length()));
      } else if (!one.equals("-v") && !one.equals("--verbose")) {
        if (one.startsWith("-")) {
          throw new MagicFailure("%%maven: no option %s; it has --from=URL".formatted(one));
        }
        coordinates.add(one);
      }
    }
    if (coordinates.isEmpty()) {
      throw new MagicFailure(
          "%maven: needs group:artifact:version, or group:artifact:type:classifier:version");
    }
    return resolve(coordinates);
  }

  private void from(String url) {
    if (url.contains(":/")) { // Ivy's names of repositories, such as central, are known
      maven().addRepository("from-" + Integer.toHexString(url.hashCode()), url);
    }
  }

  private List<String> resolve(List<String> coordinates) throws Exception {
    Family family = new Family(System.getProperty("java.class.path"));
    List<String> notes = new ArrayList<>();
    @SuppressWarnings("unchecked")
    List<Path> jars =
        (List<Path>)
            kernel.evaluator().runAsCell(() -> maven().resolve(coordinates, family, notes));
    notes.forEach(kernel.printer()::note);
    return add(jars);
  }

  private Object repository(String magic, List<String> arguments) {
    if (arguments.size() != 2) {
      throw new MagicFailure("%%%s: needs an id and a URL".formatted(magic));
    }
    if (!arguments.get(1).matches("[a-z]+:/.*")) {
      throw new MagicFailure(
          "%%%s: the URL is '%s': must begin with https:// or file:/"
              .formatted(magic, arguments.get(1)));
    }
    maven().addRepository(arguments.get(0), arguments.get(1));
    return null;
  }

  /** The commands of rapaio's kernel. */
  private Object dependency(List<String> arguments) throws Exception {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    switch (command) {
      case "/add" -> {
        List<String> coordinates = rest.stream().filter(one -> !one.startsWith("-")).toList();
        if (coordinates.isEmpty()) {
          throw new MagicFailure("%%dependency /add: needs group:artifact:version".formatted());
        }
        coordinates.forEach(Maven::check);
        waiting.addAll(coordinates);
      }
      case "/resolve" -> {
        List<String> coordinates = List.copyOf(waiting);
        List<String> jars = coordinates.isEmpty() ? List.of() : resolve(coordinates);
        waiting.clear();
        kernel
            .printer()
            .line("%d jars of %d dependencies".formatted(jars.size(), coordinates.size()));
      }
      case "/repo" -> repository("dependency /repo", rest);
      case "/list-dependencies" ->
          kernel
              .printer()
              .line(waiting.isEmpty() ? "none waits for /resolve" : String.join("\n", waiting));
      case "/list-repos" ->
          maven().repositories().forEach((id, url) -> kernel.printer().line(id + " " + url));
      default ->
          throw new MagicFailure(
              "%%dependency %s: must be /add group:artifact:version, /resolve, /repo id URL,"
                      .formatted(command)
                  + " /list-dependencies or /list-repos");
    }
    return null;
  }

  private List<String> scopes(List<String> arguments) {
    return arguments.isEmpty() ? SCOPES : List.copyOf(arguments);
  }

  private Object loadFromPom(List<String> arguments) throws Exception {
    if (arguments.isEmpty()) {
      throw new MagicFailure("%loadFromPOM: needs a file, for example pom.xml");
    }
    Path file = Path.of(arguments.getFirst());
    if (!Files.isRegularFile(file)) {
      throw new MagicFailure(
          "%%loadFromPOM %s: no such file; relative paths start at %s".formatted(file, here()));
    }
    return fromPom(
        "%loadFromPOM " + file,
        read(file),
        file.toAbsolutePath(),
        scopes(arguments.subList(1, arguments.size())));
  }

  private static String read(Path file) {
    try {
      return Magics.text(file);
    } catch (IOException e) {
      throw new MagicFailure("%%loadFromPOM %s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private Object fromPom(String where, String text, Path file, List<String> scopes)
      throws Exception {
    Pom pom =
        (Pom)
            kernel
                .evaluator()
                .runAsCell(
                    () ->
                        Pom.read(where, text, scopes, raw -> maven().effective(where, raw, file)));
    pom.repositories().forEach((id, url) -> maven().addRepository(id, url));
    if (!pom.coordinates().isEmpty()) {
      resolve(pom.coordinates());
    }
    return null;
  }
}
