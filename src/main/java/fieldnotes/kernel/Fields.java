package fieldnotes.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.Message;

/**
 * The fields of a request, as the message specification types them.
 *
 * @param request name of the request in messages
 */
record Fields(String request, JsonObject json) {
  /** A request whose fields are missing or of another type. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    Invalid(String message) {
      super(message);
    }
  }

  /**
   * The fields of a message.
   *
   * @throws Invalid if its content could not be read
   */
  static Fields of(Message<?> message) {
    String type = message.getHeader().getType().getName();
    Object content = message.getContent();
    // no switch by type: the first result waits for the class that the JVM makes for each of them
    if (content instanceof JsonObject json) {
      return new Fields(type, json);
    }
    throw new Invalid(
        type + ": " + (content instanceof Wire.Unreadable it ? it.reason() : "has no fields"));
  }

  private JsonPrimitive value(String name) {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (value instanceof JsonPrimitive primitive) {
      return primitive;
    }
    throw invalid(name, "a single value");
  }

  private Invalid invalid(String name, String wanted) {
    return new Invalid("%s: %s must be %s".formatted(request, name, wanted));
  }

  String text(String name) {
    JsonPrimitive value = value(name);
    if (value == null || !value.isString()) {
      throw invalid(name, "a text");
    }
    return value.getAsString();
  }

  String text(String name, String otherwise) {
    return value(name) == null ? otherwise : text(name);
  }

  boolean flag(String name, boolean otherwise) {
    JsonPrimitive value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw invalid(name, "true or false");
    }
    return value.getAsBoolean();
  }

  /** A whole number; the other one if it is missing or null. */
  int number(String name, int otherwise) {
    JsonPrimitive value = value(name);
    if (value == null) {
      return otherwise;
    }
    double number = value.isNumber() ? value.getAsDouble() : Double.NaN;
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw invalid(name, "a whole number");
    }
    return (int) number;
  }

  Map<String, String> texts(String name) {
    JsonElement value = json.get(name);
    Map<String, String> all = new LinkedHashMap<>();
    if (value == null || value.isJsonNull()) {
      return all;
    }
    if (!(value instanceof JsonObject object)) {
      throw invalid(name, "an object of texts");
    }
    object
        .entrySet()
        .forEach(
            one -> {
              if (!(one.getValue() instanceof JsonPrimitive text) || !text.isString()) {
                throw invalid(name, "an object of texts");
              }
              all.put(one.getKey(), text.getAsString());
            });
    return all;
  }
}
