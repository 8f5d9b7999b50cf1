package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** A box to tick: its value is true or false. */
public final class CheckBox extends Input<Boolean> {
  private final boolean start;

  private CheckBox(String name, boolean start) {
    super(name);
    this.start = start;
  }

  /** A box that is ticked at the start or not. */
  public static CheckBox of(String name, boolean start) {
    return new CheckBox(name, start);
  }

  @Override
  public Boolean start() {
    return start;
  }

  @Override
  String range() {
    return name() + " on or off, here " + (start ? "on" : "off");
  }

  @Override
  String kind() {
    return "Checkbox";
  }

  @Override
  String style() {
    return "CheckboxStyle";
  }

  @Override
  void describe(JsonObject state) {
    state.addProperty("indent", false);
  }

  @Override
  JsonElement write(Boolean value) {
    return new JsonPrimitive(value);
  }

  @Override
  Boolean read(JsonElement sent) {
    return (sent != null && sent.isJsonPrimitive() && sent.getAsJsonPrimitive().isBoolean())
        ? sent.getAsBoolean()
        : null;
  }
}
