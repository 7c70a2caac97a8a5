import stringWidth from 'string-width'

/** As much of a terminal as the screen relies on: rows that never scroll away, and a cursor. */
export class ATerminal {
  readonly isTTY = true
  columns: number
  rows = 24
  readonly #rows: string[][] = [[]]
  #row = 0
  #column = 0

  constructor(columns: number) {
    this.columns = columns
  }

  write(text: string): boolean {
    const [plain = '', ...controls] = text.split('\u001b[')
    this.#type(plain)
    for (const control of controls) {
      const [code, moves = '', command = ''] = /^([\d;]*)([A-Za-z])/.exec(control) ?? ['']
      this.#control(command, Number(moves || 1))
      this.#type(control.slice(code.length))
    }
    return true
  }

  /** What stands there, trailing blanks left out. */
  get shown(): readonly string[] {
    return this.#rows.map(row => row.join('').trimEnd())
  }

  get cursor(): Readonly<{ row: number; column: number }> {
    return { row: this.#row, column: this.#column }
  }

  #control(command: string, moves: number): void {
    if (command === 'A') this.#row = Math.max(0, this.#row - moves)
    else if (command === 'D') this.#column = Math.max(0, this.#column - moves)
    else if (command === 'J') {
      this.#rows.splice(this.#row + 1)
      this.#rows[this.#row]?.splice(this.#column)
    } else if (command !== 'm') throw new Error(`The screen is not expected to send CSI ${command}`)
  }

  #type(text: string): void {
    for (const { segment } of new Intl.Segmenter().segment(text)) {
      if (segment === '\n') this.#newLine()
      else if (segment === '\r') this.#column = 0
      else this.#put(segment)
    }
  }

  #newLine(): void {
    this.#row += 1
    this.#column = 0
    if (this.#row === this.#rows.length) this.#rows.push([])
  }

  #put(character: string): void {
    const width = stringWidth(character)
    if (this.#column + width > this.columns) this.#newLine()
    const row = this.#rows[this.#row] ?? []
    while (row.length < this.#column) row.push(' ')
    row.splice(this.#column, width, character, ...Array<string>(width - 1).fill(''))
    this.#column += width
  }
}
