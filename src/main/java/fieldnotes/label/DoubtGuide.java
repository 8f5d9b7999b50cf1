package fieldnotes.label;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Asks about the rows of which a model is least sure, and about some at random. The model is fitted
 * to all answers up to the last full batch. Until it can be, rows are asked about at random.
 */
final class DoubtGuide extends Answered {
  private final DoubtModel model;

  /** The answers that the queue goes by. */
  private List<Answer> fitted = List.of();

  private int[] queue = new int[0];

  /** Everything before these places was heard. */
  private int fromQueue;

  private int fromRandom;

  DoubtGuide(DoubtModel model) {
    super(model.random.length, model.seed);
    this.model = model;
  }

  @Override
  void take(Answer answer) {}

  @Override
  void forget() {
    fitted = List.of();
    queue = new int[0];
    fromQueue = 0;
    fromRandom = 0;
  }

  @Override
  public synchronized OptionalInt next(IntPredicate open) {
    while (fromQueue < queue.length && !unheard(queue[fromQueue])) {
      fromQueue++;
    }
    while (fromRandom < rows && !unheard(model.random[fromRandom])) {
      fromRandom++;
    }
    boolean blind = Dice.unit(seed, count()) < model.options.random();
    OptionalInt doubted = blind ? OptionalInt.empty() : first(queue, fromQueue, open);
    return doubted.isPresent() ? doubted : first(model.random, fromRandom, open);
  }

  private OptionalInt first(int[] order, int from, IntPredicate open) {
    return Arrays.stream(order, from, order.length)
        .filter(row -> unheard(row) && open.test(row))
        .findFirst();
  }

  @Override
  public Map<Integer, Propagated> propagated() {
    return Map.of();
  }

  /** The answers that the model should be fitted to; none while it cannot be. */
  private synchronized List<Answer> toFit() {
    List<Answer> first = answers().subList(0, model.options.toFit(count()));
    return DoubtModel.canLearn(first) ? first : List.of();
  }

  @Override
  public synchronized boolean stale() {
    return !toFit().equals(fitted);
  }

  @Override
  public void refit() {
    List<Answer> wanted = toFit();
    int[] made = wanted.isEmpty() ? new int[0] : model.queue(wanted);
    synchronized (this) {
      if (wanted.equals(toFit())) { // an answer was replaced meanwhile
        fitted = wanted;
        queue = made;
        fromQueue = 0;
      }
    }
  }
}
