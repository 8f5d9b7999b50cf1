package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutputTest {
  private record Sent(StreamType stream, String text) {}

  private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
  private final Output output = new Output((stream, text) -> sent.add(new Sent(stream, text)));

  private String all(StreamType stream) {
    return sent.stream()
        .filter(s -> s.stream() == stream)
        .map(Sent::text)
        .collect(Collectors.joining());
  }

  @Test
  @DisplayName("what goes to both streams keeps its order")
  void order() {
    output.out.print("a");
    output.err.print("b");
    output.out.print("c");
    output.out.println("d");
    output.flush();
    assertThat(sent)
        .containsExactly(
            new Sent(StreamType.OUT, "a"),
            new Sent(StreamType.ERR, "b"),
            new Sent(StreamType.OUT, "cd\n"));
  }

  @Tag("long")
  @Test
  @DisplayName("two hundred thousand lines from four threads: none lost, none torn, few messages")
  void manyLines() throws InterruptedException {
    output.start();
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int i = 0; i < 50_000; i++) {
                                output.out.println("thread " + t + " línea " + i);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    output.flush();
    List<String> lines = all(StreamType.OUT).lines().toList();
    assertThat(lines).hasSize(200_000);
    for (int t = 0; t < 4; t++) {
      String mine = "thread " + t + " ";
      assertThat(lines.stream().filter(l -> l.startsWith(mine)))
          .containsExactlyElementsOf(
              IntStream.range(0, 50_000).mapToObj(i -> mine + "línea " + i).toList());
    }
    assertThat(sent).hasSizeLessThan(2_000);
  }

  @Property(tries = 200)
  void neverCutsACharacter(@ForAll String text, @ForAll @IntRange(max = 60) int at) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int count = Math.min(at, utf8.length);
    int whole = Output.wholeCharacters(utf8, count);
    assertThat(whole).isBetween(count - 3, count);
    String valid = new String(utf8, StandardCharsets.UTF_8);
    String start = new String(Arrays.copyOf(utf8, whole), StandardCharsets.UTF_8);
    assertThat(valid).startsWith(start);
  }
}
