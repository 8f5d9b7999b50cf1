package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, two at a time, each killed at a random moment. The property {@code fieldnotes.kills}
 * says how many; 300 take some minutes.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "destroyForcibly is no kill -9 there")
class KilledIT {
  private static final int A_FOLDER = 20;
  private static final int AT_ONCE = 2;

  @TempDir Path folder;

  /** Writes entries until it is killed, and says each that it finished. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      Journal journal = Journal.at(Path.of(args[0]));
      for (int i = 0; ; i++) {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(i % 40, i / 40 % 30, args[1].hashCode() | 0x808080);
        String title = args[1] + " " + i;
        journal
            .newEntry("C", title)
            .text("Words, so that a line is long enough to be cut. ".repeat(50))
            .metric("m", i)
            .figure("f", picture)
            .save();
        System.out.println(title);
        System.out.flush();
      }
    }
  }

  /** One writer, and the titles that it said it finished. */
  private static final class Child {
    final Process process;
    final List<String> finished = new ArrayList<>();
    final CountDownLatch first = new CountDownLatch(1);
    private final Thread reader;

    Child(Path folder, String name) throws IOException {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      process =
          new ProcessBuilder(
                  java.toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Writer.class.getName(),
                  folder.toString(),
                  name)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      reader = Thread.ofPlatform().start(this::read);
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          finished.add(line);
          first.countDown();
        }
      } catch (IOException e) {
        // its end was cut by the kill
      } finally {
        first.countDown();
      }
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
      reader.join();
    }
  }

  @Test
  @DisplayName("kill -9 at any moment leaves a journal that parses, with every finished entry")
  void killed() throws Exception {
    int kills = Integer.getInteger("fieldnotes.kills", 10);
    Random random = new Random(20_260_301);
    int finished = 0;
    int unfinished = 0;
    int damaged = 0;
    for (int done = 0; done < kills; done += A_FOLDER) {
      Path home = folder.resolve("j" + done);
      List<String> told = new ArrayList<>();
      for (int i = 0; i < Math.min(A_FOLDER, kills - done); i += AT_ONCE) {
        List<Child> children = new ArrayList<>();
        for (int c = 0; c < Math.min(AT_ONCE, kills - done - i); c++) {
          children.add(new Child(home, "w" + (done + i + c)));
        }
        for (Child child : children) {
          if (random.nextInt(4) > 0) {
            assertThat(child.first.await(60, TimeUnit.SECONDS)).isTrue();
            LockSupport.parkNanos(random.nextInt(150_000_000));
          } else {
            LockSupport.parkNanos(random.nextInt(900_000_000));
          }
          child.kill();
          told.addAll(child.finished);
        }
        unfinished += left(home);
        damaged += look(home, told);
      }
      finished += told.size();
      Journal.at(home).render();
      assertThat(Journal.at(home).problems()).isEmpty();
      assertThat(home.resolve("JOURNAL.md")).hasContent(Page.of(Book.of(Journal.at(home).runs())));
      assertThat(left(home)).isZero();
    }
    System.out.printf(
        "KilledIT: %d kills, %d entries said to be finished and all there, %d damaged lines set"
            + " aside, %d files left half written and swept%n",
        kills, finished, damaged, unfinished);
  }

  /** What stands after a kill; returns how many lines are damaged. */
  private static int look(Path home, List<String> told) throws IOException {
    Journal journal = Journal.at(home);
    List<Run> runs = journal.runs();
    assertThat(runs.stream().map(Run::title).collect(Collectors.toSet())).containsAll(told);
    for (Run run : runs) {
      Path picture = home.resolve(run.pictures().getFirst().file());
      assertThat(ImageIO.read(picture.toFile())).as(run.title()).isNotNull();
    }
    if (Files.exists(home.resolve("JOURNAL.md"))) {
      String page = Files.readString(home.resolve("JOURNAL.md"));
      assertThat(page).startsWith("# Journal\n").endsWith("</sub>\n");
    }
    return journal.problems().size();
  }

  private static int left(Path home) throws IOException {
    int left = 0;
    for (Path where : new Path[] {home, home.resolve("data"), home.resolve("assets")}) {
      if (!Files.isDirectory(where)) {
        continue;
      }
      try (var files = Files.newDirectoryStream(where, ".*" + ".unfinished")) {
        for (Path file : files) {
          left++;
        }
      }
    }
    return left;
  }
}
