package fieldnotes.kernel;

import java.util.HashSet;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** The magics by name. It knows which are not the kernel's own, so that a stop ends them. */
final class Registry extends MagicsRegistry {
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
      others.add(name);
    }
  }
}
