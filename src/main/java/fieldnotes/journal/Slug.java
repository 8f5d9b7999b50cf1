package fieldnotes.journal;

import java.text.Normalizer;
import java.util.Locale;

/** Titles as used in file names and links. */
final class Slug {
  private static final int LONGEST = 60;

  private Slug() {}

  /** Lower-case letters and digits joined by hyphens; never empty. */
  static String of(String title) {
    String plain = Normalizer.normalize(title, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    String slug =
        plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (slug.isEmpty()) {
      slug = "x" + Integer.toHexString(title.hashCode());
    }
    return slug.length() <= LONGEST
        ? slug
        : slug.substring(0, LONGEST - 9) + "-" + Integer.toHexString(title.hashCode());
  }
}
