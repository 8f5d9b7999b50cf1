package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellRunnerTest {
  private final CellRunner runner = new CellRunner(CellRunnerTest.class.getClassLoader());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Ignores interrupts. */
  private Object stubborn() {
    begun.countDown();
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // as a stubborn library does
      }
    }
    return "ended";
  }

  @ParameterizedTest
  @DisplayName("a stop asked for a second after the first gives the cell up, also if told at once")
  @CsvSource({"4000, true", "1100, true", "900, false", "0, false", "-4000, false"})
  void again(long millis, boolean givenUp) throws Exception {
    runner.begin();
    CompletableFuture<CellRunner.Outcome> outcome =
        CompletableFuture.supplyAsync(() -> runner.run(this::stubborn));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    Instant first = Instant.parse("2026-11-29T10:00:00.25Z");
    assertThat(runner.stop(first)).isNull();
    String note = runner.stop(first.plusMillis(millis));
    assertThat(note != null).isEqualTo(givenUp);
    if (givenUp) {
      assertThat(note).startsWith("The cell was given up. Its thread 'cell' is still");
      assertThat(outcome.get(30, TimeUnit.SECONDS).thrown()).isInstanceOf(CellStopped.class);
    }
    released.countDown();
    outcome.get(30, TimeUnit.SECONDS);
  }

  @Tag("long")
  @Test
  @Timeout(60)
  @DisplayName("a stop that waits for the compiler says so")
  void compiling() throws Exception {
    String waits =
        "The cell has not stopped yet: the compiler is at work on it, which cannot be interrupted."
            + " The cell stops when the compiler has finished.";
    runner.begin();
    CompletableFuture<Object> compiled =
        CompletableFuture.supplyAsync(() -> runner.compiling(this::stubborn));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    Instant first = Instant.now();
    assertThat(runner.stop(first)).isNull();
    assertThat(runner.stuck()).isNull();
    String told = null;
    while (told == null) {
      TimeUnit.MILLISECONDS.sleep(50);
      told = runner.stuck();
    }
    assertThat(told).isEqualTo(waits);
    assertThat(runner.stuck()).as("only once").isNull();
    assertThat(runner.stop(first.plusSeconds(3))).isEqualTo(waits);
    released.countDown();
    assertThat(compiled.get(30, TimeUnit.SECONDS)).isEqualTo("ended");
    assertThat(runner.run(() -> 1).thrown()).isInstanceOf(CellStopped.class);
    assertThat(runner.stuck()).isNull();
    runner.begin();
    assertThat(runner.run(() -> 1).value()).isEqualTo(1);
  }
}
