import { describeJourney } from './describe-journey.ts'
import { webPlatform } from './web-platform.ts'

describeJourney(webPlatform)
