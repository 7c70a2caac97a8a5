import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian and others put it; what playwright-core has installed goes first, and `CHROMIUM_PATH` before that. */
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']

/** Chromium without a window. Throws with the cure when this machine has none. */
export async function openBrowser(): Promise<Browser> {
  const candidates = [process.env['CHROMIUM_PATH'] ?? '', chromium.executablePath(), ...usual]
  const executablePath = candidates.find(path => path !== '' && existsSync(path))
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium here: npx playwright-core install --with-deps chromium, or apt-get install chromium.',
    )
  }
  // A container's root has no sandbox of its own to offer, and the page is ours.
  return await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
