package fieldnotes.draw;

import static fieldnotes.draw.Interactive.number;
import static fieldnotes.draw.LiveStyle.datum;
import static fieldnotes.draw.LiveStyle.tip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The layers of a raster: its picture, and over it places that say what lies under the pointer. */
final class LiveRegions {
  private LiveRegions() {}

  static void on(LiveChart chart, Raster raster, List<LiveChart.Place> places, String what) {
    Map<String, Object> encoding = chart.boxed();
    encoding.put("url", Map.of("field", "u"));
    chart.layer(
        List.of(
            datum(
                "x", number(raster.x().from()),
                "x2", number(raster.x().to()),
                "y", number(raster.y().from()),
                "y2", number(raster.y().to()),
                "u", raster.address())),
        Map.of("type", "image", "aspect", false, "aria", false),
        encoding,
        chart.first());
    List<Map<String, Object>> values = new ArrayList<>();
    for (LiveChart.Place place : places) {
      values.add(
          datum(
              "x", number(place.x1()),
              "x2", number(place.x2()),
              "y", number(place.y1()),
              "y2", number(place.y2()),
              "n", place.name(),
              "p", number(place.value())));
    }
    boolean valued = places.stream().anyMatch(place -> Double.isFinite(place.value()));
    Map<String, Object> told = chart.boxed();
    List<Map<String, Object>> tips = new ArrayList<>();
    tips.add(tip("n", "nominal", what));
    if (valued) {
      tips.add(tip("p", "quantitative", "probability"));
    }
    told.put("tooltip", tips);
    chart.layer(values, Map.of("type", "rect", "opacity", 0, "aria", false), told, List.of());
  }
}
