package fieldnotes.table;

/**
 * Rows of numbers, as an algorithm takes them: a {@link Matrix} is one, and so is whatever holds
 * one, such as an embedding. A row is one observation.
 */
@FunctionalInterface
public interface Rows {
  /** The numbers with the names of their columns, shape [rows][columns]. */
  Matrix matrix();
}
