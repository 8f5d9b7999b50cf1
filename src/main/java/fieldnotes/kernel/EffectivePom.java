package fieldnotes.kernel;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Builds the effective POM as Maven does: with its parents, from disk or a repository, and the POMs
 * whose versions it imports.
 */
final class EffectivePom implements ModelResolver {
  /** Downloads an artifact to a file from the repositories with these ids and URLs. */
  interface Fetch {
    Path file(Artifact artifact, Map<String, String> repositories)
        throws ArtifactResolutionException;
  }

  private final Fetch fetch;
  private final Map<String, String> repositories;

  private EffectivePom(Fetch fetch, Map<String, String> repositories) {
    this.fetch = fetch;
    this.repositories = new LinkedHashMap<>(repositories);
  }

  /** Whether a POM depends on other POMs. */
  static boolean isNeeded(Model raw) {
    return raw.getParent() != null || raw.getDependencyManagement() != null;
  }

  /**
   * The POM merged with its parents and imports.
   *
   * @param raw the POM itself; missing coordinates are filled with placeholders
   * @param file the POM's file, or null
   * @throws MagicFailure if a parent or import cannot be read or downloaded
   */
  static Model of(String where, Model raw, Path file, Fetch fetch) {
    Model model = raw.clone();
    BiFunction<String, String, String> or = (said, other) -> said == null ? other : said;
    model.setModelVersion(or.apply(model.getModelVersion(), "4.0.0"));
    model.setArtifactId(or.apply(model.getArtifactId(), "cell"));
    if (model.getParent() == null) {
      model.setGroupId(or.apply(model.getGroupId(), "cell"));
      model.setVersion(or.apply(model.getVersion(), "1"));
    }
    ModelBuildingRequest request =
        new DefaultModelBuildingRequest()
            .setRawModel(model)
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL)
            .setProcessPlugins(false)
            .setSystemProperties(System.getProperties())
            .setModelResolver(new EffectivePom(fetch, Map.of()));
    if (file != null) {
      request.setPomFile(file.toFile()).setModelSource(new FileModelSource(file.toFile()));
    }
    try {
      return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
    } catch (ModelBuildingException e) {
      throw new MagicFailure("%s: %s".formatted(where, e.getMessage()), e);
    }
  }

  @Override
  public FileModelSource resolveModel(String group, String artifact, String version)
      throws UnresolvableModelException {
    try {
      Artifact pom = new DefaultArtifact(group, artifact, "", "pom", version);
      return new FileModelSource(fetch.file(pom, repositories).toFile());
    } catch (ArtifactResolutionException e) {
      throw new UnresolvableModelException(e.getMessage(), group, artifact, version, e);
    }
  }

  @Override
  public FileModelSource resolveModel(Parent parent) throws UnresolvableModelException {
    return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
  }

  @Override
  public FileModelSource resolveModel(Dependency imported) throws UnresolvableModelException {
    return resolveModel(imported.getGroupId(), imported.getArtifactId(), imported.getVersion());
  }

  @Override
  public void addRepository(Repository repository) {
    addRepository(repository, false);
  }

  @Override
  public void addRepository(Repository repository, boolean replace) {
    if (replace || !repositories.containsKey(repository.getId())) {
      repositories.put(repository.getId(), repository.getUrl());
    }
  }

  @Override
  public ModelResolver newCopy() {
    return new EffectivePom(fetch, repositories);
  }
}
