package fieldnotes.kernel;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/**
 * The magics by name, with what each does. It knows which are not the kernel's own, so that a stop
 * ends them.
 */
final class Registry extends MagicsRegistry {
  /**
   * What a magic does.
   *
   * @param usage how it is written, for example {@code "%load FILE"}
   * @param text what it does, one line
   */
  record Description(String usage, String text) {}

  private static final String OTHER = "added by a cell or an extension";

  private final Map<String, Description> descriptions = new TreeMap<>();
  private final Set<String> others = new HashSet<>();
  private boolean hasOwn;

  /** The kernel's magics are registered; those that follow are of notebooks and extensions. */
  void hasOwn() {
    hasOwn = true;
  }

  /**
   * Whether a magic is of a notebook or an extension.
   *
   * @param name with the one or two percent signs
   */
  boolean isOther(String name) {
    return others.contains(name);
  }

  /**
   * Adds a line magic of the kernel.
   *
   * @param usage its name with the percent sign, then its arguments
   * @param aliases other names, without the sign
   */
  void line(String usage, String text, LineMagic<Object, JavaKernel> magic, List<String> aliases) {
    String name = describe(usage, text, aliases);
    registerLineMagic(name.substring(1), magic);
    aliases.forEach(alias -> registerLineMagic(alias, magic));
  }

  /** Adds a line magic that has one name. */
  void line(String usage, String text, LineMagic<Object, JavaKernel> magic) {
    line(usage, text, magic, List.of());
  }

  /**
   * Adds a cell magic of the kernel.
   *
   * @param usage its name with the two percent signs, then its arguments
   * @param aliases other names, without the signs
   */
  void cell(String usage, String text, CellMagic<Object, JavaKernel> magic, List<String> aliases) {
    String name = describe(usage, text, aliases);
    registerCellMagic(name.substring(2), magic);
    aliases.forEach(alias -> registerCellMagic(alias, magic));
  }

  private String describe(String usage, String text, List<String> aliases) {
    String name = usage.split("\\s", 2)[0];
    String percent = name.startsWith("%%") ? "%%" : "%";
    descriptions.put(name, new Description(usage, text));
    aliases.forEach(
        alias ->
            descriptions.put(
                percent + alias,
                new Description(percent + alias + usage.substring(name.length()), "as " + name)));
    return name;
  }

  /** What all magics do: the line magics by name, then the cell magics. */
  Map<String, Description> descriptions() {
    Map<String, Description> all = new LinkedHashMap<>();
    descriptionsOf("%", getLineMagicNames(), all);
    descriptionsOf("%%", getCellMagicNames(), all);
    return all;
  }

  private void descriptionsOf(
      String percent, Iterable<String> names, Map<String, Description> into) {
    Map<String, Description> sorted = new TreeMap<>();
    for (String name : names) {
      String full = percent + name;
      sorted.put(full, descriptions.getOrDefault(full, new Description(full, OTHER)));
    }
    into.putAll(sorted);
  }

  @Override
  public MagicsRegistry registerLineMagic(String name, LineMagic<?, ?> magic) {
    note("%" + name);
    return super.registerLineMagic(name, magic);
  }

  @Override
  public MagicsRegistry registerCellMagic(String name, CellMagic<?, ?> magic) {
    note("%%" + name);
    return super.registerCellMagic(name, magic);
  }

  private void note(String name) {
    if (hasOwn) {
      descriptions.remove(name);
      others.add(name);
    }
  }
}
