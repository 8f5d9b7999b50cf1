package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TypingTest extends KernelCells {
  @Test
  @DisplayName("work for idle time waits until no cell runs, and is done once")
  void whenIdle() {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    kernel.whenIdle(done::incrementAndGet);
    kernel
        .typing()
        .warmUp(
            () -> {
              assertThat(done).hasValue(0);
              return looks.incrementAndGet() < 2;
            });
    assertThat(looks).hasValue(2);
    assertThat(done).hasValue(1);
  }

  @Test
  @DisplayName("work for idle time that fails is not heard of")
  void fails() {
    kernel.whenIdle(
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThatCode(() -> kernel.typing().warmUp(() -> false)).doesNotThrowAnyException();
  }
}
