import { describeJourney } from './describe-journey.ts'
import { discordPlatform } from './discord-platform.ts'

describeJourney(discordPlatform)
