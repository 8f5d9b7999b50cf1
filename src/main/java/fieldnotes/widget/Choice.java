package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import fieldnotes.common.Check;
import java.util.List;

/**
 * A drop-down list with one of several values: texts, constants of an enum, numbers.
 *
 * @param <T> the type of the values
 */
public final class Choice<T> extends Listed<T, T> {
  private final int start;

  private Choice(String name, List<T> options, int start) {
    super(name, options);
    this.start = start;
  }

  /** A choice of these texts, the first at the start. */
  public static Choice<String> of(String name, String... options) {
    return new Choice<>(name, List.of(options), 0);
  }

  /** A choice of these values, the first at the start; each is shown by its {@code toString}. */
  public static <T> Choice<T> of(String name, List<T> options) {
    return new Choice<>(name, List.copyOf(options), 0);
  }

  /** A choice of the constants of an enum, the first at the start. */
  public static <E extends Enum<E>> Choice<E> of(String name, Class<E> type) {
    return new Choice<>(name, List.of(type.getEnumConstants()), 0);
  }

  /**
   * The same with another value at the start.
   *
   * @throws IllegalArgumentException if it is none of the options
   */
  public Choice<T> withStart(T value) {
    int place = options().indexOf(value);
    Check.that(place >= 0, "%s=%s: must be one of %s", name(), value, options());
    return new Choice<>(name(), options(), place);
  }

  @Override
  public T start() {
    return options().get(start);
  }

  @Override
  String range() {
    return "%s: one of %d, here %s".formatted(name(), options().size(), start());
  }

  @Override
  String kind() {
    return "Dropdown";
  }

  @Override
  JsonElement write(T value) {
    return new JsonPrimitive(options().indexOf(value));
  }

  @Override
  T read(JsonElement sent) {
    int place = place(sent, options().size());
    return place < 0 ? null : options().get(place);
  }
}
