package fieldnotes.common;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * How values of one class are written to a saved file and read back. Every package says which of
 * its classes can be saved in a {@link Provider}; what a file names is looked up among these, so a
 * file can choose no class and run no code.
 *
 * @param kind its name in files
 * @param type the class
 * @param writer writes a value
 * @param reader reads what the writer wrote and checks it
 */
public record Format<T>(String kind, Class<T> type, Writer<T> writer, Reader<T> reader) {
  /** Writes a value. */
  @FunctionalInterface
  public interface Writer<T> {
    /** Writes what {@link Reader#read} takes back. */
    void write(T value, Encoder out) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads a value.
     *
     * @throws IOException saying what is wrong, if it is none
     */
    T read(Decoder in) throws IOException;
  }

  /** The formats of a package, named in {@code META-INF/services}. */
  public interface Provider {
    /** All formats of the package. */
    List<Format<?>> formats();
  }

  /**
   * A record, component by component: numbers, text, enums, arrays of numbers, lists, maps of text
   * and other values that have a format. Its constructor checks what is read.
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

  /** Read once, when first asked for. */
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
