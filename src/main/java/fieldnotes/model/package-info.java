/**
 * From rows to a fitted model that can be judged, saved and loaded.
 *
 * <p>A {@link fieldnotes.model.Learner} is a record of options; its {@code fit} takes {@link
 * fieldnotes.table.Samples} and returns a {@link fieldnotes.model.Model}, which predicts numbers,
 * classes or clusters. {@link fieldnotes.model.Pipeline} puts steps of preparation before a learner
 * and is a learner itself. {@link fieldnotes.model.CrossValidation} scores a learner on folds,
 * {@link fieldnotes.model.Search} compares settings, and {@link fieldnotes.model.ModelFile} saves
 * and loads every model of the library. The learners are in {@code regress}, {@code classify} and
 * {@code cluster}.
 *
 * <pre>{@code
 * Table flats = Table.create("flats", DoubleColumn.create("rooms", 1, 2, 3, 4, 5, 6));
 * Samples rows = Samples.of(flats).withTarget("rent", new double[] {110, 190, 320, 400, 490, 610});
 * var pipeline = Pipeline.of(Missing.median(), Regressors.ridge(1)).withStep(Scaler.standard());
 * System.out.println(CrossValidation.of(pipeline, rows, Folds.of(3), Scores.rmse()).summary());
 * Path file = pipeline.fit(rows).save(Files.createTempDirectory("models").resolve("rent.model"));
 * System.out.println(ModelFile.loadNumbers(file).predict(flats)[0]);
 * }</pre>
 */
package fieldnotes.model;
