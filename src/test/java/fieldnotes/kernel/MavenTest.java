package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenTest {
  @TempDir private Path folder;
  private Maven maven;

  @BeforeEach
  void repository() throws IOException {
    for (String version : List.of("1", "2")) {
      publish("a", "core", version, "");
      publish("a", "plot", version, needs("a", "core", version));
      publish("b", "far", version, needs("a", "core", "1"));
    }
    publish("a", "old", "1", needs("a", "core", "1"));
    publish("a", "free", "7", needs("a", "core", "1"));
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        "<settings><localRepository>" + folder.resolve("here") + "</localRepository></settings>");
    maven = new Maven(settings);
    maven.addRepository("central", folder.resolve("there").toUri().toString());
  }

  private static String needs(String group, String artifact, String version) {
    return "<dependencies><dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s"
            .formatted(group, artifact, version)
        + "</version></dependency></dependencies>";
  }

  private void publish(String group, String artifact, String version, String needs)
      throws IOException {
    Path at = folder.resolve("there").resolve(group).resolve(artifact).resolve(version);
    Files.createDirectories(at);
    String name = artifact + "-" + version;
    Files.writeString(at.resolve(name + ".jar"), "");
    Files.writeString(
        at.resolve(name + ".pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId><artifactId>%s"
                .formatted(group, artifact)
            + "</artifactId><version>%s</version>%s</project>".formatted(version, needs));
  }

  private List<String> resolved(String coordinates, String kernel, List<String> notes) {
    String classPath = "/jars/x.jar" + File.pathSeparator + "/jars/" + kernel;
    return maven.resolve(List.of(coordinates), new Family(classPath), notes).stream()
        .map(path -> path.getFileName().toString())
        .toList();
  }

  @Test
  @DisplayName("an artifact comes in the version that the kernel has of its project")
  void family() {
    List<String> notes = new ArrayList<>();
    assertThat(resolved("a:plot:1", "core-2.jar", notes))
        .containsExactly("plot-2.jar", "core-2.jar");
    assertThat(notes)
        .containsExactly("plot 2 is added instead of 1, because the kernel has core 2");
  }

  @Test
  @DisplayName("it stays as asked for where versions, projects or the kernel's jars do not say so")
  void asAskedFor() {
    List<String> notes = new ArrayList<>();
    assertThat(resolved("a:plot:1", "core-1.jar", notes)).contains("plot-1.jar");
    assertThat(resolved("a:plot:1", "other-2.jar", notes)).contains("plot-1.jar");
    assertThat(resolved("b:far:1", "core-2.jar", notes)).contains("far-1.jar", "core-1.jar");
    assertThat(resolved("a:free:7", "core-2.jar", notes)).contains("free-7.jar");
    assertThat(resolved("a:core:1", "core-2.jar", notes)).containsExactly("core-1.jar");
    // there is no old-2
    assertThat(resolved("a:old:1", "core-2.jar", notes)).contains("old-1.jar", "core-1.jar");
    assertThat(notes).isEmpty();
    assertThatThrownBy(() -> resolved("a:none:1", "core-2.jar", notes))
        .isInstanceOf(MagicFailure.class)
        .hasMessageContaining("a:none:jar:1");
  }

  @Test
  @DisplayName("Maven Central has an address without variables")
  void central() {
    assertThat(new Maven(folder.resolve("none.xml")).repositories().get("central"))
        .matches("https?://[\\w./-]+");
  }
}
