package fieldnotes.feature;

/** The k-th smallest value of an unsorted array, in linear time on average. */
final class Select {
  private Select() {}

  /**
   * The median of the first n values; for even n, the mean of the middle two. Reorders the values.
   */
  static double median(double[] a, int n) {
    double upper = kth(a, n, n / 2);
    if (n % 2 == 1) {
      return upper;
    }
    double lower = a[0];
    for (int i = 1; i < n / 2; i++) {
      lower = Math.max(lower, a[i]);
    }
    return (lower + upper) / 2;
  }

  /**
   * The k-th smallest (from 0) of the first n values; reorders them so that smaller ones precede
   * it.
   */
  static double kth(double[] a, int n, int k) {
    int from = 0;
    int to = n - 1;
    while (from < to) {
      double pivot = middle(a[from], a[(from + to) >>> 1], a[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (a[i] < pivot) {
          i++;
        }
        while (a[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double t = a[i];
          a[i++] = a[j];
          a[j--] = t;
        }
      }
      if (k <= j) {
        to = j;
      } else if (k >= i) {
        from = i;
      } else {
        break;
      }
    }
    return a[k];
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
