package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The descriptions of other places where Fieldnotes runs agree with each other. */
class PlacesTest {
  private static final Path DOCKERFILE = Path.of("Dockerfile");
  private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) \\S+$");
  private static final Pattern CALL = Pattern.compile("\\./workbench\\W+(\\w+)");
  private static final Pattern FROM = Pattern.compile("FROM (\\S+) AS (\\w+)");

  /** What the launcher asks of a machine, as Debian's packages; the JDK is in the base image. */
  private static final List<String> NEEDED = List.of("fontconfig", "git", "maven", "python3-venv");

  @Test
  @DisplayName("Binder installs the environment of conda")
  void binder() throws IOException {
    assertThat(Path.of(".binder/environment.yml"))
        .hasSameTextualContentAs(Path.of("environment.yml"));
    for (String script : List.of(".binder/postBuild", ".binder/start")) {
      assertThat(Path.of(script)).isExecutable();
      assertThat(Files.readString(Path.of(script))).startsWith("#!/usr/bin/env bash\n");
    }
  }

  @Test
  @DisplayName("the image installs what the launcher needs; the dev container is a stage of it")
  void image() throws IOException {
    String image = Files.readString(DOCKERFILE);
    assertThat(image.split("[\\s\\\\]+")).containsAll(NEEDED);
    assertThat(image).contains("FROM eclipse-temurin:25-jdk");
    JsonNode container =
        new ObjectMapper().readTree(Files.readString(Path.of(".devcontainer/devcontainer.json")));
    JsonNode build = container.get("build");
    assertThat(Path.of(".devcontainer").resolve(build.get("dockerfile").asString()).normalize())
        .isEqualTo(DOCKERFILE);
    String stage = Pattern.quote(build.get("target").asString());
    assertThat(image).containsPattern("(?m)^FROM .* AS " + stage + "$");
    assertThat(image).contains("USER " + container.get("remoteUser").asString() + "\n");
  }

  @Test
  @DisplayName("what the image copies and the containers and Binder call is in the checkout")
  void calls() throws Exception {
    for (Matcher copy = COPY.matcher(Files.readString(DOCKERFILE)); copy.find(); ) {
      assertThat(Path.of(copy.group(1))).as(copy.group()).exists();
    }
    String launcher = Files.readString(Path.of("workbench"));
    for (String file :
        List.of("Dockerfile", ".devcontainer/devcontainer.json", ".binder/postBuild")) {
      String withoutNotes = Files.readString(Path.of(file)).replaceAll("(?m)^#.*$", "");
      Matcher calls = CALL.matcher(withoutNotes);
      assertThat(calls.results().map(one -> one.group(1)))
          .as("commands in %s", file)
          .isNotEmpty()
          .allMatch(command -> launcher.contains("\ncommand_" + command + "()"));
    }
    for (String script : List.of("workbench", ".ci/run", ".binder/postBuild", ".binder/start")) {
      Process bash = new ProcessBuilder("bash", "-n", script).redirectErrorStream(true).start();
      String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).as("bash -n %s: %s", script, said).isZero();
    }
  }

  @Test
  @DisplayName(
      "each stage of the image is built on a named one, and it ends as a user without root")
  void stages() throws IOException {
    List<String> known = new ArrayList<>();
    String user = "";
    for (String line : Files.readAllLines(DOCKERFILE)) {
      Matcher from = FROM.matcher(line);
      if (from.matches()) {
        boolean pinned = from.group(1).matches("\\S+:(?!latest)\\S+");
        assertThat(pinned || known.contains(from.group(1))).as(line).isTrue();
        known.add(from.group(2));
      } else if (line.startsWith("USER ")) {
        user = line.substring(5);
      }
      assertThat(line.replaceFirst(" .*", ""))
          .as(line)
          .matches("|#.*|FROM|RUN|ENV|USER|WORKDIR|COPY|EXPOSE|HEALTHCHECK|CMD");
    }
    assertThat(known).containsExactly("tools", "lab");
    assertThat(user).isNotEmpty().isNotEqualTo("root");
  }

  @Test
  @DisplayName("what Git ignores does not get into the image, what it keeps does")
  void context() throws IOException {
    List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
    for (String line : Files.readAllLines(Path.of(".gitignore"))) {
      String name = line.replaceAll("^/|/$", "");
      boolean ofTools =
          List.of("*.class", ".idea", ".vscode", ".DS_Store", ".jqwik-database").contains(name);
      if (!name.isEmpty() && !name.startsWith("#") && !ofTools) {
        assertThat(ignored).containsAnyOf(name, "**/" + name);
      }
    }
    assertThat(ignored).doesNotContain("src", "notebooks", "data", ".git", "*", "**");
  }

  @Test
  @DisplayName("the image is built where a container engine runs and a network is promised")
  void built() throws Exception {
    assumeTrue(
        Boolean.getBoolean("fieldnotes.container"),
        "set -Dfieldnotes.container=true to build the image");
    assertThat(docker("info")).as("docker info").isZero();
    assertThat(docker("build", "--target", "lab", "--tag", "fieldnotes-test", ".")).isZero();
    assertThat(docker("run", "--rm", "fieldnotes-test", "./workbench", "doctor")).isZero();
  }

  private static int docker(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).as(said).isTrue();
    return process.exitValue();
  }
}
