import type { Locator } from 'playwright-core'
import { AWindow } from './a-window.ts'

/** The chat page as a person has it before them. */
export class AChat extends AWindow {
  protected override get beginning(): Locator {
    return this.field
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Message Aeries' })
  }

  /** The newest answer that says this. */
  answer(words: string | RegExp): Locator {
    return this.page.getByRole('article', { name: 'Aeries' }).filter({ hasText: words }).last()
  }

  /** The newest answer, once nothing more comes. */
  async whole(words: string | RegExp): Promise<Locator> {
    const answer = this.answer(words)
    await answer.and(this.page.locator('[data-state=whole]')).waitFor()
    return answer
  }

  get list(): Locator {
    return this.page.getByRole('navigation', { name: 'All conversations' })
  }

  async say(words: string): Promise<void> {
    await this.field.fill(words)
    await this.field.press('Enter')
  }

  async begin(): Promise<void> {
    await this.page.getByRole('button', { name: 'New', exact: true }).click()
  }
}
