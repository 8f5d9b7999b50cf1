package fieldnotes.table;

/**
 * Numeric rows, one observation each: a {@link Matrix}, or a result that wraps one, such as an
 * embedding.
 */
@FunctionalInterface
public interface Rows {
  /** The values with column names, shape [rows][columns]. */
  Matrix matrix();
}
