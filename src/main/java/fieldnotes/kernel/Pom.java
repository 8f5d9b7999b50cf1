package fieldnotes.kernel;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Repository;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.io.ModelReader;

/**
 * The requirements of a POM, or of a part of one in a cell.
 *
 * @param coordinates the runtime dependencies, as group:artifact:version
 * @param repositories URLs by id
 */
record Pom(List<String> coordinates, Map<String, String> repositories) {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)\\}");

  /**
   * Reads a whole POM, or only its {@code <dependencies>}, {@code <repositories>} and the like, or
   * bare {@code <dependency>} elements.
   *
   * @param where name of the POM in messages
   * @param scopes of the dependencies to take
   * @param complete builds the effective POM if it has a parent or manages versions
   * @throws MagicFailure if it cannot be read, or a version is missing
   */
  static Pom read(String where, String text, List<String> scopes, UnaryOperator<Model> complete) {
    String whole = text;
    if (!text.contains("<project")) {
      String parts = text.strip();
      if (parts.startsWith("<dependency>")) {
        parts = "<dependencies>" + parts + "</dependencies>";
      }
      if (!parts.startsWith("<")) {
        throw new MagicFailure(
            where + ": not a POM: must be XML, for example a <dependency> element");
      }
      whole = "<project>" + parts + "</project>";
    }
    Model raw;
    try {
      raw =
          new DefaultModelReader()
              .read(new StringReader(whole), Map.of(ModelReader.IS_STRICT, false));
    } catch (IOException e) {
      throw new MagicFailure("%s: not a POM: %s".formatted(where, e.getMessage()), e);
    }
    Model model = EffectivePom.isNeeded(raw) ? complete.apply(raw) : raw;
    List<String> coordinates = new ArrayList<>();
    for (Dependency one : model.getDependencies()) {
      String scope = one.getScope() == null ? "compile" : one.getScope();
      if (scopes.contains(scope)) {
        coordinates.add(coordinate(where, model, one));
      }
    }
    Map<String, String> repositories = new LinkedHashMap<>();
    for (Repository one : model.getRepositories()) {
      // Maven Central, which every effective POM has, is known
      if (raw == model || !one.getId().equals("central")) {
        repositories.put(one.getId(), value(model, one.getUrl()));
      }
    }
    return new Pom(coordinates, repositories);
  }

  private static String coordinate(String where, Model model, Dependency one) {
    String name = value(model, one.getGroupId()) + ":" + value(model, one.getArtifactId());
    if (one.getVersion() == null) {
      throw new MagicFailure("%s: %s has no version; add one".formatted(where, name));
    }
    String type = one.getType() == null ? "jar" : one.getType();
    String classifier = one.getClassifier() == null ? "" : one.getClassifier();
    String more =
        classifier.isEmpty() ? type.equals("jar") ? "" : ":" + type : ":" + type + ":" + classifier;
    return name + more + ":" + value(model, one.getVersion());
  }

  /** Replaces the POM's properties by their values. */
  private static String value(Model model, String text) {
    Matcher matcher = PROPERTY.matcher(text);
    return matcher.replaceAll(
        m ->
            Matcher.quoteReplacement(
                m.group(1).equals("project.version") && model.getVersion() != null
                    ? model.getVersion()
                    : model.getProperties().getProperty(m.group(1), m.group())));
  }
}
