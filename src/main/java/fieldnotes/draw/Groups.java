package fieldnotes.draw;

import fieldnotes.common.Check;
import fieldnotes.table.Samples;
import java.awt.Color;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The group number of each point and the names of the groups. */
public record Groups(int[] codes, List<String> classes) {
  private static final String NO_LABEL = "no label";

  /** Clusters by number; −1 is noise. */
  public static Groups of(int[] labels) {
    return new Groups(labels.clone(), List.of());
  }

  /** Numbers the classes in alphabetical order. */
  public static Groups of(List<String> classes) {
    return of(classes, List.copyOf(new TreeSet<>(classes)));
  }

  /**
   * Numbers the classes in the order of {@code names}. With one list of names for all charts of a
   * notebook, a class has the same colour in all of them, whichever classes a chart shows.
   *
   * @param classes class of each point
   * @param names all classes; each once
   */
  public static Groups of(List<String> classes, List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    for (String name : names) {
      Check.that(
          places.put(name, places.size()) == null, "names has '%s' twice: give each once", name);
    }
    int[] codes = new int[classes.size()];
    for (int i = 0; i < codes.length; i++) {
      Integer place = places.get(classes.get(i));
      Check.that(
          place != null, "classes has '%s', which is not in names %s", classes.get(i), names);
      codes[i] = place;
    }
    return new Groups(codes, List.copyOf(names));
  }

  /**
   * Numbers the classes of rows by all classes of the rows they were chosen from: a class has the
   * same colour in the charts of all rows and of any part of them. Rows without a class have −1.
   */
  public static Groups of(Samples rows) {
    List<String> names = rows.everyClass();
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    int[] codes = rows.classes().stream().mapToInt(c -> places.getOrDefault(c, -1)).toArray();
    return new Groups(codes, names);
  }

  public String name(int code) {
    if (!classes.isEmpty() && code < 0) {
      return NO_LABEL;
    }
    if (!classes.isEmpty()) {
      return classes.get(code).isBlank() ? NO_LABEL : classes.get(code);
    }
    return code < 0 ? "noise" : "cluster " + code;
  }

  /** The numbers of the groups that have points, increasing. */
  public int[] present() {
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
