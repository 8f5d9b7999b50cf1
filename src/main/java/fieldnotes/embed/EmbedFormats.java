package fieldnotes.embed;

import fieldnotes.common.Decoder;
import fieldnotes.common.Encoder;
import fieldnotes.common.Format;
import fieldnotes.table.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The classes of this package that can be saved. */
public final class EmbedFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        new Format<>("pca", Pca.class, EmbedFormats::write, EmbedFormats::read),
        Format.ofRecord("pca options", PcaOptions.class));
  }

  /** Writes everything except the scores. */
  private static void write(Pca pca, Encoder out) throws IOException {
    texts(pca.columns(), out);
    out.whole(pca.rows());
    out.numbers(pca.mean());
    out.rows(pca.components());
    out.numbers(pca.explainedVariance());
    out.numbers(pca.explainedVarianceRatio());
    out.value(pca.options());
    texts(pca.warnings(), out);
  }

  private static Pca read(Decoder in) throws IOException {
    List<String> columns = texts(in);
    int rows = in.whole();
    double[] mean = in.numbers();
    double[][] components = in.rows();
    double[] variance = in.numbers();
    double[] ratio = in.numbers();
    PcaOptions options = in.value(PcaOptions.class);
    List<String> warnings = texts(in);
    Matrix noScores = Matrix.of(Pca.names(components.length), new double[0][]);
    return new Pca(columns, rows, mean, components, variance, ratio, noScores, options, warnings);
  }

  private static void texts(List<String> all, Encoder out) throws IOException {
    out.length(all.size());
    for (String one : all) {
      out.text(one);
    }
  }

  private static List<String> texts(Decoder in) throws IOException {
    int count = in.length();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(in.text());
    }
    return all;
  }
}
