import type { Target } from './target.ts'

/** `fault`: Aeries cannot rely on this server. `warning`: it works, and worse than it could. `skipped`: nothing to look at here. */
export type Level = 'ok' | 'warning' | 'fault' | 'skipped'

/** What a check saw. The cure is for the operator of the server. */
export type Finding = Readonly<{ level: Level; told: string; cure: string | undefined }>

export type Check = Readonly<{
  number: number
  name: string
  /** Throws what no server should do, such as closing the connection: that is a fault as well. */
  run(target: Target): Promise<Finding>
}>

export function ok(told: string): Finding {
  return { level: 'ok', told, cure: undefined }
}

export function warning(told: string, cure: string): Finding {
  return { level: 'warning', told, cure }
}

export function fault(told: string, cure: string): Finding {
  return { level: 'fault', told, cure }
}

export function skipped(told: string): Finding {
  return { level: 'skipped', told, cure: undefined }
}

/** Gathers what a check with several points found; the worst of it is its finding. */
export class Points {
  readonly #faults: Finding[] = []
  readonly #warnings: Finding[] = []

  /** Without this Aeries cannot work. */
  must(holds: boolean, wrong: string, cure: string): void {
    if (!holds) this.#faults.push(fault(wrong, cure))
  }

  /** Without this it works worse. */
  should(holds: boolean, wrong: string, cure: string): void {
    if (!holds) this.#warnings.push(warning(wrong, cure))
  }

  /** `seen`: what to tell when all is well. */
  finding(seen: string): Finding {
    const found = [...this.#faults, ...this.#warnings]
    const worst = found[0]
    if (!worst) return ok(seen)
    const cures = new Set(found.map(({ cure }) => cure))
    return { level: worst.level, told: found.map(({ told }) => told).join('; '), cure: [...cures].join(' ') }
  }
}
