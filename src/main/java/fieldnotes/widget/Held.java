package fieldnotes.widget;

import com.google.gson.JsonElement;

/**
 * An input and its present value.
 *
 * @param <T> the type of the value
 */
final class Held<T> {
  private final Input<T> input;
  private volatile T value;

  Held(Input<T> input) {
    this.input = input;
    this.value = input.start();
  }

  Input<T> input() {
    return input;
  }

  T value() {
    return value;
  }

  JsonElement written() {
    return input.write(value);
  }

  /** Takes what a front end has sent; says whether it is a value. */
  boolean take(JsonElement sent) {
    T read = input.read(sent);
    if (read != null) {
      value = read;
    }
    return read != null;
  }

  /** Takes a click; says whether it changes the value. */
  boolean click() {
    T next = input.clicked(value);
    if (next != null) {
      value = next;
    }
    return next != null;
  }
}
