package fieldnotes.classify;

import fieldnotes.common.Check;
import fieldnotes.model.Made;
import fieldnotes.table.Samples;
import java.util.List;

/** Rows of which only some have a class. */
final class Unlabelled {
  private Unlabelled() {}

  /** The number of each row's class, −1 where it has none. At least two classes are known. */
  static int[] codes(Made made, Samples rows) {
    Check.that(
        made.classes().size() > 1,
        "'%s' has %s: learning from few labels needs rows of at least two classes with a label",
        rows.id(),
        made.classes().isEmpty()
            ? "no known classes"
            : "the class '" + made.classes().getFirst() + "' only");
    List<String> of = rows.classes();
    int[] codes = new int[of.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = made.classes().indexOf(of.get(i));
    }
    return codes;
  }
}
