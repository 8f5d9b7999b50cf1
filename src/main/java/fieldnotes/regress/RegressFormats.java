package fieldnotes.regress;

import fieldnotes.common.Format;
import fieldnotes.tree.Forest;
import fieldnotes.tree.Tree;
import java.util.List;

/** What of this package can be saved: every model. */
public final class RegressFormats implements Format.Provider {
  @Override
  public List<Format<?>> formats() {
    return List.of(
        Format.ofRecord("linear", Linear.class),
        Format.ofRecord("linear options", Linear.Options.class),
        Format.ofRecord("tree model", TreeModel.class),
        Format.ofRecord("forest model", ForestModel.class),
        new Format<>("tree", Tree.class, (t, out) -> t.write(out.out()), in -> Tree.read(in.in())),
        new Format<>(
            "forest", Forest.class, (f, out) -> f.write(out.out()), in -> Forest.read(in.in())),
        Format.ofRecord("scaled target", ScaledTarget.class),
        Format.ofRecord("support vectors", SupportVectors.class),
        Format.ofRecord("support vectors options", SupportVectors.Options.class),
        Format.ofRecord("smile trees", SmileTrees.class),
        Format.ofRecord("smile nodes", SmileTrees.Nodes.class),
        Format.ofRecord("selected", Selection.Selected.class));
  }
}
