package fieldnotes.kernel;

/**
 * An error at a position in a cell.
 *
 * @param start first character, counted from 0 in the cell
 * @param end the character after the last, counted from 0
 * @param message the compiler's message
 */
record Problem(int start, int end, String message) {}
