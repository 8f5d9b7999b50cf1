package fieldnotes.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CellProgressTest {
  private final List<String> seen = new ArrayList<>();
  private boolean running = true;
  private final CellProgress progress =
      new CellProgress(
          new CellProgress.Cell() {
            @Override
            public boolean isRunning() {
              return running;
            }

            @Override
            public void show(String id, DisplayData line) {
              seen.add("new " + id.replaceAll("\\D", "") + " " + line.getData(MIMEType.TEXT_PLAIN));
            }

            @Override
            public void update(String id, DisplayData line) {
              seen.add(id.replaceAll("\\D", "") + " " + line.getData(MIMEType.TEXT_PLAIN));
            }
          });

  private void step(String task, long done, long total, double seconds) {
    progress.show(task, done, total, "", "", seconds, false);
  }

  private void end(String task, long done, long total, double seconds) {
    progress.show(task, done, total, "", "", seconds, true);
  }

  @Test
  @DisplayName("the line comes after one second, changes, and says the time at the end")
  void oneTask() {
    step("k-means", 5, 20, 0.99);
    assertThat(seen).isEmpty();
    progress.show("k-means", 7, 20, "about 2 s left", "k = 3", 1, false);
    step("k-means", 19, 20, 3.1);
    end("k-means", 20, 20, 3.2);
    assertThat(seen)
        .containsExactly(
            "new 1 k-means: 7 of 20, about 2 s left, k = 3",
            "1 k-means: 19 of 20",
            "1 k-means: 20 of 20 in 3.2 s");
  }

  @Test
  @DisplayName(
      "a short task is not shown; one that stops early says where, without a total how many")
  void ends() {
    step("short", 1, 2, 0.2);
    end("short", 2, 2, 0.9);
    assertThat(seen).isEmpty();
    step("a", 1_000, 2_000, 61);
    end("a", 1_200, 2_000, 83);
    step("b", 5, 0, 2);
    end("b", 6, 0, 2.04);
    assertThat(seen)
        .containsExactly(
            "new 1 a: 1,000 of 2,000",
            "1 a: stopped at 1,200 of 2,000 after 1 min 23 s",
            "new 2 b: 5",
            "2 b: 6 in 2.0 s");
  }

  @Test
  @DisplayName("tasks within a task stand behind it in its line and leave none")
  void nested() {
    step("sweep", 1, 3, 1.5);
    step("k-means", 2, 9, 0.5);
    step("k-means", 4, 9, 1.1);
    end("k-means", 9, 9, 1.6);
    step("sweep", 2, 3, 3);
    end("sweep", 3, 3, 4);
    assertThat(seen)
        .containsExactly(
            "new 1 sweep: 1 of 3",
            "1 sweep: 1 of 3 · k-means: 4 of 9",
            "1 sweep: 2 of 3",
            "1 sweep: 3 of 3 in 4.0 s");
  }

  @Test
  @DisplayName("of many tasks at once two are named; those that outlast the first get a line")
  void atOnce() {
    step("a", 1, 2, 1);
    for (String task : List.of("b", "c", "d")) {
      step(task, 1, 2, 1);
    }
    assertThat(seen.getLast()).isEqualTo("1 a: 1 of 2 · b: 1 of 2 · c: 1 of 2 · and 1 more");
    end("a", 2, 2, 2);
    step("b", 1, 2, 2.5);
    end("b", 2, 2, 3);
    assertThat(seen).endsWith("1 a: 2 of 2 in 2.0 s", "new 2 b: 1 of 2", "2 b: 2 of 2 in 3.0 s");
  }

  @Test
  @DisplayName("after its cell has ended a task is not shown, and the next cell has its own line")
  void endedCell() {
    step("a", 1, 2, 1);
    running = false;
    step("a", 1, 2, 2);
    running = true;
    step("b", 1, 2, 1);
    assertThat(seen).containsExactly("new 1 a: 1 of 2", "new 2 b: 1 of 2");
  }
}
