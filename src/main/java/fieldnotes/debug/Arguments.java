package fieldnotes.debug;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a request.
 *
 * @param command name of the request in messages
 */
record Arguments(String command, JsonObject json) {
  static Arguments of(JsonObject request) {
    String command =
        request.get("command") instanceof JsonPrimitive name ? name.getAsString() : "(no command)";
    return new Arguments(
        command, request.get("arguments") instanceof JsonObject given ? given : new JsonObject());
  }

  /** The number of a request, by which its response names it. */
  static int sequence(JsonObject request) {
    return request.get("seq") instanceof JsonPrimitive number && number.isNumber()
        ? number.getAsInt()
        : 0;
  }

  /** An object with one field. */
  static JsonObject object(String name, Object value) {
    JsonObject object = new JsonObject();
    object.add(
        name,
        switch (value) {
          case JsonElement element -> element;
          case Boolean flag -> new JsonPrimitive(flag);
          case Number number -> new JsonPrimitive(number);
          default -> new JsonPrimitive(value.toString());
        });
    return object;
  }

  private IllegalArgumentException invalid(String name, String wanted) {
    JsonElement value = json.get(name);
    return new IllegalArgumentException(
        "%s: %s must be %s%s"
            .formatted(command, name, wanted, value == null ? ", but it is missing" : ""));
  }

  String text(String name) {
    if (json.get(name) instanceof JsonPrimitive value && value.isString()) {
      return value.getAsString();
    }
    throw invalid(name, "a text");
  }

  int number(String name) {
    if (json.get(name) instanceof JsonPrimitive value
        && value.isNumber()
        && value.getAsDouble() == value.getAsInt()) {
      return value.getAsInt();
    }
    throw invalid(name, "a whole number");
  }

  /** A whole number; the other one if it is missing or null. */
  int number(String name, int otherwise) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? otherwise : number(name);
  }

  Arguments object(String name) {
    if (json.get(name) instanceof JsonObject value) {
      return new Arguments(command, value);
    }
    throw invalid(name, "an object");
  }

  /** The objects of an array; none if it is missing. */
  List<Arguments> objects(String name) {
    List<Arguments> all = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonElement one : array) {
        if (!(one instanceof JsonObject value)) {
          throw invalid(name, "an array of objects");
        }
        all.add(new Arguments(command, value));
      }
    } else if (json.has(name)) {
      throw invalid(name, "an array of objects");
    }
    return all;
  }
}
