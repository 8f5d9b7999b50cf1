package fieldnotes.kernel;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** A value as plain text. Arrays show their elements; long values are shortened. */
final class PlainText {
  /** Maximum number of characters of a value's text. */
  static final int MOST_CHARACTERS = 10_000;

  private static final int MOST_ITEMS = 100;
  private static final int MOST_DEEP = 6;

  private PlainText() {}

  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value, 0);
    return cut(out.toString());
  }

  static String cut(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int end = MOST_CHARACTERS;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return String.format(
        Locale.ROOT, "%s… (%,d characters in all)", text.substring(0, end), text.length());
  }

  private static void append(StringBuilder out, Object value, int depth) {
    if (value == null) {
      out.append("null");
    } else if (value.getClass().isArray()) {
      array(out, value, depth);
    } else if (isPlainCollection(value) && depth < MOST_DEEP) {
      switch (value) {
        case Collection<?> many -> items(out, many, depth);
        case Map<?, ?> map -> entries(out, map, depth);
        default -> out.append(value);
      }
    } else {
      out.append(Names.plain(text(value)));
    }
  }

  /** Whether this is a collection of the JDK; others are printed by their own toString. */
  private static boolean isPlainCollection(Object value) {
    return (value instanceof Collection<?> || value instanceof Map<?, ?>)
        && value.getClass().getName().startsWith("java.util.");
  }

  private static String text(Object value) {
    try {
      return String.valueOf(value.toString());
    } catch (RuntimeException | StackOverflowError e) {
      return "%s (its toString threw %s)"
          .formatted(Names.plain(value.getClass().getName()), e.getClass().getName());
    }
  }

  private static void array(StringBuilder out, Object array, int depth) {
    int length = Array.getLength(array);
    Class<?> item = array.getClass().getComponentType();
    if (depth == 0) {
      String brackets = "";
      while (item.isArray()) {
        item = item.getComponentType();
        brackets += "[]";
      }
      out.append(item.getSimpleName()).append('[').append(length).append(']').append(brackets);
      out.append(' ');
    }
    if (depth >= MOST_DEEP) {
      out.append("{…}");
      return;
    }
    out.append('{');
    for (int i = 0; i < length && goesOn(out, i, length); i++) {
      out.append(i == 0 ? "" : ", ");
      append(out, Array.get(array, i), depth + 1);
    }
    out.append('}');
  }

  private static void items(StringBuilder out, Collection<?> many, int depth) {
    out.append('[');
    int i = 0;
    for (Object item : many) {
      if (!goesOn(out, i, many.size())) {
        break;
      }
      out.append(i++ == 0 ? "" : ", ");
      append(out, item == many ? "(this collection)" : item, depth + 1);
    }
    out.append(']');
  }

  private static void entries(StringBuilder out, Map<?, ?> map, int depth) {
    out.append('{');
    int i = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!goesOn(out, i, map.size())) {
        break;
      }
      out.append(i++ == 0 ? "" : ", ");
      append(out, entry.getKey(), depth + 1);
      out.append('=');
      append(out, entry.getValue() == map ? "(this map)" : entry.getValue(), depth + 1);
    }
    out.append('}');
  }

  private static boolean goesOn(StringBuilder out, int done, int size) {
    if (done < MOST_ITEMS && out.length() < MOST_CHARACTERS) {
      return true;
    }
    out.append(String.format(Locale.ROOT, ", … %,d more", size - done));
    return false;
  }
}
