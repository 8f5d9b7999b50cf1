package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may be inserted at the cursor, the best first, each text once. */
final class Candidates {
  static final int MOST = 500;

  /**
   * A text to insert.
   *
   * @param kind what it is, in the words of front ends: function, instance, class, module, keyword,
   *     property, path, magic
   * @param signature parameters and type, or a note, or nothing
   */
  record One(String text, String kind, String signature) {}

  private final Map<String, One> all = new LinkedHashMap<>();
  private int start;

  Candidates(int start) {
    this.start = start;
  }

  /** Where the text begins that is replaced. */
  int start() {
    return start;
  }

  /** Makes the texts replace more. */
  void startAt(int at) {
    start = at;
  }

  void add(String text, String kind, String signature) {
    if (all.size() < MOST) {
      all.putIfAbsent(text, new One(text, kind, signature));
    }
  }

  void clear() {
    all.clear();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<One> list() {
    return new ArrayList<>(all.values());
  }

  List<String> texts() {
    return new ArrayList<>(all.keySet());
  }
}
