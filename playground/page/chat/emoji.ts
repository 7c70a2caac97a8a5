/** Those that the picker offers, by the names that Slack has for them: first those that mean something to Aeries. */
export const emoji: readonly (readonly [symbol: string, name: string])[] = [
  ['👍', '+1'],
  ['👎', '-1'],
  ['❤️', 'heart'],
  ['🔥', 'fire'],
  ['💯', '100'],
  ['🎉', 'tada'],
  ['⭐', 'star'],
  ['🙏', 'pray'],
  ['🛑', 'octagonal_sign'],
  ['🔁', 'repeat'],
  ['▶️', 'arrow_forward'],
  ['🗑️', 'wastebasket'],
  ['✂️', 'scissors'],
  ['➕', 'heavy_plus_sign'],
  ['❌', 'x'],
  ['✅', 'white_check_mark'],
  ['😕', 'confused'],
  ['❓', 'question'],
  ['🥱', 'yawning_face'],
  ['😡', 'rage'],
  ['😠', 'angry'],
  ['💩', 'hankey'],
  ['😍', 'heart_eyes'],
  ['🤩', 'star-struck'],
  ['👏', 'clap'],
  ['🙌', 'raised_hands'],
  ['👌', 'ok_hand'],
  ['🎯', 'dart'],
  ['🌟', 'star2'],
  ['💙', 'blue_heart'],
  ['💜', 'purple_heart'],
  ['💖', 'sparkling_heart'],
  ['😂', 'joy'],
  ['😀', 'grinning'],
  ['😊', 'blush'],
  ['😢', 'cry'],
  ['😮', 'open_mouth'],
  ['🤔', 'thinking_face'],
  ['😴', 'sleeping'],
  ['🤷', 'shrug'],
  ['🚀', 'rocket'],
  ['👀', 'eyes'],
  ['💡', 'bulb'],
  ['📚', 'books'],
  ['📏', 'straight_ruler'],
  ['✋', 'raised_hand'],
  ['🤯', 'exploding_head'],
  ['🐦', 'bird'],
]

const symbols = new Map(emoji.map(([symbol, name]) => [name, symbol]))
const names = new Map(emoji.map(([symbol, name]) => [symbol, name]))
const alsoCalled: ReadonlyMap<string, string> = new Map([
  ['thumbsup', '+1'],
  ['thumbsdown', '-1'],
  ['thinking', 'thinking_face'],
  ['poop', 'hankey'],
])

/** The symbol of a name of Slack's, with or without a skin tone; `undefined`: not one of ours. */
export function symbolOf(name: string): string | undefined {
  const [plain = ''] = name.split('::')
  return symbols.get(alsoCalled.get(plain) ?? plain)
}

export function nameOf(symbol: string): string {
  return names.get(symbol) ?? symbol
}
