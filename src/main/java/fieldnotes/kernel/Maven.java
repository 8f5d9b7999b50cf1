package fieldnotes.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.interpolation.ModelInterpolator;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Resolves {@code group:artifact:version} and its dependencies as Maven does: into the user's local
 * repository, from Maven Central unless the user's settings name a mirror.
 */
final class Maven {
  private static final String CENTRAL_VARIABLE =
      "${" + ModelInterpolator.MAVEN_REPO_CENTRAL_KEY + "}";
  private static final String CENTRAL =
      System.getProperty(
          ModelInterpolator.MAVEN_REPO_CENTRAL_KEY,
          ModelInterpolator.DEFAULT_MAVEN_REPO_CENTRAL_URL);

  private final Path settingsFile;
  private final Map<String, String> repositories = new LinkedHashMap<>();
  private RepositorySystem system;

  Maven(Path settingsFile) {
    this.settingsFile = settingsFile;
  }

  static Maven ofUser() {
    return new Maven(Path.of(System.getProperty("user.home"), ".m2", "settings.xml"));
  }

  /** Adds a repository for later requests. */
  void addRepository(String name, String url) {
    repositories.put(name, url);
  }

  /**
   * The jars of these coordinates and of their runtime dependencies.
   *
   * @param family what the kernel has
   * @param notes receives a note for each artifact that is added in another version
   * @throws MagicFailure if a coordinate is malformed or cannot be resolved
   */
  synchronized List<Path> resolve(List<String> coordinates, Family family, List<String> notes) {
    try (RepositorySystemSession.CloseableSession session = session()) {
      List<Artifact> found = artifacts(session, coordinates);
      List<String> raised = family.raised(coordinates, found, notes);
      if (!raised.equals(coordinates)) {
        try {
          found = artifacts(session, raised);
        } catch (DependencyResolutionException e) {
          notes.clear(); // there is no such version
        }
      }
      return found.stream().map(Artifact::getPath).toList();
    } catch (DependencyResolutionException e) {
      throw new MagicFailure(
          "%%maven %s: %s".formatted(String.join(" ", coordinates), innermost(e)), e);
    }
  }

  private List<Artifact> artifacts(RepositorySystemSession session, List<String> coordinates)
      throws DependencyResolutionException {
    CollectRequest wanted = new CollectRequest().setRepositories(remote(session, Map.of()));
    for (String one : coordinates) {
      wanted.addDependency(new Dependency(artifact(one), "runtime"));
    }
    return system
        .resolveDependencies(
            session,
            new DependencyRequest(wanted, (node, parents) -> isNeeded(node.getDependency())))
        .getArtifactResults()
        .stream()
        .filter(ArtifactResult::isResolved)
        .map(ArtifactResult::getArtifact)
        .toList();
  }

  /**
   * A POM merged with its parents and imports.
   *
   * @param file the POM's file, or null
   * @throws MagicFailure if a parent or import cannot be read or downloaded
   */
  synchronized Model effective(String where, Model raw, Path file) {
    try (RepositorySystemSession.CloseableSession session = session()) {
      return EffectivePom.of(
          where,
          raw,
          file,
          (artifact, more) ->
              system
                  .resolveArtifact(
                      session, new ArtifactRequest(artifact, remote(session, more), null))
                  .getArtifact()
                  .getPath());
    }
  }

  private RepositorySystemSession.CloseableSession session() {
    Settings settings = Settings.read(settingsFile);
    if (system == null) {
      system = new RepositorySystemSupplier().get();
    }
    return new SessionBuilderSupplier(system)
        .get()
        .withLocalRepositoryBaseDirectories(settings.localRepository())
        .setMirrorSelector(settings.mirrors())
        .setProxySelector(settings.proxies())
        .setOffline(settings.offline())
        .setSystemProperties(System.getProperties())
        .build();
  }

  private List<RemoteRepository> remote(RepositorySystemSession session, Map<String, String> more) {
    Map<String, String> all = repositories();
    more.forEach(all::putIfAbsent);
    List<RemoteRepository> remote = new ArrayList<>();
    all.forEach((id, url) -> remote.add(repository(id, url)));
    return system.newResolutionRepositories(session, remote);
  }

