package fieldnotes.common;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * How values of a class are written to a saved file and read back. Each package lists its formats
 * in a {@link Provider}; only these can be read, so a file cannot name other classes or run code.
 *
 * @param kind name in files
 * @param type the class
 * @param writer writes a value
 * @param reader reads and checks a value
 */
public record Format<T>(String kind, Class<T> type, Writer<T> writer, Reader<T> reader) {
  /** Writes a value. */
  @FunctionalInterface
  public interface Writer<T> {
    /** Writes a value for {@link Reader#read}. */
    void write(T value, Encoder out) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads a value.
     *
     * @throws IOException if the content is invalid, with the reason
     */
    T read(Decoder in) throws IOException;
  }

  /** The formats of a package, registered in {@code META-INF/services}. */
  public interface Provider {
    /** All formats of the package. */
    List<Format<?>> formats();
  }

  /**
   * A format for a record, component by component: numbers, text, enums, arrays of numbers, lists,
   * maps with text keys, and other values that have a format. The constructor validates what is
   * read.
   */
  public static <T extends Record> Format<T> ofRecord(String kind, Class<T> type) {
    RecordFormat<T> format = new RecordFormat<>(type);
    return new Format<>(kind, type, format::write, format::read);
  }

  /** The format of a kind, or null. */
  static Format<?> ofKind(String kind) {
    return All.BY_KIND.get(kind);
  }

  /** The format of a class, or null. */
  static Format<?> ofType(Class<?> type) {
    return All.BY_TYPE.get(type);
  }

  /** Whether values of this class can be saved. */
  public static boolean has(Class<?> type) {
    return ofType(type) != null;
  }

  /** Loaded on first use. */
  private static final class All {
    static final Map<String, Format<?>> BY_KIND = new HashMap<>();
    static final Map<Class<?>, Format<?>> BY_TYPE = new HashMap<>();

    static {
      for (Provider provider :
          ServiceLoader.load(Provider.class, Provider.class.getClassLoader())) {
        for (Format<?> format : provider.formats()) {
          if (BY_KIND.put(format.kind, format) != null
              || BY_TYPE.put(format.type, format) != null) {
            throw new IllegalStateException(
                "two formats of kind '%s' or of %s".formatted(format.kind, format.type));
          }
        }
      }
    }
  }
}
