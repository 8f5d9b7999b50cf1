package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** A line of text; the function runs when Enter is pressed or the field is left. */
public final class TextBox extends Input<String> {
  private static final int MOST = 10_000;

  private final String start;

  private TextBox(String name, String start) {
    super(name);
    this.start = start;
  }

  /** A field with this text at the start. */
  public static TextBox of(String name, String start) {
    return new TextBox(name, cut(start));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MOST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST));
  }

  @Override
  public String start() {
    return start;
  }

  @Override
  String range() {
    return "%s: a text, here \"%s\"".formatted(name(), start);
  }

  @Override
  String kind() {
    return "Text";
  }

  @Override
  String style() {
    return "TextStyle";
  }

  @Override
  void describe(JsonObject state) {
    state.addProperty("continuous_update", false);
    state.addProperty("placeholder", "");
  }

  @Override
  JsonElement write(String value) {
    return new JsonPrimitive(value);
  }

  @Override
  String read(JsonElement sent) {
    return sent != null && sent.isJsonPrimitive() && sent.getAsJsonPrimitive().isString()
        ? cut(sent.getAsString())
        : null;
  }
}
