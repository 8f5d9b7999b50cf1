package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.evaluate.Classified;
import fieldnotes.model.Made;
import fieldnotes.model.Model;
import fieldnotes.table.Matrix;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;

/**
 * A model that labelled rows by itself.
 *
 * @param made how it came about; its rows are all rows, with and without a class
 * @param model the learner's own model, of all rows that got a class
 * @param labels the rows that were labelled, round by round
 * @param rounds how many rounds there were
 * @param end why there were no more
 */
public record SelfTrained<M extends Model<Classified>>(
    Made made, M model, List<PseudoLabel> labels, int rounds, End end) implements Joined {
  /** Why no more rows were labelled. */
  public enum End {
    /** Every row has a class. */
    ALL_LABELLED,
    /** No row that is left is sure enough. */
    NONE_SURE,
    /** There were as many rounds as allowed. */
    ROUNDS
  }

  /** Copies the labels and checks that the parts fit. */
  public SelfTrained {
    labels = PseudoLabel.check(labels, made.rows(), made.classes());
    Check.atLeast("rounds", rounds, 0);
    Joined.check(made, List.of(model));
  }

  /** One row for each label given: the row, the round, the class, its probability. */
  public Table toTable() {
    return PseudoLabel.table(labels);
  }

  @Override
  public List<M> parts() {
    return List.of(model);
  }

  @Override
  public Classified join(List<Classified> said, Supplier<Matrix> x) {
    return said.getFirst();
  }

  @Override
  public String toString() {
    return model
        + ", having labelled "
        + labels.size()
        + " rows by itself in "
        + rounds
        + switch (end) {
          case ALL_LABELLED -> " rounds: all";
          case NONE_SURE -> " rounds: it is not sure about the others";
          case ROUNDS -> " rounds, the most allowed";
        };
  }
}
