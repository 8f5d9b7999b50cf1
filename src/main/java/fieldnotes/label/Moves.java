package fieldnotes.label;

import java.util.Map;

/** New names of files, by their old ones. */
record Moves(Map<String, String> names) {
  Moves {
    names = Map.copyOf(names);
  }

  Segment of(Segment clip) {
    String name = names.get(clip.file());
    return name == null ? clip : clip.withFile(name);
  }
}
