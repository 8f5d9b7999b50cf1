package fieldnotes.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate(1, 3, 60_000);
  private final CountDownLatch open = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    open.countDown();
    for (Thread thread : threads) {
      thread.join(10_000);
      assertFalse(thread.isAlive());
    }
    gate.close();
  }

  private void start(Runnable work) {
    threads.add(Thread.ofVirtual().start(work));
  }

  /** Holds the only place until {@link #open}. */
  private void hold(Gate of) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    start(
        () ->
            of.pass(
                () -> {
                  held.countDown();
                  assertTrue(unchecked(open));
                  return 0;
                }));
    assertTrue(held.await(10, TimeUnit.SECONDS));
  }

  private static boolean unchecked(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void until(Gate of, int waiting) throws InterruptedException {
    for (int i = 0; of.waiting() != waiting && i < 2000; i++) {
      Thread.sleep(5);
    }
    assertEquals(waiting, of.waiting());
  }

  @Test
  void inTheOrderInWhichItCame() throws InterruptedException {
    hold(gate);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 3; i++) {
      int number = i;
      start(() -> gate.pass(() -> order.add(number)));
      until(gate, i + 1);
    }
    open.countDown();
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    assertEquals(List.of(0, 1, 2), order);
  }

  @Test
  void noMoreAtOnceThanPlaces() throws InterruptedException {
    try (Gate two = new Gate(2, 100, 60_000)) {
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      AtomicInteger done = new AtomicInteger();
      for (int i = 0; i < 50; i++) {
        start(
            () ->
                done.addAndGet(
                    two.pass(
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          Thread.onSpinWait();
                          now.decrementAndGet();
                          return 1;
                        })));
      }
      for (Thread thread : threads) {
        thread.join(10_000);
      }
      assertEquals(50, done.get());
      assertTrue(most.get() <= 2, () -> most + " at once");
    }
  }

  @Test
  void refusesWhatNoPlaceIsLeftFor() throws InterruptedException {
    hold(gate);
    for (int i = 0; i < 3; i++) {
      start(() -> gate.pass(() -> 0));
    }
    until(gate, 3);
    Refusal refusal = assertThrows(Refusal.class, () -> gate.pass(() -> 0));
    assertEquals(503, refusal.status().getCode());
    assertEquals(1, refusal.afterSeconds());
    assertEquals(3, gate.waiting());
  }

  @Test
  void refusesWhatWaitedTooLong() throws InterruptedException {
    try (Gate hasty = new Gate(1, 3, 20)) {
      hold(hasty);
      AtomicBoolean begun = new AtomicBoolean();
      assertThrows(Refusal.class, () -> hasty.pass(() -> begun.getAndSet(true)));
      assertEquals(0, hasty.waiting()); // it is not kept
      open.countDown();
      assertEquals(7, until(hasty));
      assertFalse(begun.get());
    }
  }

  /** What is begun may take longer than others would wait. */
  private static int until(Gate of) {
    for (int i = 0; ; i++) {
      try {
        return of.pass(
            () -> {
              Thread.sleep(100);
              return 7;
            });
      } catch (Refusal e) {
        assertTrue(i < 100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void givenUpWhenInterrupted() throws InterruptedException {
    hold(gate);
    AtomicBoolean kept = new AtomicBoolean();
    AtomicBoolean refused = new AtomicBoolean();
    start(
        () -> {
          try {
            gate.pass(() -> 0);
          } catch (Refusal e) {
            refused.set(true);
            kept.set(Thread.currentThread().isInterrupted());
          }
        });
    until(gate, 1);
    Thread waiting = threads.get(1);
    waiting.interrupt();
    waiting.join(10_000);
    assertTrue(refused.get());
    assertTrue(kept.get());
    assertEquals(0, gate.waiting());
  }

  @Test
  void throwsWhatTheWorkThrows() {
    IOException checked = new IOException("a");
    IllegalStateException unchecked = new IllegalStateException("b");
    StackOverflowError error = new StackOverflowError("c");
    assertSame(checked, assertThrows(IOException.class, () -> gate.pass(() -> thrown(checked))));
    assertSame(
        unchecked,
        assertThrows(
            IllegalStateException.class,
            () ->
                gate.pass(
                    () -> {
                      throw unchecked;
                    })));
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () ->
                gate.pass(
                    () -> {
                      throw error;
                    })));
    assertEquals(1, gate.pass(() -> 1)); // the place is free again
  }

  private static int thrown(IOException e) throws IOException {
    throw e;
  }
}
