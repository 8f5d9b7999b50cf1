package fieldnotes.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import fieldnotes.math.NumpyRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Trees and forests as bytes, and trees made of arrays. */
class TreeBytesTest {
  private static final double[][] X = {{1, 7}, {2, 8}, {3, 7}, {4, 9}};
  private static final double[] Y = {10, 10, 20, 40};
  private static final int[] CLASSES = {0, 0, 1, 2};

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInput in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /**
   * A tree of one column written by hand: feature, threshold if it is no leaf, value, node by node.
   */
  private static byte[] tree(int columns, int classes, double... nodes) throws IOException {
    return bytes(
        out -> {
          out.writeInt(columns);
          out.writeInt(classes);
          out.writeBoolean(true);
          for (int j = 0; j < Math.min(columns, 3); j++) {
            out.writeDouble(0);
          }
          for (int i = 0; i < nodes.length; ) {
            int feature = (int) nodes[i++];
            out.writeInt(feature);
            for (int n = feature >= 0 ? 2 : 1; n > 0; n--) {
              out.writeDouble(nodes[i++]);
            }
          }
        });
  }

  @Test
  @DisplayName("a tree of bytes written by hand: two splits, three leaves")
  void byHand() throws IOException {
    RegressionTree tree =
        RegressionTree.read(in(tree(1, 0, 0, 2.5, 15, 0, 1.5, 10, -1, 5, -1, 6, -1, 20)));
    assertThat(tree.nodeCount()).isEqualTo(5);
    assertThat(tree.depth()).isEqualTo(2);
    assertThat(new int[] {tree.right(0), tree.right(1), tree.right(2)}).containsExactly(4, 3, -1);
    assertThat(tree.predict(new double[][] {{1}, {2}, {3}})).containsExactly(5, 6, 20);
    assertThat(tree.impurity(0)).isNaN();
    assertThat(tree.rows(0)).isEqualTo(-1);
  }

