package fieldnotes.debug;

import com.google.gson.JsonObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Describes values to a front end, which asks for what is in them by their numbers. */
final class Values {
  /** The most children given at once unless the front end asks for a part. */
  private static final int MOST = 100;

  private static final int MOST_CHARACTERS = 200;

  private final Host host;
  private final Map<Integer, Object> known = new HashMap<>();
  private int last;

  Values(Host host) {
    this.host = host;
  }

  /** Forgets all values; their numbers are not used again. */
  synchronized void clear() {
    known.clear();
  }

  private synchronized int number(Object value) {
    known.put(++last, value);
    return last;
  }

  private synchronized Object known(int number) {
    return known.get(number);
  }

  /** Gives variables a number, by which they are asked for. */
  int scope(Map<String, Object> variables) {
    return number(new Scope(variables));
  }

  private record Scope(Map<String, Object> variables) {}

  JsonObject describe(String name, Object value) {
    JsonObject one = new JsonObject();
    one.addProperty("name", name);
    one.addProperty("evaluateName", name);
    describe(one, "value", value);
    return one;
  }

  /** Adds a value's text under this name, its type and its number to an object. */
  void describe(JsonObject to, String name, Object value) {
    to.addProperty(name, text(value));
    int count = count(value);
    String type = type(value, count);
    if (type != null) {
      to.addProperty("type", type);
    }
    to.addProperty("variablesReference", count == 0 ? 0 : number(value));
    if (count > MOST) {
      to.addProperty(value instanceof Map ? "namedVariables" : "indexedVariables", count);
    }
  }

  /**
   * The type as front ends expect it. JupyterLab shows the value only of what has one of Python's
   * basic types or none, and of all else the type.
   */
  private String type(Object value, int count) {
    return switch (value) {
      case Boolean flag -> "bool";
      case Byte number -> "int";
      case Short number -> "int";
      case Integer number -> "int";
      case Float number -> "float";
      case Double number -> "float";
      case CharSequence text -> "str";
      case null, default -> count == 0 ? null : host.name(value.getClass().getTypeName());
    };
  }

  private String text(Object value) {
    String text;
    try {
      text = value instanceof CharSequence ? "\"" + value + "\"" : host.text(value);
    } catch (RuntimeException | StackOverflowError e) {
      text = "(its text cannot be read: %s)".formatted(e.getClass().getSimpleName());
    }
    text = text.replaceAll("\\s*\\R\\s*", " ⏎ ");
    return text.length() > MOST_CHARACTERS
        ? text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS - 1)) + "…"
        : text;
  }

  private static int count(Object value) {
    try {
      return switch (value) {
        case null -> 0;
        case Scope scope -> scope.variables().size();
        case Collection<?> many -> many.size();
        case Map<?, ?> map -> map.size();
        case CharSequence text -> 0;
        case Enum<?> constant -> 0;
        case Object array when array.getClass().isArray() -> Array.getLength(array);
        default -> fields(value).size();
      };
    } catch (RuntimeException e) {
      return 0;
    }
  }

  /**
   * Gives what is in a value to the receiver, one by one.
   *
   * @param start the first child, counted from 0
   * @param count how many at most; 0 for the first {@value #MOST}, followed by how many there are
   * @throws IllegalArgumentException if no value has the number
   */
  void children(int number, int start, int count, Consumer<JsonObject> to) {
    Object value = known(number);
    if (value == null) {
      throw new IllegalArgumentException(
          "variablesReference=%d: no value has this number any longer; ask for the scopes or the"
                  .formatted(number)
              + " variables again");
    }
    long end = count > 0 ? (long) start + count : start + MOST;
    int i = 0;
    switch (value) {
      case Scope scope -> {
        // All of them: front ends do not ask for more.
        scope.variables().forEach((name, one) -> to.accept(describe(name, one)));
        return;
      }
      case Collection<?> many -> {
        for (Object one : many) {
          if (i >= start && i < end) {
            to.accept(describe("[" + i + "]", one));
          }
          i++;
          if (i >= end) {
            break;
          }
        }
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> one : map.entrySet()) {
          if (i >= start && i < end) {
            to.accept(describe(text(one.getKey()), one.getValue()));
          }
          i++;
          if (i >= end) {
            break;
          }
        }
      }
      case Object array when array.getClass().isArray() -> {
        int length = Array.getLength(array);
        for (i = start; i < Math.min(length, end); i++) {
          to.accept(describe("[" + i + "]", Array.get(array, i)));
        }
      }
      default -> fields(value).forEach((name, one) -> to.accept(describe(name, one)));
    }
    int all = count(value);
    if (count <= 0 && end < all && !isObject(value)) {
      JsonObject rest = new JsonObject();
      rest.addProperty("name", "…");
      rest.addProperty("value", String.format(Locale.ROOT, "%,d more", all - end));
      rest.addProperty("type", "");
      rest.addProperty("variablesReference", 0);
      to.accept(rest);
    }
  }

  private static boolean isObject(Object value) {
    return !(value instanceof Collection || value instanceof Map || value.getClass().isArray());
  }

  /** The fields of an object that can be read, those of its superclasses first. */
  private static Map<String, Object> fields(Object value) {
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      types.add(type);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    for (Class<?> type : types.reversed()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && isOpen(value)) {
          try {
            field.setAccessible(true);
            all.put(field.getName(), field.get(value));
          } catch (InaccessibleObjectException | IllegalAccessException e) {
            // Modules of the JDK do not show their fields.
          }
        }
      }
    }
    return all;
  }

  /** What the JDK keeps in numbers, dates and streams means nothing to the reader. */
  private static boolean isOpen(Object value) {
    String name = value.getClass().getName();
    return !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.");
  }
}
