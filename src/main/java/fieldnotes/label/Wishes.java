package fieldnotes.label;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Steps that somebody waits for. Those that wait at the same time share one write and one sync: one
 * of them does it for all, and the first that came meanwhile does it next.
 */
final class Wishes {
  /** A step that somebody waits for. */
  static final class Wish {
    /** The event, from the state as it is when its turn comes; empty if there is nothing to do. */
    final Function<LabelState, Optional<Event>> event;

    /** Completed with true when it is its turn to write for all, with false when it is written. */
    private final CompletableFuture<Boolean> leads = new CompletableFuture<>();

    LabelStep step;
    boolean undoes;
    IOException failure;

    Wish(Function<LabelState, Optional<Event>> event) {
      this.event = event;
    }

    /** Its step was written, or could not be. */
    void done(IOException why) {
      failure = why;
      leads.complete(false);
    }
  }

  private final Deque<Wish> waiting = new ArrayDeque<>();
  private final Consumer<Supplier<List<Wish>>> work;
  private boolean granting;

  /**
   * @param work takes all that wait, and calls {@link Wish#done} on each
   */
  Wishes(Consumer<Supplier<List<Wish>>> work) {
    this.work = work;
  }

  /** Returns when the wish is done. */
  void grant(Wish wish) {
    boolean leads;
    synchronized (this) {
      waiting.add(wish);
      leads = !granting;
      granting = true;
    }
    if (leads || wish.leads.join()) {
      try {
        work.accept(this::all);
      } finally {
        next();
      }
    }
  }

  private synchronized List<Wish> all() {
    List<Wish> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  private synchronized void next() {
    granting = !waiting.isEmpty();
    if (granting) {
      waiting.getFirst().leads.complete(true);
    }
  }
}
