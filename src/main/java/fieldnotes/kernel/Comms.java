package fieldnotes.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;

/**
 * The comms of the kernel. Those that a cell has opened are closed when it runs again or was
 * deleted: the front end has dropped what they stood for.
 */
final class Comms extends CommManager {
  private final Map<String, List<Comm>> ofCell = new HashMap<>();
  private String cell;

  Comms() {
    comms = new ConcurrentHashMap<>();
  }

  /**
   * A cell begins.
   *
   * @param metadata of its request; JupyterLab and VS Code name the cell in it
   */
  void begin(Map<String, Object> metadata) {
    cell = metadata.get("cellId") instanceof String id ? id : null;
    close(cell);
    if (metadata.get("deletedCells") instanceof List<?> deleted) {
      deleted.forEach(this::close);
    }
  }

  private void close(Object id) {
    List<Comm> opened = ofCell.remove(id);
    if (opened != null) {
      opened.forEach(Comm::close);
    }
  }

  /** The cell has ended. */
  void end() {
    cell = null;
  }

  @Override
  public void registerComm(Comm comm) {
    super.registerComm(comm);
    if (cell != null) {
      ofCell.computeIfAbsent(cell, id -> new ArrayList<>()).add(comm);
    }
  }

  @Override
  public Comm unregisterComm(String id) {
    Comm comm = super.unregisterComm(id);
    ofCell.values().forEach(opened -> opened.remove(comm));
    return comm;
  }
}
