import type { Command, Desk } from './command.ts'

/** What may go wrong around Aeries. */
export const weatherCommands: readonly Command[] = [
  {
    name: 'down',
    does: 'the model goes away: connections are refused, running answers break',
    run: async desk => {
      await desk.stage.model.weather.turn('down')
      desk.note('The model is down. /up brings it back.')
    },
  },
  {
    name: 'up',
    does: 'the model is back, at its usual pace',
    run: async desk => {
      await desk.stage.model.weather.turn('fair')
      desk.note('The model is up.')
    },
  },
  {
    name: 'slow',
    does: 'the model takes its time',
    run: async desk => {
      await desk.stage.model.weather.turn('slow')
      desk.note('The model is slow now. /up ends it.')
    },
  },
  {
    name: 'cut',
    does: "the next answer's stream breaks in the middle",
    run: desk => {
      desk.stage.model.weather.cutNext()
      desk.note('The next answer will break off.')
    },
  },
  {
    name: 'drop',
    does: "the service's connection to the platform where you are is cut; it comes back by itself",
    run: async (desk, _, signal) => {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(reconnectWithinMs)])
      await (desk.seat.platform === 'slack' ? dropSlack : dropDiscord)(desk, patience)
    },
  },
  {
    name: 'kill',
    does: 'kill -9 the service and start it again; what it knows stays',
    run: async ({ stage: { service }, note }, _, signal) => {
      await service.kill()
      note('The service is killed; it starts again...')
      await service.start(signal)
      note('The service is back.')
    },
  },
  {
    name: 'restart',
    does: 'stop the service kindly and start it again',
    run: async ({ stage: { service }, note }, _, signal) => {
      note('The service stops; running answers get a few seconds...')
      await service.stop()
      await service.start(signal)
      note('The service is back.')
    },
  },
]

const reconnectWithinMs = 30_000

async function dropDiscord({ stage: { discord }, note }: Desk, signal: AbortSignal): Promise<void> {
  const back = discord.events.next(
    event =>
      event.type === 'gateway' && (event.state === 'resumed' || event.state === 'ready') ? event.state : undefined,
    signal,
  )
  discord.gateway.drop()
  note('Connection to Discord cut.')
  note((await back) === 'resumed' ? 'Connected again, where it was (RESUME).' : 'Connected again, in a new session.')
}

async function dropSlack({ stage: { slack }, note }: Desk, signal: AbortSignal): Promise<void> {
  const back = slack.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined, signal)
  slack.sockets.drop()
  note('Connection to Slack cut.')
  await back
  note('Connected again.')
}
