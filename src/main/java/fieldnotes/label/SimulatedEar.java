package fieldnotes.label;

import fieldnotes.common.Check;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Answers as a listener would who knows the classes, for measurements and trials. */
public final class SimulatedEar {
  private final List<String> classes;
  private final List<String> names;
  private final double wrong;
  private final long seed;

  private SimulatedEar(List<String> classes, double wrong, long seed) {
    this.classes = List.copyOf(classes);
    names = List.copyOf(new TreeSet<>(classes));
    this.wrong = wrong;
    this.seed = seed;
    int empty = classes.indexOf("");
    Check.that(
        empty < 0, "row %d has no known class, so it cannot be answered: leave it out", empty);
  }

  /**
   * An ear that is always right.
   *
   * @param classes the class of each row, as {@code Samples.classes()} has them; none empty
   */
  public static SimulatedEar perfect(List<String> classes) {
    return new SimulatedEar(classes, 0, 0);
  }

  /**
   * An ear that hears some rows as another class, which it draws of those there are; it hears a row
   * the same way each time.
   *
   * @param share of the rows that it hears wrongly, from 0 to 1
   */
  public static SimulatedEar wrong(List<String> classes, double share, long seed) {
    return new SimulatedEar(classes, Check.within("share", share, 0, 1), seed);
  }

  /** What it says of a row. */
  public String hear(int row) {
    String name = classes.get(row);
    if (names.size() < 2 || Dice.unit(seed, 2L * row) >= wrong) {
      return name;
    }
    int other = Dice.below(names.size() - 1, seed, 2L * row + 1);
    return names.get(other < names.indexOf(name) ? other : other + 1);
  }

  @Override
  public String toString() {
    return wrong == 0
        ? "perfect ear"
        : String.format(Locale.ROOT, "ear that is wrong about %.0f %% of the clips", 100 * wrong);
  }
}
