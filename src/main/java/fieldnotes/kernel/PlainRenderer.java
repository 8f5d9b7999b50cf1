package fieldnotes.kernel;

import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderFunction;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * A renderer that shows every value, null and empty texts too, and whose plain text shows the
 * elements of arrays and is limited in length.
 */
final class PlainRenderer extends Renderer {
  /** Shown as text: what Jupyter's Java library does with them reads a stream or shows nothing. */
  private static final Set<Class<?>> AS_TEXT =
      Set.of(URL.class, URLConnection.class, InputStream.class);

  private final Set<Class<?>> ofUser = new HashSet<>();
  private boolean hasDefaults;

  /** The renderers of Jupyter's Java library are registered; those that follow are the user's. */
  void hasDefaults() {
    hasDefaults = true;
  }

  @Override
  public <T> void register(
      Set<MIMEType> supported,
      Set<MIMEType> preferred,
      Set<Class<? extends T>> types,
      RenderFunction<T> function) {
    if (hasDefaults) {
      ofUser.addAll(types);
    }
    super.register(supported, preferred, types, function);
  }

  @Override
  public DisplayData render(Object value, Map<String, Object> parameters) {
    if (value == null) {
      return new DisplayData("null");
    }
    if (isAsText(value)) {
      return withText(value, new DisplayData());
    }
    DisplayData data;
    try {
      data = super.render(value, parameters);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      System.err.printf(
          "Note: the renderer of %s failed, so the value is shown as text: %s%n",
          Names.plain(value.getClass().getTypeName()), Names.text(e));
      data = new DisplayData();
    }
    return withText(value, data);
  }

  private boolean isAsText(Object value) {
    return AS_TEXT.stream().anyMatch(type -> type.isInstance(value))
        && ofUser.stream().noneMatch(type -> type.isInstance(value));
  }

  @Override
  public DisplayData renderAs(Object value, Map<String, Object> parameters, String... types) {
    return value == null
        ? new DisplayData("null")
        : withText(value, super.renderAs(value, parameters, types));
  }

  @Override
  protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
    if (!data.hasDataForType(MIMEType.TEXT_PLAIN)) {
      data.putText(PlainText.of(value));
    }
    return data;
  }

  /** Adds plain text to display data that lacks it; text that cannot be seen is quoted. */
  static DisplayData withText(Object value, DisplayData data) {
    Object text = data.getData(MIMEType.TEXT_PLAIN);
    if (text == null) {
      text =
          value instanceof DisplayData ? "(can be shown by a front end only)" : PlainText.of(value);
    }
    String shown = Traces.plain(PlainText.cut(text.toString()));
    if (shown.codePoints().allMatch(PlainRenderer::isUnseen)) {
      shown = quoted(value, shown);
    }
    data.putText(shown);
    return data;
  }

  private static boolean isUnseen(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private static String quoted(Object value, String text) {
    if (value instanceof Character) {
      return "'" + escaped(text) + "'";
    }
    String inQuotes = "\"" + escaped(text) + "\"";
    return value instanceof CharSequence || value instanceof DisplayData
        ? inQuotes
        : "%s (its text is %s)".formatted(Names.plain(value.getClass().getSimpleName()), inQuotes);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case ' ' -> escaped.append(' ');
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }
}
