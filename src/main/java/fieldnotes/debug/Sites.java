package fieldnotes.debug;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** All places where woven code can stop, and the breakpoints at them. */
final class Sites {
  private final Cells cells;
  private final Map<String, List<Integer>> breakpoints = new LinkedHashMap<>();
  private final Map<String, List<Site>> ofClass = new LinkedHashMap<>();
  private volatile Site[] all = new Site[256];
  private int size;

  Sites(Cells cells) {
    this.cells = cells;
  }

  Site get(int id) {
    return all[id];
  }

  synchronized int add(Site site) {
    if (size == all.length) {
      all = Arrays.copyOf(all, 2 * size);
    }
    all[size] = site;
    site.id = size;
    ofClass.computeIfAbsent(site.outermost(), name -> new ArrayList<>()).add(site);
    return size++;
  }

  /** Whether code of this class can stop. */
  synchronized boolean isWoven(String className) {
    return className != null && ofClass.containsKey(Site.outermost(className));
  }

  /**
   * Finds the lines of a class's places anew: a cell that was edited may have declared it again.
   */
  void locate(String className, BiFunction<String, Integer, Host.Place> places) {
    for (Site site : of(className)) {
      Host.Place now = places.apply(site.className, site.classLine);
      if (now != null) {
        site.place = now;
      }
    }
    resolve(of(className));
  }

  /** Sets the breakpoints at the places of a class that was woven now. */
  void settle(String className) {
    resolve(of(className));
  }

  private synchronized List<Site> of(String className) {
    return className == null
        ? List.of()
        : List.copyOf(ofClass.getOrDefault(Site.outermost(className), List.of()));
  }

  synchronized void setBreakpoints(String path, List<Integer> lines) {
    breakpoints.remove(path);
    if (!lines.isEmpty()) {
      breakpoints.put(path, List.copyOf(lines));
    }
    ofClass.values().forEach(this::resolve);
  }

  synchronized void clearBreakpoints() {
    breakpoints.clear();
    ofClass.values().forEach(this::resolve);
  }

  synchronized Map<String, List<Integer>> breakpoints() {
    return new LinkedHashMap<>(breakpoints);
  }

  synchronized boolean hasBreakpoints() {
    return !breakpoints.isEmpty();
  }

  /** Whether a breakpoint is on one of these lines of a cell. */
  synchronized boolean hasBreakpoint(String code, int first, int last) {
    String path = cells.path(code);
    return breakpoints.getOrDefault(path, List.of()).stream()
        .mapToInt(line -> cells.codeLine(path, line))
        .anyMatch(line -> line >= first && line <= last);
  }

  /** Decides at which places of one class breakpoints stop: at their line or the next with code. */
  private synchronized void resolve(Collection<Site> ofOneClass) {
    Map<String, NavigableSet<Integer>> lines = new LinkedHashMap<>();
    for (Site site : ofOneClass) {
      lines
          .computeIfAbsent(cells.path(site.place.code()), path -> new TreeSet<>())
          .add(site.place.line());
    }
    Map<String, NavigableSet<Integer>> stops = new LinkedHashMap<>();
    lines.forEach(
        (path, known) -> {
          NavigableSet<Integer> at = new TreeSet<>();
          for (int wanted : breakpoints.getOrDefault(path, List.of())) {
            int line = cells.codeLine(path, wanted);
            if (line >= known.first() && line <= known.last()) {
              at.add(known.ceiling(line));
            }
          }
          stops.put(path, at);
        });
    for (Site site : ofOneClass) {
      site.breakpoint = stops.get(cells.path(site.place.code())).contains(site.place.line());
    }
  }
}
