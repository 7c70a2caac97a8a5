/** Those who wait for a reply, or read one growing, go first: whatever else asks the model gives way to them. */
export interface RightOfWay {
  /** Somebody waits for a reply from now on, until the result is disposed of. Returns at once, as does disposing. */
  claim(): Disposable
}
