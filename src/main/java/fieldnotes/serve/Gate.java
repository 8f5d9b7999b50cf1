package fieldnotes.serve;

import io.javalin.http.HttpStatus;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much is worked on at once. Few wait, and not long: what comes when all places are taken is
 * told to come again, so that no queue grows.
 */
final class Gate {
  private final Semaphore places;
  private final int mostWaiting;
  private final long waitMillis;
  private final AtomicInteger waiting = new AtomicInteger();

  Gate(int places, int mostWaiting, long waitMillis) {
    this.places = new Semaphore(places, true);
    this.mostWaiting = mostWaiting;
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
    if (!places.tryAcquire()) {
      await();
    }
    try {
      return work.run();
    } finally {
      places.release();
    }
  }

  private void await() {
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      throw full();
    }
    try {
      if (!places.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
        throw full();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static Refusal full() {
    return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "the service is busy; try again").after(1);
  }

  int waiting() {
    return waiting.get();
  }
}
