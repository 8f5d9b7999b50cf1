package fieldnotes.label;

import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Asks the rows one after the other in an order fixed at the start. */
final class InOrderGuide extends Answered {
  private final int[] order;

  /** Everything before this was heard. */
  private int from;

  InOrderGuide(int[] order, long seed) {
    super(order.length, seed);
    this.order = order;
  }

  @Override
  public synchronized OptionalInt next(IntPredicate open) {
    while (from < rows && !unheard(order[from])) {
      from++;
    }
    return IntStream.range(from, rows)
        .map(i -> order[i])
        .filter(row -> unheard(row) && open.test(row))
        .findFirst();
  }

  @Override
  void take(Answer answer) {}

  @Override
  void forget() {
    from = 0;
  }

  @Override
  public Map<Integer, Propagated> propagated() {
    return Map.of();
  }
}
