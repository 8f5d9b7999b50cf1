package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomTest {
  private static final List<String> SCOPES = List.of("compile", "runtime");

  @Test
  @DisplayName(
      "a POM's parent, beside it or in a repository, and what it imports give the versions")
  void readsParents(@TempDir Path folder) throws Exception {
    String head = "<modelVersion>4.0.0</modelVersion>";
    String managed =
        "<dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>%s"
            + "</artifactId><version>%s</version>%s</dependency></dependencies></dependencyManagement>";
    String wanted = "<dependency><groupId>a</groupId><artifactId>%s</artifactId></dependency>";
    Path repository = folder.resolve("there");
    write(
        repository.resolve("a/far/3/far-3.pom"),
        "<project>"
            + head
            + "<groupId>a</groupId><artifactId>far</artifactId><version>3</version>"
            + "<packaging>pom</packaging>"
            + managed.formatted("b", "31", "")
            + "</project>");
    write(
        repository.resolve("a/versions/4/versions-4.pom"),
        "<project>"
            + head
            + "<groupId>a</groupId><artifactId>versions</artifactId><version>4"
            + "</version><packaging>pom</packaging>"
            + managed.formatted("c", "41", "")
            + "</project>");
    write(
        folder.resolve("pom.xml"),
        "<project>"
            + head
            + "<parent><groupId>a</groupId><artifactId>far</artifactId>"
            + "<version>3</version><relativePath/></parent><artifactId>near</artifactId>"
            + "<packaging>pom</packaging><properties><d>51</d></properties>"
            + "<repositories><repository><id>more</id><url>https://more.example</url></repository>"
            + "</repositories></project>");
    Path file = folder.resolve("module/pom.xml");
    String text =
        "<project>"
            + head
            + "<parent><groupId>a</groupId><artifactId>near</artifactId>"
            + "<version>3</version></parent><artifactId>module</artifactId>"
            + managed.formatted("versions", "4", "<type>pom</type><scope>import</scope>")
            + "<dependencies>"
            + wanted.formatted("b")
            + wanted.formatted("c")
            + wanted.formatted("d").replace("</artifactId>", "</artifactId><version>${d}</version>")
            + "</dependencies></project>";
    write(file, text);
    write(
        folder.resolve("settings.xml"),
        "<settings><localRepository>" + folder.resolve("here") + "</localRepository></settings>");
    Maven maven = new Maven(folder.resolve("settings.xml"));
    maven.addRepository("central", repository.toUri().toString());
    Pom pom = Pom.read("x", text, SCOPES, raw -> maven.effective("x", raw, file));
    assertThat(pom.coordinates()).containsExactly("a:b:31", "a:c:41", "a:d:51");
    assertThat(pom.repositories()).containsExactly(Map.entry("more", "https://more.example"));

    String part =
        "<parent><groupId>a</groupId><artifactId>far</artifactId><version>3</version></parent>"
            + "<dependencies>"
            + wanted.formatted("b")
            + "</dependencies>";
    assertThat(Pom.read("x", part, SCOPES, raw -> maven.effective("x", raw, null)).coordinates())
        .containsExactly("a:b:31");
    String orphan = part.replace("<version>3<", "<version>9<");
    assertThatThrownBy(() -> Pom.read("x", orphan, SCOPES, raw -> maven.effective("x", raw, null)))
        .isInstanceOf(MagicFailure.class)
        .hasMessageStartingWith("x: ")
        .hasMessageContaining("a:far:pom:9");
  }

  @Test
  @DisplayName("text that is no XML is refused")
  void noXml() {
    for (String text : new String[] {"hello", "", "a:b:1"}) {
      assertThatThrownBy(() -> Pom.read("x", text, SCOPES, raw -> raw))
          .isInstanceOf(MagicFailure.class)
          .hasMessageStartingWith("x: not a POM: must be XML");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
