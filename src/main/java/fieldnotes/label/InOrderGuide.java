package fieldnotes.label;

import java.util.Map;
import java.util.OptionalInt;

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
  public synchronized OptionalInt next() {
    while (from < rows && !unheard(order[from])) {
      from++;
    }
    return from < rows ? OptionalInt.of(order[from]) : OptionalInt.empty();
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
