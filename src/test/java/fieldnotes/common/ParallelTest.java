package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 100})
  void everyIndexOnceOnAnyNumberOfThreads(int threads) {
    int[] times = new int[50];
    Parallel.forEach(50, threads, i -> times[i]++);
    assertThat(times).containsOnly(1);
  }

  @Test
  void whatABodyThrowsArrivesAsItIs() {
    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    10,
                    4,
                    i -> {
                      if (i == 7) {
                        throw new IllegalArgumentException("seven");
                      }
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seven");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("where several bodies throw, the smallest index counts, and no body runs any more")
  void theSmallestIndexThatFails(boolean brief) {
    for (int round = 0; round < 300; round++) {
      AtomicInteger running = new AtomicInteger();
      IntConsumer body =
          i -> {
            running.incrementAndGet();
            Thread.onSpinWait();
            running.decrementAndGet();
            if (i >= 3) {
              throw new IllegalArgumentException("index " + i);
            }
          };
      assertThatThrownBy(
              () -> {
                if (brief) {
                  Parallel.forEachBrief(1000, body);
                } else {
                  Parallel.forEach(1000, 4, body);
                }
              })
          .hasMessage("index 3");
      assertThat(running).hasValue(0);
    }
  }

  @Test
  @DisplayName("interrupting the caller stops the loop and leaves the mark")
  void interrupted() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                Parallel.forEach(
                    1_000_000,
                    2,
                    i -> {
                      try {
                        Thread.sleep(5);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    });
              } catch (CancellationException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    caller.start();
    Thread.sleep(50);
    caller.interrupt();
    caller.join(60_000);
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 50})
  @DisplayName("brief bodies: every index once, whoever does it, many loops in a row")
  void briefBodies(int n) {
    for (int round = 0; round < 2_000; round++) {
      int[] times = new int[n];
      Parallel.forEachBrief(n, i -> times[i]++);
      for (int t : times) {
        assertThat(t).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("brief bodies: a loop inside stays on its thread, one after it has several again")
  void briefBodiesInside() {
    Parallel.forEachBrief(
        4,
        i -> {
          Thread outer = Thread.currentThread();
          Parallel.forEach(100, 4, j -> assertThat(Thread.currentThread()).isSameAs(outer));
          Parallel.forEachBrief(100, j -> assertThat(Thread.currentThread()).isSameAs(outer));
        });
    Thread caller = Thread.currentThread();
    Parallel.forEach(8, 4, i -> assertThat(Thread.currentThread()).isNotSameAs(caller));
  }

  @Test
  @DisplayName("brief bodies: an interrupt of the caller stops the loop and leaves the mark")
  void briefBodiesInterrupted() throws InterruptedException {
    AtomicInteger far = new AtomicInteger();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    // a thread of its own: a body may still interrupt it when the loop is over
    AtomicReference<Thread> caller = new AtomicReference<>();
    caller.set(
        new Thread(
            () -> {
              try {
                Parallel.forEachBrief(
                    1_000_000,
                    i -> {
                      if (i == 100_000) {
                        far.incrementAndGet();
                      }
                      caller.get().interrupt();
                    });
              } catch (CancellationException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
              }
            }));
    caller.get().start();
    caller.get().join(60_000);
    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    assertThat(far).hasValue(0);
  }
}
