package fieldnotes.serve;

import fieldnotes.common.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A class that the page offers, and the key that gives it.
 *
 * @param name the class, for example {@code music}
 * @param key one lower-case letter or digit other than z, s and g, which the page needs itself;
 *     empty for a class that is given by its button only
 */
public record LabelClass(String name, String key) {
  private static final String TAKEN = "zsg";

  /** Checks both. */
  public LabelClass {
    Check.that(
        !name.isBlank() && name.equals(name.strip()) && name.length() <= 100,
        "class '%s': must be 1 to 100 characters, without blanks at its ends",
        name);
    Check.that(
        name.chars().noneMatch(Character::isISOControl),
        "class '%s': must have no control characters",
        name.strip());
    Check.that(
        name.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF),
        "a class has half of a character in its name (a lone surrogate), which no file can keep");
    Check.that(
        key.isEmpty() || isKey(key),
        "class '%s', key '%s': must be one lower-case letter or digit, but not z (undo), s (skip)"
            + " or g (the guess)",
        name,
        key);
  }

  /** The preset: music, dialogue, both and unknown, by their first letters. */
  public static List<LabelClass> preset() {
    return parse("m=music,d=dialogue,b=both,u=unknown");
  }

  /**
   * Reads classes such as {@code m=music,d=dialogue}; without a key, as in {@code music,dialogue},
   * each gets the first free letter of its name.
   *
   * @throws IllegalArgumentException if a class or a key is invalid or given twice
   */
  public static List<LabelClass> parse(String text) {
    List<LabelClass> all = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String one = part.strip();
      int equal = one.indexOf('=');
      String name = one.substring(equal + 1).strip();
      String key = equal < 0 ? freeKey(name, all) : one.substring(0, equal).strip();
      Check.that(
          equal < 0 || (isKey(key) && !name.isEmpty()),
          "'%s': must be KEY=NAME, for example m=music; the key is one lower-case letter or digit,"
              + " but not z (undo), s (skip) or g (the guess)",
          one);
      all.add(new LabelClass(name, key));
      differ(all);
    }
    return List.copyOf(all);
  }

  /** Checks that no two share a name or a key. */
  static void differ(List<LabelClass> classes) {
    for (int i = 0; i < classes.size(); i++) {
      for (int j = 0; j < i; j++) {
        LabelClass a = classes.get(j);
        LabelClass b = classes.get(i);
        Check.that(!a.name.equals(b.name), "class '%s' is given twice", a.name);
        Check.that(
            a.key.isEmpty() || !a.key.equals(b.key),
            "classes '%s' and '%s' have the same key '%s'; give another",
            a.name,
            b.name,
            a.key);
      }
    }
  }

  /**
   * The first letter of the name, or else digit or letter, that none has; empty if none is left.
   */
  static String freeKey(String name, List<LabelClass> others) {
    String candidates = name.toLowerCase(Locale.ROOT) + "123456789abcdefghijklmnopqrstuvwxy0";
    return candidates
        .codePoints()
        .mapToObj(Character::toString)
        .filter(key -> isKey(key) && others.stream().noneMatch(o -> o.key.equals(key)))
        .findFirst()
        .orElse("");
  }

  static boolean isKey(String key) {
    return key.length() == 1
        && "abcdefghijklmnopqrstuvwxyz0123456789".contains(key)
        && !TAKEN.contains(key);
  }
}