  private static boolean isNeeded(Dependency dependency) {
    return dependency != null
        && (dependency.getScope().equals("compile") || dependency.getScope().equals("runtime"));
  }

  private static String innermost(Throwable e) {
    return e.getMessage() == null && e.getCause() != null
        ? innermost(e.getCause())
        : e.getMessage();
  }

  /**
   * Checks the form of coordinates.
   *
   * @throws MagicFailure if they are malformed
   */
  static void check(String coordinates) {
    artifact(coordinates);
  }

  private static Artifact artifact(String coordinates) {
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new MagicFailure(
          "%%maven %s: must be group:artifact:version or group:artifact:type:classifier:version, for example org.apache.commons:commons-lang3:3.18.0"
              .formatted(coordinates));
    }
  }

  /** URLs by id, Maven Central included. */
  Map<String, String> repositories() {
    Map<String, String> all = new LinkedHashMap<>();
    // Maven's own built-in POM names Maven Central.
    DefaultModelProcessor processor =
        new DefaultModelProcessor()
            .setModelLocator(new DefaultModelLocator())
            .setModelReader(new DefaultModelReader());
    new DefaultSuperPomProvider()
        .setModelProcessor(processor)
        .getSuperModel("4.0.0")
        .getRepositories()
        .forEach(r -> all.put(r.getId(), r.getUrl().replace(CENTRAL_VARIABLE, CENTRAL)));
    all.putAll(repositories);
    return all;
  }

  private static RemoteRepository repository(String id, String url) {
    return new RemoteRepository.Builder(id, "default", url).build();
  }

  /** The user's settings: local repository, mirrors, proxies and offline mode. */
  record Settings(
      Path localRepository,
      DefaultMirrorSelector mirrors,
      DefaultProxySelector proxies,
      boolean offline) {

    static Settings read(Path file) {
      Path local = Path.of(System.getProperty("user.home"), ".m2", "repository");
      DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
      DefaultProxySelector proxies = new DefaultProxySelector();
      boolean offline = false;
      if (Files.isRegularFile(file)) {
        Element settings = parse(file).getDocumentElement();
        String named = text(settings, "localRepository");
        if (!named.isEmpty()) {
          local = Path.of(named);
        }
        offline = Boolean.parseBoolean(text(settings, "offline"));
        for (Element mirror : children(child(settings, "mirrors"), "mirror")) {
          mirrors.add(
              text(mirror, "id"),
              text(mirror, "url"),
              "default",
              false,
              Boolean.parseBoolean(text(mirror, "blocked")),
              text(mirror, "mirrorOf"),
              "*");
        }
        for (Element proxy : children(child(settings, "proxies"), "proxy")) {
          if (!text(proxy, "active").equals("false")) {
            proxies.add(proxy(proxy), text(proxy, "nonProxyHosts"));
          }
        }
      }
      String property = System.getProperty("maven.repo.local");
      return new Settings(property == null ? local : Path.of(property), mirrors, proxies, offline);
    }

    private static Proxy proxy(Element proxy) {
      Authentication user =
          text(proxy, "username").isEmpty()
              ? null
              : new AuthenticationBuilder()
                  .addUsername(text(proxy, "username"))
                  .addPassword(text(proxy, "password"))
                  .build();
      String port = text(proxy, "port");
      return new Proxy(
          text(proxy, "protocol").isEmpty() ? Proxy.TYPE_HTTP : text(proxy, "protocol"),
          text(proxy, "host"),
          port.isEmpty() ? 8080 : Integer.parseInt(port),
          user);
    }

    private static Document parse(Path file) {
      try (InputStream in = Files.newInputStream(file)) {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(in);
      } catch (ParserConfigurationException | SAXException e) {
        throw new MagicFailure("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Element child(Element parent, String name) {
      List<Element> found = children(parent, name);
      return found.isEmpty() ? null : found.getFirst();
    }

    private static List<Element> children(Element parent, String name) {
      List<Element> found = new ArrayList<>();
      if (parent != null) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
          if (node instanceof Element element && element.getTagName().equals(name)) {
            found.add(element);
          }
        }
      }
      return found;
    }

    private static String text(Element parent, String name) {
      Element found = child(parent, name);
      return found == null
          ? ""
          : found.getTextContent().strip().replace("${user.home}", System.getProperty("user.home"));
    }
  }
}
