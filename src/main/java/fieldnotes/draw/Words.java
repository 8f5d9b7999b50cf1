package fieldnotes.draw;

import java.util.List;
import java.util.Locale;

/** Counts and lists for text alternatives. */
public final class Words {
  private static final int NAMED = 12;

  private Words() {}

  /** {@code 1 row}, {@code 1,200 rows}. */
  public static String count(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /** A count with the names: {@code 2 classes (music, speech)}; more than twelve are cut. */
  public static String list(int count, String one, String many, List<String> names) {
    String head = String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    if (names.isEmpty()) {
      return head;
    }
    int more = names.size() - NAMED;
    return head
        + " ("
        + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (more > 0 ? " and " + more + " more)" : ")");
  }
}
