import { describeJourney } from './describe-journey.ts'
import { slackPlatform } from './slack-platform.ts'

describeJourney(slackPlatform)
