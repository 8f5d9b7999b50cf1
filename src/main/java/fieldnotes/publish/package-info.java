/**
 * The journal written out for others: {@link fieldnotes.publish.Site} as pages that need no server,
 * {@link fieldnotes.publish.Export} as a table in CSV or Parquet, {@link fieldnotes.publish.Mlflow}
 * to a tracking server. {@link fieldnotes.publish.Tex} makes MathML of formulas, for these pages
 * and for those of the notebooks. {@code ./workbench journal render} and {@code export} call them.
 *
 * <pre>{@code
 * Journal journal = Journal.at(Files.createTempDirectory("journal"));
 * journal.newEntry("Sound", "Loudness").metric("level", -9.5, "dB", Better.NEITHER).save();
 * Path folder = journal.root().resolve("out");
 * Path index = Site.write(journal, folder.resolve("site")); // open it in a browser
 * Export.write(journal, "loudness", folder.resolve("runs.csv")); // one row per run
 * String half = Tex.mathml("\\frac{1}{2}", false);
 * }</pre>
 */
package fieldnotes.publish;
