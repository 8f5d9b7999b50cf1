package fieldnotes.classify;

import fieldnotes.evaluate.Classified;
import fieldnotes.evaluate.Folds;
import fieldnotes.model.Learner;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.List;

/**
 * Several learners, and a final one that learns from what they predict, as scikit-learn's {@code
 * StackingClassifier}. The final learner sees predictions of rows that a learner was not fitted on:
 * each learner is fitted once for every fold, and once on all rows for later use.
 *
 * <p>What it sees of a learner is a column for each class: its probabilities, or its decision
 * values where it gives none; of two classes the second one alone.
 *
 * <p>Rows of one recording are not independent: give folds that keep them together.
 *
 * @param members the learners; their weights do not count
 * @param last the final learner
 * @param folds the folds; each row must be in one of them
 * @param passthrough whether the final learner sees the rows' own columns too, after the others
 * @see "D. H. Wolpert, Stacked generalization, Neural Networks 5(2), 1992"
 */
public record Stacking<M extends Model<Classified>>(
    List<Member> members, Learner<Classified, M> last, Folds folds, boolean passthrough)
    implements Learner<Classified, Stacked<M>> {
  /** Copies and checks the learners. */
  public Stacking {
    members = Member.check(members);
  }

  /** Returns a copy with these folds. */
  public Stacking<M> withFolds(Folds newFolds) {
    return new Stacking<>(members, last, newFolds, passthrough);
  }

  /** Returns a copy whose final learner sees the rows' own columns too. */
  public Stacking<M> withPassthrough() {
    return new Stacking<>(members, last, folds, true);
  }

  @Override
  public Stacked<M> fit(Samples rows) {
    Made made = Made.of(this, rows);
    made.codes(rows);
    List<HeldBack> held =
        HeldBack.of(members.stream().map(Member::learner).toList(), rows, made, folds);
    List<String> names = members.stream().map(Member::name).toList();
    Matrix seen =
        Stacked.columns(names, made.classes(), held.stream().map(HeldBack::predicted).toList());
    if (passthrough) {
      seen = seen.beside(rows.matrix());
    }
    return new Stacked<>(
        made,
        names,
        held.stream().<Model<Classified>>map(HeldBack::model).toList(),
        last.fit(rows.withFeatures(seen)),
        passthrough);
  }

  @Override
  public String toString() {
    return "stack of %s under %s, %s%s"
        .formatted(members, last, folds, passthrough ? ", with the rows' own columns" : "");
  }
}
