package fieldnotes.notebook;

import fieldnotes.table.Numbers;
import java.lang.reflect.Array;
import java.util.List;
import java.util.StringJoiner;

/** Previews arrays by shape and first values. */
final class Previews {
  private static final int VALUES = 12;
  private static final int ROWS = 8;

  private Previews() {}

  static String of(Object array) {
    StringBuilder out = new StringBuilder(shape(array));
    int length = Array.getLength(array);
    if (!array.getClass().getComponentType().isArray()) {
      return out.append(' ').append(values(array)).toString();
    }
    for (int i = 0; i < Math.min(length, ROWS); i++) {
      Object row = Array.get(array, i);
      out.append("\n  ");
      out.append(
          row == null
              ? "null"
              : row.getClass().getComponentType().isArray() ? shape(row) : values(row));
    }
    if (length > ROWS) {
      out.append("\n  … ").append(length - ROWS).append(" more");
    }
    return out.toString();
  }

  /** The element type and lengths, such as {@code double[150][4]}; {@code []} for ragged rows. */
  private static String shape(Object array) {
    StringBuilder lengths = new StringBuilder();
    Class<?> type = array.getClass();
    Object level = array;
    while (type.isArray()) {
      lengths.append('[').append(level == null ? "" : Array.getLength(level)).append(']');
      type = type.getComponentType();
      level = type.isArray() ? common(level) : null;
    }
    return type.getSimpleName() + lengths;
  }

  /** The first row if all rows have its length. */
  private static Object common(Object rows) {
    if (rows == null || Array.getLength(rows) == 0) {
      return null;
    }
    Object first = Array.get(rows, 0);
    for (int i = 0; i < Array.getLength(rows); i++) {
      Object row = Array.get(rows, i);
      if (row == null || first == null || Array.getLength(row) != Array.getLength(first)) {
        return null;
      }
    }
    return first;
  }

  private static String values(Object array) {
    int length = Array.getLength(array);
    StringJoiner out = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < Math.min(length, VALUES); i++) {
      out.add(value(Array.get(array, i)));
    }
    if (length > VALUES) {
      out.add("… " + (length - VALUES) + " more");
    }
    return out.toString();
  }

  private static String value(Object value) {
    return switch (value) {
      case null -> "null";
      case Double d -> Numbers.text(d);
      case Float f -> Numbers.text(f);
      case String s -> '"' + s + '"';
      default -> value.getClass().isArray() ? shape(value) : value.toString();
    };
  }

  /** A list as its {@code toString}, with arrays previewed instead of printed as hash codes. */
  static String of(List<?> list) {
    return list.stream().noneMatch(v -> v != null && v.getClass().isArray())
        ? list.toString()
        : "list of " + list.size() + " " + values(list.toArray());
  }
}
