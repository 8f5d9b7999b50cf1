package fieldnotes.tree;

/**
 * Sorts floats together with row numbers: three-way quicksort with median of three, insertion sort
 * below 16, heap sort when recursion gets too deep. Reproduces scikit-learn's order of equal
 * values, which a library sort does not.
 *
 * @see "D. R. Musser, Introspective sorting and selection algorithms, Software 27(8), 1997"
 */
final class PairSort {
  private PairSort() {}

  static void sort(float[] values, int[] rows, int from, int to) {
    int count = to - from;
    if (count > 0) {
      int log = 31 - Integer.numberOfLeadingZeros(count);
      sort(values, rows, from, count, 2 * log);
    }
  }

  private static void sort(float[] values, int[] rows, int at, int many, int depth) {
    int from = at;
    int count = many;
    int left = depth;
    while (count > 15) {
      if (left <= 0) {
        heapSort(values, rows, from, count);
        return;
      }
      left--;
      float pivot = median(values[from], values[from + count / 2], values[from + count - 1]);
      int i = from;
      int less = from;
      int more = from + count;
      while (i < more) {
        float value = values[i];
        if (value < pivot) {
          swap(values, rows, i++, less++);
        } else if (value > pivot) {
          swap(values, rows, i, --more);
        } else {
          i++;
        }
      }
      sort(values, rows, from, less - from, left);
      count = from + count - more;
      from = more;
    }
    insertionSort(values, rows, from, count);
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void swap(float[] values, int[] rows, int i, int j) {
    float value = values[i];
    values[i] = values[j];
    values[j] = value;
    int row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
  }

  private static void insertionSort(float[] values, int[] rows, int from, int count) {
    for (int i = from + 1; i < from + count; i++) {
      float value = values[i];
      int row = rows[i];
      int j = i;
      while (j > from && values[j - 1] > value) {
        values[j] = values[j - 1];
        rows[j] = rows[j - 1];
        j--;
      }
      values[j] = value;
      rows[j] = row;
    }
  }

  private static void heapSort(float[] values, int[] rows, int from, int count) {
    for (int root = (count - 2) / 2; root >= 0; root--) {
      siftDown(values, rows, from, root, count);
    }
    for (int end = count - 1; end > 0; end--) {
      swap(values, rows, from, from + end);
      siftDown(values, rows, from, 0, end);
    }
  }

  private static void siftDown(float[] values, int[] rows, int from, int top, int end) {
    int root = top;
    while (true) {
      int child = 2 * root + 1;
      int largest = root;
      if (child < end && values[from + largest] < values[from + child]) {
        largest = child;
      }
      if (child + 1 < end && values[from + largest] < values[from + child + 1]) {
        largest = child + 1;
      }
      if (largest == root) {
        return;
      }
      swap(values, rows, from + root, from + largest);
      root = largest;
    }
  }
}
