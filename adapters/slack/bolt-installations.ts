import type { Installation as BoltInstallation, InstallationStore as BoltStore } from '@slack/bolt'
import type { Clock } from '#src/core/clock.ts'
import { RefusedError } from '#src/core/errors.ts'
import type { Installation, InstallationStore } from '#src/core/installations.ts'
import { platform } from './platform-name.ts'

export type BoltInstallationsParts = Readonly<{
  installations: InstallationStore
  clock: Clock
  onInstalled: (installation: Installation) => void
}>

/**
 * Our store as Bolt's OAuth pages want it. They only ever write: tokens are found by the adapter, which remembers them. A
 * whole organisation at once is refused, since its one token would speak for all of its workspaces.
 */
export function createBoltInstallations({ installations, clock, onInstalled }: BoltInstallationsParts): BoltStore {
  return {
    async storeInstallation(installed) {
      const { team, bot, isEnterpriseInstall } = installed as BoltInstallation
      if (isEnterpriseInstall === true || team === undefined || bot === undefined) {
        throw new RefusedError('Aeries is installed into single workspaces, with a bot')
      }
      const installation: Installation = {
        platform,
        workspace: team.id,
        token: bot.token,
        account: bot.userId,
        botId: bot.id,
        enterprise: installed.enterprise?.id,
        scopes: bot.scopes,
        at: clock.now(),
      }
      await installations.save(installation)
      onInstalled(installation)
    },
    async fetchInstallation() {
      throw new RefusedError('tokens do not leave this way')
    },
  }
}
