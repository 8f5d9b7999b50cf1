package fieldnotes.feature;

import fieldnotes.audio.SoundFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Restores the source order of the results. */
final class RowQueue {
  /** Limit on buffered values of files that finish before their turn. */
  private static final int WAITING_VALUES = 4_000_000;

  /** Receives the rows of one file after another, in order. */
  interface Sink {
    void take(SoundFiles.Item item, FeatureCache.Found found) throws IOException;
  }

  private final List<SoundFiles.Item> items;
  private final Sink sink;
  private final List<SoundFiles.Failure> failures;
  private final Map<Integer, Object> waiting = new HashMap<>();
  private long waitingValues;
  private int next;
  private int measured;
  private boolean stopped;

  RowQueue(List<SoundFiles.Item> items, Sink sink, List<SoundFiles.Failure> failures) {
    this.items = items;
    this.sink = sink;
    this.failures = failures;
  }

  /** Number of files that were measured; the others came from the cache. */
  synchronized int measured() {
    return measured;
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Blocks a thread while too many rows are buffered, except the one whose file is next. */
  synchronized void waitForRoom(int i) {
    while (i > next && waitingValues > WAITING_VALUES && !stopped) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
  }

  synchronized void put(int i, Object result) {
    waiting.put(i, result);
    waitingValues += size(result);
    while (waiting.containsKey(next)) {
      Object ready = waiting.remove(next);
      waitingValues -= size(ready);
      SoundFiles.Item item = items.get(next++);
      if (ready instanceof FeatureCache.Found found) {
        measured += found.measured() ? 1 : 0;
        try {
          sink.take(item, found);
        } catch (IOException e) {
          stop(); // those that wait for their turn end, too
          throw new UncheckedIOException(e);
        }
      } else {
        failures.add(new SoundFiles.Failure(item.name(), (String) ready));
      }
    }
    notifyAll();
  }

  private static long size(Object result) {
    return result instanceof FeatureCache.Found found
        ? (long) found.rows().size() * (found.rows().getFirst().values().length + 8)
        : 0;
  }
}
