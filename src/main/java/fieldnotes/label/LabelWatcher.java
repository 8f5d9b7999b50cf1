package fieldnotes.label;

/**
 * Is told of the steps of a store, done or taken back, in the order in which they stand in the
 * file: when they are on disk, and before their methods return. It may ask the store, but must
 * neither change it nor wait for a thread that does.
 */
public interface LabelWatcher {
  /**
   * A step was done or taken back.
   *
   * @param undone whether it was taken back
   */
  void changed(LabelStep step, boolean undone);
}
