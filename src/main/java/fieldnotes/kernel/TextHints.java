package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What extensions know to stand in a text in the code, for example the names of columns. */
final class TextHints {
  private final List<Function<Map<String, Object>, ? extends Collection<String>>> all =
      new CopyOnWriteArrayList<>();

  void add(Function<Map<String, Object>, ? extends Collection<String>> hints) {
    all.add(hints);
  }

  /** What may stand in a text; an extension that fails has nothing to say. */
  List<String> of(Map<String, Object> place) {
    List<String> found = new ArrayList<>();
    for (Function<Map<String, Object>, ? extends Collection<String>> one : all) {
      try {
        found.addAll(one.apply(place));
      } catch (RuntimeException | LinkageError e) {
        // The others may know something.
      }
    }
    return found;
  }
}
