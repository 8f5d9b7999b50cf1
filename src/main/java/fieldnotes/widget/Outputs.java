package fieldnotes.widget;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * What a function has shown, as the outputs of a cell: printed text, displays such as progress, its
 * result or its error. While it runs, the outputs of the run before stay below the new ones, so
 * that a picture does not vanish and come again.
 */
final class Outputs {
  private static final Gson GSON = new Gson();
  private static final long BETWEEN_NANOS = 100_000_000;
  private static final int MOST_LETTERS = 100_000;
  private static final int MOST = 200;

  private final List<JsonObject> made = new ArrayList<>();
  private List<JsonObject> before = List.of();
  private Consumer<JsonArray> shown = array -> {};
  private long lastShown;
  private boolean clearNext;

  /** Sends the outputs there from now on, also while the function runs. */
  synchronized void showOn(Consumer<JsonArray> place) {
    shown = place;
  }

  /** A run begins. */
  synchronized void begin() {
    before = List.copyOf(made);
    made.clear();
    clearNext = false;
    lastShown = System.nanoTime();
  }

  /**
   * Takes something that the function shows: an output of Jupyter's notebook format, or one of the
   * messages {@code update_display_data} and {@code clear_output}.
   */
  synchronized void take(JsonObject output) {
    switch (output.get("output_type").getAsString()) {
      case "clear_output" -> {
        if (output.has("wait") && output.get("wait").getAsBoolean()) {
          clearNext = true;
        } else {
          made.clear();
        }
      }
      case "update_display_data" -> update(output);
      case "stream" -> print(output);
      default -> add(output);
    }
    if (System.nanoTime() - lastShown > BETWEEN_NANOS) {
      show();
    }
  }

  private void clearIfDue() {
    if (clearNext) {
      clearNext = false;
      made.clear();
    }
  }

  private void add(JsonObject output) {
    clearIfDue();
    if (made.size() < MOST) {
      made.add(output);
    }
  }

  private void print(JsonObject output) {
    clearIfDue();
    JsonObject last = made.isEmpty() ? null : made.getLast();
    if (last == null || !last.has("text") || !last.get("name").equals(output.get("name"))) {
      add(output);
      return;
    }
    String text = last.get("text").getAsString();
    if (text.length() < MOST_LETTERS) {
      String all = text + output.get("text").getAsString();
      last.addProperty(
          "text",
          all.length() < MOST_LETTERS ? all : all.substring(0, MOST_LETTERS) + "\n… cut here\n");
    }
  }

  private void update(JsonObject output) {
    for (JsonObject one : made) {
      if (one.has("transient") && one.get("transient").equals(output.get("transient"))) {
        one.add("data", output.get("data"));
        one.add("metadata", output.get("metadata"));
      }
    }
  }

  /** The run has ended with this result, or with none. */
  synchronized void end(DisplayData result) {
    before = List.of();
    if (result != null) {
      JsonObject output = GSON.toJsonTree(result).getAsJsonObject();
      output.addProperty("output_type", "display_data");
      add(output);
    }
    show();
  }

  /** The run has ended with this error. */
  synchronized void fail(String name, String text, List<String> lines) {
    JsonObject output = new JsonObject();
    output.addProperty("output_type", "error");
    output.addProperty("ename", name);
    output.addProperty("evalue", text);
    output.add("traceback", GSON.toJsonTree(lines));
    before = List.of();
    add(output);
    show();
  }

  private void show() {
    lastShown = System.nanoTime();
    shown.accept(json());
  }

  /** The outputs to be shown now. */
  synchronized JsonArray json() {
    JsonArray array = new JsonArray();
    made.forEach(one -> array.add(clean(one)));
    before.forEach(one -> array.add(clean(one)));
    return array;
  }

  private static JsonObject clean(JsonObject output) {
    JsonObject copy = output.deepCopy();
    copy.remove("transient");
    if (copy.has("data")) {
      JsonElement metadata = copy.get("metadata");
      if (metadata == null || !metadata.isJsonObject()) {
        copy.add("metadata", new JsonObject());
      }
    }
    return copy;
  }

  synchronized List<JsonObject> all() {
    return made.stream().map(Outputs::clean).toList();
  }

  /** The printed texts. */
  synchronized List<String> printed() {
    return made.stream()
        .filter(one -> one.has("text"))
        .map(one -> one.get("text").getAsString())
        .toList();
  }
}
