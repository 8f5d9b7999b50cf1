package fieldnotes.serve;

import io.javalin.http.HttpStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much is worked on at once, in the order in which it came. Few wait, and not long: what comes
 * when too many do is told to come again, so that no queue grows. The work has threads of its own;
 * on those of the requests, a connection that was just answered would overtake all others.
 */
final class Gate implements AutoCloseable {
  private final ThreadPoolExecutor workers;
  private final int mostInside;
  private final long waitMillis;
  private final AtomicInteger inside = new AtomicInteger();

  Gate(int places, int mostWaiting, long waitMillis) {
    workers =
        new ThreadPoolExecutor(
            places,
            places,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("worker-", 0).factory());
    mostInside = places + mostWaiting;
    this.waitMillis = waitMillis;
  }

  /** Work that a place is needed for. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Does the work once there is a place.
   *
   * @throws Refusal with status 503 if too many wait already, or if it waited too long
   */
  <T, E extends Exception> T pass(Work<T, E> work) throws E {
    Turn<T, E> turn = new Turn<>(work);
    if (inside.incrementAndGet() > mostInside) {
      inside.decrementAndGet();
      throw full();
    }
    try {
      workers.execute(turn);
      return turn.outcome(waitMillis);
    } catch (Refusal e) {
      workers.remove(turn); // if it was given up, nobody needs it any more
      throw e;
    } finally {
      inside.decrementAndGet();
    }
  }

  /** One piece of work, which is begun or given up, not both. */
  private static final class Turn<T, E extends Exception> implements Runnable {
    private final Work<T, E> work;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<T> done = new CompletableFuture<>();

    Turn(Work<T, E> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (taken.compareAndSet(false, true)) {
        try {
          done.complete(work.run());
        } catch (Throwable e) { // thrown where it is waited for
          done.completeExceptionally(e);
        }
      }
    }

    T outcome(long waitMillis) throws E {
      try {
        try {
          return done.get(waitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          return late();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return late();
        }
      } catch (ExecutionException | CompletionException e) {
        throw checked(e.getCause());
      }
    }

    /** What is begun is waited for. */
    private T late() {
      if (taken.compareAndSet(false, true)) {
        throw full();
      }
      return done.join();
    }

    @SuppressWarnings("unchecked") // the work throws nothing else that is checked
    private E checked(Throwable cause) {
      switch (cause) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> {
          return (E) cause;
        }
      }
    }
  }

  private static Refusal full() {
    return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "the service is busy; try again").after(1);
  }

  /** How many wait for a place. */
  int waiting() {
    return workers.getQueue().size();
  }

  /** Ends the threads; only when nothing is asked any more. */
  @Override
  public void close() {
    workers.shutdown();
  }
}
