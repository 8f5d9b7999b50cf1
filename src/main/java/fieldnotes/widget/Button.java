package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** A button; its value is how often it was pressed, for example a seed for "another example". */
public final class Button extends Input<Integer> {
  private Button(String name) {
    super(name);
  }

  /** A button with this text on it. */
  public static Button of(String name) {
    return new Button(name);
  }

  @Override
  public Integer start() {
    return 0;
  }

  @Override
  String range() {
    return "a button \"" + name() + "\"";
  }

  @Override
  String kind() {
    return "Button";
  }

  @Override
  String style() {
    return "ButtonStyle";
  }

  @Override
  void describe(JsonObject state) {
    state.addProperty("button_style", "");
    state.addProperty("icon", "");
  }

  @Override
  JsonElement write(Integer value) {
    return new JsonPrimitive(value); // a field that no view shows
  }

  @Override
  Integer read(JsonElement sent) {
    return null;
  }

  @Override
  Integer clicked(Integer now) {
    return now == Integer.MAX_VALUE ? 1 : now + 1;
  }
}
