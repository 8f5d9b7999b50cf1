package fieldnotes.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import fieldnotes.common.Check;
import java.util.List;

/**
 * An input whose value is chosen from a list: the place of one, or the places of several.
 *
 * @param <O> the type of the options
 * @param <T> the type of its value
 */
abstract sealed class Listed<O, T> extends Input<T> permits Choice, Choices, RowChoice {
  private final List<O> options;

  Listed(String name, List<O> options) {
    super(name);
    Check.that(
        !options.isEmpty() && options.size() <= MOST_OPTIONS,
        "%s: %d options: must be 1 to %d",
        name,
        options.size(),
        MOST_OPTIONS);
    this.options = options;
  }

  final List<O> options() {
    return options;
  }

  @Override
  final String style() {
    return "DescriptionStyle";
  }

  @Override
  final String field() {
    return "index";
  }

  @Override
  void describe(JsonObject state) {
    JsonArray labels = new JsonArray();
    options.forEach(one -> labels.add(String.valueOf(one)));
    state.add("_options_labels", labels);
  }
}
