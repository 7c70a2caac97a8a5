import { setTimeout as sleep } from 'node:timers/promises'
import type { PlaygroundSettings } from '#playground/settings.ts'
import type { Stage } from '#playground/stage.ts'
import { buildWebPage } from '#playground/web-door.ts'
import { buildPage } from './build-page.ts'
import { PageFeed } from './page-feed.ts'
import { type PageServer, startPageServer } from './page-server.ts'

type PageParts = Readonly<{ stage: Stage; settings: PlaygroundSettings; web: string; print(text: string): void }>

/**
 * The page, from the start of the service to the signal: prints its address before anything else is ready. Resolves with the exit
 * code. Rejects with `ServiceFailed` when the service does not come up at first.
 */
export async function openPage({ stage, settings, web, print }: PageParts, signal: AbortSignal): Promise<number> {
  const { databasePath: database, logPath: log, port } = settings
  const about = { model: stage.model.words, isStandIn: stage.model.standIn !== undefined, web, database, log }
  using feed = new PageFeed(stage, about, signal)
  // Built while the service starts; whoever opens the page meanwhile waits for it.
  const files = buildPage('page')
  const server = await startAt(port, at => startPageServer({ stage, feed, files, port: at }))
  await using _ = server
  print(`Aeries' playground: ${server.url}\n\n${banner(about)}\n`)
  const told = Promise.all([files, buildWebPage(), feed.weather.start()]).then(() =>
    print('Aeries is here. Ctrl-C stops everything.\n'),
  )
  try {
    await told
    await sleep(2 ** 31 - 1, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
  print('Stopping; running answers get a few seconds...\n')
  return (await stage.service.stop()) ? 0 : 1
}

function banner({ model, isStandIn, web, database, log }: Readonly<PageFeed['snapshot']['about']>): string {
  return [
    '  Discord  a stand-in on this machine, and the real discord.js in front of it',
    '  Slack    a stand-in on this machine, too, and the real Slack SDK',
    `  Web      ${web}, Aeries' own chat page`,
    `  Model    ${model}`,
    ...(isStandIn ? ['           (VLLM_URL=http://... npm run playground talks to a real vLLM)'] : []),
    `  Memory   ${database}, which the next start finds again`,
    `  Log      ${log}`,
    '  --terminal chats in this terminal instead of a browser',
    '',
  ].join('\n')
}

/** A port that is taken is no reason to stop: the address that is printed counts. */
async function startAt(port: number, start: (port: number) => Promise<PageServer>): Promise<PageServer> {
  try {
    return await start(port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return await start(0)
  }
}
