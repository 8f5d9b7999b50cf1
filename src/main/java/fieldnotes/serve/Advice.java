package fieldnotes.serve;

import fieldnotes.common.Reason;
import fieldnotes.common.Warnings;
import fieldnotes.label.ClipModel;
import fieldnotes.table.Samples;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What a model of the labels guesses, and what more labels are worth: worked out in the background
 * whenever some more clips were heard.
 */
final class Advice implements AutoCloseable {
  private static final int MORE = 50;

  /** Guesses are made anew after so many answers, or a twentieth of all. */
  private static final int BATCH = 5;

  private final Samples rows;
  private final long seed;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("advice").factory());
  private ClipModel model;
  private boolean working;
  private int guessedAt;
  private int lookedAt;
  private volatile Map<Integer, ClipModel.Guess> guesses = Map.of();
  private volatile Optional<ClipModel.Outlook> outlook = Optional.empty();

  /**
   * Advice on clips.
   *
   * @param rows their features, empty where there are none: then there is no advice
   */
  Advice(Optional<Samples> rows, long seed) {
    this.rows = rows.filter(Samples::isNumeric).orElse(null);
    this.seed = seed;
  }

  /** The class that the model gives each clip, by clip; empty without one. */
  Map<Integer, ClipModel.Guess> guesses() {
    return guesses;
  }

  Optional<ClipModel.Outlook> outlook() {
    return outlook;
  }

  /**
   * Says that a clip was heard, or that a label was taken back.
   *
   * @param count clips heard so far
   * @param heard their classes; asked for only when they are needed
   */
  synchronized void heard(int count, Supplier<Map<Integer, String>> heard) {
    int news = Math.max(BATCH, count / 20);
    if (rows == null || working || Math.abs(count - guessedAt) < news || thread.isShutdown()) {
      return;
    }
    boolean look = Math.abs(count - lookedAt) >= 2 * news;
    guessedAt = count;
    lookedAt = look ? count : lookedAt;
    working = true;
    Map<Integer, String> answers = heard.get();
    thread.execute(() -> work(answers, look));
  }

  private void work(Map<Integer, String> answers, boolean look) {
    try {
      if (model == null) {
        model = ClipModel.of(rows, seed);
      }
      guesses = model.guesses(answers);
      if (look) {
        outlook = model.outlook(answers, MORE);
      }
    } catch (CancellationException e) {
      // the page was closed meanwhile
    } catch (IllegalArgumentException e) {
      Warnings.warn("the page shows no guesses: " + Reason.words(e));
    } finally {
      synchronized (this) {
        working = false;
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
