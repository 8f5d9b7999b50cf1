/**
 * The second chapter of <i>Hands-On Machine Learning</i> (3rd edition): the California housing
 * table, its preparation, and the work that its notebooks share.
 *
 * <p>{@link fieldnotes.housing.HousingWork} has the training and test districts of a file and keeps
 * fitted models; {@link fieldnotes.housing.Housing} reads the table and has the chapter's
 * preparation; {@link fieldnotes.housing.NeighbourTarget} is the step of its exercises that uses
 * the prices of neighbouring districts.
 *
 * <pre>{@code
 * Table districts = Table.create("districts");
 * for (String name : List.of("longitude", "latitude", "housing_median_age", "total_rooms",
 *     "total_bedrooms", "population", "households", "median_income")) {
 *   districts.addColumns(DoubleColumn.create(name, 1, 2, 4, 8));
 * }
 * districts.addColumns(StringColumn.create(Housing.PROXIMITY, "INLAND", "INLAND", "ISLAND", "ISLAND"));
 * Samples rows = Samples.of(districts).withTarget(Housing.TARGET, new double[] {1e5, 1e5, 3e5, 4e5});
 * var fitted = Pipeline.of(Housing.simplePreparation(), Regressors.ridge(1)).fit(rows);
 * System.out.println(fitted.predict(rows)[0] + " of " + fitted.model().made().columns());
 * }</pre>
 */
package fieldnotes.housing;
