package fieldnotes.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.artifact.Artifact;

/**
 * Projects of several artifacts that are released together, such as {@code tablesaw-core} and
 * {@code tablesaw-jsplot}. The kernel's classes come first, so an artifact that needs another
 * version of them would fail; it is added in the version that the kernel has of the others.
 */
final class Family {
  private final Map<String, String> known = new LinkedHashMap<>();

  /**
   * @param classPath files whose names give artifact and version, separated as a class path is
   */
  Family(String classPath) {
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
      Path name = Path.of(entry).getFileName();
      Matcher jar = Clashes.VERSIONED.matcher(name == null ? "" : name.toString());
      if (jar.matches()) {
        known.putIfAbsent(jar.group("artifact"), jar.group("version"));
      }
    }
  }

  /**
   * The coordinates to resolve instead.
   *
   * @param coordinates as they were asked for
   * @param resolved what they need
   * @param notes receives a note for each change
   */
  List<String> raised(List<String> coordinates, List<Artifact> resolved, List<String> notes) {
    List<String> all = new ArrayList<>();
    for (String one : coordinates) {
      all.add(raised(one.split(":"), resolved, notes));
    }
    return all;
  }

  private String raised(String[] parts, List<Artifact> resolved, List<String> notes) {
    String version = parts[parts.length - 1];
    if (!known.containsKey(parts[1])) {
      for (Artifact sister : resolved) {
        String mine = known.get(sister.getArtifactId());
        if (mine != null
            && sister.getGroupId().equals(parts[0])
            && sister.getVersion().equals(version)
            && !mine.equals(version)) {
          notes.add(
              "%s %s is added instead of %s, because the kernel has %s %s"
                  .formatted(parts[1], mine, version, sister.getArtifactId(), mine));
          parts[parts.length - 1] = mine;
          break;
        }
      }
    }
    return String.join(":", parts);
  }
}
