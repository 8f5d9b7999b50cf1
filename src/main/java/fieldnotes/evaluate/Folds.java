package fieldnotes.evaluate;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import fieldnotes.table.Split;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A way to part rows into folds, each of which is held back once while a model is fitted on the
 * others. The same rows as scikit-learn gives with the same seed; within a set, rows keep their
 * order. Classes and groups are texts, sorted by code point where their order matters.
 *
 * <p>Which to take: {@link #shuffled} if rows have nothing to do with each other, {@link
 * #stratified} to keep rare classes in every fold, {@link #grouped} or {@link #stratifiedGrouped}
 * if several rows come from one recording or speaker, {@link #inTime} if the past is to predict the
 * future.
 *
 * <p>Values: they print themselves, and equal ones are equal.
 *
 * @see "sklearn.model_selection of scikit-learn 1.9"
 */
public sealed interface Folds
    permits PlainFolds,
        StratifiedFolds,
        GroupedFolds,
        StratifiedGroupedFolds,
        TimeFolds,
        RepeatedFolds,
        RandomSplits {
  /**
   * The training and test rows of each fold.
   *
   * @throws IllegalArgumentException if these rows cannot be parted so, as with fewer rows, groups
   *     or rows of a class than folds
   */
  List<Split> splits(Samples rows);

  /**
   * Folds of consecutive rows, as {@code KFold}: the first rows mod k folds are one row longer.
   *
   * @param k the number of folds, at least 2
   */
  static Folds of(int k) {
    return new PlainFolds(Check.atLeast("folds", k, 2), OptionalLong.empty());
  }

  /**
   * Folds of shuffled rows, as {@code KFold(shuffle=True)}.
   *
   * @param k the number of folds, at least 2
   * @param seed 0 to 4294967295
   */
  static Folds shuffled(int k, long seed) {
    return new PlainFolds(Check.atLeast("folds", k, 2), OptionalLong.of(seed));
  }

  /**
   * Folds with the classes in proportion, as {@code StratifiedKFold}. A class with fewer rows than
   * folds is missing from some of them.
   *
   * @param k the number of folds, at least 2
   */
  static Folds stratified(int k) {
    return new StratifiedFolds(k, OptionalLong.empty());
  }

  /**
   * Folds of shuffled rows with the classes in proportion, as {@code
   * StratifiedKFold(shuffle=True)}.
   *
   * @param k the number of folds, at least 2
   * @param seed 0 to 4294967295
   */
  static Folds stratified(int k, long seed) {
    return new StratifiedFolds(k, OptionalLong.of(seed));
  }

  /**
   * Folds of about equal size that keep each group together, as {@code GroupKFold}.
   *
   * @param k the number of folds, at least 2
   * @param groups what a group is, as {@link Samples#groupNames} has it, such as {@code recording}
   */
  static Folds grouped(int k, String groups) {
    return new GroupedFolds(Check.atLeast("folds", k, 2), groups, OptionalLong.empty());
  }

  /**
   * Folds of shuffled groups, each with about as many groups, as {@code GroupKFold(shuffle=True)}.
   *
   * @param seed 0 to 4294967295
   */
  static Folds grouped(int k, String groups, long seed) {
    return new GroupedFolds(Check.atLeast("folds", k, 2), groups, OptionalLong.of(seed));
  }

  /** One fold for each group, in the order of the groups, as {@code LeaveOneGroupOut}. */
  static Folds leaveOneGroupOut(String groups) {
    return new GroupedFolds(GroupedFolds.EACH, groups, OptionalLong.empty());
  }

  /**
   * Folds that keep each group together and the classes as near to proportion as that allows, as
   * {@code StratifiedGroupKFold}. Where that one leaves a fold without rows, this one refuses.
   *
   * @param k the number of folds, at least 2
   * @param groups what a group is, as {@link Samples#groupNames} has it, such as {@code recording}
   */
  static Folds stratifiedGrouped(int k, String groups) {
    return new StratifiedGroupedFolds(k, groups, OptionalLong.empty());
  }

  /**
   * The same folds, with groups of like classes shuffled, as {@code
   * StratifiedGroupKFold(shuffle=True)}.
   *
   * @param seed 0 to 4294967295
   */
  static Folds stratifiedGrouped(int k, String groups, long seed) {
    return new StratifiedGroupedFolds(k, groups, OptionalLong.of(seed));
  }

  /** One fold for each row, as {@code LeaveOneOut}: for hundreds of rows rather than thousands. */
  static Folds leaveOneOut() {
    return new PlainFolds(PlainFolds.EACH, OptionalLong.empty());
  }

  /**
   * Folds of rows that follow each other in time, as {@code TimeSeriesSplit}: each is tested by a
   * model of all rows before it, and the first rows are only learnt from. Test folds are equally
   * long, rows / (k + 1) rounded down.
   *
   * @param k the number of folds, at least 2
   */
  static Folds inTime(int k) {
    return new TimeFolds(k);
  }

  /**
   * These folds several times over, each time shuffled anew by one generator, as {@code
   * RepeatedKFold} and {@code RepeatedStratifiedKFold}; the first are these. Five times two folds,
   * for the paired test of that name, are {@code Folds.stratified(2, 42).repeated(5)}.
   *
   * @param times at least 1
   * @throws IllegalArgumentException if these folds are not shuffled and would stay the same
   */
  default Folds repeated(int times) {
    return new RepeatedFolds(this, times);
  }

  /**
   * Random splits, as {@code ShuffleSplit}: a row may be tested several times or never. Rows are in
   * the order drawn.
   *
   * @param splits at least 1
   * @param testShare the share of the rows that is tested, above 0 and below 1; rounded up
   * @param seed 0 to 4294967295
   */
  static Folds randomSplits(int splits, double testShare, long seed) {
    return new RandomSplits(splits, testShare, RandomSplits.Kind.PLAIN, "", seed);
  }

  /** Random splits with the classes in proportion, as {@code StratifiedShuffleSplit}. */
  static Folds randomStratified(int splits, double testShare, long seed) {
    return new RandomSplits(splits, testShare, RandomSplits.Kind.STRATIFIED, "", seed);
  }

  /**
   * Random splits that keep each group together, as {@code GroupShuffleSplit}.
   *
   * @param testShare the share of the groups that is tested, above 0 and below 1; rounded up
   * @param groups what a group is, as {@link Samples#groupNames} has it, such as {@code recording}
   */
  static Folds randomGrouped(int splits, double testShare, String groups, long seed) {
    return new RandomSplits(splits, testShare, RandomSplits.Kind.GROUPED, groups, seed);
  }

  /**
   * What is uneven about these folds of these rows, and what to do: a class with fewer rows than
   * folds, so that it is missing from some, or a group larger than a fold. Usually empty.
   *
   * @throws IllegalArgumentException as {@link #splits}
   */
  default List<String> notes(Samples rows) {
    return FoldNotes.of(this, rows);
  }

  /** Folds of consecutive rows, in the order of the rows. */
  static List<Split> consecutive(int rows, int folds) {
    Check.atLeast("folds", folds, 2);
    return PlainFolds.parts(IntStream.range(0, rows).toArray(), folds);
  }
}
