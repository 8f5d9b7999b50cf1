/**
 * The pages that a person works with in a browser, and the service of models.
 *
 * <p>{@link fieldnotes.serve.Labeller} serves the page on which clips are heard and labelled, for
 * the command {@code ./workbench label} and for a notebook: as the last line of a cell it is the
 * page itself.
 *
 * <pre>{@code
 * Path home = Files.createTempDirectory("label");
 * AudioFiles.writeWav(Clip.of("quiet", new float[16_000], 16_000), home.resolve("sounds/a.wav"));
 * ClipList clips = ClipList.of(SoundFiles.folder(home.resolve("sounds")));
 * try (Labeller labeller = Labeller.open(clips, LabelOptions.of(home.resolve("labels.json")))) {
 *   System.out.println(labeller.address());
 *   System.out.println(labeller.labels());
 * }
 * }</pre>
 *
 * <p>The server listens on this machine only, and answers only the page that has its token.
 *
 * <p>{@link fieldnotes.serve.ModelServer} serves saved models of sound and of rows by HTTP and by
 * web socket, for the command {@code ./workbench serve}: {@link fieldnotes.serve.ServeOptions} says
 * which and where, {@link fieldnotes.serve.ServeLimits} how much, {@link fieldnotes.serve.ApiKeys}
 * to whom.
 */
package fieldnotes.serve;
