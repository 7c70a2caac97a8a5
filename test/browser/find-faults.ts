import { source } from 'axe-core'
import type { Page } from 'playwright-core'

type Violation = Readonly<{
  id: string
  impact: string | null
  nodes: readonly Readonly<{ html: string; failureSummary: string }>[]
}>

/** What axe finds serious or worse in the page as it is now, each with its place. */
export async function findFaults(page: Page): Promise<readonly string[]> {
  // What is just fading in has no colour to be judged by; on a busy machine it may wait long for its first frame.
  await page.evaluate('Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => {})')
  // The page's policy lets no script in but its own; the debugger's is no script of the page.
  await page.evaluate(source)
  const violations = (await page.evaluate(
    'axe.run(document).then(({ violations }) => violations)',
  )) as readonly Violation[]
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
}
