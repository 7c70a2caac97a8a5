import type { Random } from './random.ts'
import { type Episode, modelWeather, platformWeather } from './weather.ts'

const episodeEveryMs = 2_500

/** Episodes of bad weather, one kind of the model's and one of a platform's by turns; they may overlap. */
export function planWeather(
  random: Random,
  { calmMs, ms }: Readonly<{ calmMs: number; ms: number }>,
): readonly Episode[] {
  const episodes: Episode[] = []
  const [ofModel, ofPlatform] = [random.deck(modelWeather), random.deck(platformWeather)]
  for (let at = calmMs; at < ms - 1_000; at += random.between(0.5, 1.5) * episodeEveryMs) {
    const next = random.chance(0.4) ? ofModel : ofPlatform
    episodes.push({ at, kind: next(), forMs: random.whole(500, 3_500) })
  }
  return episodes
}
