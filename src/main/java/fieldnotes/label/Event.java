package fieldnotes.label;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of a labels file. */
sealed interface Event {
  /** A step was done. */
  record Done(LabelStep step) implements Event {}

  /** The step of this number was taken back. */
  record Undone(long number) implements Event {}

  /** What files are, by their names. */
  record Marked(Map<String, FileMark> files) implements Event {
    /** Copies the map. */
    public Marked {
      files = Map.copyOf(files);
    }
  }

  /** The keys of all classes, by their names, in order. */
  record Classes(Map<String, String> keys) implements Event {
    /** Copies the map. */
    public Classes {
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }
  }

  /** Files were found under other names. */
  record Moved(Moves moves) implements Event {}
}
