package fieldnotes.kernel;

import java.util.List;

/**
 * What is written of a name at the cursor.
 *
 * @param anyCase whether names match that differ in the case of letters
 */
record Begun(String text, boolean anyCase) {
  /** As it is written; and if no name begins so, ignoring the case. */
  static List<Begun> tries(String text) {
    Begun exact = new Begun(text, false);
    return text.isEmpty() ? List.of(exact) : List.of(exact, new Begun(text, true));
  }

  boolean begins(CharSequence name) {
    return name.toString().regionMatches(anyCase, 0, text, 0, text.length());
  }

  /** Whether a name is this one, as a whole. */
  boolean is(String name) {
    return name.length() == text.length() && begins(name);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }
}
