package fieldnotes.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import fieldnotes.common.Check;

/**
 * Something that a person sets below a cell: a {@link Slider}, {@link Choice}, {@link Choices},
 * {@link CheckBox}, {@link TextBox}, {@link Button} or {@link RowChoice}. {@link Widgets} calls a
 * function with its value.
 *
 * @param <T> the type of its value
 */
public abstract sealed class Input<T> permits Slider, Listed, CheckBox, TextBox, Button {
  /** The longest list of options that a page shows without delay. */
  static final int MOST_OPTIONS = 1_000;

  private static final int MOST_LETTERS = 200;

  private final String name;

  Input(String name) {
    Check.that(
        name != null && !name.isBlank() && name.length() <= MOST_LETTERS,
        "name=%s: must be 1 to %d characters; it is the label on the page",
        name == null ? null : "'" + name + "'",
        MOST_LETTERS);
    this.name = name;
  }

  /** The label on the page. */
  public final String name() {
    return name;
  }

  /** The value before anybody has changed it. */
  public abstract T start();

  /** What can be set, and the value at the start, in words. */
  abstract String range();

  /** The name of its model and view, such as {@code IntSlider}. */
  abstract String kind();

  /** The name of the model of its style, such as {@code SliderStyle}. */
  abstract String style();

  /** The field of the model that holds the value. */
  String field() {
    return "value";
  }

  /** Adds the fields of its model to a state, apart from its name and value. */
  abstract void describe(JsonObject state);

  /** The value for the model, which {@link #read} reads. */
  abstract JsonElement write(T value);

  /**
   * The value that a front end has sent; out of range it is the nearest one.
   *
   * @return null if it is none at all
   */
  abstract T read(JsonElement sent);

  /** The value after a click; null if a click changes nothing. */
  T clicked(T now) {
    return null;
  }

  /** The number that was sent, or NaN. */
  static double number(JsonElement sent) {
    return sent != null
            && sent.isJsonPrimitive()
            && sent.getAsJsonPrimitive().isNumber()
            && sent.getAsString().length() < 400
        ? sent.getAsDouble()
        : Double.NaN;
  }

  /** The place in a list of this size that was sent, or −1. */
  static int place(JsonElement sent, int size) {
    double number = number(sent);
    return number == Math.rint(number) && number >= 0 && number < size ? (int) number : -1;
  }
}
