/**
 * Labels of clips: kept in a file that survives kills and power cuts, read and written in the forms
 * of other programs, combined, compared, guided by clusters and doubts, and refined by a model.
 *
 * <p>Start with {@link fieldnotes.label.LabelStore}, the labels file, and {@link
 * fieldnotes.label.LabelSet}, its content; {@link fieldnotes.label.LabelFiles} imports and exports,
 * {@link fieldnotes.label.Playlists} writes a playlist for each class. {@link
 * fieldnotes.label.Guided} says which clip to hear next, by one of the {@link
 * fieldnotes.label.Strategies}. The page on which clips are heard is in {@code fieldnotes.serve}.
 *
 * <pre>{@code
 * Path file = Files.createTempDirectory("labels").resolve("labels.json");
 * try (LabelStore store = LabelStore.open(file, "ann")) {
 *   store.add(Segment.of("a.wav"), "music");
 *   store.add(new Segment("b.wav", 0, 10), "dialogue");
 *   store.undo();
 *   System.out.println(Ratios.of(store.labels()));
 * }
 * Matrix x = Matrix.of(new double[][] {{1, 1}, {1.2, 0.9}, {5, 5}, {5.1, 4.8}});
 * Guided guided = Guided.of(Samples.of(x), Strategies.standard(), 42);
 * guided.heard(guided.next().getAsInt(), "music");
 * System.out.println(guided.propagated());
 * }</pre>
 */
package fieldnotes.label;
