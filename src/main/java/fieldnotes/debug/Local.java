package fieldnotes.debug;

/**
 * A local variable that has a value at a line.
 *
 * @param descriptor its class as the JVM describes it
 * @param source its type as Java source, or {@code Object} if it has no name there
 */
record Local(String name, String descriptor, String source) {}
