package fieldnotes.draw;

import java.awt.Color;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** The group number of each point and the names of the groups. */
public record Groups(int[] codes, List<String> classes) {

  public static Groups of(int[] labels) {
    return new Groups(labels.clone(), List.of());
  }

  /** Numbers the classes in alphabetical order. */
  public static Groups of(List<String> classes) {
    List<String> names = List.copyOf(new TreeSet<>(classes));
    return new Groups(
        classes.stream().mapToInt(c -> Collections.binarySearch(names, c)).toArray(), names);
  }

  public String name(int code) {
    if (!classes.isEmpty()) {
      return classes.get(code).isBlank() ? "no label" : classes.get(code);
    }
    return code < 0 ? "noise" : "cluster " + code;
  }

  int[] present() {
    return Arrays.stream(codes).distinct().sorted().toArray();
  }

  public List<String> names() {
    return Arrays.stream(present()).mapToObj(this::name).toList();
  }

  public List<Color> colours() {
    return Arrays.stream(present()).mapToObj(Style::color).toList();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
