package fieldnotes.publish;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fieldnotes.common.Sha256;
import fieldnotes.table.Numbers;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages' templates, Mustache files next to this class. What a template shows is escaped unless
 * it stands in three braces; a name that the data lack is an error.
 *
 * <p>JMustache (81 KB) reads them in 0.1 to 0.2 s after the start of the JVM. jte, which checks
 * types, took 3.0 s for seven small templates, as it runs the Java compiler; compiling them in the
 * build needs its Maven plugin, which brings a Kotlin compiler of 57 MB.
 */
final class Templates {
  private static final String STYLE = resource("site.css");

  /** The font of formulas, whose roots, sums and brackets stretch; for pages that have some. */
  private static final String FONT =
      "@font-face { font-family: \"Fieldnotes Math\"; src: url(data:font/woff2;base64,"
          + Base64.getEncoder().encodeToString(bytes("math.woff2"))
          + "); }\n";

  private static final String SCRIPT = resource("site.js");
  private static final String POLICY =
      "default-src 'none'; img-src 'self' file: data:; media-src 'self' file: data:; style-src"
          + " 'unsafe-inline'; font-src data:; script-src 'sha256-"
          + hash(SCRIPT)
          + "'";
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .strictSections(true)
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .withEscaper(Html::escape)
          .withFormatter(
              value -> value instanceof Double d ? Numbers.text(d) : String.valueOf(value))
          .withLoader(name -> new StringReader(resource(name + ".mustache")));
  private static final Map<String, Template> COMPILED = new ConcurrentHashMap<>();

  private Templates() {}

  /** What every page has around its body. */
  private record Frame(
      String policy,
      String title,
      String crumb,
      String style,
      String script,
      boolean home,
      String body) {}

  /**
   * A whole page.
   *
   * @param template of the page's body
   * @param data what the template shows
   * @param title of the page
   * @param crumb where the page stands, below the journal; empty for the index
   * @param home whether the pages of the notebooks have an index next to these
   */
  static byte[] page(String template, Object data, String title, String crumb, boolean home) {
    String body = fill(template, data);
    String style = body.contains("<math") ? STYLE + FONT : STYLE;
    Frame frame = new Frame(POLICY, title, crumb, style, SCRIPT, home, body);
    return fill("frame", frame).getBytes(StandardCharsets.UTF_8);
  }

  private static String fill(String template, Object data) {
    return COMPILED
        .computeIfAbsent(template, name -> COMPILER.compile(resource(name + ".mustache")))
        .execute(data);
  }

  private static String resource(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (var in = Templates.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    return Base64.getEncoder()
        .encodeToString(Sha256.digest().digest(script.getBytes(StandardCharsets.UTF_8)));
  }
}
