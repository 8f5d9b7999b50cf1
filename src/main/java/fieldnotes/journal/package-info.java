/**
 * The journal: what was tried, on which data, with which settings, and what came out. A notebook
 * begins an {@link fieldnotes.journal.Entry} with {@link fieldnotes.journal.Journal#entry}, adds
 * text, metrics, tables and figures, and saves it. Saving the same results again changes nothing;
 * different results become another run of the same entry.
 *
 * <pre>{@code
 * Journal journal = Journal.at(Files.createTempDirectory("journal")); // a cell writes Journal.entry(…)
 * Entry entry = journal.newEntry("Sound", "Listen and measure").seed(42).option("chunk", "10 s");
 * entry.text("Two clips, and where their loudness $L = 20 \\log_{10} a$ lies.");
 * entry.metric("silhouette", 0.41, "", Better.HIGHER);
 * entry.figure("loudness", Lines.of("Loudness", "s", "dB", new double[] {0, 1}, new double[] {-3, -9}));
 * Saved saved = entry.conclusion("It falls.").next("Ask why.").save();
 * }</pre>
 */
package fieldnotes.journal;
