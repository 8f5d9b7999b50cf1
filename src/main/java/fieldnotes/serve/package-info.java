/**
 * The pages that a person works with in a browser.
 *
 * <p>{@link fieldnotes.serve.Labeller} serves the page on which clips are heard and labelled: from
 * the command {@code ./workbench label}, or in a cell of a notebook:
 *
 * <pre>{@code
 * var clips = ClipList.of(SoundFiles.of("talks"));
 * var labeller = Labeller.open(clips, LabelOptions.of("labels.json"));
 * labeller                     // the page, in the cell
 * labeller.labels()            // what was labelled so far
 * labeller.close();
 * }</pre>
 *
 * <p>The server listens on this machine only, and answers only the page that has its token.
 */
package fieldnotes.serve;
