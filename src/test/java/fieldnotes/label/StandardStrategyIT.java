package fieldnotes.label;

import fieldnotes.data.DataSets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StandardStrategyIT {
  @Test
  @DisplayName("on studio it needs a sixth fewer clips than random, also with some heard wrongly")
  void studio() {
    for (double wrong : new double[] {0, 0.05}) {
      LabellingCurves curves =
          LabellingCurves.of(
              DataSets.samples("studio"),
              List.of(Strategies.random(), Strategies.standard()),
              LabellingTrial.of(10, 150).withWrong(wrong));
      StandardStrategyTest.needsFewer(curves, 5.0 / 6, 0.7, 0.8, 0.9);
    }
  }
}
