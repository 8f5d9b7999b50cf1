package fieldnotes.tree;

/**
 * Sorts the rows of a node by rank: marks the ranks in a set of bits, with a second set for the
 * words that are not empty, and walks through both. That takes time for each row and for each 4,096
 * ranks, however few rows there are.
 */
final class RankSort {
  private final long[] marks;
  private final long[] words;

  /** A row of each marked rank, and the next row of the same rank or −1. */
  private final int[] head;

  private int[] next = new int[64];

  RankSort(Inputs inputs) {
    int most = 0;
    for (float[] distinct : inputs.distinct) {
      most = Math.max(most, distinct.length);
    }
    marks = new long[(most + 63) / 64];
    words = new long[(marks.length + 63) / 64];
    head = new int[most];
  }

  /**
   * Sorts.
   *
   * @param ranks of the rows, from {@code start} on
   * @param least the least of these
   * @param most the greatest
   * @param order gets 0…count−1, which are indices from {@code start} on, by rank
   */
  void sort(int[] ranks, int start, int count, int least, int most, int[] order) {
    if (next.length < count) {
      next = new int[Math.max(count, 2 * next.length)];
    }
    for (int k = 0; k < count; k++) {
      int rank = ranks[start + k];
      long bit = 1L << rank;
      long word = marks[rank >> 6];
      next[k] = (word & bit) == 0 ? -1 : head[rank];
      head[rank] = k;
      marks[rank >> 6] = word | bit;
      words[rank >> 12] |= 1L << (rank >> 6);
    }
    int at = 0;
    for (int high = least >> 12; high <= most >> 12; high++) {
      for (long word = words[high]; word != 0; word &= word - 1) {
        int middle = high << 6 | Long.numberOfTrailingZeros(word);
        for (long mark = marks[middle]; mark != 0; mark &= mark - 1) {
          int k = head[middle << 6 | Long.numberOfTrailingZeros(mark)];
          do {
            order[at++] = k;
            k = next[k];
          } while (k >= 0);
        }
        marks[middle] = 0;
      }
      words[high] = 0;
    }
  }
}
