package fieldnotes.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In a package of its own, whose name makes it begin first: it is a long one. See runOrder in the
 * POM.
 */
class ErrorProneIT {
  @Test
  @DisplayName("Error Prone finds nothing; 'mvn -Perror-prone test-compile' looks")
  void findsNothing() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("fieldnotes.maven", "mvn"));
    command.addAll(List.of("-B", "-ntp", "-q", "-Perror-prone", "test-compile"));
    String repository = System.getProperty("fieldnotes.repository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
    maven.getOutputStream().close();
    String said = new String(maven.getInputStream().readAllBytes(), UTF_8);
    assertThat(maven.waitFor()).as(said).isZero();
  }
}
