import type { Locator, Response } from 'playwright-core'
import { expect } from 'vitest'
import { AWindow } from './a-window.ts'

export type Platform = 'discord' | 'slack'

/** A tool that is shown can be pressed at once; a busy machine is given some frames more. */
const toolWithinMs = 2_000

/** The playground's page as a person has it before them. */
export class ADesk extends AWindow {
  protected override get beginning(): Locator {
    return this.page.locator('.messages').first()
  }

  pane(platform: Platform): Locator {
    return this.page.locator(`section.${platform}`)
  }

  async go(platform: Platform, place: string): Promise<void> {
    await this.pane(platform).getByRole('navigation').first().getByRole('button', { name: place }).click()
  }

  async speakAs(name: string): Promise<void> {
    await this.page.getByRole('radio', { name, exact: true }).check()
  }

  async say(platform: Platform, text: string): Promise<void> {
    const field = this.pane(platform).getByRole('textbox', { name: /^Message / })
    await field.fill(text)
    await this.pane(platform).getByRole('button', { name: 'Send' }).click()
  }

  /** The newest message of Aeries in the open place that says this. */
  answer(platform: Platform, words: string | RegExp): Locator {
    return this.pane(platform).locator('.message[data-author=aeries]').filter({ hasText: words }).last()
  }

  /**
   * Presses one of the tools that a message shows while the pointer rests on it. A message that is drawn anew in between
   * loses the pointer, as a person's would: then it is pointed at again.
   */
  async useTool(message: Locator, name: string): Promise<void> {
    const tool = message.getByRole('button', { name })
    await expect
      .poll(async () => {
        await message.hover()
        return await tool.click({ timeout: toolWithinMs }).then(() => 'used', String)
      })
      .toBe('used')
  }

  /** Resolves once the weather is as it was turned, and the service as it was told to be. */
  async weather(turn: (panel: Locator) => Promise<void>): Promise<void> {
    await this.page.getByRole('button', { name: 'Weather' }).click()
    const panel = this.page.getByRole('region', { name: 'Weather' })
    const isTurn = (one: Response) => new URL(one.url()).pathname === '/weather'
    const [turned] = await Promise.all([this.page.waitForResponse(isTurn), turn(panel)])
    expect(turned.status()).toBe(200)
    await this.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  }

  async inside(tab: string): Promise<Locator> {
    await this.page.getByRole('tab', { name: tab }).click()
    return this.page.getByRole('tabpanel')
  }
}
