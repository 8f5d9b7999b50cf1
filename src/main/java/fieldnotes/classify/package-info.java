/**
 * Learners that predict classes, from logistic regression to boosting and support vectors; several
 * of them as one; probabilities that can be relied on; learning from few labels; and Unknown where
 * a model is unsure.
 *
 * <p>Start at {@link fieldnotes.classify.Classifiers}, which makes them all. Their models predict
 * {@code fieldnotes.evaluate.Classified}: the class of each row and a score for every class, a
 * probability where the method gives one; those of {@link fieldnotes.classify.Unknown} predict
 * {@code fieldnotes.evaluate.Rejected}. Rows of one recording are not independent: split and fold
 * by recording.
 *
 * <pre>{@code
 * double[][] x = {{1, 2}, {2, 1}, {1, 1}, {8, 9}, {9, 8}, {9, 9}, {2, 2}, {8, 8}};
 * List<String> classes = List.of("low", "low", "low", "high", "high", "high", "low", "high");
 * List<String> recordings = List.of("a", "a", "b", "a", "b", "b", "c", "c");
 * Samples rows = Samples.of(Matrix.of(x), classes).withGroups("recording", recordings);
 * var forest = Classifiers.forest(ForestOptions.of(42));
 * Folds folds = Folds.stratifiedGrouped(3, "recording");
 * System.out.println(CrossValidation.of(forest, rows, folds, Scores.accuracy(), Scores.logLoss()));
 * Classified predicted = forest.fit(rows).predict(Matrix.of(new double[][] {{1.5, 1.5}}));
 * System.out.println(predicted.label(0) + ", " + Arrays.toString(predicted.probabilities()[0]));
 * }</pre>
 */
package fieldnotes.classify;
