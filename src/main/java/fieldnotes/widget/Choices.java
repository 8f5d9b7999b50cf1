package fieldnotes.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import fieldnotes.common.Check;
import java.util.List;
import java.util.TreeSet;

/**
 * A list of which any number can be selected (with Ctrl or Shift). Its value has the selected ones
 * in the order of the list.
 *
 * @param <T> the type of the values
 */
public final class Choices<T> extends Listed<T, List<T>> {
  private static final int MOST_SHOWN = 8;

  private final List<T> start;

  private Choices(String name, List<T> options, List<T> start) {
    super(name, options);
    this.start = start;
  }

  /** A selection of these values, all of them at the start. */
  public static <T> Choices<T> of(String name, List<T> options) {
    List<T> all = options.stream().distinct().toList();
    return new Choices<>(name, all, all);
  }

  /**
   * The same with another selection at the start.
   *
   * @throws IllegalArgumentException if one is none of the options
   */
  public Choices<T> withStart(List<T> selected) {
    for (T one : selected) {
      Check.that(options().contains(one), "%s=%s: must be some of %s", name(), one, options());
    }
    return new Choices<>(name(), options(), options().stream().filter(selected::contains).toList());
  }

  @Override
  public List<T> start() {
    return start;
  }

  @Override
  String range() {
    return "%s: any of %d, here %d".formatted(name(), options().size(), start.size());
  }

  @Override
  String kind() {
    return "SelectMultiple";
  }

  @Override
  void describe(JsonObject state) {
    super.describe(state);
    state.addProperty("rows", Math.min(options().size(), MOST_SHOWN));
  }

  @Override
  JsonElement write(List<T> value) {
    JsonArray places = new JsonArray();
    value.forEach(one -> places.add(options().indexOf(one)));
    return places;
  }

  @Override
  List<T> read(JsonElement sent) {
    if (sent == null || !sent.isJsonArray() || sent.getAsJsonArray().size() > options().size()) {
      return null;
    }
    TreeSet<Integer> places = new TreeSet<>();
    for (JsonElement one : sent.getAsJsonArray()) {
      places.add(place(one, options().size()));
    }
    return places.contains(-1) ? null : places.stream().map(options()::get).toList();
  }
}
