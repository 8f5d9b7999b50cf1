package fieldnotes.kernel;

/**
 * A place in the text of a cell and what is wrong there.
 *
 * @param start first character, counted from 0 in the cell
 * @param end the character after the last
 * @param message what the compiler says
 */
record Problem(int start, int end, String message) {}
