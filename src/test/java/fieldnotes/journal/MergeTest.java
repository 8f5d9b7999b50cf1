package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
  @TempDir Path folder;

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c"));
    command.add("commit.gpgsign=false");
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_GLOBAL", folder.resolve("none").toString());
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private void commit(String title) throws Exception {
    Journal.at(folder).newEntry("C", title).text("Of " + title + ".").metric("m", 1).save();
    git("add", "-A");
    git("commit", "-qm", title);
  }

  @Test
  @DisplayName("two people add an entry each: git merges without conflict, and both are there")
  void union() throws Exception {
    try {
      git("init", "-q", "-b", "main");
    } catch (IOException e) {
      Assumptions.abort("there is no git here: " + e.getMessage());
    }
    Files.copy(Path.of(".gitattributes"), folder.resolve(".gitattributes"));
    Files.writeString(folder.resolve(".gitignore"), "data/journal.lock\n");
    commit("first");
    git("checkout", "-qb", "mine");
    commit("my own");
    git("checkout", "-q", "main");
    commit("theirs");
    git("merge", "-q", "-m", "merged", "mine");
    Journal journal = Journal.at(folder);
    assertThat(journal.problems()).isEmpty();
    assertThat(journal.runs()).extracting(Run::title).containsExactly("first", "my own", "theirs");
    journal.render();
    assertThat(folder.resolve("JOURNAL.md"))
        .hasContent(Page.of(Book.of(journal.runs())))
        .content()
        .contains("Of my own.", "Of theirs.")
        .containsOnlyOnce("### first");
  }
}
