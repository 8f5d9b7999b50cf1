package fieldnotes.audio;

/**
 * Bytes that FFmpeg gets in place of those of the file: a corrected field of a header.
 *
 * @param at position in the file
 * @param bytes the bytes from there on
 */
record Patch(long at, byte[] bytes) {}
