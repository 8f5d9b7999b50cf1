package fieldnotes.common;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a record component by component and reads it back through its constructor. */
final class RecordFormat<T extends Record> {
  private final Class<T> type;
  private final RecordComponent[] components;
  private final Constructor<T> constructor;

  RecordFormat(Class<T> type) {
    this.type = type;
    components = type.getRecordComponents();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every record has a canonical constructor
    }
  }

  void write(T value, Encoder out) throws IOException {
    for (RecordComponent component : components) {
      try {
        write(component.getAccessor().invoke(value), component.getGenericType(), out);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  T read(Decoder in) throws IOException {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(components[i].getGenericType(), in);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IOException(
          "%s: %s".formatted(type.getSimpleName(), e.getCause().getMessage()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType of -> (Class<?>) of.getRawType();
      case WildcardType wild -> raw(wild.getUpperBounds()[0]);
      case TypeVariable<?> variable -> raw(variable.getBounds()[0]);
      default -> throw new IllegalStateException("no format for " + type);
    };
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private static void write(Object value, Type type, Encoder out) throws IOException {
    Class<?> raw = raw(type);
    if (raw == double.class) {
      out.number((Double) value);
    } else if (raw == int.class) {
      out.whole((Integer) value);
    } else if (raw == long.class) {
      out.out().writeLong((Long) value);
    } else if (raw == boolean.class) {
      out.out().writeBoolean((Boolean) value);
    } else if (raw == String.class) {
      out.text((String) value);
    } else if (raw.isEnum()) {
      out.text(((Enum<?>) value).name());
    } else if (raw == double[].class) {
      out.numbers((double[]) value);
    } else if (raw == double[][].class) {
      out.rows((double[][]) value);
    } else if (raw == int[].class) {
      out.wholes((int[]) value);
    } else if (raw == List.class) {
      List<?> list = (List<?>) value;
      out.length(list.size());
      for (Object one : list) {
        write(one, argument(type, 0), out);
      }
    } else if (raw == Map.class) {
      Map<?, ?> map = (Map<?, ?>) value;
      out.length(map.size());
      for (Map.Entry<?, ?> one : map.entrySet()) {
        write(one.getKey(), argument(type, 0), out);
        write(one.getValue(), argument(type, 1), out);
      }
    } else {
      out.value(value);
    }
  }

  private static Object read(Type type, Decoder in) throws IOException {
    Class<?> raw = raw(type);
    if (raw == double.class) {
      return in.number();
    } else if (raw == int.class) {
      return in.whole();
    } else if (raw == long.class) {
      return in.in().readLong();
    } else if (raw == boolean.class) {
      return in.in().readBoolean();
    } else if (raw == String.class) {
      return in.text();
    } else if (raw.isEnum()) {
      return constant(raw, in.text());
    } else if (raw == double[].class) {
      return in.numbers();
    } else if (raw == double[][].class) {
      return in.rows();
    } else if (raw == int[].class) {
      return in.wholes();
    } else if (raw == List.class) {
      int length = in.length();
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        list.add(read(argument(type, 0), in));
      }
      return list;
    } else if (raw == Map.class) {
      int length = in.length();
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < length; i++) {
        map.put(read(argument(type, 0), in), read(argument(type, 1), in));
      }
      return map;
    }
    return in.value(raw);
  }

  private static Object constant(Class<?> type, String name) throws IOException {
    for (Object one : type.getEnumConstants()) {
      if (((Enum<?>) one).name().equals(name)) {
        return one;
      }
    }
    throw new IOException(
        "'%s': must be one of %s".formatted(name, Arrays.toString(type.getEnumConstants())));
  }
}
