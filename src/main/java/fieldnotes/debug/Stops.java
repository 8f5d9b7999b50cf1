package fieldnotes.debug;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Stops threads of cells at breakpoints and after steps. One thread is stopped at a time; others
 * that reach a breakpoint wait until it goes on.
 */
final class Stops {
  /** The number of the thread that is stopped; front ends take it for granted. */
  static final int THREAD = 1;

  /** How far a stopped thread goes on. */
  enum Go {
    ON,
    OVER,
    IN,
    OUT
  }

  private record Step(Go kind, Thread thread, Activation from, int line) {
    boolean endsAt(Activation at) {
      if (Thread.currentThread() != thread || (at == from && at.site.place.line() == line)) {
        return false;
      }
      return switch (kind) {
        case IN -> true;
        case OVER -> at.depth <= from.depth;
        case OUT -> at.depth < from.depth;
        case ON -> false;
      };
    }
  }

  /** One call of a woven method on a stopped thread. */
  record Frame(Site site, Object[] values) {}

  /** A stop of a thread; its frames are the innermost first. */
  static final class Stop {
    final Thread thread = Thread.currentThread();
    final List<Frame> frames = new ArrayList<>();
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Activation at;
    private boolean resumed;

    Stop(Activation at) {
      this.at = at;
      for (Activation one = at; one != null; one = one.caller) {
        if (one.site != null) {
          frames.add(new Frame(one.site, one.values));
        }
      }
    }
  }

  private final Sites sites;
  private final Host host;
  private final BiConsumer<String, JsonObject> tell;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean watching;
  private volatile boolean pauseWanted;
  private volatile Step step;
  private volatile Stop stop;

  /**
   * @param tell receives the names and bodies of events
   */
  Stops(Sites sites, Host host, BiConsumer<String, JsonObject> tell) {
    this.sites = sites;
    this.host = host;
    this.tell = tell;
  }

  Sites sites() {
    return sites;
  }

  /** Whether any line may stop, so that the local variables are noted at each. */
  boolean isWatching() {
    return watching;
  }

  void watch() {
    watching = sites.hasBreakpoints() || step != null || pauseWanted;
  }

  /** The stop that lasts, or null. */
  Stop current() {
    return stop;
  }

  /** Stops at the next line of any thread. */
  void pause() {
    pauseWanted = true;
    watch();
  }

  /** Forgets a step and a pause that have not come to their end with the cell. */
  void forgetSteps() {
    step = null;
    pauseWanted = false;
    watch();
  }

  private String reason(Activation at) {
    Step wanted = step;
    if (at.sameLine) {
      return null;
    }
    if (at.site.breakpoint) {
      return "breakpoint";
    }
    if (pauseWanted) {
      return "pause";
    }
    return wanted != null && wanted.endsAt(at) ? "step" : null;
  }

  /** Called on the thread that has reached a line. */
  void reached(Activation at) {
    if (reason(at) == null) {
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        turn.lockInterruptibly();
        break;
      } catch (InterruptedException e) {
        host.throwIfStopped();
        interrupted = true;
      }
    }
    try {
      // While it waited, another thread may have ended the pause, or the debugger the breakpoint.
      String reason = Pause.stops == this ? reason(at) : null;
      if (reason != null) {
        step = null;
        pauseWanted = false;
        at.chain.prune();
        stopHere(new Stop(at), reason);
      }
    } finally {
      turn.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stopHere(Stop here, String reason) {
    boolean interrupted = false;
    stop = here;
    JsonObject body = thread();
    body.addProperty("reason", reason);
    tell.accept("stopped", body);
    try {
      while (!here.resumed) {
        try {
          here.tasks.take().run();
        } catch (InterruptedException e) {
          host.throwIfStopped();
          interrupted = true;
        }
      }
    } finally {
      stop = null;
      tell.accept("continued", thread());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static JsonObject thread() {
    JsonObject body = new JsonObject();
    body.addProperty("threadId", THREAD);
    body.addProperty("allThreadsStopped", false);
    body.addProperty("allThreadsContinued", true);
    return body;
  }

  /** Lets a stopped thread go on. */
  void resume(Stop of, Go go) {
    of.tasks.add(
        () -> {
          if (go != Go.ON) {
            step = new Step(go, of.thread, of.at, of.at.site.place.line());
          }
          watch();
          of.resumed = true;
        });
  }

  /**
   * Runs code on the stopped thread.
   *
   * @throws TimeoutException if it takes longer; it goes on until the cell is interrupted
   */
  static <T> T on(Stop stop, Callable<T> code, long seconds) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    stop.tasks.add(
        () -> {
          try {
            result.complete(Pause.quietly(code));
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
