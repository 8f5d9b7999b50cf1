package fieldnotes.label;

import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Asks as one guide or as another would; labels follow from what the first makes of all answers.
 */
final class TwoGuides implements Guide {
  private final Guide first;
  private final Guide second;
  private final IntPredicate asFirst;
  private final Set<Integer> heard = new HashSet<>();

  /**
   * @param asFirst whether the first asks, by the number of rows heard
   */
  TwoGuides(Guide first, Guide second, IntPredicate asFirst) {
    this.first = first;
    this.second = second;
    this.asFirst = asFirst;
  }

  @Override
  public synchronized OptionalInt next(IntPredicate open) {
    return asFirst.test(heard.size()) ? first.next(open) : second.next(open);
  }

  @Override
  public synchronized void heard(int row, String name) {
    first.heard(row, name);
    second.heard(row, name);
    heard.add(row);
  }

  @Override
  public synchronized Map<Integer, Propagated> propagated() {
    return first.propagated();
  }

  @Override
  public boolean stale() {
    return first.stale() || second.stale();
  }

  @Override
  public void refit() {
    first.refit();
    second.refit();
  }
}
