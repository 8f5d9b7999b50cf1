package fieldnotes.label;

/** What is the same clip in several sets: the file, and times in whole milliseconds. */
record ClipKey(String file, long start, long end) implements Comparable<ClipKey> {
  static ClipKey of(Segment clip) {
    double end = clip.endSeconds();
    return new ClipKey(
        clip.file(),
        Math.round(clip.startSeconds() * 1000),
        Double.isNaN(end) ? Long.MAX_VALUE : Math.round(end * 1000));
  }

  @Override
  public int compareTo(ClipKey other) {
    int byFile = file.compareTo(other.file);
    int byStart = Long.compare(start, other.start);
    return byFile != 0 ? byFile : byStart != 0 ? byStart : Long.compare(end, other.end);
  }
}
