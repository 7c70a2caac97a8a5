/** Time comes in through the door, so that a test can own it. */
export interface Clock {
  now(): Date
  /** Resolves after so many milliseconds; rejects with the signal's reason when that is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls once after so many milliseconds, unless disposed of before. */
  after(ms: number, call: () => void): Disposable
}
