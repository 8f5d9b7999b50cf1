/**
 * Sound files: list them from folders, playlists and tables; decode, mix down, resample, cut,
 * prepare and augment them. A {@link fieldnotes.audio.Clip} is mono samples with a sample rate; the
 * other classes return or take clips.
 *
 * <p>Start with {@link fieldnotes.audio.AudioFiles} for one file, {@link
 * fieldnotes.audio.SoundFiles} for many, and {@link fieldnotes.audio.Chunks}. To prepare clips, see
 * {@link fieldnotes.audio.Silence}, {@link fieldnotes.audio.Loudness} and {@link
 * fieldnotes.audio.Levels}; to make more training clips of few, {@link
 * fieldnotes.audio.Augmentation}.
 *
 * <pre>{@code
 * Path path = Files.createTempDirectory("sound").resolve("episode.wav");
 * AudioFiles.writeWav(Clip.of("quiet", new float[25 * 44_100], 44_100), path);
 * Clip clip = AudioFiles.read(path, ReadOptions.of(22_050));
 * List<Clip> chunks = Chunks.fromEnd(clip, 10);
 * Clip prepared = Loudness.normalised(Silence.trim(clip), -23);
 * Augmentation augmentation = Augmentation.parse("pitch semitones=-2..2; noise snr=10..30 p=0.5");
 * List<Clip> copies = augmentation.copies(clip, 2, 42);
 * try (AudioReader reader = AudioFiles.open(path, ReadOptions.all())) {
 *   int got = reader.read(new float[4096]);
 * }
 * SoundFiles all = SoundFiles.folder(path.getParent());
 * all.items().forEach(item -> System.out.println(item.name()));
 * all.failures().forEach(System.out::println);
 * }</pre>
 */
package fieldnotes.audio;
