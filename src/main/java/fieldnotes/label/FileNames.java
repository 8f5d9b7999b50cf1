package fieldnotes.label;

import fieldnotes.common.Sha256;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Parts of file names for classes: equal to the class where every system allows it, otherwise with
 * {@code _} in place of what is not allowed and digits of the SHA-256 of the class, so that no two
 * classes share a name, also where case does not count.
 */
final class FileNames {
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|%]");
  private static final int LONGEST = 60;

  private FileNames() {}

  /** The name of each class. */
  static SortedMap<String, String> of(Collection<String> classes) {
    Map<String, Integer> alike = new HashMap<>();
    TreeSet<String> all = new TreeSet<>(classes);
    all.forEach(name -> alike.merge(folded(safe(name)), 1, Integer::sum));
    SortedMap<String, String> names = new TreeMap<>();
    for (String name : all) {
      String safe = safe(name);
      boolean own =
          safe.equals(name) && (alike.get(folded(safe)) == 1 || folded(name).equals(name));
      names.put(name, own ? name : safe + "-" + Sha256.of(name).substring(0, 12));
    }
    return names;
  }

  private static String safe(String name) {
    String safe = UNSAFE.matcher(name).replaceAll("_").strip().replaceAll("^[.]+|[.\\s]+$", "_");
    int end = Math.min(safe.length(), LONGEST);
    return safe.substring(0, safe.offsetByCodePoints(0, safe.codePointCount(0, end)));
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
