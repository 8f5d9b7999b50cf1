/**
 * Sounds named as they come: a model of sounds, trained with rows held back.
 *
 * <p>{@link fieldnotes.detect.SoundModel} is a classifier of sounds that may say Unknown: saved as
 * one file, it knows how a window of sound becomes a row of features.
 *
 * <pre>{@code
 * List<Clip> clips = new ArrayList<>();
 * for (int i = 0; i < 40; i++) clips.add(Clip.of("tone", new float[22_050], 22_050));
 * SplittableRandom random = new SplittableRandom(1);
 * clips.forEach(c -> { for (int i = 0, hz = 200 + 200 * (c.hashCode() & 1); i < c.length(); i++)
 *   c.samples()[i] = (float) (Math.sin(6.28 * hz * i / 22_050) + random.nextDouble() / 50); });
 * System.out.println(clips.getFirst());
 * }</pre>
 */
package fieldnotes.detect;