  @Test
  @DisplayName("written and read: the same nodes, importances, predictions and bytes")
  void roundTrip() throws IOException {
    NumpyRandom random = NumpyRandom.of(3);
    double[][] x = new double[300][6];
    double[] y = new double[300];
    int[] classes = new int[300];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 6; j++) {
        x[i][j] = Math.floor(10 * random.uniform());
      }
      y[i] = x[i][0] + random.uniform();
      classes[i] = (int) (3 * random.uniform());
    }
    ForestOptions options = ForestOptions.of(7).withTrees(5);
    var numbers = RegressionForest.fit(x, y, options);
    byte[] first = bytes(numbers::write);
    var numbersBack = RegressionForest.read(in(first));
    assertThat(bytes(numbersBack::write)).isEqualTo(first);
    assertThat(numbersBack.predict(x)).containsExactly(numbers.predict(x));
    assertThat(numbersBack.importances()).containsExactly(numbers.importances());
    assertThat(numbersBack.options()).isEqualTo(options);
    for (int t = 0; t < 5; t++) {
      Nodes was = numbers.trees().get(t).nodes;
      Nodes is = numbersBack.trees().get(t).nodes;
      assertThat(is.right).containsExactly(was.right);
      assertThat(is.value).containsExactly(was.value);
      assertThat(is.depth).isEqualTo(was.depth);
    }
    var shares =
        ClassificationForest.fit(
            x,
            classes,
            options.withTree(
                TreeOptions.of(7).withEntropy().withRandomThresholds().withPruning(0.001)));
    byte[] second = bytes(shares::write);
    var sharesBack = ClassificationForest.read(in(second));
    assertThat(sharesBack.probabilities(x)).isDeepEqualTo(shares.probabilities(x));
    assertThat(sharesBack.predict(x)).containsExactly(shares.predict(x));
    assertThat(sharesBack.classes()).isEqualTo(3);
    assertThat(sharesBack.options()).isEqualTo(shares.options());
    assertThat(sharesBack).hasToString("classification forest: 5 trees, 6 columns, seed 7");
  }

  @Test
  @DisplayName("a tree of arrays compares 64-bit numbers, a grown one 32-bit floats")
  void ofArrays() throws IOException {
    double split = 1 + 0x1p-40;
    RegressionTree tree =
        RegressionTree.of(
            2, new int[] {1, -1, -1}, new double[] {split, 0, 0}, new double[] {3, 1, 2});
    double[][] x = {{0, split}, {0, Math.nextUp(split)}};
    assertThat(tree.predict(x)).containsExactly(1, 2);
    assertThat(tree.importances()).containsExactly(0, 0);
    byte[] bytes = bytes(tree::write);
    assertThat(RegressionTree.read(in(bytes)).predict(x)).containsExactly(1, 2);
    var forest = RegressionForest.of(List.of(tree, tree), ForestOptions.of(1).withTrees(2));
    assertThat(forest.predict(x)).containsExactly(1, 2);
    bytes[8] = 1; // compare as floats
    assertThat(RegressionTree.read(in(bytes)).predict(x)).containsExactly(1, 1);
  }

  @Test
  void badArraysAreNamed() {
    double[] three = {0.5, 0, 0};
    assertThatThrownBy(() -> RegressionTree.of(1, new int[] {1, -1, -1}, three, three))
        .hasMessage(
            "node 0 of a tree splits on column 1: must be one of 1 columns, or -1 for a leaf");
    assertThatThrownBy(() -> RegressionTree.of(1, new int[] {-1, -1, -1}, three, three))
        .hasMessage("node 1 comes after the tree's last leaf");
    assertThatThrownBy(() -> RegressionTree.of(1, new int[] {0, 0, -1}, three, three))
        .hasMessage("feature has 3 nodes: the last inner node lacks its right child");
    assertThatThrownBy(() -> RegressionTree.of(1, new int[0], new double[0], new double[0]))
        .hasMessageContaining("feature has 0 nodes");
    assertThatThrownBy(() -> RegressionTree.of(1, new int[] {-1}, new double[1], three))
        .hasMessage("value has 3 entries: must have 1, 1 for each node");
  }

  @Test
  @DisplayName("each wrong part is refused with its reason")
  void badBytesAreNamed() throws IOException {
    refused(tree(0, 0), "not a tree: 0 columns, 0 classes");
    refused(tree(1, -1), "not a tree: 1 columns, -1 classes");
    refused(tree(1, 0, 1, 2.5, 0), "node 0 of a tree splits on column 1");
    refused(tree(1, 0, -2, 0), "node 0 of a tree splits on column -2");
    refused(tree(1, 0, 0, Double.NaN, 0), "node 0 of a tree splits at NaN: must be finite");
    refused(tree(1, 0, -1, Double.POSITIVE_INFINITY), "has the value Infinity: must be finite");
    refused(tree(1, 1, -1, 1.5), "has the class share 1.5: must lie within 0 and 1");
    refused(tree(1, 1, -1, 1), "a tree for 1 classes, not for numbers");
    refused(tree(1, 0, 0, 2.5, 0, -1, 1), "a tree is truncated, in node 2");
    byte[] flag = tree(1, 0, -1, 1);
    flag[8] = 2;
    refused(flag, "32-bit comparison is 2: must be 0 or 1");
    byte[] importance = tree(1, 0, -1, 1);
    importance[9] = 0x7f;
    importance[10] = (byte) 0xf0;
    refused(importance, "column 0 of a tree has importance Infinity: must be finite");
    byte[] numbers = bytes(RegressionTree.fit(X, Y, TreeOptions.of(1))::write);
    assertThatThrownBy(() -> ClassificationTree.read(in(numbers)))
        .isInstanceOf(IOException.class)
        .hasMessage("a tree for numbers, not for classes");
    byte[] forest = bytes(RegressionForest.fit(X, Y, ForestOptions.of(1).withTrees(2))::write);
    byte[] none = forest.clone();
    none[3] = 0;
    assertThatThrownBy(() -> RegressionForest.read(in(none)))
        .isInstanceOf(IOException.class)
        .hasMessage("not a forest: trees=0: must be at least 1");
    byte[] more = forest.clone();
    more[0] = 127;
    assertThatThrownBy(() -> RegressionForest.read(in(more)))
        .isInstanceOf(EOFException.class)
        .hasMessage("a forest is truncated, in tree 2");
  }

  private static void refused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> RegressionTree.read(in(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("every truncation and every flipped bit is refused with an IOException or is a tree")
  void damage() throws IOException {
    byte[] bytes =
        bytes(ClassificationForest.fit(X, CLASSES, ForestOptions.of(1).withTrees(2))::write);
    for (int end = 0; end < bytes.length; end++) {
      byte[] part = Arrays.copyOf(bytes, end);
      assertThatThrownBy(() -> ClassificationForest.read(in(part)))
          .isInstanceOf(EOFException.class);
    }
    int read = 0;
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        double[][] shares = ClassificationForest.read(in(flipped)).probabilities(X);
        assertThat(shares).hasNumberOfRows(4);
        read++;
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (IllegalArgumentException e) {
        // the tree is whole but wants rows of another width
        assertThat(e).hasMessageContaining("but the tree was grown on");
      }
    }
    assertThat(read).isBetween(1, 8 * bytes.length - 100);
  }

  @Test
  @DisplayName("a few bytes that promise millions of columns, classes or trees take little memory")
  void boundedMemory() throws IOException {
    byte[] columns = tree(Integer.MAX_VALUE, 0);
    byte[] classes = tree(1, Nodes.MOST_CLASSES, 0, 0.5, 0, 0, 0.5, 0, 0, 0.5, 0);
    byte[] trees = bytes(RegressionForest.fit(X, Y, ForestOptions.of(1).withTrees(1))::write);
    trees[0] = 127;
    assertThat(allocated(() -> RegressionTree.read(in(columns)))).isLessThan(200_000);
    assertThat(allocated(() -> ClassificationTree.read(in(classes)))).isLessThan(200_000);
    assertThat(allocated(() -> RegressionForest.read(in(trees)))).isLessThan(200_000);
  }

  private static long allocated(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThatThrownBy(read).isInstanceOf(EOFException.class); // classes are loaded now
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(read).isInstanceOf(EOFException.class);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
