package fieldnotes.label;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** A guide that asks about the nodes of a tree, by what was heard under them. */
abstract class TreeGuide extends Answered {
  final ClipTree tree;
  final HeardInTree in;

  TreeGuide(ClipTree tree, long seed) {
    super(tree.rows, seed);
    this.tree = tree;
    in = new HeardInTree(tree);
  }

  @Override
  void take(Answer answer) {
    in.add(answer.row(), answer.name());
  }

  @Override
  void forget() {
    in.clear();
  }

  @Override
  public final synchronized OptionalInt next(IntPredicate open) {
    OptionalInt row = asked();
    return row.isEmpty() || open.test(row.getAsInt())
        ? row
        : tree.nearest(row.getAsInt(), other -> unheard(other) && open.test(other));
  }

  /** The row that it asks about, whether it is open or not; empty when it asks nothing more. */
  abstract OptionalInt asked();
}
