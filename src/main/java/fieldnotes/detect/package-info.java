/**
 * Sounds named as they come: a model of sounds, trained with rows held back.
 *
 * <p>{@link fieldnotes.detect.Training} trains a model that may say Unknown, by one of {@link
 * fieldnotes.detect.SoundLearners} or any learner, and judges it on recordings that were held back;
 * {@link fieldnotes.detect.Trained} has the report. {@link fieldnotes.detect.SoundModel} is the
 * model: one file that knows its features, its threshold and its {@link fieldnotes.detect.ModelCard
 * card}, and names any clip; by windows, or by whole sounds ({@link
 * fieldnotes.detect.Training#fitWhole}). {@link fieldnotes.detect.Listener} hears a stream with it
 * and gives {@link fieldnotes.detect.SoundEvent events}; {@link fieldnotes.detect.Detector} does so
 * for a clip or file, {@link fieldnotes.detect.Listening} for a {@link
 * fieldnotes.detect.SoundStream} until its end. {@link fieldnotes.detect.DetectionScore} compares
 * events with what is true.
 *
 * <pre>{@code
 * StudioOptions few = StudioOptions.of(1).withEpisodes(0).withTracks(0).withSoundsPerClass(4);
 * DataSet sounds = DataSets.studio(Files.createTempDirectory("few").resolve("s"), few).part("sounds");
 * FeatureOptions windows = FeatureOptions.of().withChunks(1).withoutCache();
 * Samples rows = DataSets.samples(sounds, FeatureSet.JOURNAL_38, windows);
 * Training training = Training.of(SoundLearners.named("forest", 42), 42);
 * Trained trained = training.fit(rows, FeatureSet.JOURNAL_38, windows);
 * System.out.println(trained.report() + trained.card().markdown());
 * Clip clip = AudioFiles.read(sounds.files().getFirst());
 * System.out.println(trained.sounds().classify(clip).labels()); // one per second
 * System.out.println(Detector.events(trained.sounds(), clip, ListenOptions.of()));
 * }</pre>
 */
package fieldnotes.detect;
